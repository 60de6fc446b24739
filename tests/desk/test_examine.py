"""The verification screen: everything in one sending, nothing when refused, nobody's identity, the next one at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World, draft
from tests.desk.conftest import NOW, SignIn, account_of

from lapor.agencies.models import Category, Place, RoutingRule, Template
from lapor.identity.contacts import ContactInput
from lapor.reports.models import Cause, Claim, Link, Report, ReportText, Response, TextEdit, Verification
from lapor.reports.usecases import dispose
from lapor.reports.usecases.cause import join_cause
from lapor.reports.usecases.submit import submit_report
from lapor.sop.vocabulary import Holder, Status

LOUD = "JALAN DI DEPAN PASAR BERLUBANG SEJAK BULAN LALU. Mohon diperbaiki."
CALM = "Jalan di depan pasar berlubang sejak bulan lalu. Mohon diperbaiki."
MOST_QUERIES = 31


@pytest.fixture
def new(case: Case) -> Case:
    """An unverified report of the city."""
    return case.is_submitted()


def address(case: Case) -> str:
    return f"/meja/laporan/{case.number}/periksa/"


def filled(case: Case, **typed: Any) -> dict[str, Any]:
    """Return what the page would send for a sound report that goes to the roads; `typed` changes it."""
    report = case.report
    told = {
        "version": report.version,
        "title": report.title,
        "text": ReportText.objects.get(report=report).published,
        "about-classification": report.classification,
        "check-relevant": "on", "check-complete": "on", "check-clear": "on",
        "check-language_ok": "on", "check-tone_ok": "on", "check-competence_ok": "on",
        "check-answer_what": "yes", "check-answer_when": "no",
        "outcome": "dispose", "dispose-to": "dinas-pupr", "dispose-note": "Mohon segera.",
    }  # fmt: skip
    return {name: value for name, value in {**told, **typed}.items() if value is not None}


def test_S40_to_S43_one_sending_verifies_edits_classifies_and_disposes(new: Case, sits: SignIn) -> None:
    browser = sits("admin-kota")

    answer = browser.post(
        address(new),
        filled(
            new,
            text="Jalan di depan pasar berlubang sejak bulan lalu, membahayakan pengendara.",
            reason="structure",
            **{"about-category": "jalan-rusak", "about-tags": "Aspal, pasar"},
        ),
    )

    assert answer["Location"] == "/meja/"  # nothing else waits
    assert new.holder == (Holder.UNIT, "dinas-pupr")
    assert [line.split(" by ")[0].split()[-1] for line in new.ledger] == [
        "submit", "verify", "edit_text", "classify", "dispose",
    ]  # fmt: skip
    assert new.report.tags == ["aspal", "pasar"]
    found = Verification.objects.get()
    assert (found.is_complete, found.answers["what"], found.answers["when"]) == (True, True, False)
    assert "Laporan sudah didisposisikan." in browser.get("/meja/").text


def test_S44_smartcase_is_taken_one_sentence_at_a_time_and_nothing_is_kept_yet(case: Case, sits: SignIn) -> None:
    case.is_submitted(text=LOUD, title="JALAN RUSAK DI PASAR")
    browser = sits("admin-kota")
    page = browser.get(address(case)).text
    (one,) = re.findall(r'name="smartcase" value="(text smartcase:[^"]+)"', page)

    taken = browser.post(address(case), filled(case, smartcase=one, **{"dispose-note": "Tetap di sini"}))

    assert taken.status_code == 200
    assert CALM in taken.text
    assert "JALAN RUSAK DI PASAR" in taken.text  # the title was not taken
    assert "Tetap di sini" in taken.text
    assert "error-summary" not in taken.text
    assert ReportText.objects.get().published == LOUD
    assert not Verification.objects.exists()

    every = browser.post(address(case), filled(case, smartcase="all")).text
    assert 'value="Jalan rusak di pasar"' in every
    assert 'name="smartcase"' not in every


def test_S45_short_words_are_proposed_one_by_one_and_taking_them_fills_in_the_reason(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Lampu didepan pasar ttp mati, tdk ada yg perbaiki.", title="Lampu mati")
    browser = sits("admin-kota")
    page = browser.get(address(case)).text
    proposed = re.findall(r'name="smartcase" value="(text [a-z]+:[^"]+)"', page)
    assert [one.partition(":")[0] for one in proposed] == ["text joined", "text abbreviation", "text abbreviation"]
    assert "“ttp”: tetap / tutup?" in page

    one = browser.post(address(case), filled(case, smartcase=proposed[0])).text
    assert "Lampu di depan pasar ttp mati, tdk ada yg perbaiki." in one
    assert re.search(r'value="spelling"[^>]*checked', one)

    every = browser.post(address(case), filled(case, smartcase="all")).text
    assert "Lampu di depan pasar ttp mati, tidak ada yang perbaiki." in every
    assert re.search(r'value="abbreviations"[^>]*checked', every)
    assert 'name="smartcase"' not in every
    assert not TextEdit.objects.exists()


JAVANESE = "Pak, dalan ngarep omahku wis suwe rusak nanging durung ana sing ndandani. Nyuwun tulung enggal didandani."


def test_S48_a_regional_language_is_named_and_its_reason_is_chosen_for_the_edit(case: Case, sits: SignIn) -> None:
    case.is_submitted(text=JAVANESE, title="Dalan rusak")
    browser = sits("admin-kota")
    page = browser.get(address(case)).text
    assert "Teks ini tampaknya berbahasa Jawa" in page
    assert re.search(r'value="regional"[^>]*checked', page)

    browser.post(address(case), filled(case, text="Jalan di depan rumah saya sudah lama rusak.", reason="regional"))
    assert [edit.reason for edit in TextEdit.objects.all()] == ["regional"]


@pytest.mark.parametrize(
    ("text", "said", "chosen"),
    [
        (f"Saya warga Ampenan yang ingin melaporkan. {JAVANESE}", "Sebagian teks tampaknya berbahasa Jawa", True),
        ("The street in front of my house has been dark for months.", "Teks ini tampaknya berbahasa Inggris", False),
        ("Lampu jalan di depan pasar mati sejak kemarin.", "", False),
    ],
)
def test_S48_a_part_is_quoted_english_is_no_regional_language_and_indonesian_is_not_spoken_of(
    case: Case, sits: SignIn, text: str, said: str, *, chosen: bool
) -> None:
    case.is_submitted(text=text, title="Lampu mati")
    page = sits("admin-kota").get(address(case)).text

    assert (said or "<h2") in page
    assert ("tampaknya berbahasa" in page) == bool(said)
    assert bool(re.search(r'value="regional"[^>]*checked', page)) == chosen


def test_S46_harsh_words_and_danger_are_shown_and_nothing_is_refused_for_them(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Petugas goblok! Rumah terbakar di depan pasar, tidak ada yang datang.")
    page = sits("admin-kota").get(address(case)).text

    assert "Kata kasar (S46)" in page
    assert "<q>goblok</q>" in page
    assert "Mungkin darurat." in page
    assert "Pemadam kebakaran <b>113</b>" in page
    assert "Kata kasar" not in sits("admin-kota").get(address(Case(case.world).is_submitted())).text


def test_S47_masks_are_taken_one_by_one_or_all_with_their_reason_and_never_with_the_corrections(
    case: Case, sits: SignIn
) -> None:
    text = "Lampu didepan rumah Bu Wati Contoh mati, hubungi 0812 3456 7890. Petugas goblok."
    case.is_submitted(text=text, title="Lampu mati")
    browser = sits("admin-kota")
    page = browser.get(address(case)).text
    proposed = re.findall(r'name="smartcase" value="(text mask-[^"]+)"', page)
    assert [one.split(":")[0] for one in proposed] == ["text mask-person", "text mask-phone", "text mask-insult"]
    assert "nomor telepon: siapa pun bisa menghubunginya" in page

    corrected = browser.post(address(case), filled(case, smartcase="all")).text
    assert "Lampu di depan rumah Bu Wati Contoh mati, hubungi 0812 3456 7890." in corrected

    one = browser.post(address(case), filled(case, smartcase=proposed[2])).text
    assert "0812 3456 7890. Petugas [kata disamarkan]." in one
    assert re.search(r'value="tone"[^>]*checked', one)

    every = browser.post(address(case), filled(case, smartcase="masks")).text
    public = "Lampu didepan rumah Bu [nama] mati, hubungi [nomor telepon]. Petugas [kata disamarkan]."
    assert public in every
    assert re.search(r'value="personal_data"[^>]*checked', every)
    assert "mask-" not in every
    assert ReportText.objects.get().published == text

    assert re.search(r'value="tone"[^>]*selected', every)  # the second reason: a name and an insult
    assert "selected" not in one.split('name="also"')[1].split("</select>")[0].replace('value="" selected', "")

    browser.post(address(case), filled(case, text=public, title="Lampu mati", reason="personal_data", also="tone"))
    kept = [(edit.reason, edit.also, edit.after) for edit in TextEdit.objects.all()]
    assert kept == [("personal_data", "tone", public)]
    assert ReportText.objects.get().original == text
    read = browser.get(f"/meja/laporan/{case.number}/").text
    for reason in ("Data pribadi disamarkan", "Kata yang menyinggung atau SARA disamarkan"):
        assert read.count(reason) == 2  # beside the words, and in the course of things


def test_S47_the_warning_tells_what_no_mask_covers_before_and_after_they_are_taken(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Lampu mati. Saya Wati Contoh, hubungi 0812 3456 7890.", title="Lampu mati")
    browser = sits("admin-kota")

    def warned(page: str) -> list[str]:
        told = page.partition("memuat data pribadi:")[2].partition("</p>")[0]
        return re.findall(r"<q>(.*?)</q>", told)

    assert warned(browser.get(address(case)).text) == ["Saya Wati Contoh"]
    assert warned(browser.post(address(case), filled(case, smartcase="masks")).text) == ["Saya Wati Contoh"]
    gone = filled(case, text="Lampu mati.", smartcase="all")
    assert warned(browser.post(address(case), gone).text) == []


def test_harsh_words_leave_the_tone_open_for_the_officer_to_tick(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Petugas goblok, lampu mati.")
    assert not re.search(r'name="[\w-]*tone_ok"[^>]*checked', sits("admin-kota").get(address(case)).text)
    calm = Case(case.world).is_submitted()
    assert re.search(r'name="[\w-]*tone_ok"[^>]*checked', sits("admin-kota").get(address(calm)).text)


def test_the_reason_is_the_same_in_whatever_order_corrections_are_taken(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Lampu mati!!! yg di depan pasar", title="Lampu mati")
    browser = sits("admin-kota")
    first = re.findall(r'name="smartcase" value="(text [^"]+)"', browser.get(address(case)).text)[0]

    after = browser.post(address(case), filled(case, smartcase=first)).text
    reason = re.search(r'name="reason" value="(\w+)"[^>]*checked', after)
    text = "Lampu mati! yg di depan pasar"
    left = re.findall(r'name="smartcase" value="(text [^"]+)"', after)[0]
    last = browser.post(address(case), filled(case, text=text, smartcase=left, reason=reason[1] if reason else "")).text

    assert reason
    assert reason[1] == "spelling"
    assert re.search(r'value="abbreviations"[^>]*checked', last)


def test_a_second_mask_of_another_kind_keeps_the_reason_that_was_chosen(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Lampu mati, hubungi 0812 3456 7890. Petugas goblok.", title="Lampu mati")
    browser = sits("admin-kota")
    insult = re.findall(r'name="smartcase" value="(text mask-insult[^"]+)"', browser.get(address(case)).text)[0]

    after = browser.post(address(case), filled(case, smartcase=insult, reason="personal_data")).text

    assert re.search(r'value="personal_data"[^>]*checked', after)
    assert re.search(r'value="tone"[^>]*selected', after)


def test_S47_the_writer_of_an_anonymous_report_is_covered_too(case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Saya Wati Contoh dari Ampenan. Lampu mati.", anonymous=True)
    page = sits("admin-kota").get(address(case)).text
    assert "mask-writer" in page
    assert (
        "mask-writer"
        not in sits("admin-kota")
        .get(address(Case(case.world).is_submitted(text="Saya Wati Contoh dari Ampenan. Lampu mati.")))
        .text
    )


def test_S42_what_is_told_of_time_is_a_date_counted_from_the_day_it_came(case: Case, sits: SignIn) -> None:
    """The case is of Monday 2 March 2026; it is read later."""
    case.is_submitted(text="Jatuh kemarin pukul 16.30. Sudah 3 bulan rusak, setiap hujan banjir.")
    page = sits("admin-kota").get(address(case)).text
    day = case.report.received_at - timedelta(days=1)

    assert f"<q>kemarin pukul 16.30</q> = {day.day} " in page
    assert "16.30;" in page
    assert "= sejak " in page
    assert "= berulang kali" in page


def test_S44_capitals_alone_need_no_reason_and_are_kept_as_smartcase(case: Case, sits: SignIn) -> None:
    case.is_submitted(text=LOUD)

    sits("admin-kota").post(address(case), filled(case, text=CALM))

    assert [(edit.reason, edit.after) for edit in TextEdit.objects.all()] == [("smartcase", CALM)]
    assert case.status == Status.DISPOSED


def test_S48_other_words_need_a_reason_and_come_after_the_capitals(case: Case, sits: SignIn) -> None:
    case.is_submitted(text=LOUD)
    browser, better = sits("admin-kota"), CALM.replace("sejak bulan lalu", "sejak Februari 2026")

    refused = browser.post(address(case), filled(case, text=better))
    assert refused.status_code == 422
    assert "Sebutkan alasan" in refused.text
    assert not Verification.objects.exists()

    browser.post(address(case), filled(case, text=better, reason="structure"))
    assert [edit.reason for edit in TextEdit.objects.order_by("id")] == ["smartcase", "structure"]
    assert ReportText.objects.get().published == better


@pytest.mark.parametrize("missing", ["check-relevant", "check-complete", "check-clear", "check-competence_ok"])
def test_S40_what_was_not_found_sound_is_not_disposed(new: Case, sits: SignIn, missing: str) -> None:
    answer = sits("admin-kota").post(address(new), filled(new, **{missing: None}))

    assert answer.status_code == 422
    assert "Mohon segera." in answer.text
    assert new.status == Status.UNVERIFIED
    assert not Verification.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "typed", "status"),
    [
        ("ask", {"ask-question": "Di jalan apa?", "check-complete": None}, Status.PENDING),
        ("return", {"return-competent_body": "PT PLN (Persero)", "return-why": "Listrik."}, Status.UNVERIFIED),
        ("archive", {"archive-reason": "suggestion", "archive-text": "Terima kasih."}, Status.ARCHIVED),
        ("handle_here", {"handle_here-text": "Kami tangani sendiri."}, Status.IN_PROGRESS),
    ],
)
def test_each_outcome_sends_only_its_own_words(
    new: Case, sits: SignIn, outcome: str, typed: dict[str, Any], status: Status
) -> None:
    answer = sits("admin-kota").post(address(new), filled(new, outcome=outcome, **typed))

    assert answer.status_code == 302
    assert new.status == status
    assert Verification.objects.count() == 1
    assert Response.objects.get().text in typed.values()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"outcome": None}, "outcome"),
        ({"outcome": "withdraw"}, "outcome"),
        ({"dispose-to": ""}, "dispose-to"),
        ({"dispose-to": "biro-layanan"}, "dispose-to"),
        ({"title": ""}, "title"),
        ({"text": " "}, "text"),
        ({"about-place": "Antah Berantah"}, "about-place"),
        ({"about-category": "tiada"}, "about-category"),
        ({"duplicate_of": "UJI-2026-999999"}, "duplicate_of"),
        ({"outcome": "ask", "ask-question": ""}, "ask-question"),
        ({"outcome": "archive", "archive-text": "{{ alasan }}", "archive-reason": "spam"}, "archive-text"),
        ({"outcome": "archive", "archive-text": "Ya.", "archive-reason": "withdrawn"}, "archive-reason"),
    ],
)
def test_what_is_wrong_is_said_every_word_stays_and_nothing_is_kept(
    new: Case, sits: SignIn, typed: dict[str, Any], said: str
) -> None:
    before = new.report.version

    answer = sits("admin-kota").post(address(new), filled(new, **{"about-tags": "jangan hilang", **typed}))

    assert answer.status_code == 422
    summary = answer.text.split('class="error-summary"')[1].split("</div>")[0]
    assert f"#id_{said}" in summary
    assert "jangan hilang" in answer.text
    assert new.report.version == before
    assert not Verification.objects.exists()


def test_a_stale_page_gives_the_words_back_with_the_newest_state(new: Case, sits: SignIn) -> None:
    browser = sits("admin-kota")
    told = filled(new, text="Kata-kata yang sudah saya susun.", reason="structure")
    assert browser.post(f"/meja/laporan/{new.number}/catatan/", {"text": "Dicatat."}).status_code == 302

    answer = browser.post(address(new), told)

    assert answer.status_code == 409
    assert "Kata-kata yang sudah saya susun." in answer.text
    assert "Laporan ini berubah" in answer.text
    assert f'name="version" value="{new.report.version}"' in answer.text
    assert browser.post(address(new), {**told, "version": new.report.version}).status_code == 302


def test_who_comes_too_late_keeps_the_words_but_no_button(new: Case, sits: SignIn) -> None:
    browser, told = sits("admin-kota"), filled(new, **{"dispose-note": "Sudah saya tulis panjang."})
    new.act(dispose.dispose_report, "admin-kota", to="dinas-kesehatan")

    answer = browser.post(address(new), told)

    assert answer.status_code == 409
    assert "data-send" not in answer.text
    assert new.holder == (Holder.UNIT, "dinas-kesehatan")


def test_a_decided_report_leads_to_its_case(new: Case, sits: SignIn) -> None:
    new.is_disposed()

    assert sits("admin-kota").get(address(new))["Location"] == f"/meja/laporan/{new.number}/"


def test_the_next_report_is_there_at_once_and_skipping_decides_nothing(world: World, sits: SignIn) -> None:
    first, second, third = (Case(world, NOW).is_submitted() for _ in range(3))
    browser = sits("admin-kota")

    assert browser.post(address(first), filled(first))["Location"] == address(second)
    assert browser.post(address(second), {"skip": "1"})["Location"] == address(third)

    assert second.status == Status.UNVERIFIED
    assert Claim.objects.get(account=account_of(world, "admin-kota").pk).report == third.report


def test_a_colleague_who_has_it_open_is_named(world: World, new: Case, sits: SignIn) -> None:
    other = account_of(world, "admin-pusat")
    sits("admin-kota").get(address(new))
    Claim.objects.update(account=other.pk)

    page = sits("admin-kota").get(address(new)).text

    assert other.name in page


def test_it_says_who_may_be_competent_and_why(world: World, case: Case, sits: SignIn) -> None:
    roads = world.agency("dinas-pupr")
    roads.name = "Dinas Pekerjaan Umum dan Penataan Ruang"
    roads.save()
    RoutingRule.objects.create(
        institution=world.agency("kota-uji"), category=Category.objects.get(code="jalan"), unit=roads
    )
    case.is_submitted(text="Jalan berlubang dan aspal rusak, sudah dilaporkan ke Kimpraswil tetapi belum ditambal.")

    page = sits("admin-kota").get(address(case)).text

    assert "aturan untuk “Jalan, jembatan, dan saluran air”" in page
    assert "disebut dalam teks: “Kimpraswil”" in page
    assert re.search(r'name="dispose-suggested" value="dinas-pupr"[^>]*checked', page)
    assert 'data-words="PU PUPR' in page  # searched by names that are not shown


def test_where_it_went_before_is_counted_among_public_reports_only(world: World, sits: SignIn) -> None:
    for _ in range(3):
        Case(world, NOW).is_submitted(category="jalan-rusak").is_disposed(to="dinas-pupr")
    for _ in range(4):
        Case(world, NOW).is_submitted(category="jalan-rusak", secret=True).is_disposed(to="dinas-kesehatan")
    case = Case(world, NOW).is_submitted(category="jalan-rusak")

    page = sits("admin-kota").get(address(case)).text

    assert "3 dari 3 laporan terakhir kategori ini ke sana" in page


def test_the_national_desk_is_told_in_whose_region_the_place_lies(world: World, case: Case, sits: SignIn) -> None:
    case.is_submitted(agency="", place=Place.objects.get(name="Ampenan", level="district").code)

    page = sits("admin-pusat").get(address(case)).text

    assert 'name="dispose-suggested" value="kota-mataram"' in page


def test_what_says_the_same_is_beside_it_and_can_be_linked(world: World, new: Case, sits: SignIn) -> None:
    twin = Case(world, NOW).is_submitted(title="Lubang di depan pasar")
    foreign = Case(world, NOW).is_submitted(agency="lembaga-uji")
    browser = sits("admin-kota")
    assert twin.number not in browser.get(address(new)).text  # the page is there before what others tell
    page = browser.get(f"{address(new)}?sekitar=1").text
    part = browser.get(f"{address(new)}?sekitar=1", headers={"HX-Request": "true"}).text
    refused = browser.post(address(new), filled(new, duplicate_of=twin.number, title="")).text
    linked = f'name="duplicate_of" value="{twin.number}"'
    assert linked in page
    assert linked in part
    assert foreign.number not in page + part
    assert f'{linked} id="id_same_1" checked' in refused

    browser.post(address(new), filled(new, duplicate_of=twin.number))

    assert Link.objects.get().other == twin.report


def test_the_cause_of_what_says_the_same_is_offered_and_joined_with_one_choice(
    world: World, new: Case, sits: SignIn
) -> None:
    twin = Case(world, NOW).is_submitted(title="Lubang di depan pasar")
    day = new.now.date() + timedelta(days=30)
    twin.act(join_cause, "admin-kota", title="Pipa pecah di pasar", target="Pipa diganti", due_on=day)
    cause = Cause.objects.get()
    browser = sits("admin-kota")
    offered = f'name="duplicate_of" value="penyebab-{cause.pk}"'
    assert offered in browser.get(f"{address(new)}?sekitar=1").text
    refused = browser.post(address(new), filled(new, duplicate_of=f"penyebab-{cause.pk}", title="")).text
    assert f'{offered} id="id_cause_1" checked' in refused

    browser.post(address(new), filled(new, duplicate_of=f"penyebab-{cause.pk}"))

    assert set(cause.reports.values_list("report", flat=True)) == {twin.report.pk, new.report.pk}
    assert not Link.objects.exists()
    secret = Case(world, NOW).is_submitted(title="Lubang di depan pasar", secret=True)
    assert offered not in browser.get(f"{address(secret)}?sekitar=1").text


def test_why_another_may_be_the_same_or_elsewhere_is_said_beside_it(world: World, case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Lampu padam di Jl. Mawar Barat no 7.", title="Lampu padam")
    Case(world, NOW).is_submitted(text="Lampu padam di jalan Mawar Barat no 9, gelap.", title="Lampu mati")
    page = sits("admin-kota").get(f"{address(case)}?sekitar=1").text

    assert "jalan yang sama: Mawar Barat" in page
    assert "nomor rumah berbeda: 7 / 9" in page
    assert "jalan berbeda" not in page


def test_past_answers_to_reports_like_it_are_shown(world: World, new: Case, sits: SignIn) -> None:
    Case(world, NOW).is_in_progress().is_followed_up()

    assert "Lubang sudah ditambal oleh tim kami." in sits("admin-kota").get(f"{address(new)}?sekitar=1").text


def test_ready_texts_are_put_in_and_only_what_is_missing_is_asked(world: World, case: Case, sits: SignIn) -> None:
    case.is_submitted(text="Lampu mati semua dan gelap sekali.", title="Lampu mati")
    template = Template.objects.create(
        institution=world.agency("kota-uji"),
        kind="question",
        name="Foto",
        text="Mohon kirim foto.",
        changed_at=case.now,
    )
    browser = sits("admin-kota")
    page = browser.get(address(case)).text
    asked = page.split('id="id_ask-question"')[1].split("</textarea>")[0]
    assert "- " in asked
    assert "Di mana" in asked or "mana" in asked

    filled_in = browser.post(address(case), filled(case, fill=f"question-{template.pk}"))

    assert filled_in.status_code == 200
    assert "Mohon kirim foto." in filled_in.text.split('id="id_ask-question"')[1]
    archive = browser.post(address(case), filled(case, fill="archive-spam")).text
    assert re.search(r'name="archive-reason" value="spam"[^>]*checked', archive)
    assert not Verification.objects.exists()


# --- Who wrote it stays unknown -----------------------------------------------------------------


def of_somebody(world: World, **changes: Any) -> Case:
    """Return a report of one and the same person, whose name and number are known."""
    case = Case(world, NOW)
    told = draft(name="Warga Contoh", contact=ContactInput("phone", "081200001234"), **changes)
    case.code = submit_report(told, actor=case.reporter, now=case.now, key=f"kunci-{Report.objects.count()}").code
    return case


SAME = "Dari pelapor yang sama"


def test_other_reports_of_the_reporter_are_shown_only_where_nothing_is_anonymous_or_secret(
    world: World, sits: SignIn
) -> None:
    open_one = of_somebody(world, title="Yang pertama terbuka", text="Pohon tumbang menutup gang sempit kami.")
    also_open = of_somebody(world, title="Yang kedua terbuka", text="Petugas loket kecamatan datang terlambat terus.")
    anonymous = of_somebody(world, anonymous=True, title="Tanpa nama", text="Air keran keruh berwarna cokelat lagi.")
    secret = of_somebody(world, secret=True, title="Yang rahasia", text="Kepala sekolah memungut biaya seragam.")
    elsewhere = of_somebody(world, agency="lembaga-uji", title="Di lembaga lain", text="Beasiswa belum cair semester.")
    browser = sits("admin-kota")

    def beside(case: Case) -> str:
        page = browser.get(f"{address(case)}?sekitar=1").text
        part = browser.get(f"{address(case)}?sekitar=1", headers={"HX-Request": "true"}).text
        assert SAME not in browser.get(address(case)).text
        assert part.strip() in page
        assert "Warga Contoh" not in page
        assert "081200001234"[1:] not in page
        return page.split(SAME)[1].split("</section>")[0] if SAME in page else ""

    assert also_open.number in beside(open_one)
    for hidden in (anonymous, secret, elsewhere):
        assert hidden.number not in beside(open_one)
    assert beside(anonymous) == beside(secret) == ""
    assert len({Report.objects.get(code=one.code).reporter_ref for one in (open_one, anonymous, secret)}) == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("pp-pupr", 403), ("panrb", 403), ("ombudsman", 403), ("pimpinan-pupr", 403), ("admin-lembaga", 404)],
)
def test_it_is_for_the_admin_of_this_desk_alone(new: Case, sits: SignIn, who: str, status: int) -> None:
    assert sits(who).get(address(new)).status_code == status
    assert sits(who).post(address(new), filled(new)).status_code == status
    assert new.status == Status.UNVERIFIED


def test_the_code_of_the_report_is_not_on_the_page(new: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get(address(new)).text

    assert new.code not in page
    assert f"{new.code[:5]}-{new.code[5:10]}" not in page


# --- Cost ---------------------------------------------------------------------------------------


def queries_of(browser: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(where).status_code == 200
    return len(counted)


def test_it_asks_no_more_when_there_are_more_reports(world: World, new: Case, sits: SignIn) -> None:
    def grow(times: int) -> None:
        for _ in range(times):
            Case(world, NOW).is_submitted(category="jalan-rusak").is_in_progress().is_followed_up()
            Case(world, NOW).is_submitted()

    grow(3)
    browser = sits("admin-kota")
    browser.get(address(new))
    few = queries_of(browser, address(new))

    grow(5)
    many = queries_of(browser, address(new))

    assert many == few <= MOST_QUERIES


def test_the_header_tells_the_clock_that_this_desk_must_meet_and_not_the_farthest(case: Case, sits: SignIn) -> None:
    case.is_submitted(on="Mon 12 Jan 2026 09:00 WITA")
    case.sweep("Mon 2 Mar 2026 08:00 WITA")  # late to verify; the sixty days to the Ombudsman still run

    head = sits("admin-kota").get(address(case)).text.split("exam-head")[1].split("</header>")[0]

    assert "Terlambat" in head
    assert "Tepat waktu" not in head
