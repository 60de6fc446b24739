"""The composer: two kinds of answer, drafts, ready texts, a look before it leaves, half a minute to think again."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from tests.builders import Case, World
from tests.desk.conftest import SignIn

from lapor.agencies.models import Appointment
from lapor.agencies.usecases.templates import keep_template
from lapor.channels.meta.compose import LONGEST
from lapor.reports.models import AnswerDraft, Evidence, Response
from lapor.reports.usecases import brief, evaluate, forward, note, reply, return_, secrecy
from lapor.reports.usecases.answer import HOLD, send_due
from lapor.sop.vocabulary import Status

WORDS = "Lubang di depan pasar kami periksa pada Rabu, 4 Maret 2026."
DONE = {"text": "Lubang di depan pasar sudah ditambal.", "done_on": "2026-03-02", "done_by": "Tim Bina Marga"}


def address(case: Case, slug: str = "respon-awal") -> str:
    return f"/meja/laporan/{case.number}/{slug}/"


def post(browser: Client, case: Case, slug: str = "respon-awal", **typed: Any) -> Any:
    """Send the composer's form as the page would."""
    return browser.post(address(case, slug), {"version": case.report.version, **typed})


def at(case: Case, slug: str, what: str) -> str:
    return f"/meja/laporan/{case.number}/jawaban/{slug}/{what}/"


def photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def wait() -> int:
    return send_due(now=timezone.now() + HOLD)


def answers(case: Case) -> list[str]:
    told = Response.objects.filter(report__code=case.code, kind__in=("first_response", "follow_up"))
    return list(told.order_by("id").values_list("text", flat=True))


