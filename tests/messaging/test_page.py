"""The page of all messages says what the code says."""

from __future__ import annotations

from pathlib import Path

from tools.messages_page import documents

TOP = Path(__file__).resolve().parents[2]


def test_the_page_of_messages_is_up_to_date() -> None:
    for path, text in documents().items():
        assert (TOP / path).read_text(encoding="utf-8") == text, "run: make docs"
