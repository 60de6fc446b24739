"""Words of a report that let its readers know who wrote it: for the warning beside "Anonymous" and "Secret"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lapor.language import spelling
from lapor.language.data import table, typed_short, word_set, words
from lapor.language.findings import Finding, Span
from lapor.language.people import TITLES, father_size, may_name
from lapor.language.tokens import LONGEST, Phrases, Token, is_shouted, span_of, tokens_of
from lapor.language.word_signs import is_common

NO_POSTS = (("kepala", "keluarga"), ("kepala", "rumah"))  # "saya sebagai kepala keluarga" leads to nobody
LONGEST_SIGNATURE = 3  # words
MOST = 50  # findings; more are no more help

# Each takes linear time: no part can match the same characters in two ways.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_DIGITS = re.compile(r"(?<![\w])\+?\d(?:[ .\-]?\d){7,19}(?!\w)")
HOUSE = re.compile(
    r"(?<!\w)(?<!depan )(?<!dpn )(?<!samping )(?<!belakang )(?<!sebelah )(?<!dekat )(?<!antara )"
    r"(?:rumah(?:nya)?|alamat(?:nya)?|beralamat|berdomisili|domisili|tinggal|kos(?:an)?|kontrakan)(?!\w)"
    r"[^.\n]{0,40}?(?<!\w)(?:jl|jln|jalan|gg|gang|blok|perum\w{0,8}|rt)(?!\w)\.?[^.,;\n]{1,40}?"
    r"(?<!\w)(?:no|nomor|nomer)\b\.? ?(\d{1,4} ?[a-z]?)(?!\w)",
    re.IGNORECASE,
)
_SMALL_NAME = re.compile(
    r"(?:^|[.!?,\n][ \t]{0,3}|(?:pagi|siang|sore|malam|wb|perkenalkan|maaf|izin|ijin|lapor)[ \t])(?i:saya|sy)[ \t]"
    r"([a-z]{4,20}(?:[ \t][a-z]{3,20}){0,2}),?[ \t](?:dari|warga|asal|tinggal|beralamat)(?!\w)",
    re.MULTILINE,
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:(norek|no\.? ?rek|rek(?:ening)?)|bca|bri|bni|bsi|mandiri|ovo|gopay)(?!\w)"
    r"([^\d\n]{0,25})(\d[\d .\-]{6,22}\d)(?!\w)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<!\w)(?:rp|sebesar|sejumlah|senilai|uang|dana)(?!\w)", re.IGNORECASE)
_IN_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DATED = re.compile(r"(?<!\d)\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d\d(?!\d)|(?:19|20)\d\d *- *(?:19|20)\d\d")
FEWEST_OF_BANK = 10  # digits after a bank's name alone: "Toko Mandiri buka 08.00-15.00"
_PLATE = re.compile(r"(?<![\w])(?!RT|RW|NO|GG|JL|KM|RP)[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}(?!\w)")
_SMALL_PLATE = re.compile(r"(?<!\w)([a-z]{1,2})\d{3,4}[a-z]{1,3}(?!\w)")  # "dr1234ab", only of a known area


def names_writer(text: str) -> tuple[Finding, ...]:
    """Return what in the text names its writer or leads to them, in order: numbers, addresses, names, posts, homes.

    A finding is a hint: a phone may be an officer's, a name a neighbour's. Linear in the length of the text.
    """
    text = text[:LONGEST]
    houses = ((Span(*match.span()), "home") for match in HOUSE.finditer(text))
    found = _apart([*_by_pattern(text), *_by_words(text), *houses])
    return tuple(Finding(span, rule, words(table("writers")["reasons"][rule])) for span, rule in found[:MOST])


def leading_numbers(text: str) -> list[tuple[Span, str]]:
    """Return e-mail addresses, numbers of telephones, identities and accounts, and plates: place and rule, in order."""
    return _apart(list(_by_pattern(text[:LONGEST])))[:MOST]


def _apart(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Return the findings in order, the first and longest of those that share words."""
    kept: list[tuple[Span, str]] = []
    for span, rule in sorted(found, key=lambda hit: (hit[0].start, -hit[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, rule))
    return kept


def _by_pattern(text: str) -> Iterator[tuple[Span, str]]:
    for match in _EMAIL.finditer(text):
        yield Span(*match.span()), "email"
    for match in _DIGITS.finditer(text):
        if rule := _number_rule(match.group()):
            yield Span(*match.span()), rule
    yield from ((Span(*match.span(3)), "account") for match in _ACCOUNT.finditer(text) if _is_account(match))
    for match in _SMALL_PLATE.finditer(text):
        if match[1] in word_set("smartcase", "plates"):
            yield Span(*match.span()), "plate"
    if not is_shouted(text):
        for match in _PLATE.finditer(text):
            yield Span(*match.span()), "plate"


def _is_account(match: re.Match[str]) -> bool:
    """Tell the number of an account from an amount, a date, hours."""
    said, between, number = match.groups()
    if _AMOUNT.search(between) or _IN_THOUSANDS.fullmatch(number) or _DATED.search(number):
        return False
    return bool(said) or sum(c.isdecimal() for c in number) >= FEWEST_OF_BANK


def _number_rule(typed: str) -> str:
    """Tell a telephone (0812..., +62..., 62...) from an identity number of 16 or 18 digits; else nothing."""
    if _DATED.search(typed):
        return ""
    digits = "".join(c for c in typed if c.isdecimal())
    if len(digits) in (16, 18):
        return "nik"
    if typed.count(".") > 2 or ("." in typed and "-" in typed):
        return ""  # the number of a file, with its date
    is_phone = digits.startswith(("08", "628", "02", "03", "04", "05", "06", "07")) and 9 <= len(digits) <= 14
    return "phone" if is_phone or (typed.startswith("+") and 9 <= len(digits) <= 15) else ""


@cache
def _phrases(part: str, key: str) -> Phrases:
    return Phrases((phrase, part) for phrase in table("writers")[part][key])


def _by_words(text: str) -> Iterator[tuple[Span, str]]:
    tokens = tokens_of(text)
    shouted = is_shouted(text) or is_titled(tokens)
    for i in range(len(tokens)):
        size, rule = (
            _named_at(tokens, i, shouted)
            or _role_at(tokens, i)
            or _home_at(tokens, i)
            or _kin_at(tokens, i, shouted)
            or (0, "")
        )
        if size:
            yield span_of(tokens, i, min(len(tokens), i + size)), rule
    yield from _small_names(text)
    if size := 0 if shouted else _signed(tokens):
        yield span_of(tokens, len(tokens) - size, len(tokens)), "name"


def _small_names(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the rare name of "saya sahnim, warga ...", "saya sahnim dari ...", where a dictionary has no such word.

    Only where a sentence begins so; without a dictionary nothing is certain.
    """
    if not spelling.is_installed():
        return
    for match in _SMALL_NAME.finditer(text):
        tokens = tokens_of(match[1])
        if all(is_called(token, shouted=True, told=True) and not _is_word(token.word) for token in tokens):
            yield Span(match.start(1), match.end(1)), "name"


def _is_word(word: str) -> bool:
    """Tell a common word, and what is one slip away from a word: "sekarag"."""
    return is_common(word) or spelling.is_slip(word)


def _signed(tokens: Sequence[Token]) -> int:
    """Return how many words at the end are a signature: "Terima kasih. Budi Santoso", "Salam, Wati"."""
    size = 0
    for token in reversed(tokens[-LONGEST_SIGNATURE:]):
        ends = token.word in table("writers")["name"]["closings"]
        if ends or not token.is_name or not is_called(token, shouted=False, told=False):
            break
        size += 1
    first = len(tokens) - size
    if not size or first == 0 or tokens[first - 1].word not in table("writers")["name"]["closings"]:
        return 0
    return size if size > 1 or tokens[first].opens or tokens[first].word in _common() else 0


def is_titled(tokens: Sequence[Token]) -> bool:
    """Tell whether Every Word Begins Like This, so that a capital says nothing about a name."""
    within = [token.is_name for token in tokens if not token.opens]
    return len(within) > 3 and sum(within) > 0.6 * len(within)


Hit = tuple[int, str] | None


def _named_at(tokens: Sequence[Token], i: int, shouted: bool) -> Hit:
    called = called_from(tokens, i, shouted=shouted)
    return (called.stop - i, "name") if called else None


def called_from(tokens: Sequence[Token], i: int, *, shouted: bool) -> range:
    """Return which words are the name that the i-th word begins to tell, none where it tells none.

    "Nama saya Wati", "saya Ibu Wati dari ...", "SAYA BUDI"; after "saya" only what is or is written like a name.
    """
    if hit := _phrases("name", "before").at(tokens, i):
        told = hit[0] > 1
        greeted = _is_honorific(tokens, i + hit[0], "honorifics", "degrees")
        after = i + hit[0] + greeted
        return name_from(tokens, after, shouted=shouted, told=told, opens=told or greeted)  # "ttd. Dr. Ani"
    if tokens[i].word not in table("writers")["name"]["me"]:
        return range(0)
    if i and not tokens[i].opens and tokens[i - 1].word in table("writers")["name"]["others"]:
        return range(0)  # "tetangga saya Lalu Contoh" is somebody else
    greeted = _begins(tokens, i) and _is_honorific(tokens, i + 1)
    after = i + 1 + greeted
    return name_from(tokens, after, shouted=shouted, opens=greeted)  # the full stop of "H." ends no sentence


def _is_honorific(tokens: Sequence[Token], i: int, *lists: str) -> bool:
    known = table("writers")["name"]
    return i < len(tokens) and any(tokens[i].word in known[one] for one in lists or ("honorifics",))


def _begins(tokens: Sequence[Token], i: int) -> bool:
    """Tell "Selamat pagi, saya Ibu Wati" from "harapan saya Bapak Wali Kota ..."."""
    return i == 0 or tokens[i].opens or tokens[i - 1].word in _greetings()


def name_from(tokens: Sequence[Token], i: int, *, shouted: bool, told: bool = False, opens: bool = False) -> range:
    """Return which words are a name that begins at the i-th word or behind "adalah" there, three at most.

    After "nama saya" (`told`) a strange word is one in small letters too; elsewhere only a name that many people have.
    """
    skipped = 1 if i < len(tokens) and tokens[i].word in table("writers")["name"]["fillers"] else 0
    size = 0
    if is_title(tokens, i + skipped) and (told or tokens[i + skipped + 1].word in _common()):
        size = 1
    for token in tokens[i + skipped + size : i + skipped + 3]:
        if (token.opens and (size or not opens)) or not is_called(token, shouted=shouted, told=told or size > 0):
            break
        size += 1
    first, after = i + skipped, i + skipped + size
    return range(first, after + father_size(tokens, after)) if size else range(0)


def is_title(tokens: Sequence[Token], i: int) -> bool:
    """Tell "nama saya lalu ahmad" from "nama saya lalu dihapus"."""
    named = i + 1 < len(tokens) and tokens[i].word in TITLES
    return named and not tokens[i + 1].opens and is_called(tokens[i + 1], shouted=True, told=True)


def is_called(token: Token, *, shouted: bool, told: bool) -> bool:
    """Tell a word that is somebody's name here; in small or all in capitals it must not be an ordinary word."""
    named = table("writers")["name"]
    if token.word in named["no_names"] or token.word in typed_short() or token.word in _greetings():
        return False
    if not token.word.isalpha() or not may_name(token) or _is_passive(token.word):
        return False
    if token.is_name and not shouted:
        return True
    return token.word in _common() or (told and len(token.word) > 3 and _is_strange(token.word))


def _is_passive(word: str) -> bool:
    """Tell "saya Dipersulit" from "saya Dian", where there is a dictionary."""
    return word.startswith("di") and spelling.is_installed() and spelling.is_derived(word)


@cache
def _greetings() -> frozenset[str]:
    return word_set("titles", "greeting_words")


@cache
def _common() -> frozenset[str]:
    return frozenset(table("writers")["name"]["common"])


def _is_strange(word: str) -> bool:
    """Tell what is no word; where there is no dictionary, what may be none."""
    return word not in typed_short() and (spelling.is_strange(word) or not spelling.is_installed())


def _role_at(tokens: Sequence[Token], i: int) -> Hit:
    hit = _phrases("role", "before").at(tokens, i)
    after = i + hit[0] if hit else len(tokens)
    if after + 1 < len(tokens) and (tokens[after].word, tokens[after + 1].word) in NO_POSTS:
        return None
    if hit and after < len(tokens) and tokens[after].word in table("writers")["role"]["words"]:
        return hit[0] + 1, "role"
    return None


def _home_at(tokens: Sequence[Token], i: int) -> Hit:
    hit = _phrases("home", "phrases").at(tokens, i)
    return (hit[0], "home") if hit else None


def _kin_at(tokens: Sequence[Token], i: int, is_loud: bool) -> Hit:
    """ "Anak saya bernama Budi": a family's name leads to the writer."""
    called = _kin_from(tokens, i, is_loud)
    return (called.stop - i, "kin") if called else None


def _kin_from(tokens: Sequence[Token], i: int, is_loud: bool) -> range:
    hit = _phrases("kin", "phrases").at(tokens, i)
    if not hit or i + hit[0] >= len(tokens):
        return range(0)
    after = i + hit[0] + (tokens[i + hit[0]].word in table("writers")["kin"]["named"])
    return name_from(tokens, after, shouted=is_loud)


def family_names(text: str) -> Iterator[Span]:
    """Yield the names of the writer's family, without "anak saya": private people, whoever tells of them."""
    tokens = tokens_of(text[:LONGEST])
    shouted = is_shouted(text) or is_titled(tokens)
    for called in (_kin_from(tokens, i, shouted) for i in range(len(tokens))):
        if called:
            yield span_of(tokens, called.start, called.stop)
