"""Long messages from their parts, and into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.channels.sms.gammu.joining import Part, joined, place_of
from lapor.language.sms import UCS2, parts_of, sms_of


def part(id: int, text: str, udh: str = "", *, sender: str = "+62812", waited: bool = False) -> Part:
    return Part(id, sender, "2026-03-02 09:00:00", text.encode("utf-16-be"), udh, waited)


def texts(*parts: Part) -> list[tuple[str, tuple[int, ...]]]:
    return [(whole.content.decode("utf-16-be"), whole.ids) for whole in joined(parts)]


@pytest.mark.parametrize(
    ("udh", "place"),
    [
        ("", None),
        ("050003090201", (9, 2, 1)),
        ("0608041234030F", None),
        ("06080412340302", (0x1234, 3, 2)),
        ("0B05040B8423F0000309FF01", (9, 255, 1)),
        ("050003090203", None),
        ("050003090101", None),
        ("05000309", None),
        ("no", None),
    ],
)
def test_a_header_says_which_part_it_is(udh: str, place: tuple[int, int, int] | None) -> None:
    assert place_of(udh) == place


def test_parts_are_joined_in_their_order_and_an_incomplete_message_waits() -> None:
    second, first = part(1, "dua", "050003090202"), part(2, "satu ", "050003090201")
    assert texts(second) == []
    assert texts(second, first, part(3, "lain")) == [("lain", (3,)), ("satu dua", (1, 2))]


def test_a_picture_cut_in_two_is_whole_again() -> None:
    halves = [Part(n, "+62", "", half, f"0500030902{n:02d}") for n, half in ((1, b"\xd8\x3d"), (2, b"\xde\x21"))]
    assert [whole.content.decode("utf-16-be") for whole in joined(halves)] == ["😡"]


def test_what_waited_too_long_is_handed_on_as_it_is() -> None:
    assert texts(part(1, "tiga", "050003090303", waited=True), part(2, "satu", "050003090301")) == [
        ("satutiga", (1, 2))
    ]


def test_the_same_reference_of_another_message_or_another_telephone_is_another_message() -> None:
    mine = [part(1, "a1", "050003090201"), part(2, "b1", "050003090201"), part(3, "a2", "050003090202")]
    more = [part(4, "b2", "050003090202"), part(5, "c1", "050003090201", sender="+62999")]
    assert texts(*mine, *more) == [("a1a2", (1, 3)), ("b1b2", (2, 4))]


def test_a_part_that_came_again_belongs_to_its_message() -> None:
    rows = [part(1, "a", "050003090201"), part(2, "a", "050003090201"), part(3, "b", "050003090202")]
    assert texts(*rows) == [("ab", (1, 2, 3))]


def test_its_name_is_the_same_when_it_is_read_again() -> None:
    once, again = (next(joined([part(id, "halo")])).name for id in (1, 99))
    assert once == again
    assert next(joined([part(1, "halo", sender="+62813")])).name != once


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=700))
def test_a_text_is_cut_into_as_many_parts_as_it_is_billed_for(text: str) -> None:
    size, parts = sms_of(text), parts_of(text)
    assert "".join(parts) == text
    assert len(parts) == size.parts
    if len(parts) > 1:
        most = 67 if size.alphabet == UCS2 else 153
        assert all(0 < sms_of(piece + ("ꦲ" if size.alphabet == UCS2 else "")).units <= most + 1 for piece in parts)
