"""Names of people in a text: "Pak Budi Santoso", "bernama Wati". Who is called by an office alone is not among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lapor.language.data import table, typed_short, word_set
from lapor.language.findings import Span
from lapor.language.tokens import Phrases, Token, span_of, tokens_of
from lapor.language.word_signs import HOME, is_common, known

_DERIVED = re.compile(r"(?:me[mn]|meng|meny|ber|ter|pen[gy]?|pem)\w{4,}|\w{4,}(?:kan|nya)")
LONGEST = 3  # words of a name
OFFICE_NEAR = 8  # words from an office to the name of who holds it
MOST_MORE = 6  # words by which a name goes on after what the rules for its beginning take
_BLANKS = re.compile(r"[ \t]{1,3}")
_ABBREVIATED = re.compile(
    r"(?:[A-Z]|(?:H|Hj|Drs|Dra|Dr|Ir|Prof|KH|TGH|TGKH|Moh|Muh|Abd|St)(?=[. ]))(?!\w)\.?[ \t]{0,3}"
)
_FATHER = re.compile(r"(?:bin|binti|bte|bt)(?!\w)[ \t]{1,3}", re.IGNORECASE)
_ONE = re.compile(r"[^\W\d_]{2,25}(?:['’][^\W\d_]{1,20})?")
_DEGREES = re.compile(
    r"(?:[ \t]?,?[ \t]?(?:[SMDA]|Sp|Dr)\.[ \t]?(?:[A-Z][A-Za-z]{0,4}\.?){1,3}(?!\w)"
    r"|,[ \t]?(?:S[EHTP]|MM|MH|SSos|SPd|MPd|Amd|ST|SKM)(?!\w)\.?)+"
)
_DOT = re.compile(r"\.[ \t]{0,3}(?=[A-Z])")
_SMALL = re.compile(r"(?:[ \t][a-z'’]{2,20}){1,2}(?=,?[ \t](?:dari|warga|asal|beralamat|alamat|tinggal)(?!\w))")
TITLES = frozenset(["lalu"])  # Sasak: "Lalu Ahmad" is a man of birth, "lalu" is "then"
FATHERS = frozenset(["bin", "binti", "bte", "bt"])


def with_honorific(tokens: Sequence[Token]) -> Iterator[tuple[Span, Span]]:
    """Yield "Pak Budi Santoso", "Sdr. Ahmad" and the name within it: what is written like one after an honorific."""
    honorifics = word_set("answers", "honorifics")
    for i, token in enumerate(tokens):
        size = _name_size(tokens, i + 1, token.word) if token.word in honorifics else 0
        if size:
            yield span_of(tokens, i, i + 1 + size), span_of(tokens, i + 1, i + 1 + size)


def told_by_name(tokens: Sequence[Token], *, shouted: bool) -> Iterator[Span]:
    """Yield each name after "bernama", "atas nama" and the like; in a text of capitals only after these two."""
    for i in range(len(tokens)):
        if not (hit := _before().at(tokens, i)):
            continue
        certain = hit[1] in table("masks")["words"]["certain"]
        size = 0 if shouted else _name_size(tokens, i + hit[0], tokens[i + hit[0] - 1].word)
        if size := size or (_any_size(tokens, i + hit[0]) if certain else 0):
            yield span_of(tokens, i + hit[0], i + hit[0] + size)


@cache
def _before() -> Phrases:
    return Phrases((phrase, phrase) for phrase in table("masks")["words"]["before"])


def is_public(tokens: Sequence[Token], i: int, after: int) -> bool:
    """Tell whether these words greet or name an office: "Selamat pagi Pak Budi", "Pak Budi, lurah"."""
    told = table("masks")["words"]
    if _holds_office(tokens, i):
        return True
    if i and tokens[i - 1].word == "namanya":
        return False  # "... belum dapat bantuan, namanya Inaq Sahni"
    around = [token.word for token in [*tokens[max(0, i - 2) : i], *tokens[after : after + 2]]]
    before = [token.word for token in tokens[max(0, i - 3) : i]]
    return any(word in told["offices"] for word in around) or any(word in told["greetings"] for word in before)


def _holds_office(tokens: Sequence[Token], i: int) -> bool:
    """Tell "Kepala Dinas Sosial Kota Mataram, Ibu Wati", "Ketua RT 05 Pak Budi": only the office's own name between."""
    told = table("masks")["words"]
    for token in reversed(tokens[max(0, i - OFFICE_NEAR) : i]):
        if token.word in told["offices"]:
            return True
        if not (token.word.isdecimal() or token.is_name or token.typed.isupper() or token.word in told["of_offices"]):
            return False
        if token.opens:
            return False
    return False


