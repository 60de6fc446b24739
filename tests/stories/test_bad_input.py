"""What people really type and upload: refused with the field's name and nothing half-saved, or kept exactly."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from PIL import Image
from tests.builders import Case, draft
from tests.sop.days import at
from tests.stories.telling import refused

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Reporter
from lapor.ledger.models import Entry
from lapor.reports import files
from lapor.reports.files import FileRefused, accept
from lapor.reports.models import Evidence, IdempotencyKey, OutgoingMessage, Report, ReportText
from lapor.reports.refusals import DeskNotReceiving, InvalidInput
from lapor.reports.usecases import ask, confirm, edit, note, reply, respond
from lapor.reports.usecases.submit import submit_report

KEPT: tuple[type[Model], ...] = (Report, ReportText, Entry, OutgoingMessage, IdempotencyKey, Reporter, Evidence)
NOTHING = {
    "empty": "",
    "only spaces": "   \t \n ",
    "only invisible marks": "\u200b\u200e\u2060" * 20,
    "too short": "Rusak",
}
STRANGE = {
    "emoji": "Jalan rusak 🚧🕳️👨‍👩‍👧 tolong segera diperbaiki 🙏",
    "right to left": "الطريق مكسور أمام السوق منذ شهر",
    "lontara": "ᨕᨘᨁᨗ ᨔᨒ ᨕᨑᨘ jalan rusak parah",
    "ten thousand lines": "a\n" * 9_999 + "a",
    "markup": "<script>alert('hai')</script> jalan rusak & berlubang",
    "a formula": '=HYPERLINK("http://contoh.example") jalan rusak',
    "combining": "Jalan rusa\u0301k di depan pasar",
}


@pytest.fixture
def send(case: Case) -> Callable[..., Any]:
    """Return how a report is sent."""

    def sending(**fields: Any) -> Any:
        return submit_report(draft(**fields), actor=case.reporter, now=case.now, key="satu")

    return sending


def kept() -> dict[str, int]:
    """Return how much is kept of everything a report may leave behind."""
    return {kind.__name__: kind._default_manager.count() for kind in KEPT}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_a_text_that_says_nothing_is_refused_at_its_field(send: Callable[..., Any], text: str) -> None:
    before = kept()
    with pytest.raises(InvalidInput) as refusal:
        send(text=text)

    assert (refusal.value.field, refusal.value.status) == ("text", 422)
    assert kept() == before


@pytest.mark.parametrize("text", ["a" * 20_001, "a" * 50_000], ids=["one too many", "fifty thousand"])
def test_a_text_that_is_too_long_is_told_both_lengths(send: Callable[..., Any], text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        send(text=text)

    assert str(len(text)) in str(refusal.value)
    assert "20000" in str(refusal.value)
    assert not Report.objects.exists()


@pytest.mark.parametrize("text", ["Jalan\x00rusak parah", "Jalan rusak \ud800 parah"], ids=["NUL", "half a character"])
def test_characters_that_cannot_be_stored_are_refused_and_not_dropped(send: Callable[..., Any], text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        send(text=text)

    assert refusal.value.field == "text"
    assert not Report.objects.exists()


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_but_honest_texts_are_kept_character_by_character(send: Callable[..., Any], text: str) -> None:
    code = send(text=text).code

    assert ReportText.objects.get(report__code=code).original == text


@pytest.mark.parametrize(
    ("title", "becomes"),
    [
        ("  Jalan \n rusak ", "Jalan rusak"),
        ("Jalan\x00rusak", "Jalan rusak"),
        ("\u202eJalan rusak", "Jalan rusak"),
        ("", "Jalan di depan pasar berlubang sejak bulan lalu dan membahayakan pengendara"),
    ],
)
def test_a_title_is_one_line_without_tricks(send: Callable[..., Any], title: str, becomes: str) -> None:
    send(title=title)

    assert Report.objects.get().title == becomes


@pytest.mark.parametrize(
    ("wrong", "why", "field"),
    [
        ({"title": "a" * 151}, InvalidInput, "title"),
        ({"classification": "gosip"}, InvalidInput, "classification"),
        ({"category": "tidak-ada"}, InvalidInput, "category"),
        ({"place": "99.99"}, InvalidInput, "place"),
        ({"agency": "dinas-pupr"}, DeskNotReceiving, "agency"),
        ({"agency": "tidak-ada"}, DeskNotReceiving, "agency"),
        ({"channel": ""}, InvalidInput, "channel"),
        ({"name": "a" * 101}, InvalidInput, "name"),
        ({"place_note": "a" * 301}, InvalidInput, "place_note"),
    ],
)
def test_each_wrong_value_is_refused_at_its_field_with_nothing_kept(
    send: Callable[..., Any], wrong: dict[str, Any], why: type[InvalidInput], field: str
) -> None:
    before = kept()
    with pytest.raises(why) as refusal:
        send(**wrong)

    assert refusal.value.field == field
    assert kept() == before


@pytest.mark.parametrize(("kind", "typed"), [("phone", "123"), ("phone", "bukan"), ("email", "a@"), ("fax", "1")])
def test_an_address_that_reaches_nobody_is_refused_before_anything_else(kind: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        ContactInput(kind, typed)

    assert refusal.value.field == "contact"


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "Baik\x00lah"], ids=["empty", "blank", "invisible", "NUL"])
def test_no_step_that_speaks_goes_through_without_words(case: Case, text: str) -> None:
    case.is_disposed()
    for usecase, who, fields in (
        (respond.respond_first, "pp-pupr", {"text": text}),
        (ask.ask_reporter, "pp-pupr", {"question": text}),
        (note.write_note, "pp-pupr", {"text": text}),
        (reply.reply, "reporter", {"text": text}),
        (edit.edit_wording, "admin-kota", {"title": "Jalan", "text": text, "reason": "structure"}),
    ):
        with refused(case, InvalidInput):
            case.act(usecase, who, **fields)


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_stars_are_one_to_five(case: Case, rating: int) -> None:
    case.is_followed_up()
    with refused(case, InvalidInput) as refusal:
        case.act(confirm.confirm_done, "reporter", rating=rating)
    assert refusal.value.field == "rating"


# --- Files ---------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path, settings: Any) -> Path:
    """A store of files of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "darkgreen").save(made, form, **how)
    return made.getvalue()


