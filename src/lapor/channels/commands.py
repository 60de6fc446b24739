"""Commands as people type them: any case, with or without marks, a letter wrong, the code in one piece or three."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from lapor.intake.contract import Verb
from lapor.kernel.codes import printed_codes, read_code, read_number

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
CODE_LIKE = re.compile(r"[0-9A-Za-z]{5}[- .]{0,3}[0-9A-Za-z]{5}[- .]{0,3}[0-9A-Za-z]")
NUMBER_LIKE = re.compile(r"[0-9A-Za-z]{1,12}[-/]20\d\d[-/]\d{1,12}", re.ASCII)
RATINGS = {"SATU": 1, "DUA": 2, "TIGA": 3, "EMPAT": 4, "LIMA": 5}
# What people put around a command and mean nothing by: "tolong cek status laporan saya dong pak".
_AROUND = """
    LAPORAN LAPORANNYA LAPORANKU LAP ADUAN PENGADUAN KODE KODENYA CODE NO NOMOR NOMER TIKET LAPOR SMS WA SAYA SY AKU
    KAMI PAK BU BAPAK IBU MIN ADMIN KAK MAS MBAK DONG YA YAA YAH NIH TOLONG TLG MOHON MINTA MAU INGIN GIMANA GMN
    BAGAIMANA SAMPAI MANA SUDAH SDH UDAH UDH DAH INI ITU TERIMA KASIH TERIMAKASIH MAKASIH TRIMS THX PLEASE MY REPORT ME
"""
AROUND = frozenset(_AROUND.split())
_NAMES_A_CODE = re.compile(r"(?:(?:kode|code|laporan|aduan|tiket|saya|no|nomor)(?:nya)?\b[\s:=#.,-]*)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Typed:
    """A command as it was meant: `verb` is a Verb or REPLY; `code` in its stored form, or as typed where it is none."""

    verb: str
    code: str = ""
    rest: str = ""
    rating: int | None = None


def find_command(text: str) -> Typed | None:
    """Return the command that a message begins with or is; None where it is no command but words of its own."""
    return first_command(text) or _only_command(text)


def first_command(text: str) -> Typed | None:
    """Return the command that a message begins with; "Saya cabut laporan ini" is none."""
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


def _only_command(text: str) -> Typed | None:
    """Return the command of a message that has nothing but its words, a code, and what means nothing around them."""
    code, words = _code_taken_out(text)
    said = [word.upper() for word in _WORD.findall(words)]
    rating, said = _stars(said)
    verbs = {verb_of(word) for word in said if word not in AROUND}
    if None in verbs or REPLY in verbs:
        return None
    if verbs == {Verb.NOT_DONE, Verb.DONE}:  # "belum selesai"
        verbs = {Verb.NOT_DONE}
    verbs = verbs - {Verb.HELP} or verbs  # "info status"
    if len(verbs) != 1:
        return None
    verb = str(verbs.pop())
    if (code and verb in ALONE) or (rating and verb != Verb.DONE):
        return None
    return Typed(verb, code, "", rating)


def _code_taken_out(text: str) -> tuple[str, str]:
    """Return the first code or number of a report in a text, and the text without it."""
    for found in (*printed_codes(text), *NUMBER_LIKE.finditer(text)):
        return read_code(found[0]) or found[0], f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


def _stars(said: list[str]) -> tuple[int | None, list[str]]:
    """Return the only figure from 1 to 5 of some words, and the others."""
    figures = [word for word in said if word in {"1", "2", "3", "4", "5"}]
    return (int(figures[0]), [word for word in said if word not in figures]) if len(figures) == 1 else (None, said)


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
    named = _NAMES_A_CODE.match(text)
    code, rest = _leading(text[named.end() :]) if named else ("", "")  # "STATUS kode ABCDE-FGHJK-7"
    return (code, rest) if code else _leading(text)


def _leading(text: str) -> tuple[str, str]:
    if found := NUMBER_LIKE.match(text):
        return found[0], _after(text, found.end())
    found = CODE_LIKE.match(text)
    if found is None or (found.end() < len(text) and text[found.end()].isalnum()):
        return "", text.strip()
    if code := read_code(found[0].replace(".", "")):
        return code, _after(text, found.end())
    looks = any(c.isdigit() for c in found[0]) and " " not in found[0]
    return (found[0], _after(text, found.end())) if looks else ("", text.strip())


def code_in(text: str) -> str:
    """Return the first code that stands anywhere in a text, in its stored form; empty for none.

    Only one in its printed shape counts, ABCDE-FGHJK-7 or the eleven characters together. A human number counts where
    the text begins with it; further on it may be some letter's.
    """
    for found in printed_codes(text):
        return read_code(found[0]) or ""
    begins = NUMBER_LIKE.match(text.lstrip(" #:[("))
    return (begins and read_number(begins[0])) or ""


def _after(text: str, end: int) -> str:
    return text[end:].strip(" :=#.,-\n\t\"')]>")


def _meant(verb: str, code: str, rest: str) -> Typed | None:
    """Return the command, unless its word merely begins a sentence ("Belum ada lampu di jalan kami ...")."""
    if verb != REPLY and not _WORD.search(rest):
        rest = ""  # "STOP!", "bantuan 🙏"
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
