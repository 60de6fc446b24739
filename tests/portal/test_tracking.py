"""Following a report by its code, and every act that the SOP gives its reporter."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.builders import Case, World
from tests.portal.conftest import Answer
from tests.portal.test_filing import photo

from lapor.kernel.codes import show_code
from lapor.reports.models import Evidence
from lapor.reports.usecases import archive, respond, return_
from lapor.sop.vocabulary import Clock, Holder, Status


def open_report(client: Client, case: Case) -> Answer:
    """Type the code and return the report's page."""
    return client.post("/lacak/", {"code": show_code(case.code)}, follow=True)


def act(client: Client, case: Case, slug: str, **typed: Any) -> Answer:
    """Send one of the forms of the report's page, as the page made it now."""
    return client.post(f"/lacak/{slug}/", {"code": case.code, "version": case.report.version, **typed})


def open_first(client: Client, case: Case) -> Case:
    """Open the report, so that this browser may act on it."""
    open_report(client, case)
    return case


def offered(page: Answer) -> set[str]:
    """Return the buttons on the page."""
    return {offer.act.slug for offer in page.context["offers"]}


# --- The code --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["as printed", "small letters", "with spaces", "O for zero and I for one"])
def test_a_code_opens_its_report_however_it_was_written_down(citizen: Client, case: Case, shape: str) -> None:
    case.is_submitted()
    typed = {
        "as printed": show_code(case.code),
        "small letters": case.code.lower(),
        "with spaces": f"  {' '.join(case.code)} ",
        "O for zero and I for one": case.code.replace("0", "O").replace("1", "I"),
    }[shape]

    page = citizen.post("/lacak/", {"code": typed}, follow=True)

    assert page.status_code == 200
    assert show_code(case.code) in page.content.decode()


