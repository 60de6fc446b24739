"""Files are handed out by short-lived signed addresses only, and can do no harm in a browser."""

from __future__ import annotations

import io
import re
import struct
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.builders import Case, World
from tests.portal import pdf_files
from tests.portal.conftest import Answer
from tests.portal.test_filing import photo, send
from tests.sop.days import at

from lapor.portal import links
from lapor.reports.models import Evidence, Report

PDF = pdf_files.letter()


def addresses(client: Client) -> list[str]:
    """Return the addresses of the files on the report's page."""
    return re.findall(r'href="(/berkas/[^"]+)"', client.get("/lacak/").content.decode())


def fetch(client: Client, address: str) -> Answer:
    """Return the answer with its file read to the end, as a browser would."""
    answer: Answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer


def test_a_photo_is_shown_and_a_document_is_downloaded(citizen: Client, world: World) -> None:
    send(citizen, photos=[photo("lampu.jpg"), SimpleUploadedFile("surat.pdf", PDF)])

    picture, document = (fetch(citizen, address) for address in addresses(citizen))

    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Disposition"].startswith("inline")
    assert document["Content-Type"] == "application/pdf"
    assert document["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    for answer in (picture, document):
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"].startswith("private")


def test_a_link_is_good_for_an_hour_even_in_other_hands_and_then_no_more(citizen: Client, world: World) -> None:
    send(citizen, photos=[photo()])
    (address,) = addresses(citizen)

    assert fetch(Client(), address).status_code == 200
    with time_machine.travel(at("Mon 2 Mar 2026 09:00 WITA") + links.LIFE + timedelta(seconds=1), tick=False):
        assert fetch(Client(), address).status_code == 404


@pytest.mark.parametrize("forged", ["x", "a:b:c", signing.dumps(["evidence", "0" * 32], salt="other")])
def test_a_forged_link_opens_nothing(citizen: Client, db: None, forged: str) -> None:
    assert citizen.get(f"/berkas/{forged}/").status_code == 404


def test_the_random_name_of_a_file_alone_opens_nothing(citizen: Client, world: World) -> None:
    send(citizen, photos=[photo()])

    assert citizen.get(f"/berkas/{Evidence.objects.get().token}/").status_code == 404


def test_a_photo_waiting_in_a_refused_form_can_be_looked_at(citizen: Client, world: World) -> None:
    page = send(citizen, text="", photos=[photo()]).content.decode()
    (address,) = re.findall(r'src="(/berkas/[^"]+)"', page)

    assert fetch(citizen, address)["Content-Type"] == "image/jpeg"


def test_a_file_of_a_report_is_public_only_where_an_officer_said_so(citizen: Client, case: Case) -> None:
    send(citizen, agency="kota-uji", photos=[photo("rumah-saya.jpg")])
    case.code = Report.objects.get().code
    case.is_in_progress()

    page = citizen.get(f"/publik/{case.report.number}/").content.decode()

    assert "rumah-saya" not in page
    assert "/berkas/" not in page


def note(tag: int, kind: int, value: bytes) -> bytes:
    """Return one note of a camera as EXIF has it: its tag, the kind of its value, the value."""
    size = len(value) if kind in (2, 7) else 1
    return struct.pack("<HHI4s", tag, kind, size, value)


@pytest.mark.parametrize("odd", [(0x011A, 2, b"abc\0"), (0x0129, 2, b"abc\0"), (0x010E, 5, b"\1\0\0\0")])
def test_a_photo_with_broken_notes_of_its_camera_is_turned_upright_and_loses_them(
    citizen: Client, world: World, odd: tuple[int, int, bytes]
) -> None:
    turned = note(0x0112, 3, struct.pack("<I", 6))
    exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0" + turned + note(*odd) + bytes(4)
    content = io.BytesIO()
    Image.new("RGB", (40, 30)).save(content, "JPEG", exif=exif)

    send(citizen, photos=[SimpleUploadedFile("aneh.jpg", content.getvalue())])

    (address,) = addresses(citizen)
    kept = Image.open(io.BytesIO(b"".join(citizen.get(address))))
    assert kept.size == (30, 40)
    assert not kept.getexif()