BAD_FILES = {
    "empty": (b"", "foto.jpg"),
    "no image": (b"MZ" + b"\x00" * 400, "foto.jpg"),
    "a page": (b"<html><script>alert(1)</script></html>", "foto.png"),
    "damaged": (photo()[:200], "foto.jpg"),
    "too many pixels": (photo("PNG", (8_000, 6_000)), "besar.png"),
}


@pytest.mark.parametrize(("content", "name"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_photo_is_refused_by_name_and_not_stored(store: Path, content: bytes, name: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        accept(io.BytesIO(content), name)

    assert name in str(refusal.value)
    assert refusal.value.field == "files"
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_not_even_read_to_its_end(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    upload = io.BytesIO(photo() + b"\x00" * 5000)

    with pytest.raises(FileRefused, match=r"foto\.jpg"):
        accept(upload, "foto.jpg")

    assert upload.tell() == 1001


def test_a_photo_loses_where_it_was_taken_and_keeps_its_size(store: Path) -> None:
    where = Image.Exif()
    where[0x010E] = "Rumah Budi Contoh"
    stored = accept(io.BytesIO(photo(exif=where)), "foto.jpg")

    with files.open_stored(stored.sha256) as kept_file:
        assert b"Budi" not in kept_file.read()
    assert (stored.width, stored.height, stored.media_type) == (40, 30, "image/jpeg")


def test_a_photo_is_known_by_its_content_and_stored_once(store: Path) -> None:
    first, second = (accept(io.BytesIO(photo("PNG")), name) for name in ("satu.png", "dua.txt"))

    assert first.sha256 == second.sha256
    assert second.media_type == "image/png"
    assert len([path for path in store.rglob("*") if path.is_file() and path.stat().st_size]) == 1  # and an empty mark


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\foto\\jalan.png", "jalan.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("...", "file"),
        ("a" * 300 + ".png", "a" * 90 + ".png"),
    ],
)
def test_a_file_name_loses_its_path_and_its_tricks(store: Path, typed: str, stored: str) -> None:
    assert accept(io.BytesIO(photo("PNG")), typed).name == stored


def test_a_report_refused_after_its_photos_were_stored_refers_to_none_of_them(
    send: Callable[..., Any], store: Path
) -> None:
    stored = accept(io.BytesIO(photo()), "foto.jpg")
    with pytest.raises(InvalidInput):
        send(text="", files=(stored,))
    assert not Evidence.objects.exists()

    code = send(files=(stored,)).code

    assert Evidence.objects.get(report__code=code).sha256 == stored.sha256
    assert Entry.objects.get(action="submit").facts["files"] == [stored.sha256]
    assert Report.objects.get().received_at == at("Mon 2 Mar 2026 09:00 WITA")
