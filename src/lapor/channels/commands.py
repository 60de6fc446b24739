"""Commands as people type them: any case, with or without marks, a letter wrong, the code in one piece or three."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from lapor.intake.contract import Verb
from lapor.kernel.codes import ALPHABET, LENGTH, read_code

REPLY = "reply"
WORDS: dict[str, str] = {
    "STATUS": Verb.STATUS, "CEK": Verb.STATUS, "CHECK": Verb.STATUS, "STAT": Verb.STATUS,
    "BACA": Verb.READ, "READ": Verb.READ,
    "BALAS": REPLY, "BLS": REPLY, "JAWAB": REPLY, "REPLY": REPLY,
    "TUTUP": Verb.DONE, "TTP": Verb.DONE, "SELESAI": Verb.DONE, "CLOSE": Verb.DONE,
    "BELUM": Verb.NOT_DONE, "BLM": Verb.NOT_DONE, "BLUM": Verb.NOT_DONE,
    "CABUT": Verb.WITHDRAW, "BATAL": Verb.WITHDRAW,
    "STOP": Verb.STOP, "BERHENTI": Verb.STOP, "UNREG": Verb.STOP,
    "MULAI": Verb.START, "START": Verb.START,
    "BANTUAN": Verb.HELP, "BANTU": Verb.HELP, "HELP": Verb.HELP, "INFO": Verb.HELP,
}  # fmt: skip
ALONE = frozenset({Verb.STOP, Verb.START, Verb.HELP})  # need no code, and are only meant where nothing follows
FORGIVEN_FROM = 5  # letters; a shorter word is too near to too many others
CODE_LIKE = re.compile(r"[0-9A-Za-z]{5}[- .]?[0-9A-Za-z]{5}[- .]?[0-9A-Za-z]")
RATINGS = {"SATU": 1, "DUA": 2, "TIGA": 3, "EMPAT": 4, "LIMA": 5}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Typed:
    """A command as it was meant: `verb` is a Verb or REPLY; `code` in its stored form, or as typed where it is none."""

    verb: str
    code: str = ""
    rest: str = ""
    rating: int | None = None


def find_command(text: str) -> Typed | None:
    """Return the command that a message begins with; None where it is no command but words of its own."""
    first = _WORD.search(text)
    if first is None or text[: first.start()].strip(" \"'*#>([.-"):
        return None
    verb = verb_of(first[0])
    if verb is None:
        return None
    code, rest = leading_code(text[first.end() :])
    if verb == REPLY and not code and first[0].upper() not in WORDS:
        return None  # "Balai RW 9 bocor": one letter from BALAS, and words of its own
    return _meant(verb, code, rest)


def verb_of(word: str) -> str | None:
    """Return what a word asks for; one wrong letter of a long word is forgiven."""
    plain = word.upper()
    if plain in WORDS:
        return WORDS[plain]
    near = get_close_matches(plain, [w for w in WORDS if len(w) >= FORGIVEN_FROM], n=1, cutoff=0.8)
    return WORDS[near[0]] if near and len(plain) >= FORGIVEN_FROM and abs(len(near[0]) - len(plain)) <= 1 else None


def leading_code(text: str) -> tuple[str, str]:
    """Return the code that a text begins with and what follows it; an empty code where it begins with none.

    What has the shape of a code but is none is returned as it was typed, so that its sender can be told.
    """
    text = text.lstrip(" :=#.,-\n\t\"'([<")
    found = CODE_LIKE.match(text)
    if found is None or (found.end() < len(text) and text[found.end()].isalnum()):
        return "", text.strip()
    if code := read_code(found[0].replace(".", "")):
        return code, _after(text, found.end())
    looks = any(c.isdigit() for c in found[0]) and " " not in found[0]
    return (found[0], _after(text, found.end())) if looks else ("", text.strip())


def code_in(text: str) -> str:
    """Return the first code that stands anywhere in a text, in its stored form; empty for none.

    Only one in its printed shape counts, ABCDE-FGHJK-7 or the eleven characters together.
    """
    for found in _PRINTED.finditer(text):
        if is_code(found[0]):
            return read_code(found[0]) or ""
    return ""


def is_code(written: str) -> bool:
    """Tell whether what stands among other words is a code: with its dashes, or letters and figures together.

    One in 31 words of eleven letters, and one in 31 telephone numbers of eleven figures, has the right check character.
    """
    mixed = any(c.isdigit() for c in written) and any(c.isalpha() for c in written)
    return ("-" in written or mixed) and read_code(written) is not None


_ANY = f"[{ALPHABET}OILoil{ALPHABET.lower()}]"
_PRINTED = re.compile(rf"(?<!\w)(?:{_ANY}{{5}}-{_ANY}{{5}}-{_ANY}|{_ANY}{{{LENGTH + 1}}})(?!\w)")


def _after(text: str, end: int) -> str:
    return text[end:].strip(" :=#.,-\n\t\"')]>")


def _meant(verb: str, code: str, rest: str) -> Typed | None:
    """Return the command, unless its word merely begins a sentence ("Belum ada lampu di jalan kami ...")."""
    if verb in ALONE:
        return Typed(verb) if not rest and not code else None
    if verb == Verb.DONE:
        rating, said = _rating(rest)
        return Typed(verb, code, said, rating) if code or not said else None
    if verb == REPLY:
        return Typed(verb, code, rest)
    return Typed(verb, code, rest) if code or not rest else None


def _rating(rest: str) -> tuple[int | None, str]:
    """Return the first number from 1 to 5 and the words around it."""
    for found in _WORD.finditer(rest):
        word = found[0].upper()
        number = int(word) if word in {"1", "2", "3", "4", "5"} else RATINGS.get(word)
        if number:
            said = f"{rest[: found.start()].removesuffix('bintang ')} {_OUT_OF.sub('', rest[found.end() :])}"
            return number, said.strip(" .,:;-/")
    return None, rest


_OUT_OF = re.compile(r"^\s*(/|dari)\s*5")
