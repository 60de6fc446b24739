"""Human numbers as people type them; tracking codes are tried with the citizens' stories."""

import pytest

from lapor.kernel.codes import new_code, read_number, show_code, show_number


@pytest.mark.parametrize("typed", ["MTR-2026-000123", " mtr-2026-123 ", "mtr 2026 123", "MTR/2026/0123", "mtr2026-123"])
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert read_number(typed) == show_number("MTR", 2026, 123) == "MTR-2026-000123"


@pytest.mark.parametrize(
    "typed", ["", "MTR-2026", "2026-123", "MTR-2026-", "MTR-2026-1x", "MTR-2026-1\x00", "٣-2026-1", "9" * 5_000]
)
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_no_tracking_code_is_taken_for_a_number() -> None:
    for _ in range(2_000):
        code = new_code()
        assert read_number(code) is None
        assert read_number(show_code(code)) is None


def test_every_code_has_letters_and_figures_so_that_it_is_found_among_words() -> None:
    codes = [new_code()[:-1] for _ in range(2_000)]  # chance alone would bring forty of letters only

    assert not [code for code in codes if code.isalpha() or code.isdigit()]
