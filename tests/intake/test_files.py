"""Files that cannot be evidence: their sender is told by name, the desk reads it, and nothing else is lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from tests.builders import Case
from tests.intake.phones import Phones, arrives
from tests.reports.recordings import VOICE, film
from tests.sop.days import at

from lapor.intake.answers import told_files
from lapor.intake.models import ChannelAnswer, InboundMessage
from lapor.intake.queries.threads import thread_of
from lapor.intake.usecases import look
from lapor.kernel.codes import show_code
from lapor.reports.files import LARGEST
from lapor.reports.models import Evidence, Report, Response
from lapor.reports.queries.evidence import find_evidence
from lapor.reports.usecases import accept, respond
from lapor.reports.usecases.withdraw import withdraw_report
from lapor.sop.vocabulary import Status

pytestmark = pytest.mark.usefixtures("case")
NOW = at("Mon 2 Mar 2026 09:00 WITA")
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu"
Said = dict[str, Any]
ZIP = b"PK\x03\x04" + b"\0" * 60


def photo(colour: str = "gray") -> str:
    """Return a photo as `phones` writes it."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return file.getvalue().hex()


def told(phones: type[Phones]) -> str:
    """Return the last words that went out."""
    return phones.taken[-1][1].short


def report_with(**files: Any) -> InboundMessage:
    return arrives(NOW, **Said({"is": "report", "text": HOLE, "agency": "kota-uji", "files": files}))


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("data.zip", ZIP.hex(), "data (ZIP)"),
        ("besar.jpg", (b"\xff\xd8\xff" + b"\0" * LARGEST).hex(), "besar (JPG)"),
        ("habis.jpg", "", "habis (JPG)"),
        ("rekaman suara", "", "rekaman suara"),
    ],
)
def test_the_sender_of_a_report_is_told_which_file_is_missing(
    phones: type[Phones], name: str, content: str, shown: str
) -> None:
    message = report_with(**{"lubang.jpg": photo(), name: content})

    assert message.became == "report"
    assert Evidence.objects.get().name == "lubang.jpg"
    assert told(phones).startswith(f"LAPOR! Berkas ini tidak dapat dilampirkan: {shown}. Kirim foto, PDF, suara")
    assert "lubang" not in told(phones)


def test_nobody_is_told_anything_where_every_file_was_kept(phones: type[Phones]) -> None:
    report_with(**{"a.jpg": photo(), "b.jpg": photo("red")})

    assert not ChannelAnswer.objects.exists()
    assert Evidence.objects.count() == 2


def test_the_answer_to_a_reply_names_the_file_too(phones: type[Phones]) -> None:
    report = report_with().report
    assert report is not None
    arrives(NOW, **Said({"is": "reply", "text": "Ini fotonya", "code": report.code, "files": {"film.mp4": ZIP.hex()}}))

    assert told(phones).startswith(f"LAPOR! Pesan Anda untuk {show_code(report.code)} sudah dicatat.")
    assert "Berkas ini tidak dapat dilampirkan: film (MP4)." in told(phones)


def test_a_photo_with_an_objection_goes_with_it(case: Case, phones: type[Phones]) -> None:
    report = report_with().report
    assert report is not None
    case.code = report.code
    case.on("Mon 2 Mar 2026 10:00 WITA").is_in_progress().is_followed_up()
    command = {"is": "command", "verb": "not_done", "code": report.code, "text": "Masih ada lubang"}

    arrives(case.now, **command, files={"masih.jpg": photo(), "suara.ogg": ZIP.hex()})

    assert Evidence.objects.get().name == "masih.jpg"
    assert Response.objects.latest("pk").text == "Masih ada lubang"
    assert "suara (OGG)" in told(phones)


