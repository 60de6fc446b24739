"""Bad input: what is wrong, where, in the person's language; nothing half-saved, nothing typed lost."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.builders import World
from tests.portal.conftest import Answer
from tests.portal.test_filing import TEXT, photo, send

from lapor.portal import overlong
from lapor.reports.drafts import LONGEST_TEXT
from lapor.reports.models import Evidence, Report, ReportText


def errors(answer: Answer, field: str) -> str:
    """Return the sentences at a field of the refused form."""
    return " ".join(answer.context["form"].errors.get(field, []))


@pytest.mark.parametrize("nothing", ["", "   \n\t ", "\u200b\u200b\ufeff", "\x00\x00"])
def test_a_text_in_which_nothing_can_be_seen_is_refused_at_its_field(
    citizen: Client, world: World, nothing: str
) -> None:
    answer = send(citizen, text=nothing, title="Judul saya", contact="wati@contoh.example")

    assert answer.status_code == 422
    assert errors(answer, "text") == "Tuliskan apa yang ingin Anda laporkan."
    page = answer.content.decode()
    assert 'href="#id_text"' in page  # the summary leads to the field
    assert "Judul saya" in page
    assert "wati@contoh.example" in page
    assert not Report.objects.exists()


def test_a_text_of_50000_characters_is_refused_with_both_numbers_and_comes_back_whole(
    citizen: Client, world: World
) -> None:
    long = "Jalan rusak. " * 3847

    answer = send(citizen, text=long[:50_000])

    assert answer.status_code == 422
    assert str(LONGEST_TEXT) in errors(answer, "text")
    assert answer.context["form"]["text"].value() == long[:50_000]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["baris"] * 3_300),
        "😀" * 2_000,
        "ini dibaca \u200eterbalik dan seterusnya",
        "Ź̴̡͈a̸̙̾l̵g̴o " * 200,
        "a" * 10_000,
    ],
)
def test_strange_but_honest_texts_are_accepted_and_shown(citizen: Client, world: World, text: str) -> None:
    assert send(citizen, text=text).status_code == 302
    assert ReportText.objects.get().original == text.strip()

    assert citizen.get("/lacak/").status_code == 200


def test_ten_thousand_lines_are_told_how_long_they_are(citizen: Client, world: World) -> None:
    answer = send(citizen, text="baris\r\n" * 10_000)

    assert answer.status_code == 422
    assert "59999" in errors(answer, "text")  # as the person sees it: each line break is one character


def test_a_nul_byte_in_the_middle_is_dropped_because_nobody_can_see_it(citizen: Client, world: World) -> None:
    send(citizen, text=f"{TEXT}\x00\x07 Terima kasih.")

    assert ReportText.objects.get().original == f"{TEXT} Terima kasih."


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("happened_on", "31/02/2026", "Ini bukan tanggal"),
        ("happened_on", "2026-03-04", "belum tiba"),
        ("happened_on", "0002-01-01", "Periksa lagi tahunnya"),
        ("contact", "nomor saya", "bukan nomor telepon"),
        ("contact", "wati@", "bukan alamat surel"),
        ("title", "x" * 151, "150"),
        ("agency", "tidak-ada", "tidak-ada"),
        ("kind", "gosip", "gosip"),
        ("key", "bukan-kunci", ""),
    ],
)
def test_each_wrong_value_is_named_at_its_field_and_kept(
    citizen: Client, world: World, field: str, typed: str, said: str
) -> None:
    answer = send(citizen, **{field: typed})

    assert answer.status_code == 422
    assert said in errors(answer, field)
    assert TEXT in answer.content.decode()
    assert not Report.objects.exists()


def test_all_that_is_wrong_is_said_at_once(citizen: Client, world: World) -> None:
    answer = send(citizen, text="x", contact="x", happened_on="x", photos=[SimpleUploadedFile("a.txt", b"halo")])

    form = answer.context["form"]
    assert set(form.errors) == {"text", "contact", "happened_on"}
    assert "bukan foto" in form.left_out[0]
    assert "bukan foto" in answer.text


def bomb() -> bytes:
    """Return a PNG of a few hundred bytes that says it is 50,000 by 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def half_a_photo() -> bytes:
    """Return the beginning of a photo."""
    whole: bytes = photo(size=(600, 400)).read()
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("catatan.txt", b"halo", "bukan foto (JPEG, PNG, WebP, HEIC) dan bukan PDF"),
        ("foto.jpg", b"<html><script>alert(1)</script>", "bukan foto"),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan foto"),
        ("kosong.jpg", b"", "kosong"),
        ("besar.pdf", b"%PDF-1.7 " + b"0" * (15 * 1024 * 1024), "paling besar 15 MB"),
        ("rapat.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * (40 * 1024 * 1024), "adalah video"),
        ("bom.png", bomb(), "terlalu banyak piksel"),
        ("setengah.jpg", half_a_photo(), "rusak"),
    ],
    ids=["text", "script", "svg", "empty", "large", "video", "pixels", "half"],
)
def test_a_file_that_cannot_be_evidence_is_named_and_the_report_goes_without_it(
    citizen: Client, world: World, name: str, content: bytes, said: str
) -> None:
    answer = send(citizen, photos=[photo("baik.jpg"), SimpleUploadedFile(name, content)])
    receipt = citizen.get(answer["Location"]).text

    assert Evidence.objects.get().name == "baik.jpg"
    assert f"“{name}”" in receipt
    assert said in receipt
    assert "Berkas masih bisa ditambahkan" in receipt


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\Wati\\foto rumah.jpg", "foto rumah.jpg"),
        ("foto\u202egpj.exe.jpg", "fotogpj.exe.jpg"),
        ("n" * 300 + ".jpg", "n" * 90 + ".jpg"),
    ],
)
def test_a_file_name_loses_its_path_and_its_tricks(citizen: Client, world: World, sent: str, kept: str) -> None:
    file = photo()
    vars(file)["_name"] = sent  # past the clean-up of Django's own class: this is what a hostile client can send

    send(citizen, photos=[file])

    assert Evidence.objects.get().name == kept