@pytest.mark.parametrize("typed", ["AAAAA-AAAAA-A", "00000-00000-0", "apa saja", "x" * 40, "'; --", "😀"])
def test_wrong_and_unknown_codes_get_one_answer_after_the_same_work(
    citizen: Client, case: Case, typed: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        page = citizen.post("/lacak/", {"code": typed})

    assert page.status_code == 404
    assert "Laporan dengan kode ini tidak ditemukan" in page.content.decode()


def test_nothing_typed_is_said_at_the_field(citizen: Client, db: None) -> None:
    page = citizen.post("/lacak/", {"code": ""})

    assert page.status_code == 422
    assert "Ketik kode laporan Anda." in page.content.decode()


def test_the_code_stands_in_no_address_and_no_cache_keeps_the_page(citizen: Client, case: Case) -> None:
    case.is_submitted()

    page = open_report(citizen, case)

    assert [address for address, _ in page.redirect_chain] == ["/lacak/"]
    assert page["Cache-Control"] == "private, no-store"


def test_closing_the_report_leaves_nothing_for_the_next_person_at_this_device(citizen: Client, case: Case) -> None:
    case.is_submitted()
    open_report(citizen, case)

    citizen.post("/lacak/tutup/")

    assert show_code(case.code) not in citizen.get("/lacak/").content.decode()
    assert citizen.get("/lapor/terima-kasih/")["Location"] == "/lacak/"


def test_the_code_of_one_report_opens_no_other(citizen: Client, case: Case, world: World) -> None:
    case.is_submitted(title="Laporan saya")
    other = Case(world).is_submitted(title="Laporan orang lain")
    open_report(citizen, case)

    assert "Laporan orang lain" not in citizen.get("/lacak/").content.decode()
    answer = citizen.post("/lacak/cabut/", {"code": "AAAAA-AAAAA-A", "version": 1})
    assert answer.status_code == 404
    assert other.status == case.status == Status.UNVERIFIED


# --- What is shown ---------------------------------------------------------------------------------


def test_S79_the_page_says_where_it_is_since_when_until_when_and_why(citizen: Client, case: Case) -> None:
    case.is_disposed()

    page = open_report(citizen, case)
    text = page.content.decode()

    assert "Dinas Pupr wajib memberi respon awal." in text
    assert "Sejak Senin, 2 Maret 2026 pukul 09.00 WITA." in text
    assert "Senin, 16 Maret 2026" in text  # ten working days for the first response
    assert "Mengapa tanggal ini?" in text
    assert "Diteruskan ke Dinas Pupr" in text


def test_the_next_promise_stands_at_the_top_and_never_the_last_resort(citizen: Client, case: Case) -> None:
    case.is_disposed()

    page = open_report(citizen, case)

    assert page.context["next_promise"].view.clock is Clock.FIRST_RESPONSE
    assert Clock.ESCALATION in [one.view.clock for one in page.context["clocks"]]
    top = page.content.decode().partition("Yang dapat Anda lakukan sekarang")[0]
    assert "Janji berikutnya" in top
    assert "16 Maret 2026" in top


def test_a_question_says_until_when_it_is_the_reporters_turn(citizen: Client, case: Case) -> None:
    case.is_pending()

    page = open_report(citizen, case)

    assert page.context["next_promise"].view.clock is Clock.PENDING
    assert "Giliran Anda, paling lambat" in page.content.decode()


def test_the_reporter_reads_of_themselves_as_you_and_the_public_does_not(citizen: Client, case: Case) -> None:
    case.is_in_progress()
    act(citizen, open_first(citizen, case), "balas", text="Halo, bagaimana kabarnya?")

    own = [(one.actor, one.action) for one in citizen.get("/lacak/").context["timeline"] if one.lane == "reporter"]
    public = citizen.get(f"/publik/{case.number}/").context["timeline"]

    assert own == [("Anda", "Pesan Anda"), ("Anda", "Anda melapor")]
    assert "Anda" not in {one.actor for one in public}


def test_the_history_says_what_was_chosen_about_who_may_know(citizen: Client, case: Case) -> None:
    case.is_in_progress()
    act(citizen, open_first(citizen, case), "kerahasiaan", anonymous="on")

    newest = citizen.get("/lacak/").context["timeline"][0]

    assert "petugas tidak melihat siapa pelapornya" in newest.text


def test_what_is_rarely_wanted_stands_behind_the_likely_acts(citizen: Client, case: Case) -> None:
    case.is_in_progress()

    page = open_report(citizen, case).context

    assert [offer.act.slug for offer in page["rare"]] == ["kerahasiaan", "cabut"]
    assert not page["rare_open"]
    assert citizen.get("/lacak/cabut/").context["rare_open"]


def test_what_officers_say_among_themselves_is_not_told(citizen: Client, case: Case) -> None:
    case.is_with_unit_officer()

    text = open_report(citizen, case).content.decode()

    assert "Diteruskan ke satuan kerja" in text
    assert "Mohon diperiksa." not in text


def test_the_history_names_the_missed_deadline_the_competent_office_and_the_reason(citizen: Client, case: Case) -> None:
    case.is_disposed()
    case.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Bukan jalan kami.")
    case.sweep("Tue 10 Mar 2026 09:00 WITA")
    case.act(archive.archive_report, "admin-kota", reason="suggestion", text="Terima kasih atas sarannya.")

    text = open_report(citizen, case).content.decode()

    assert "Disebut berwenang: Dinas Kesehatan." in text
    assert "Pemeriksaan oleh instansi: seharusnya paling lambat Kamis, 5 Maret 2026." in text
    assert "Alasan: Saran atau masukan umum." in text


def test_a_question_stands_beside_the_form_that_answers_it(citizen: Client, case: Case) -> None:
    case.is_pending()

    page = open_report(citizen, case)

    assert page.context["question"] == "Di jalan apa lubang itu?"
    assert "lengkapi" in offered(page)


# --- The acts --------------------------------------------------------------------------------------


def test_only_what_the_table_allows_now_is_offered(citizen: Client, case: Case) -> None:
    case.is_submitted()
    assert offered(open_report(citizen, case)) == {"balas", "kerahasiaan", "cabut"}

    case.is_in_progress()
    case.is_followed_up()
    assert offered(citizen.get("/lacak/")) == {"selesai", "keberatan", "balas", "kerahasiaan", "cabut"}


def test_S51_the_reporter_answers_the_question_and_the_report_goes_on(citizen: Client, case: Case) -> None:
    case.is_pending()

    answer = act(citizen, case, "lengkapi", text="Di Jalan Pejanggik.", photos=[photo()])

    assert answer["Location"] == "/lacak/"
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert Evidence.objects.get().response is not None


def test_S33_an_objection_with_a_photo_brings_the_report_back_to_the_unit(citizen: Client, case: Case) -> None:
    case.is_followed_up()

    act(citizen, case, "keberatan", text="Lubangnya masih ada.", photos=[photo("masih.jpg")])

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert "masih.jpg" in citizen.get("/lacak/").content.decode()


def test_the_reporter_confirms_with_stars_and_may_open_it_again(citizen: Client, case: Case) -> None:
    case.is_followed_up()
    act(citizen, case, "selesai", rating="4", text="Cepat, terima kasih.")
    assert (case.status, case.report.rating) == (Status.CLOSED, 4)
    assert "Ditutup: Anda menyatakan sudah selesai." in citizen.get("/lacak/").content.decode()

    act(citizen, case, "buka-lagi", why="Besoknya berlubang lagi.")
    assert case.status == Status.IN_PROGRESS


def test_a_message_reaches_the_desk_that_holds_the_report(citizen: Client, case: Case) -> None:
    case.is_in_progress()

    act(citizen, case, "balas", text="Apakah sudah ada kabar?")

    assert case.told == {"dinas-pupr"}
    assert "Apakah sudah ada kabar?" in citizen.get("/lacak/").content.decode()


def test_withdrawing_and_taking_it_out_of_the_archive(citizen: Client, case: Case) -> None:
    case.is_disposed()
    act(citizen, case, "cabut", text="")
    assert (case.status, case.report.archive_reason) == (Status.ARCHIVED, "withdrawn")

    act(citizen, case, "pulihkan", text="Saya berubah pikiran.")
    assert case.status == Status.UNVERIFIED


def test_C10_an_archived_report_comes_back_once_by_right(citizen: Client, case: Case) -> None:
    case.is_submitted()
    case.act(archive.archive_report, "admin-kota", reason="unclear", text="Kurang jelas.")
    assert "Masuk arsip karena kurang jelas" in open_report(citizen, case).content.decode()
    act(citizen, case, "pulihkan", text="Maksud saya jalan di depan pasar.")

    case.act(archive.archive_report, "admin-kota", reason="unclear", text="Masih kurang jelas.")

    assert "pulihkan" not in offered(citizen.get("/lacak/"))


def test_the_reporter_changes_who_may_know(citizen: Client, case: Case) -> None:
    case.is_disposed()

    act(citizen, case, "kerahasiaan", anonymous="on", secret="on")

    assert (case.report.is_anonymous, case.report.is_secret) == (True, True)
    page = citizen.get("/lacak/")
    form = next(offer.form for offer in page.context["offers"] if offer.act.slug == "kerahasiaan")
    assert (form["anonymous"].value(), form["secret"].value()) == (True, True)


def test_C8_the_reporter_decides_whether_the_ombudsman_may_know(citizen: Client, case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Mon 25 May 2026 09:00 WITA")  # past day 45

    act(citizen, case, "persetujuan", given="no")

    assert case.report.consent_given is False


# --- Refused, stale, twice -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "typed", "sentence"),
    [
        ("keberatan", {"text": "  "}, "Tuliskan beberapa kata."),
        ("selesai", {"rating": "6", "text": "Bagus"}, "6"),
        ("selesai", {"text": "Bagus"}, "Pilih satu sampai lima bintang."),
        ("balas", {"text": "x" * 20_001}, "20001"),
    ],
)
def test_a_refused_act_changes_nothing_and_keeps_what_was_typed(
    citizen: Client, case: Case, slug: str, typed: dict[str, str], sentence: str
) -> None:
    case.is_followed_up()
    before = case.report.version

    page = act(citizen, case, slug, **typed)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert typed["text"].strip() in page.content.decode()
    assert case.report.version == before


def test_photos_of_a_refused_objection_are_kept(citizen: Client, case: Case) -> None:
    case.is_followed_up()

    page = act(citizen, case, "keberatan", text="", photos=[photo("masih.jpg")])
    form = next(offer.form for offer in page.context["offers"] if offer.act.slug == "keberatan")
    act(citizen, case, "keberatan", text="Masih berlubang.", kept=[kept.token for kept in form.kept])

    assert Evidence.objects.get().name == "masih.jpg"


def test_a_stale_page_is_told_shown_the_new_state_and_may_be_sent_again(citizen: Client, case: Case) -> None:
    case.is_in_progress()
    seen = case.report.version
    case.is_followed_up()

    page = citizen.post("/lacak/balas/", {"code": case.code, "version": seen, "text": "Ada kabar?"})

    assert page.status_code == 409
    text = page.content.decode()
    assert "Laporan ini berubah selagi Anda mengerjakannya" in text
    assert "Lubang sudah ditambal oleh tim kami." in text  # the new state
    form = next(offer.form for offer in page.context["offers"] if offer.act.slug == "balas")
    assert form["text"].value() == "Ada kabar?"
    assert form["version"].value() == str(case.report.version)


def test_an_act_that_is_not_possible_any_more_gives_the_words_back(citizen: Client, case: Case) -> None:
    case.is_pending()
    seen = case.report.version
    case.sweep("Wed 1 Apr 2026 09:00 WITA")  # archived meanwhile

    page = citizen.post("/lacak/lengkapi/", {"code": case.code, "version": seen, "text": "Di Jalan Pejanggik."})

    assert page.status_code == 409
    assert "“Jawab pertanyaan” tidak jadi dilakukan" in page.content.decode()
    assert "Di Jalan Pejanggik." in page.content.decode()


def test_pressing_the_button_twice_says_it_once(citizen: Client, case: Case) -> None:
    case.is_in_progress()
    same = {"code": case.code, "version": case.report.version, "text": "Ada kabar?"}

    first, second = citizen.post("/lacak/balas/", same), citizen.post("/lacak/balas/", same)

    assert first["Location"] == second["Location"] == "/lacak/"
    assert sum("reply" in line for line in case.ledger) == 1


def test_no_act_happens_by_following_a_link(citizen: Client, case: Case) -> None:
    case.is_followed_up()
    open_report(citizen, case)
    before = case.report.version

    page = citizen.get("/lacak/cabut/")

    assert case.report.version == before
    assert [offer.act.slug for offer in page.context["offers"] if offer.open] == ["cabut"]
    assert citizen.get("/lacak/tutup/").status_code == 405
    assert citizen.get("/lacak/hapus/").status_code == 404


def test_forms_from_elsewhere_are_refused(case: Case) -> None:
    case.is_followed_up()
    strict = Client(enforce_csrf_checks=True)

    for address in ("/lapor/", "/lacak/", "/lacak/cabut/", "/lacak/tutup/", "/masuk/", "/keluar/"):
        assert strict.post(address, {"code": case.code}).status_code == 403
    assert case.status == Status.IN_PROGRESS


def test_an_answer_in_a_strange_script_is_shown_as_text(citizen: Client, case: Case) -> None:
    case.is_in_progress()
    case.act(
        respond.follow_up,
        "pp-pupr",
        text="<b>Selesai</b> & rapi",
        done_on=case.today,
        done_by="<i>Tim</i>",
        field_work=False,
    )

    text = open_report(citizen, case).content.decode()

    assert "&lt;b&gt;Selesai&lt;/b&gt; &amp; rapi" in text
    assert "<b>Selesai</b>" not in text
