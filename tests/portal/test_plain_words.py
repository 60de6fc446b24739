"""Our own Indonesian on the citizens' pages: short sentences, and no word that only an office would use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

CATALOGUE = Path(__file__).parents[2] / "src/lapor/locale/id/LC_MESSAGES/django.po"
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


def test_no_sentence_is_too_long_to_follow() -> None:
    assert [said for said in sentences() if len(said.split()) > LONGEST] == []


@pytest.mark.parametrize("word", STIFF)
def test_no_word_of_an_office_where_people_have_one(word: str) -> None:
    assert [said for said in sentences() if re.search(rf"\b{word}\b", said.lower())] == [], f"say: {STIFF[word]}"
