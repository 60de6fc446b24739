"""When, as a date: "kemarin sore pukul 16.30", "sudah 3 bulan", "Kamis lalu", set against the moment of writing.

Values are ISO 8601 in the writer's own time: a day ("2026-03-01"), with an hour ("2026-03-01T16:30"), an hour alone
("T16:30"), a week, month or year ("2026-W09", "2026-02", "2025"), since then ("2026-02/"), between ("T04:00/T08:00"), a
span of hours ("PT6H"). "R" is what comes again and again, "?" what is told but has no date. A proposal, never a fact:
people write "kemarin" for last week too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lapor.language.data import table
from lapor.language.findings import Span
from lapor.language.tokens import LONGEST

AGAIN, VAGUE = "R", "?"
AHEAD = timedelta(days=60)  # a day without a year that is nearer than this lies ahead
MOST = 40  # moments; more are no more help


@dataclass(frozen=True, order=True)
class Moment:
    """Words that say when, and their value in ISO 8601, "R" or "?"."""

    span: Span
    value: str


def moments(text: str, today: date) -> tuple[Moment, ...]:
    """Return the moments a text names, in order, none within another. `today` is the writer's. Linear in the length."""
    text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text[:LONGEST])  # places stay the writer's
    found: list[Moment] = []
    for moment in sorted(_all(text, today), key=lambda one: (one.span.start, -one.span.end)):
        if not found or moment.span.start >= found[-1].span.end:
            found.append(moment)
    return tuple(_since(text, one) for one in _joined(text, found))[:MOST]


def _all(text: str, day: date) -> Iterator[Moment]:
    for pattern, value in _kinds():
        for match in pattern.finditer(text):
            if said := value(match, day):
                yield Moment(Span(*match.span()), said)


def _words(part: str) -> str:
    return "|".join(sorted(table("moments")[part], key=len, reverse=True))


@cache
def _kinds() -> tuple:  # type: ignore[type-arg]
    months, every = _words("months"), f"{_words('months')}|{_words('short_months')}"
    week, unit, number = _words("weekdays"), _words("units"), _words("numbers")
    part = r"(?: (?:pagi|siang|sore|malam|mlm|dini hari|subuh))?"
    told = ((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), value) for pattern, value in (
        (r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", _figures),
        (rf"(\d{{1,2}})[ \-]({every})(?:[ \-](\d{{4}}))?", _written),
        (rf"({months}) (?:sampai|hingga|s/d|-) ({months})(?: lalu)?", _between_months),
        (rf"({every}) (\d{{4}})|({months})", _month),
        (r"(?:tahun|thn|th)\.? (\d{4})", lambda match, day: match[1] if int(match[1]) <= day.year + 1 else ""),
        (rf"(?:hari |hr )?(?:{week})\b.{{0,5}}?malam", _weekday),
        (rf"(?:hari |hr )?(?:{week}){part}(?: lalu| kemarin| kmrn| (?:lo )?ini)?", _weekday),
        (rf"(?:hari |hr )minggu{part}(?: lalu| kemarin| kmrn| ini)?|minggu(?= \d)", _weekday),
        (rf"(?:{_words('days')}){part}|(?:pagi|siang|sore|malam|subuh) (?:ini|tadi)|(?:hari|hr) (?:ini|ni)", _near),
        (rf"(\d{{1,3}}|{number}) (?:{unit})(?: yang| yg)? lalu|(?:{number}|\d{{1,3}}) (?:{unit}) lagi"
         rf"|(?:\d{{1,3}}|{number}|an?) (?:{unit}) ago", _ago),
        (r"(?:seminggu|sebulan|setahun|sehari) (?:yang |yg )?lalu|se(?:minggu|bulan|tahun) terakhir(?: ini)?", _ago),
        (rf"(?:sudah|sdh|udah|udh|sejak|selama|hampir|baru|lebih dari|wis|wes|wah|uah|geus|suba|sampun|ka|lah"
         r"|(?:belum|blm|tidak|tdk|gak?) (?:di\w{3,15}|cair|masuk|jalan|mengalir|ngalir|nyala|menyala|keluar|jadi)) "
         rf"(?:hampir )?(\d{{1,3}}|{number}) ?(?:{unit})", _for),
        (r"(?:sudah |sdh |wis |geus |suba )?(?:(?:sak |sa|se)(?:minggu|bulan|wulan|tahun)|\d{1,2} ?x ?24 ?jam)", _for),
        (rf"(?:\d{{1,2}}|{number}) jam|\d{{1,2}} (?:menit)", _hours),
        (r"(?<!\d )(?:awal |akhir |pertengahan )?(minggu|pekan|bulan|bln|tahun|thn|th) "
         r"(ini|lalu|kemarin|kemaren|kmrn|depan)|last (?:week|month|year)", _calendar),
        (rf"for (?:about |over |almost |more than |the (?:last|past) )?(\d{{1,3}}|{number}|an?) (?:{unit})", _for),
        (rf"(?:setiap|tiap|saban) (?:malam )?(?:{week}|minggu)(?: (?:dan|sampai) (?:{week}|minggu))?{part}", _again),
        (rf"(?:setiap|tiap|saban) (?:kali )?(?:saya |kami )?(?!(?:{_words('no_times')})\b)"
         r"\w+(?: (?:lewat|hari|pagi|malam|sore|minggu|pekan|jumat|sabtu|hujan|pulang|besuk)\b)?", _again),
        (r"(?:per(?= )|\w{1,8} kali|sekali) ?(?:se)?(?:hari|minggu|bulan|tahun)|se(?:hari|minggu|bulan|tahun) sekali"
         r"|siang malam|kalau (?:hujan|malam)|tiap2 \w+", _again),
        (rf"(?:jam|pukul|pkl)\.? ?\d{{1,2}}(?:[.:]\d{{2}})?(?:an)?{part}", _clock),
        (r"sudah lama|udah lama|dari dulu|belakangan|(?:beberapa|berapa|bbrp) (?:hari|minggu|bulan|tahun)(?: terakhir)?"
         r"|ber(?:hari|minggu|bulan|tahun)-\w+|puluhan tahun|musim \w+(?: ini)?|tengah malam|sebelum subuh|dini hari"
         r"|sampai (?:kini|sekarang)|akhir-akhir ini", lambda *_: VAGUE),
    ))  # fmt: skip
    return tuple(told)


