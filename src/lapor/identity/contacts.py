"""Addresses as people type them, in the one form in which they are kept and found again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput

PHONE, EMAIL, HANDLE = "phone", "email", "handle"

_LONGEST = 254
_SEPARATORS = re.compile(r"[\s().\-/\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_HOME = re.compile(r"(?:\+?62)?0?([1-9][0-9]{6,11})")
_ABROAD = re.compile(r"\+(?!62|0)[0-9]{8,15}")
_CALLED_ABROAD = re.compile(r"^00(?=[1-9])")
_MAIL = EmailValidator()


@dataclass(frozen=True)
class ContactInput:
    """An address somebody gives: a "phone" or "email", or the "handle" of a social channel, such as "x:@warga".

    What was typed becomes the normal form at once: +628123456789 for a phone, lower case for the others.
    Raises `InvalidInput` on the field "contact".
    """

    kind: str
    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", normal(self.kind, self.address))


def normal(kind: str, typed: str) -> str:
    """Return an address in its normal form; raises `InvalidInput` with a sentence that says what to type."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if kind not in _READERS:
        raise InvalidInput(_("Give a phone number or an e-mail address."), field="contact")
    if not text or len(text) > _LONGEST or any(unicodedata.category(c) == "Cc" for c in text):
        raise InvalidInput(_SENTENCES[kind], field="contact")
    return _READERS[kind](text)


def masked(kind: str, address: str) -> str:
    """Return an address so that only its owner knows it again: +62812•••789, b•••@contoh.example."""
    if kind == PHONE:
        return f"{address[:6]}•••{address[-3:]}"
    before, at, after = address.partition("@" if kind == EMAIL else ":")
    return f"{before[:1]}•••{at}{after}" if kind == EMAIL else f"{before}{at}{after[:2]}•••"


def _phone(text: str) -> str:
    """Read 0812-3456-7890, +62 812 3456 7890, 62812..., 812... as one number; another country needs its +code."""
    digits = _CALLED_ABROAD.sub("+", _SEPARATORS.sub("", text))
    if home := _HOME.fullmatch(digits):
        return f"+62{home[1]}"
    if _ABROAD.fullmatch(digits):
        return digits
    raise InvalidInput(_SENTENCES[PHONE], field="contact")


def _email(text: str) -> str:
    try:
        _MAIL(text)
    except ValidationError:
        raise InvalidInput(_SENTENCES[EMAIL], field="contact") from None
    return text.lower()


_READERS = {PHONE: _phone, EMAIL: _email, HANDLE: str.lower}
_SENTENCES = {
    PHONE: _("This is not a phone number. Write it like 0812 3456 7890."),
    EMAIL: _("This is not an e-mail address. Write it like nama@contoh.id."),
    HANDLE: _("This is not the name of an account."),
}