@cache
def _no_names() -> frozenset[str]:
    told = table("masks")["words"]
    listed = word_set("answers", "no_names") | word_set("answers", "honorifics") | word_set("smartcase", "common")
    return listed.union(told["no_names"], told["offices"], told["posts"])


def may_name(token: Token) -> bool:
    """Tell a word that may be somebody's name from an ordinary one that only has a capital: "Saya Memohon"."""
    if _DERIVED.fullmatch(token.word):
        return False
    if token.word in TITLES:
        return token.is_name and not token.opens
    known = table("masks")["words"]
    return token.word not in _no_names() and not any(
        token.word in known[one] for one in ("no_names", "offices", "posts")
    )


def _name_size(tokens: Sequence[Token], i: int, before: str) -> int:
    """Return how many words are written like a name from the i-th on; the full stop of "Sdr." ends no sentence."""
    size = 0
    for after in tokens[i : i + LONGEST]:
        ends = after.opens and (size > 0 or before not in table("masks")["words"]["shortened"])
        if not after.is_name or ends or not may_name(after):
            break
        size += 1
    return size + father_size(tokens, i + size) if size else 0


def father_size(tokens: Sequence[Token], i: int) -> int:
    """Return how many words "binti Abdullah" takes from the i-th on, right after a name; 0 where there is none."""
    if i + 1 >= len(tokens) or tokens[i].word not in FATHERS or tokens[i + 1].opens:
        return 0
    return 2 if tokens[i + 1].typed[0].isupper() else 0


def to_its_end(text: str, span: Span, *, in_capitals: bool) -> Span:
    """Return a name's place with what is left of it right behind: more names, initials, a father's name, degrees.

    Where capitals say nothing a word that is an ordinary one ends the name. In small letters it goes on only right up
    to "dari", "warga" and the like.
    """
    end, is_told = span.end, False
    if (small := _SMALL.match(text, end)) and text[end - 1].islower() and _are_names(small[0]):
        end = small.end()
    for _word in range(MOST_MORE):
        blank = _BLANKS.match(text, end) or (_ends_short(text, end) and _DOT.match(text, end))
        after = blank.end() if blank else end
        if father := blank and _FATHER.match(text, after):
            after, is_told = father.end(), True
        while blank and (short := _ABBREVIATED.match(text, after)):
            after = short.end()
        one = blank and _ONE.match(text, after)
        if not one or not _goes_on(one[0], in_capitals=in_capitals, is_told=is_told):
            break
        end, is_told = one.end(), one[0].lower() in TITLES and is_told
    degrees = _DEGREES.match(text, end)
    return Span(span.start, degrees.end() if degrees else end)


def _ends_short(text: str, end: int) -> bool:
    """Tell whether what ends here is an initial or a title, whose full stop ends no sentence: "Drs.", "H."."""
    last = text[max(0, end - 8) : end].split()[-1:]
    return bool(last) and _ABBREVIATED.fullmatch(f"{last[0]}.") is not None


def _are_names(typed: str) -> bool:
    tokens = tokens_of(typed)
    return all(may_name(token) and not is_common(token.word) and HOME not in known(token.word) for token in tokens)


def _goes_on(typed: str, *, in_capitals: bool, is_told: bool) -> bool:
    """Tell whether the next word belongs to a name: one written like it, or whatever stands after "bin"."""
    (token,) = tokens_of(typed)[:1]
    if is_told:
        return True
    if not typed[0].isupper() or (in_capitals and (is_common(token.word) or token.word in typed_short())):
        return False
    return not typed.isupper() and may_name(token)


def _any_size(tokens: Sequence[Token], i: int) -> int:
    """Return 1 where an unusual word follows, 2 where two do: "bernama budi santoso"."""
    size = 0
    for after in tokens[i : i + 2]:
        if after.opens or not after.word.isalpha() or len(after.word) < 3 or not may_name(after):
            break
        size += 1
    return size