Match = re.Match[str]


def _figures(match: Match, day: date) -> str:
    year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
    found = _day(year, int(match[2]), int(match[1]))
    return found.isoformat() if found and found.year <= day.year + 1 else ""


def _written(match: Match, day: date) -> str:
    month = _month_of(match[2])
    number = int(match[1])
    found = _day(int(match[3]), month, number) if match[3] else _nearest(day, month, number)
    return found.isoformat() if found else ""


def _nearest(day: date, month: int, number: int) -> date | None:
    """Return the last such day, or the one that lies just ahead."""
    for year in (day.year + 1, day.year, day.year - 1):
        if (found := _day(year, month, number)) and found <= day + AHEAD:
            return found
    return None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _month_of(word: str) -> int:
    return int({**table("moments")["months"], **table("moments")["short_months"]}[word])


def _month(match: Match, day: date) -> str:
    month = _month_of(match[1] or match[3])
    if match[2]:
        year = int(match[2])
        return f"{year}-{month:02}" if 1900 <= year <= day.year + 1 else ""
    return f"{_year_of(month, day)}-{month:02}"


def _year_of(month: int, day: date) -> int:
    return day.year if month <= day.month + 1 else day.year - 1


def _between_months(match: Match, day: date) -> str:
    first, last = _month_of(match[1]), _month_of(match[2])
    year = _year_of(last, day)
    return f"{year - (first > last)}-{first:02}/{year}-{last:02}"


def _weekday(match: Match, day: date) -> str:
    words = match.group().split()
    number = next((table("moments")["weekdays"][word] for word in words if word in table("moments")["weekdays"]), 6)
    back = (day.weekday() - number) % 7 or (0 if words[-1] == "ini" else 7)
    return (day - timedelta(days=back)).isoformat()


def _near(match: Match, day: date) -> str:
    words = match.group().split()
    known = table("moments")["days"]
    days = known.get(" ".join(words[:2]), known.get(words[0], 0))
    if words[0] in ("tadi", "td", "malam") and words[-1] in ("malam", "tadi") and len(words) > 1 and "malam" in words:
        days = -1
    return (day + timedelta(days=days)).isoformat()


def _count(text: str) -> int:
    for word in re.findall(r"\d+|[^\W\d]+", text):
        if word.isdecimal():
            return int(word)
        if word in table("moments")["numbers"]:
            return int(table("moments")["numbers"][word])
    return 1


def _unit(text: str) -> str:
    for word in re.findall(r"[^\W\d]+", text):
        for known in (word, word.removeprefix("se"), word.removeprefix("sa")):
            if known in table("moments")["units"]:
                return str(table("moments")["units"][known])
    return "day"