def test_the_eleventh_photo_is_left_out_with_a_word(citizen: Client, world: World) -> None:
    answer = send(citizen, photos=[photo(f"{n}.jpg", size=(10 + n, 10)) for n in range(11)])

    assert "paling banyak 10" in citizen.get(answer["Location"]).text
    assert Evidence.objects.count() == 10


def test_a_form_that_is_no_form_at_all_is_answered_calmly(citizen: Client, world: World) -> None:
    assert citizen.post("/lapor/", {}).status_code == 422
    assert citizen.post("/lapor/", data=b"\xff\xfe{", content_type="application/json").status_code == 422
    assert citizen.put("/lapor/").status_code == 405


def test_the_words_of_a_refusal_are_english_on_an_english_page(citizen: Client, world: World) -> None:
    citizen.cookies["django_language"] = "en"

    page = send(citizen, text="").content.decode()

    assert "Please write what you want to report." in page
    assert "Please check the form" in page


def test_what_was_typed_is_shown_as_text_and_never_as_markup(citizen: Client, world: World) -> None:
    hostile = '"><script>alert(1)</script>'
    sent: dict[str, Any] = {"title": hostile, "contact": hostile, "where": hostile, "place_note": hostile}

    page = send(citizen, text=hostile, **sent).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_foreign_host_name_is_refused_calmly(citizen: Client, world: World) -> None:
    answer = citizen.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


# --- More than any form takes --------------------------------------------------------------------

MEGABYTE = 1024**2


def test_a_text_of_three_megabytes_comes_back_as_far_as_it_can_be_sent(citizen: Client, world: World) -> None:
    long = "Jalan rusak, żał. " * (3 * MEGABYTE // 19)

    answer = send(citizen, text=long, title="Judul saya")

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == long[:LONGEST_TEXT]
    assert str(LONGEST_TEXT) in errors(answer, "text")
    assert "Di sini tampil bagian awalnya" in errors(answer, "text")
    assert not Report.objects.exists()
    again = {"kind": "complaint", "text": long[:LONGEST_TEXT], "key": answer.context["form"]["key"].value()}
    assert citizen.post("/lapor/", again).status_code == 302


def test_a_text_of_three_megabytes_on_the_front_page_reaches_the_form(citizen: Client, world: World) -> None:
    assert 'enctype="multipart/form-data"' in citizen.get("/").text

    answer = citizen.post("/lapor/", {"begin": "yes", "text": "a" * 3 * MEGABYTE})

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == "a" * LONGEST_TEXT


def test_a_long_text_from_a_stale_page_comes_back_too(world: World) -> None:
    answer = send(Client(enforce_csrf_checks=True), text="a" * 3 * MEGABYTE)

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == "a" * LONGEST_TEXT


def test_too_much_in_another_field_gives_the_whole_text_back(citizen: Client, world: World) -> None:
    answer = send(citizen, text=TEXT, place_note="a" * 3 * MEGABYTE)

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == TEXT
    assert "Kirim tulisannya dulu" in answer.text


def test_sixty_one_files_give_the_whole_text_back(citizen: Client, world: World) -> None:
    answer = send(citizen, text=TEXT, photos=[SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(61)])

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == TEXT
    assert not Evidence.objects.exists()


def test_four_hundred_fields_are_still_no_form(citizen: Client, world: World) -> None:
    assert citizen.post("/lapor/", {f"x{n}": "x" for n in range(401)}).status_code == 400


class Endless(io.RawIOBase):
    """A body of one field that never ends; it counts what was read of it."""

    def __init__(self) -> None:
        self.start, self.given = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n', 0

    def read(self, size: int = -1) -> bytes:
        piece, self.start = self.start[:size], self.start[size:]
        self.given += size
        return piece + b"a" * (size - len(piece))


def test_a_body_without_end_is_read_to_a_bound_and_hardly_kept(world: World) -> None:
    body = Endless()
    about = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(10**12), "wsgi.input": body}
    request = RequestFactory().request(REQUEST_METHOD="POST", PATH_INFO="/lapor/", **about)
    tracemalloc.start()

    overlong.KeepBeginning(lambda _: HttpResponse())(request)
    fields, files = request.POST, request.FILES
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert overlong.is_cut(request)
    assert fields["text"] == "a" * len(fields["text"])
    assert LONGEST_TEXT < len(fields["text"]) <= overlong.KEPT
    assert not files
    assert body.given <= overlong.DRAINED + 4 * MEGABYTE
    assert peak < 12 * MEGABYTE
