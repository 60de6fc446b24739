"""An attached PDF is kept as what its pages show: nothing runs in it, nothing tells who made it (docs/adr/0012)."""

from __future__ import annotations

import io
import resource
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from tests.builders import World
from tests.portal import pdf_files
from tests.portal.test_filing import send

from lapor.reports import files, pdf_rewriter
from lapor.reports.bare_pdf import NotRewritten, bare_pdf
from lapor.reports.models import Evidence, Report


def kept(content: bytes) -> bytes:
    """Return what is stored when somebody attaches this."""
    found = files.accept(io.BytesIO(content), "surat.pdf")
    with files.open_stored(found.sha256) as stored:
        written = stored.read()
    assert (found.media_type, found.size) == ("application/pdf", len(written))
    return written


def unpacked(content: bytes) -> bytes:
    """Return a PDF with everything in it readable."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def words(content: bytes) -> str:
    """Return what a reader of the first page sees."""
    return PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_its_pages_look_as_before(db: None) -> None:
    written = kept(pdf_files.letter())

    page = PdfReader(io.BytesIO(written)).pages[0]
    assert page.extract_text() == "Lampu jalan mati"
    assert [float(side) for side in page.mediabox] == [0, 0, 300, 200]


def test_nothing_in_it_says_who_made_it(db: None) -> None:
    came = pdf_files.telling()
    secret = pdf_files.SECRET.encode()
    assert secret in unpacked(came)

    written = kept(came)

    assert secret not in unpacked(written)
    assert PdfReader(io.BytesIO(written)).metadata is None
    assert words(written) == "Lampu jalan mati"


@pytest.mark.parametrize("name", ["/Plain", "/Packed"])
def test_a_photo_in_it_is_the_same_photo_without_its_notes(db: None, name: str) -> None:
    before = Image.open(io.BytesIO(pdf_files.photo_with_notes()))

    with pikepdf.open(io.BytesIO(kept(pdf_files.telling()))) as pdf:
        after = Image.open(io.BytesIO(pdf.pages[0].Resources.XObject[name].read_raw_bytes()))

    assert before.getexif()
    assert not after.getexif()
    assert "comment" not in after.info
    assert after.tobytes() == before.tobytes()


def test_nothing_in_it_runs_calls_or_is_carried(db: None) -> None:
    came = pdf_files.acting()
    marks = [b"JavaScript", b"jahat", b"Launch", b"OpenAction", b"virus", b"EmbeddedFile", b"URI", b"XFA", b"/AA"]
    assert [mark for mark in marks if mark not in unpacked(came)] == []

    written = kept(came)

    assert [mark for mark in marks if mark in unpacked(written)] == []
    assert words(written) == "Lampu jalan mati"


def test_what_was_filled_in_stays_to_be_read(db: None) -> None:
    written = kept(pdf_files.filled_in("Jalan Pejanggik 12"))

    assert "Jalan Pejanggik 12" in words(written)
    assert b"Widget" not in unpacked(written)


def test_what_was_taken_out_before_does_not_come_along(db: None) -> None:
    came = pdf_files.edited()
    assert words(came) == "tanpa nama"
    assert pdf_files.SECRET.encode() in came

    written = kept(came)

    assert words(written) == "tanpa nama"
    assert pdf_files.SECRET.encode() not in unpacked(written)


def test_the_same_letter_is_stored_once(db: None) -> None:
    assert kept(pdf_files.telling()) == kept(pdf_files.telling())


HOSTILE: dict[str, Callable[[], bytes]] = {
    "locked": pdf_files.locked,
    "a bomb": pdf_files.bomb,
    "nested": pdf_files.nested,
    "circling": pdf_files.circling,
    "cut off": lambda: pdf_files.letter()[:200],
    "nothing but a name": lambda: b"%PDF-1.4\n",
    "without pages": lambda: pdf_files.written(pikepdf.new()),
}


@pytest.mark.parametrize("made", HOSTILE)
def test_what_cannot_be_written_anew_is_left_out_and_the_report_is_kept_and_its_writer_told(
    citizen: Client, world: World, made: str
) -> None:
    letter = SimpleUploadedFile("surat.pdf", HOSTILE[made]())

    answer = send(citizen, photos=[letter], anonymous="on")

    told = citizen.get(answer["Location"]).text
    assert Report.objects.count() == 1
    assert not Evidence.objects.exists()
    assert "surat.pdf" in told
    assert "terkunci atau rusak" in told


def test_the_program_bounds_itself_before_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: bounds.update({what: limits[1]}))

    pdf_rewriter.bound()

    assert bounds[resource.RLIMIT_CPU] <= 15
    assert bounds[resource.RLIMIT_AS] <= 2**30
    assert bounds[resource.RLIMIT_FSIZE] <= 2**26


def test_a_result_larger_than_a_file_may_be_is_refused() -> None:
    content = pdf_files.letter()
    size = len(bare_pdf(content, 10_000))

    assert len(bare_pdf(content, size)) == size
    with pytest.raises(NotRewritten):
        bare_pdf(content, size - 1)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xda\x00\x04\x00\x00ab", b"GIF"]
)
def test_a_photo_that_cannot_be_read_is_no_photo(content: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG"):
        pdf_rewriter.bare_jpeg(content)


def test_a_jpeg_2000_loses_its_notes_and_nothing_else() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (1, 2, 3)).save(out, "JPEG2000")
    plain = out.getvalue()
    note = (8 + len(pdf_files.SECRET)).to_bytes(4, "big") + b"xml " + pdf_files.SECRET.encode()

    assert pdf_rewriter.bare_jp2(plain + note) == plain
    with pytest.raises(ValueError, match="JPEG 2000"):
        pdf_rewriter.bare_jp2(plain + b"\x00\x00\xff\xffxml ")