def test_the_two_kinds_say_what_they_are(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")

    follow_up = liaison.get(address(case, "tindak-lanjut")).text
    first = sits("pp-pupr").get(address(Case(case.world).is_disposed())).text

    assert "answer-follow_up" in follow_up
    assert "answer-first_response" not in follow_up
    assert "answer-first_response" in first


def test_a_sent_answer_waits_with_a_way_back_and_then_leaves(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")

    assert post(liaison, case, text=WORDS).status_code == 302
    page = liaison.get(f"/meja/laporan/{case.number}/").text

    assert at(case, "respon-awal", "batal") in page
    assert "09.00.30" in page
    assert answers(case) == []
    wait()
    assert answers(case) == [WORDS]
    assert at(case, "respon-awal", "batal") not in liaison.get(f"/meja/laporan/{case.number}/").text


def test_taken_back_the_words_and_the_photo_are_in_the_form_again(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    post(liaison, case, text=WORDS, files=[photo()])

    back = liaison.post(at(case, "respon-awal", "batal"), follow=True)

    assert WORDS in back.text
    assert "foto.jpg" in back.text
    kept = AnswerDraft.objects.get().files[0]["sha256"]
    post(liaison, case, text=WORDS, keep=[kept])
    wait()
    assert Evidence.objects.get(response__isnull=False).sha256 == kept


def test_taking_back_what_has_left_says_so(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    post(liaison, case, text=WORDS)
    wait()

    assert "sudah berangkat" in liaison.post(at(case, "respon-awal", "batal"), follow=True).text


def test_a_colleague_sees_that_an_answer_is_about_to_leave_but_not_its_words(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    post(sits("pp-pupr"), case, text=WORDS)

    page = sits("admin-kota").get(f"/meja/laporan/{case.number}/").text

    assert "09.00" in page
    assert "Jawaban dari Pp-Pupr, Dinas Pupr berangkat" in page
    assert "Lubang di depan pasar kami periksa" not in page
    assert at(case, "respon-awal", "batal") not in page
    refused = sits("admin-kota").post(at(case, "respon-awal", "batal"), follow=True)
    assert "Tidak ada jawaban Anda yang menunggu berangkat" in refused.text
    assert AnswerDraft.objects.get().state == "waiting"


def test_a_draft_is_kept_while_typing_and_is_there_after_signing_in_again(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    typed = {"version": case.report.version, "text": "Baru separuh"}
    assert "Konsep tersimpan" in sits("pp-pupr").post(at(case, "respon-awal", "konsep"), typed).text

    assert "Baru separuh" in sits("pp-pupr").get(address(case)).text
    assert "Baru separuh" not in sits("admin-kota").get(address(case)).text


def test_a_draft_that_the_report_has_overtaken_says_so(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    sits("pp-pupr").post(at(case, "respon-awal", "konsep"), {"version": case.report.version, "text": "Baru separuh"})
    case.act(note.write_note, "admin-kota", text="Mohon cepat.")

    page = sits("pp-pupr").get(address(case)).text

    assert "Laporan ini berubah sejak" in page
    assert "Baru separuh" in page


def test_a_draft_can_be_thrown_away(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    post(liaison, case, text="Baru separuh", do="save")
    assert "Baru separuh" in liaison.get(address(case)).text

    liaison.post(at(case, "respon-awal", "buang"))

    assert not AnswerDraft.objects.exists()


@pytest.mark.parametrize("what", ["konsep", "pratinjau", "batal", "buang"])
def test_no_stranger_reaches_a_draft(case: Case, sits: SignIn, what: str) -> None:
    case.is_disposed()
    post(sits("pp-pupr"), case, text=WORDS, do="save")

    answer = sits("pp-kesehatan").post(at(case, "respon-awal", what), {"text": "Lain", "version": 1})

    assert answer.status_code == 404
    assert AnswerDraft.objects.get().fields["text"] == WORDS
    assert sits("pp-pupr").get(at(case, "respon-awal", what)).status_code == 405


@pytest.fixture
def ready(world: World) -> int:
    """A ready text of the city with two fields that only a person can fill in."""
    row = keep_template(
        institution="kota-uji",
        kind="first_response",
        name="Diperiksa",
        text="Laporan tentang {{ hal }} kami periksa pada {{ tanggal }}.",
        actor=world["admin-kota"],
        now=timezone.now(),
    )
    return row.pk


def test_a_ready_text_is_put_in_and_refused_while_a_field_is_empty(case: Case, sits: SignIn, ready: int) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")

    filled = post(liaison, case, do="fill", ready=ready, text="Salam.").text
    assert "Laporan tentang {{ hal }} kami periksa pada {{ tanggal }}." in filled
    assert "Salam." in filled
    assert "tanggal</span>" in filled

    refused = post(liaison, case, text="Laporan tentang jalan kami periksa pada {{ tanggal }}.")
    assert refused.status_code == 422
    assert "tanggal" in refused.text
    assert wait() == 0
    assert post(liaison, case, text="Laporan tentang jalan kami periksa pada 4 Maret 2026.").status_code == 302


@pytest.mark.parametrize(
    ("channel", "with_words", "cut"),
    [
        ("web", set(), set()),
        ("sms", {"sms", "whatsapp"}, {"sms"}),
        ("whatsapp", {"sms", "whatsapp"}, {"sms"}),
        ("instagram", {"instagram"}, {"instagram"}),
    ],
)
def test_before_it_leaves_it_is_seen_on_every_way_without_the_tracking_code(
    case: Case, sits: SignIn, settings: Any, channel: str, with_words: set[str], cut: set[str]
) -> None:
    settings.LAPOR_SMS_PRICE = 350
    case.is_submitted(channel=channel).is_disposed()
    text = f"Lubang di depan pasar kami periksa besok pagi. “Segera”. {'Mohon maaf. ' * 100}"

    answer = sits("pp-pupr").post(at(case, "respon-awal", "pratinjau"), {"text": text, "version": 1})
    shorts = {short.kind: short for short in answer.context["review"].shorts}
    seen = answer.text

    assert text.strip() in seen
    assert "Laporan Anda mulai ditangani" in seen  # the letter's own subject
    assert set(shorts) == {"sms", "whatsapp", "facebook", "instagram"}
    assert (shorts["sms"].size.alphabet, shorts["sms"].size.parts) == ("GSM-7", 4 if "sms" in with_words else 1)
    assert shorts["sms"].cost == 350 * shorts["sms"].size.parts
    assert {kind for kind, short in shorts.items() if "kami periksa besok" in short.text} == with_words
    assert {kind for kind, short in shorts.items() if short.is_cut} == cut
    assert all(len(shorts[kind].text.encode()) <= LONGEST[kind] for kind in LONGEST)
    code = case.report.code
    assert code not in seen
    assert f"{code[:5]}-{code[5:10]}" not in seen
    assert answers(case) == []
    assert case.status == Status.DISPOSED


def test_what_an_answer_promises_counts_from_the_day_on_which_it_leaves(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")
    typed = {"text": "Lubang di jalan ditutup.", "done_on": "2026-03-02", "done_by": "Tim", "version": 3}

    now = liaison.post(at(case, "tindak-lanjut", "pratinjau"), typed)
    later = liaison.post(at(case, "tindak-lanjut", "pratinjau"), {**typed, "later": "2026-03-09T08:00"})

    assert "16 Maret 2026" in now.context["review"].mail.body  # ten working days of the reporter
    assert "30 Maret 2026" in later.context["review"].mail.body
    assert "9 Mar" in later.text
    assert case.status == Status.IN_PROGRESS


def test_photos_that_go_along_are_seen_by_their_writer_and_nobody_else(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    typed = {"text": "Kami periksa besok.", "version": 2, "files": photo(), "files_public": "on"}

    seen = liaison.post(at(case, "respon-awal", "pratinjau"), typed)
    (file,) = seen.context["review"].page.files

    assert (file.is_image, file.is_public, file.url in seen.text) == (True, True, True)
    shown = liaison.get(file.url)
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown).startswith(b"\xff\xd8")
    for other in ("admin-kota", "pp-kesehatan", "panrb"):
        assert sits(other).get(file.url).status_code in (403, 404)
    assert answers(case) == []


def test_the_check_advises_and_never_blocks(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    text = "Akan kami teruskan kepada OPD terkait. Hubungi Pak Budi Santoso."

    seen = post(liaison, case, text=text, do="check").text

    assert "remark-jargon" in seen
    assert "remark-person" in seen
    assert answers(case) == []
    assert post(liaison, case, text=text).status_code == 302
    wait()
    assert answers(case) == [text]


def test_send_later_leaves_at_its_time(case: Case, sits: SignIn) -> None:
    case.is_disposed()

    assert post(sits("pp-pupr"), case, text=WORDS, later="2026-03-03T08:00").status_code == 302

    assert send_due(now=timezone.now() + timedelta(hours=22)) == 0
    assert send_due(now=timezone.now() + timedelta(hours=23)) == 1
    assert answers(case) == [WORDS]


def test_a_time_that_has_passed_is_refused_with_the_words_kept(case: Case, sits: SignIn) -> None:
    case.is_disposed()

    answer = post(sits("pp-pupr"), case, text=WORDS, later="2026-03-01T08:00")

    assert answer.status_code == 422
    assert WORDS in answer.text
    assert AnswerDraft.objects.get().state == "kept"


def test_held_back_because_another_returned_it_the_officer_reads_why(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    post(liaison, case, text=WORDS)
    case.act(return_.return_report, "pp-pupr", competent_body="Pemerintah provinsi", why="Jalan provinsi.")
    wait()

    page = liaison.get(address(case)).text
    told = liaison.get("/meja/pesan/").text

    assert "Sebuah jawaban tidak jadi terkirim" in told
    assert WORDS in page or liaison.get(f"/meja/laporan/{case.number}/").status_code == 200
    assert answers(case) == []


def test_a_colleague_reads_that_an_answer_was_held_back_whose_and_why(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    post(sits("pp-pupr"), case, text=WORDS)
    case.act(reply.reply, "reporter", text="Sudah makin dalam.")
    wait()

    seen = {name: sits(name).get(f"/meja/laporan/{case.number}/").text for name in ("admin-kota", "panrb", "pp-pupr")}

    assert "Jawaban dari Pp-Pupr, Dinas Pupr ditahan" in seen["admin-kota"]
    assert "Ada yang terjadi pada laporan" in seen["admin-kota"]
    assert "ditahan" not in seen["panrb"]
    assert "Konsep Anda" in seen["pp-pupr"]
    assert not [name for name, page in seen.items() if WORDS in page]


def test_a_role_lost_in_mid_form_gives_the_words_back(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    liaison.get(address(case))
    Appointment.objects.filter(pk=case.world["pp-pupr"].appointment or 0).update(ended_on=case.today)

    answer = post(liaison, case, text=WORDS)

    assert answer.status_code == 403
    assert WORDS in answer.text
    assert answers(case) == []


def test_signed_out_in_mid_form_gives_the_words_back_and_leads_to_the_sign_in(case: Case) -> None:
    case.is_disposed()

    answer = post(Client(), case, text="<b>Lubang</b> di depan pasar kami periksa.")

    assert answer.status_code == 403
    assert "&lt;b&gt;Lubang&lt;/b&gt; di depan pasar kami periksa." in answer.text
    assert "/masuk/?next=/meja/laporan/" in answer.text


def test_a_stale_page_keeps_words_and_photo(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    seen = case.report.version
    case.act(note.write_note, "admin-kota", text="Mohon cepat.")

    answer = post(sits("pp-pupr"), case, text=WORDS, files=[photo()], version=seen)

    assert answer.status_code == 409
    assert WORDS in answer.text
    assert [file["name"] for file in AnswerDraft.objects.get().files] == ["foto.jpg"]


def test_before_and_after_stand_side_by_side_and_each_file_is_marked_alone(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")
    post(liaison, case, "tindak-lanjut", **DONE, before=[photo("dulu.jpg")], files=[photo("kini.jpg")])
    wait()
    page = liaison.get(f"/meja/laporan/{case.number}/").text
    assert page.index("dulu.jpg") < page.index("kini.jpg")
    assert "before-after" in page
    before, after = Evidence.objects.get(stage="before"), Evidence.objects.get(stage="after")
    assert (before.name, after.name) == ("dulu.jpg", "kini.jpg")
    assert not before.is_public
    assert not after.is_public

    marked = liaison.post(f"/meja/laporan/{case.number}/bukti/{after.token}/tanda/", {"public": "yes"})

    assert marked.status_code == 302
    assert set(Evidence.objects.filter(is_public=True)) == {after}
    assert "mark_file" in case.ledger[-1]


@pytest.mark.parametrize("who", ["pp-kesehatan", "petugas-bina-marga", "pimpinan-pupr", "panrb"])
def test_who_may_not_mark_changes_nothing(case: Case, sits: SignIn, who: str) -> None:
    case.is_in_progress()
    post(sits("pp-pupr"), case, "tindak-lanjut", **DONE, files=[photo()])
    wait()
    file = Evidence.objects.get()

    answer = sits(who).post(f"/meja/laporan/{case.number}/bukti/{file.token}/tanda/", {"public": "yes"})

    assert answer.status_code in (403, 404, 409)
    assert not Evidence.objects.get().is_public


def test_nothing_of_a_secret_report_is_shown_to_the_public(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    post(sits("pp-pupr"), case, "tindak-lanjut", **DONE, files=[photo()], files_public="on")
    case.act(secrecy.change_secrecy, "admin-kota", anonymous=False, secret=True)
    Evidence.objects.update(is_public=False)
    wait()
    liaison = sits("pp-pupr")

    assert 'name="files_public"' not in liaison.get(address(case, "tindak-lanjut")).text
    for file in Evidence.objects.all():
        liaison.post(f"/meja/laporan/{case.number}/bukti/{file.token}/tanda/", {"public": "yes"})
    assert not Evidence.objects.filter(is_public=True).exists()


def test_the_units_photo_goes_along_with_the_released_answer(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    officer, liaison = sits("petugas-bina-marga"), sits("pp-pupr")
    officer.post(address(case, "jawab"), {"version": case.report.version, "text": "Empat lubang.", "files": [photo()]})
    token = Evidence.objects.get().token

    post(liaison, case, "rilis-tindak-lanjut", **DONE, pass_on=[token], files_public="on")
    wait()

    shown = Evidence.objects.exclude(token=token).get()
    assert (shown.is_public, shown.stage, shown.response and shown.response.kind) == (True, "after", "follow_up")
    assert not Evidence.objects.get(token=token).is_public


def test_the_one_page_summary_has_what_is_asked_and_becomes_a_pdf(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Mohon izin memakai aspal cadangan.")
    head = sits("pimpinan-pupr")

    page = head.get(f"/meja/laporan/{case.number}/ringkasan/").text
    pdf = head.get(f"/meja/laporan/{case.number}/ringkasan.pdf")

    for part in ("Mohon izin memakai aspal cadangan.", "Jalan di depan pasar berlubang", "Dinas Pupr"):
        assert part in page
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert sits("pimpinan-kesehatan").get(f"/meja/laporan/{case.number}/ringkasan.pdf").status_code == 404


def test_consulted_the_other_unit_answers_in_a_note_that_the_asker_reads(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    case.act(note.consult, "pp-pupr", to="dinas-kesehatan", text="Apakah ada korban?")

    assert "Apakah ada korban?" in sits("pp-kesehatan").get(f"/meja/laporan/{case.number}/").text


def test_the_unit_officer_is_led_from_the_message_to_one_question(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    officer = sits("petugas-bina-marga")

    assert f"/meja/tugas/{case.number}/" in officer.get("/meja/pesan/").text
    page = officer.get(f"/meja/tugas/{case.number}/").text
    assert "Mohon diperiksa." in page
    assert 'capture="environment"' in page
    assert "desk-side" not in page
    done = officer.post(
        f"/meja/tugas/{case.number}/",
        {"version": case.report.version, "text": "Empat lubang.", "camera": [photo()], "do": "jawab"},
        follow=True,
    )
    assert "Tidak ada yang ditanyakan" in done.text
    assert case.report.answer_waiting
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("do", "text", "said"),
    [
        ("arahan", "Kerjakan besok.", "Kerjakan besok."),
        ("setujui", "", ""),
        ("tanya-balik", "Berapa biayanya?", "Berapa biayanya?"),
    ],
)
def test_the_head_instructs_approves_or_asks_back_from_the_phone(
    case: Case, sits: SignIn, do: str, text: str, said: str
) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Perlu aspal.")

    answer = sits("pimpinan-pupr").post(
        f"/meja/tugas/{case.number}/", {"version": case.report.version, "do": do, "text": text}
    )

    assert answer.status_code == 302
    assert case.holder[1] == "dinas-pupr"
    assert case.report.holder == "unit"
    told = Response.objects.filter(report__code=case.code, kind="instruction").values_list("text", flat=True)
    assert list(told) == ([said] if said else [])


def test_an_instruction_without_words_is_refused(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Perlu aspal.")

    answer = sits("pimpinan-pupr").post(f"/meja/tugas/{case.number}/", {"do": "arahan", "text": ""})

    assert answer.status_code == 422
    assert case.report.holder == "head"


def test_a_phone_that_is_stale_keeps_the_words(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    seen = case.report.version
    case.act(forward.recall_report, "pp-pupr", why="Sudah jelas.")

    answer = sits("petugas-bina-marga").post(
        f"/meja/tugas/{case.number}/", {"version": seen, "text": "Empat lubang di jalan itu.", "do": "jawab"}
    )

    assert answer.status_code in (403, 409)
    assert "Empat lubang di jalan itu." in answer.text


def test_the_red_list_begins_with_the_gravest(case: Case, sits: SignIn, today: Any) -> None:
    late = case.is_disposed(on="Mon 9 Feb 2026 09:00 WITA")
    late.sweep("Mon 2 Mar 2026 08:00 WITA")
    objected = Case(case.world).is_followed_up()
    objected.act(reply.object_, "reporter", text="Masih berlubang.")
    fine = Case(case.world, "Mon 2 Mar 2026 08:30 WITA").is_disposed()

    page = sits("pimpinan-pupr").get("/meja/pimpinan/").text

    assert "red-objected" in page
    assert page.index(objected.number) < page.index(late.number)
    assert fine.number not in page.split("red-rows")[1].split("</ul>")[0]


def test_a_colleague_named_in_a_note_hears_of_it_and_a_stranger_does_not(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    named = Appointment.objects.get(pk=case.world["pp-pupr"].appointment or 0).account
    stranger = Appointment.objects.get(pk=case.world["pp-kesehatan"].appointment or 0).account

    sits("admin-kota").post(
        address(case, "catatan"),
        {"version": case.report.version, "text": f"@{named.name} dan @{stranger.name}, mohon dicek."},
    )

    assert "Anda disebut dalam catatan internal" in sits("pp-pupr").get("/meja/pesan/").text
    assert "Anda disebut dalam catatan internal" not in sits("pp-kesehatan").get("/meja/pesan/").text
    assert (
        stranger.name
        not in sits("admin-kota").get(address(case, "catatan")).text.split("id_mentions")[1].split("</form>")[0]
    )


# Every page asks for session, account, roles, desks and unread messages: seven; the case itself for about twenty.
@pytest.mark.parametrize(
    ("who", "where", "most"),
    [
        ("pp-pupr", "laporan/{}/", 30),
        ("pp-pupr", "laporan/{}/tindak-lanjut/", 34),
        ("pp-pupr", "laporan/{}/ringkasan/", 28),
        ("pimpinan-pupr", "tugas/{}/", 27),
    ],
)
def test_the_pages_of_a_case_ask_no_more_when_there_is_more(
    case: Case, sits: SignIn, who: str, where: str, most: int
) -> None:
    case.is_in_progress()
    browser = sits(who)
    page = f"/meja/{where.format(case.number)}"
    browser.get(page)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(page).status_code == 200
        return len(counted)

    few = queries()
    for n in range(5):
        Case(case.world, "Mon 2 Mar 2026 09:00 WITA").is_followed_up()
        case.act(note.write_note, "admin-kota", text=f"Catatan {n}.")
    post(sits("pp-pupr"), case, "tindak-lanjut", text="Baru separuh", do="save")

    assert queries() <= few <= most


def kept_of(page: str) -> list[str]:
    """Return the labels of the kept files that are ticked."""
    return re.findall(r'name="keep"[^>]*checked[^>]*>\s*([^<]+?)\s*</label>', page)


def test_photos_of_a_refused_answer_stand_in_the_form_again_and_go_along(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")
    unfinished = {"text": DONE["text"], "before": [photo("dulu.jpg")], "files": [photo("kini.jpg")]}

    refused = post(liaison, case, "tindak-lanjut", **unfinished)
    again = refused.content.decode()

    assert refused.status_code == 422
    assert kept_of(again) == ["kini.jpg (sesudah pengerjaan)", "dulu.jpg (sebelum pengerjaan)"]
    assert "Pilih lagi" not in again
    post(liaison, case, "tindak-lanjut", **DONE, keep=re.findall(r'name="keep" value="(\w+)"', again))
    assert sorted(file["stage"] for file in AnswerDraft.objects.get().files) == ["after", "before"]


def test_the_form_says_why_the_last_follow_up_did_not_do_until_there_is_a_new_one(case: Case, sits: SignIn) -> None:
    case.is_followed_up()
    liaison = sits("pp-pupr")
    why = "Lubang di ujung jalan belum ditambal."
    form = address(case, "tindak-lanjut")
    assert "Mengembalikan jawaban" not in beside(liaison, form)

    case.act(evaluate.send_back, "admin-kota", why=why)
    assert why in beside(liaison, form)
    assert "Mengembalikan jawaban" in beside(liaison, form)

    case.is_followed_up()
    assert why not in beside(liaison, form)


def beside(browser: Client, form: str) -> str:
    """Return what stands between the kind of the answer and its words."""
    return browser.get(form).text.split('class="answer-kind')[1].split("<textarea")[0]


def test_a_photo_chosen_twice_goes_along_once(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")

    kept = post(liaison, case, "tindak-lanjut", text=DONE["text"], files=[photo(), photo()]).content.decode()
    assert kept_of(kept) == ["foto.jpg (sesudah pengerjaan)"]
    keep = re.findall(r'name="keep" value="(\w+)"', kept)
    post(liaison, case, "tindak-lanjut", **DONE, keep=keep, files=[photo("lagi.jpg")])

    assert len(AnswerDraft.objects.get().files) == 1


def test_a_ready_text_or_a_draft_takes_nothing_of_the_form_away(world: World, case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT08:00")
    typed = {"text": WORDS, "files": [photo()], "files_public": "on", "later": later, "do": "fill"}

    page = post(liaison, case, "tindak-lanjut", **typed).content.decode()

    assert kept_of(page) == ["foto.jpg (sesudah pengerjaan)"]
    assert re.search(r'name="files_public"[^>]*checked', page)
    assert f'value="{later}"' in page


def test_a_file_that_was_public_is_so_no_more_once_its_box_is_cleared(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    liaison = sits("pp-pupr")
    post(liaison, case, "tindak-lanjut", **DONE, files=[photo()], files_public="on")
    liaison.post(at(case, "tindak-lanjut", "batal"))

    page = liaison.get(address(case, "tindak-lanjut")).text
    assert re.search(r'name="files_public"[^>]*checked', page)
    post(liaison, case, "tindak-lanjut", **DONE, keep=re.findall(r'name="keep" value="(\w+)"', page))
    wait()

    assert not Evidence.objects.get(report__code=case.code).is_public


def test_the_units_photo_is_offered_once_after_its_answer_was_taken_back(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    sits("petugas-bina-marga").post(
        address(case, "jawab"), {"version": case.report.version, "text": "Empat lubang.", "files": [photo("unit.jpg")]}
    )
    liaison = sits("pp-pupr")
    token = Evidence.objects.get(report__code=case.code).token
    post(liaison, case, "rilis-tindak-lanjut", **DONE, pass_on=[token], files=[photo("kami.jpg")])
    liaison.post(at(case, "rilis-tindak-lanjut", "batal"))

    page = liaison.get(address(case, "rilis-tindak-lanjut")).text

    assert kept_of(page) == ["kami.jpg (sesudah pengerjaan)"]
    assert re.search(rf'name="pass_on" value="{token}"[^>]*checked', page)


def test_words_of_a_step_that_closed_stand_there_to_be_copied(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    liaison = sits("pp-pupr")
    post(liaison, case, text=WORDS)
    case.act(return_.return_report, "pp-pupr", why="Bukan kewenangan kami.", competent_body="Balai Jalan")
    wait()

    page = liaison.get(address(case)).text

    assert "Langkah ini sedang tidak dapat dilakukan" in page
    assert f'readonly dir="auto">{WORDS}</textarea>' in page


def test_photos_that_no_draft_keeps_must_be_chosen_again_and_the_page_says_so(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    officer = sits("petugas-bina-marga")
    wordless = {"version": case.report.version, "text": "", "do": "jawab"}

    with_photo = officer.post(f"/meja/tugas/{case.number}/", {**wordless, "camera": [photo()]}).text
    without = officer.post(f"/meja/tugas/{case.number}/", wordless).text

    assert "Pilih lagi foto dan berkasnya." in with_photo
    assert "Pilih lagi foto dan berkasnya." not in without
