"""What is sealed opens only unchanged, where it belongs, with its key; what is indexed is found however typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lapor.identity.contacts import ContactInput, masked
from lapor.identity.vault import SealBroken, address_index, seal, unseal
from lapor.kernel.errors import InvalidInput

ABOUT = b"somebody's name"
NAME = "Budi Contoh"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_was_sealed_comes_back_exactly(text: str) -> None:
    assert unseal(seal(text, about=ABOUT), about=ABOUT) == text


def test_a_seal_shows_neither_the_text_nor_its_length() -> None:
    sealed = seal(NAME, about=ABOUT)

    assert NAME.encode() not in sealed
    assert len(sealed) == len(seal("", about=ABOUT))
    assert sealed != seal(NAME, about=ABOUT)


@pytest.mark.parametrize("place", [0, 1, 12, 13, 20, -1])
def test_one_changed_bit_anywhere_breaks_the_seal(place: int) -> None:
    sealed = bytearray(seal(NAME, about=ABOUT))
    sealed[place] ^= 1

    with pytest.raises(SealBroken):
        unseal(bytes(sealed), about=ABOUT)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12, b"\x01" + b"0" * 20])
def test_what_is_too_short_is_no_seal(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(sealed, about=ABOUT)


def test_a_seal_moved_to_another_record_does_not_open() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(NAME, about=ABOUT), about=b"somebody else's name")


def test_another_key_neither_opens_nor_finds(settings: Settings) -> None:
    sealed, index = seal(NAME, about=ABOUT), address_index("phone", "08123456789")

    settings.IDENTITY_KEY = "another key of at least thirty-two characters"

    with pytest.raises(SealBroken):
        unseal(sealed, about=ABOUT)
    assert address_index("phone", "08123456789") != index


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "81234567890",
        "(0812) 3456.7890",
        "+62 (0)812 3456 7890",
        "0062 812 34567890",
        " 0812\u00a03456\u20117890\u202c ",
        "０８１２３４５６７８９０",
    ],
)
def test_one_phone_has_one_index_however_it_is_typed(typed: str) -> None:
    assert ContactInput("phone", typed).address == "+6281234567890"
    assert address_index("phone", typed) == address_index("phone", "+6281234567890")


def test_different_addresses_have_different_indexes() -> None:
    addresses = [
        ("phone", "081234567890"),
        ("phone", "081234567891"),
        ("phone", "+14155550100"),
        ("email", "budi@contoh.example"),
        ("email", "sari@contoh.example"),
        ("handle", "x:@budi"),
        ("handle", "instagram:@budi"),
    ]

    assert len({address_index(kind, address) for kind, address in addresses}) == len(addresses)
    assert {len(address_index(kind, address)) for kind, address in addresses} == {16}


def test_an_email_address_is_found_whatever_its_case() -> None:
    assert address_index("email", " Budi@Contoh.EXAMPLE ") == address_index("email", "budi@contoh.example")


def test_a_number_abroad_keeps_its_country() -> None:
    assert ContactInput("phone", "+65 9123 4567").address == "+6591234567"
    assert ContactInput("phone", "0065 9123 4567").address == "+6591234567"
    assert ContactInput("phone", "0370 123456").address == "+62370123456"


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("phone", ""),
        ("phone", "1708"),
        ("phone", "saya tidak punya"),
        ("phone", "0812345"),
        ("phone", "+62000000000"),
        ("phone", "08123456789012345"),
        ("phone", "0812\x003456789"),
        ("phone", "0" * 5_000),
        ("phone", "budi@contoh.example"),
        ("email", "budi@"),
        ("email", "budi contoh@contoh.example"),
        ("email", "a" * 250 + "@contoh.example"),
        ("email", "budi@contoh.example\nBcc: sari@contoh.example"),
        ("email", "081234567890"),
        ("nik", "081234567890"),
    ],
)
def test_what_is_no_address_is_refused_at_its_field(kind: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ContactInput(kind, typed)

    assert refused.value.field == "contact"


def test_a_masked_address_is_known_to_its_owner_only() -> None:
    assert masked("phone", "+6281234567890") == "+62812•••890"
    assert masked("email", "budi@contoh.example") == "b•••@contoh.example"
    assert masked("handle", "x:@budi") == "x:@b•••"