def _back(match: Match, day: date) -> str:
    """Return the day, month or year that lies as far back as these words say."""
    count, unit = _count(match.group()), _unit(match.group())
    if match.group().endswith("lagi"):
        count = -count
    if unit == "year":
        return str(max(1, day.year - count))
    if unit == "month":
        months = max(12, day.year * 12 + day.month - 1 - count)
        return f"{months // 12}-{months % 12 + 1:02}"
    try:
        return (day - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    except OverflowError:
        return VAGUE


def _ago(match: Match, day: date) -> str:
    if _unit(match.group()) == "hour":
        return f"-PT{_count(match.group())}H"
    return _back(match, day) + ("/" if "terakhir" in match.group() else "")


def _for(match: Match, day: date) -> str:
    said = match.group()
    if "24" in said and "x" in said:
        return (day - timedelta(days=_count(said))).isoformat() + "/"
    return f"PT{_count(said)}H" if _unit(said) == "hour" else _back(match, day) + "/"


def _hours(match: Match, day: date) -> str:
    return f"PT{_count(match.group())}{'M' if 'menit' in match.group() else 'H'}"


def _calendar(match: Match, day: date) -> str:
    unit, step = _unit(match.group()), {"ini": 0, "depan": 1}.get(match.group().split()[-1], -1)
    if unit == "week":
        year, week, _ = (day + timedelta(weeks=step)).isocalendar()
        return f"{year}-W{week:02}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02}"
    return str(day.year + step)


def _again(match: Match, day: date) -> str:
    return AGAIN


def _clock(match: Match, day: date) -> str:
    hour, minute, *_rest = [int(part) for part in re.findall(r"\d{1,2}", match.group())] + [0]
    if hour > 24 or minute > 59:
        return ""
    return f"T{_of_day(hour, match.group()):02}:{minute:02}"


def _of_day(hour: int, words: str) -> int:
    """Return "jam 9 malam" as 21, "jam 2 malam" as 2, "jam 1 siang" as 13."""
    is_night = "malam" in words or "mlm" in words
    if hour >= 12:
        return 0 if hour == 24 or (hour == 12 and is_night) else hour
    later = (is_night and hour >= 6) or "sore" in words or ("siang" in words and hour <= 5)
    return hour + 12 if later else hour


_BETWEEN = re.compile(r",? ?(?:tanggal |tgl\.? |sekitar |sktr |kira-kira |pada |dan menjelang )*")


def _joined(text: str, found: list[Moment]) -> Iterator[Moment]:
    """Yield a weekday with its date, a day with its hour, and from one hour to another, as one moment each."""
    held: Moment | None = None
    for moment in found:
        one = held and _one(text, held, moment)
        if held and not one:
            yield held
        held = one or moment
    if held:
        yield held


_DAY, _HOUR = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"T\d{2}:\d{2}")


def _one(text: str, first: Moment, second: Moment) -> Moment | None:
    between = text[first.span.end : second.span.start]
    span = Span(first.span.start, second.span.end)
    if _HOUR.fullmatch(first.value) and _HOUR.fullmatch(second.value):
        return (
            Moment(span, f"{first.value}/{second.value}")
            if between.strip() in ("sampai", "hingga", "s/d", "-")
            else None
        )
    if not _BETWEEN.fullmatch(between) or AGAIN in (first.value, second.value):
        return _again_at(first, second, span, between)
    if _DAY.fullmatch(first.value) and _DAY.fullmatch(second.value):
        return Moment(span, second.value)
    for day, hour in ((first, second), (second, first)):
        if _DAY.fullmatch(day.value) and _HOUR.fullmatch(hour.value):
            part = _of_day(int(hour.value[1:3]), day.span.of(text)) if day is first else int(hour.value[1:3])
            return Moment(span, f"{day.value}T{part:02}{hour.value[3:]}")
    return None


def _again_at(first: Moment, second: Moment, span: Span, between: str) -> Moment | None:
    """ "Setiap malam jam 2": what comes again stays so with its hour."""
    if first.value == AGAIN and between in (" ", " antara ", " sekitar ") and second.value.startswith("T"):
        return Moment(span, AGAIN)
    return None


_SINCE = re.compile(
    r"(?:^|\W)((?:sejak|semenjak|dari|dr|mulai|per|ti|sedari)(?: (?:tanggal|tgl\.?|hari|hr|bulan|bln|awal|akhir))?"
    r"|since|(?:sejak|semenjak) (?:[^\W\d]+ ){1,5}(?:pada |di )?)\s*$"
)


def _since(text: str, moment: Moment) -> Moment:
    """ "Sejak Januari", "sejak didaftarkan pada 4 Juli 2023": from then until now."""
    before = _SINCE.search(text, max(0, moment.span.start - 60), moment.span.start)
    if before is None or "/" in moment.value or moment.value in (AGAIN, VAGUE) or moment.value.startswith(("P", "-")):
        return moment
    return Moment(Span(before.start(1), moment.span.end), f"{moment.value}/")