def test_a_photo_is_evidence_of_what_it_came_with_wherever_the_reporter_may_speak(
    case: Case, phones: type[Phones]
) -> None:
    report = report_with().report
    assert report is not None
    case.code = report.code
    steps: list[tuple[Callable[[], object], str]] = [
        (lambda: None, "reply"),
        (case.is_pending, "complete"),
        (case.is_disposed, "reply"),
        (lambda: case.act(accept.accept_disposition, "pp-pupr"), "reply"),
        (lambda: case.act(respond.respond_first, "pp-pupr", text="Tim kami meninjau besok."), "reply"),
        (case.is_followed_up, "reply"),
        (case.is_followed_up, "not_done"),
        (case.is_followed_up, "done"),
        (lambda: None, "not_done"),
    ]
    for n, (step, deed) in enumerate(steps):
        step()
        said: Said = {"is": "reply"} if deed in ("reply", "complete") else {"is": "command", "verb": deed, "rating": 5}
        files = {f"{n}.jpg": photo(f"#0000{n:02x}")}

        message = arrives(case.now, **Said({**said, "text": f"Ini {n}", "code": report.code, "files": files}))

        assert (message.deed, message.problem) == (deed, ""), n
        newest = Evidence.objects.filter(report=report).latest("pk")
        assert (newest.name, newest.response) == (f"{n}.jpg", Response.objects.latest("pk"))
        assert Evidence.objects.count() == n + 1


def test_a_photo_without_words_is_a_reply_and_answers_the_one_question_that_waits(
    case: Case, phones: type[Phones]
) -> None:
    report = report_with().report
    assert report is not None
    case.code = report.code

    arrives(NOW, **Said({"is": "reply", "text": "", "code": report.code, "files": {"a.jpg": photo("red")}}))
    assert Evidence.objects.get().response == Response.objects.get(text="[a.jpg]")

    case.is_pending()
    answer = {"is": "person", "why": "no_words", "text": "[image]", "files": {"b.jpg": photo("blue")}}
    assert arrives(NOW, **Said(answer)).deed == "complete"
    assert Evidence.objects.latest("pk").response == Response.objects.get(text="[image]")

    nothing = arrives(NOW, **Said({"is": "reply", "text": "", "code": report.code, "files": {"c.zip": ZIP.hex()}}))
    assert (nothing.state, nothing.why, nothing.problem) == ("for_person", "no_words", "c.zip")
    assert "dilampirkan: c (ZIP)." in told(phones)


@pytest.mark.parametrize(
    "said", [{"verb": "status"}, {"verb": "help"}, {"verb": "done"}, {"is": "reply", "text": "Ini"}]
)
def test_the_sender_is_told_of_a_photo_that_nothing_was_done_with(
    case: Case, phones: type[Phones], said: dict[str, str]
) -> None:
    report = report_with().report
    assert report is not None
    case.code = report.code
    if said.get("is") == "reply":  # to a report that is over
        case.act(withdraw_report, "reporter")

    message = arrives(NOW, **Said({"is": "command", "code": report.code, "files": {"a.jpg": photo()}, **said}))

    assert message.problem == "a.jpg"
    assert "Berkas ini tidak dapat dilampirkan: a (JPG)." in told(phones)
    assert not Evidence.objects.exists()


def test_five_hundred_files_are_named_briefly(phones: type[Phones]) -> None:
    message = report_with(**{f"berkas-{n}.zip": ZIP.hex() for n in range(500)})

    assert message.problem == "berkas-0.zip, berkas-1.zip, berkas-2.zip, berkas-3.zip, berkas-4.zip, +495"
    assert "berkas-4 (ZIP), +495" in told(phones)
    assert not Evidence.objects.exists()


def test_the_eleventh_photo_is_named(phones: type[Phones]) -> None:
    report_with(**{f"{n}.jpg": photo(f"#0000{n:02x}") for n in range(11)})

    assert Evidence.objects.count() == 10
    assert "dilampirkan: 10 (JPG)." in told(phones)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("http://jahat.example/a.exe", "http jahat example a (EXE)"),
        ("jahat.com", "jahat (COM)"),
        ("../../etc/passwd", "etc passwd"),
        ("<b>x</b>.html", "b x b (HTML)"),
        (".", "file"),
        ("💥", "file"),
    ],
)
def test_no_name_of_a_file_becomes_a_link_or_a_command(name: str, shown: str) -> None:
    assert told_files(name) == shown


