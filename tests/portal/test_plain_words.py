"""Our own Indonesian on the citizens' pages: short sentences, and no word that only an office would use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django.template.loader import render_to_string
from django.test import Client
from tests.builders import Case

from lapor.reports.usecases.counts import fold_counts
from lapor.sop import plain
from lapor.sop.vocabulary import Classification, CloseReason, Status

CATALOGUE = Path(__file__).parents[2] / "src/lapor/locale/id/LC_MESSAGES/django.po"
TABLES: tuple[dict[Any, plain.Said], ...] = (plain.STATUS, plain.ENDED, plain.KIND, plain.STEP)
OF_THE_SOP = re.compile(r"disposisi|verifikasi|berkadar|request closing|satuan kerja", re.IGNORECASE)
LONGEST = 22  # words in a sentence; people who read slowly lose the beginning of a longer one
# What officialese says, and what a neighbour would say.
STIFF = {
    "apabila": "jika, kalau", "bilamana": "jika", "guna": "untuk", "dimohon": "mohon, silakan", "dikarenakan": "karena",
    "adapun": "(leave out)", "perihal": "tentang", "sehubungan dengan": "karena", "dalam rangka": "untuk",
    "agar supaya": "supaya", "sesuai ketentuan yang berlaku": "(say which rule)", "merupakan": "adalah",
    "yang bersangkutan": "(say who)", "melakukan pengecekan": "memeriksa", "papan tik": "keyboard",
}  # fmt: skip


def sentences() -> Iterator[str]:
    """Yield every sentence that the citizens' pages can show."""
    for entry in polib.pofile(str(CATALOGUE)):
        if any("portal" in file or "templates/components" in file for file, _ in entry.occurrences):
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                yield from re.split(r"(?<=[.!?:;])\s+", text)
    yield from (said[0] for table in TABLES for said in table.values())


def test_no_sentence_is_too_long_to_follow() -> None:
    assert [said for said in sentences() if len(said.split()) > LONGEST] == []


@pytest.mark.parametrize("word", STIFF)
def test_no_word_of_an_office_where_people_have_one(word: str) -> None:
    assert [said for said in sentences() if re.search(rf"\b{word}\b", said.lower())] == [], f"say: {STIFF[word]}"


def test_every_state_ending_and_kind_has_its_plain_words_in_both_languages() -> None:
    assert set(plain.STATUS) == set(Status)
    assert set(plain.ENDED) == set(CloseReason)
    assert set(plain.KIND) == set(Classification)
    said = [words for table in TABLES for words in table.values()]
    assert all(indonesian and english and indonesian != english for indonesian, english in said)
    assert [indonesian for indonesian, _ in said if OF_THE_SOP.search(indonesian)] == []


def test_a_closing_without_the_reporters_word_is_not_called_done() -> None:
    assert plain.status_said(Status.CLOSED, CloseReason.CONFIRMED) == "Selesai menurut pelapor"
    assert "elesai" not in plain.status_said(Status.CLOSED, CloseReason.SILENCE) + plain.status_said(Status.CLOSED)
    assert plain.status_said(Status.CLOSED, "of old", "en") == "Closed"


@pytest.mark.parametrize(
    ("ending", "colour"), [("confirmed", "closed"), ("silence", "archived"), ("request", "archived")]
)
def test_only_an_ending_by_the_reporters_word_is_drawn_as_a_success(ending: str, colour: str) -> None:
    drawn = render_to_string("components/state_badge.html", {"status": Status.CLOSED, "ending": ending})

    assert f"status-{colour}" in drawn
    assert ("#circle-check" in drawn) is (colour == "closed")


def test_public_faces_say_state_and_kind_plainly_and_the_desk_in_the_sops_terms(client: Client, case: Case) -> None:
    case.is_submitted(classification="complaint").is_disposed()
    fold_counts()
    number = case.number

    for address in ("/publik/", f"/publik/{number}/", "/", "/i/kota-uji/laporan/"):
        page = client.get(address).content.decode()
        assert "Menunggu ditindaklanjuti" in page
        assert not re.search(r"Terdisposisi|Berkadar", page), address
    assert "<dd>Pengaduan</dd>" in client.get(f"/publik/{number}/").content.decode()
    assert "Terdisposisi, Belum Ditindaklanjuti" in client.get("/sop/").content.decode()
