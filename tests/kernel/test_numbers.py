"""Numbers of addresses: read when they can be one, and nothing else ever is."""

from __future__ import annotations

import pytest

from lapor.kernel.numbers import row_number


def test_a_number_is_read() -> None:
    assert row_number("42") == 42


@pytest.mark.parametrize("typed", [None, "", " 1", "-1", "+1", "1e3", "٣", "²", "1_000", "9" * 19, "9" * 5000, "0x1"])
def test_anything_else_is_no_number(typed: str | None) -> None:
    assert row_number(typed) is None