def test_sound_and_film_are_evidence_like_photos(phones: type[Phones]) -> None:
    report_with(**{"suara.ogg": VOICE.hex(), "film.mp4": film().hex(), "rusak.mp4": film()[:-9].hex()})

    kept = Evidence.objects.order_by("name").values_list("name", "media_type", "is_public")
    assert list(kept) == [("film.mp4", "video/mp4", False), ("suara.ogg", "audio/ogg", False)]
    assert "dilampirkan: rusak (MP4)." in told(phones)


def test_a_message_for_a_person_says_that_its_sound_was_not_kept(phones: type[Phones]) -> None:
    message = arrives(NOW, **Said({"is": "person", "text": "[audio]", "files": {"rekaman suara": ""}}))

    assert message.problem == "rekaman suara"
    assert "akan dibaca petugas" in told(phones)
    assert "dilampirkan: rekaman suara." in told(phones)


def test_a_person_makes_a_report_of_it_with_its_photo(case: Case, phones: type[Phones]) -> None:
    files = {"lubang.jpg": photo(), "film.mp4": ZIP.hex()}
    message = arrives(NOW, **Said({"is": "person", "text": HOLE, "agency": "kota-uji", "files": files}))

    look.make_report(message=message.pk, text="", actor=case.world["admin-kota"], now=NOW)

    assert Evidence.objects.get().name == "lubang.jpg"
    message.refresh_from_db()
    assert (message.became, message.problem) == ("report", "film.mp4")


def test_files_that_cannot_be_read_again_hold_up_no_decision(case: Case, phones: type[Phones]) -> None:
    message = arrives(NOW, **Said({"is": "person", "text": HOLE, "agency": "kota-uji"}))
    InboundMessage.objects.filter(pk=message.pk).update(raw=b"")

    look.make_report(message=message.pk, text="", actor=case.world["admin-kota"], now=NOW)

    assert Report.objects.count() == 1


def test_the_case_names_what_could_not_be_attached(case: Case, phones: type[Phones]) -> None:
    report = report_with(**{"data.zip": ZIP.hex()}).report
    assert report is not None

    line = next(line for line in thread_of(report, [], opening="") if not line.is_ours)

    assert line.problem == "data.zip"


def test_an_answer_about_files_of_somebody_forgotten_does_not_leave(phones: type[Phones]) -> None:
    message = report_with(**{"data.zip": ZIP.hex()})
    ChannelAnswer.objects.update(state="waiting", next_try_at=NOW)
    InboundMessage.objects.update(problem="")
    before = len(phones.taken)

    arrives(NOW, "081299998888", **{"is": "nothing", "why": "robot", "text": "x"})

    assert ChannelAnswer.objects.get(message=message).state == "dropped"
    assert len(phones.taken) == before


def test_a_photo_is_evidence_of_an_escalated_report_too_and_the_ombudsman_sees_it(
    case: Case, phones: type[Phones]
) -> None:
    report = report_with().report
    assert report is not None
    case.code = report.code
    case.is_disposed()
    case.sweep("Fri 12 Jun 2026 00:05 WITA")
    report.refresh_from_db()
    assert report.status == Status.ESCALATED

    for n, said in enumerate(({"is": "reply"}, {"is": "command", "verb": "not_done"})):
        files = {f"{n}.jpg": photo(f"#0000{n:02x}"), "suara.ogg": VOICE.hex()}
        message = arrives(case.now, **Said({**said, "text": f"Masih rusak {n}", "code": report.code, "files": files}))

        assert (message.state, message.problem) == ("understood", "")
        newest = Response.objects.latest("pk")
        assert newest.text == f"Masih rusak {n}"
        assert set(Evidence.objects.filter(response=newest).values_list("name", flat=True)) == set(files)

    for row in Evidence.objects.filter(report=report):
        assert find_evidence(case.world["ombudsman"], report.number, row.token).name == row.name
