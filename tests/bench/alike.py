"""Ten candidates out of a million: how long the index of traces takes, and what it finds of pairs that were read.

    python -m tests.bench.alike --reports 1000000 --data ../shared/data

Needs DATABASE_URL of a cluster in which it may create a database of its own (`lapor_alike`), which it keeps with
--keep. One institution has all the reports, spread over three years: the worst case, for the index keeps institutions
apart. Words are drawn as they are in texts, few often and most seldom, and one in three texts names a street.

The pairs of --data (`duplicates/gold*.csv`) are filed among its stream, the first text before the second by their
days; a pair whose first text is not among the ten candidates scores 0, whatever a comparison of the two would say.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

DATABASE = "lapor_alike"
WORDS, STREETS, PEOPLE_WRITE = 30_000, 4_000, (8, 45)  # kinds of words and of streets; words of a text
BATCH, ASKED, CANDIDATES = 10_000, 200, 10
YEARS = timedelta(days=3 * 365)
BEGIN = datetime(2023, 1, 1, tzinfo=UTC)
_REPORTS = """
INSERT INTO reports_report (code, number, status, holder, agency_id, version, channel, title, classification, tags,
    place_note, is_anonymous, is_secret, is_blocked, profile, profile_version, received_at, close_reason,
    archive_reason, answer_waiting, back_status, back_holder, unit_returns, agency_returns, restored, reopened,
    objections, breaches_noticed, source, source_ref, set_aside_why)
SELECT 'T' || n, 'ALK-' || n, 'closed', 'nobody', agency, 1, 'web', title, 'complaint', '[]', '', false, false, false,
    'kota-mataram', '2023', at, 'confirmed', '', false, '', '', 0, 0, 0, 0, 0, 0, '', '', ''
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[]) rows (n, agency, title, at) RETURNING id
"""


def main() -> None:
    """Fill, ask, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.alike")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, help="the folder with duplicates/ and replay/")
    parser.add_argument("--keep", action="store_true", help="leave the database, and use the one that was left")
    wanted = parser.parse_args()
    _own_database(keep=wanted.keep)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _fill(wanted.reports)
    _time(wanted.reports)
    if wanted.data:
        _judge(wanted.data)


def _say(name: str, figure: Any) -> None:
    sys.stdout.write(f"{name:52} {figure}\n")
    sys.stdout.flush()


def _own_database(*, keep: bool) -> None:
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        if not keep:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.testing")


# --- A million reports --------------------------------------------------------------------------


def _fill(many: int) -> None:
    from lapor.reports.models import Trace

    there = Trace.objects.count()
    if there >= many:
        return
    begun, city = time.perf_counter(), _institution("kota-uji-banyak")
    firsts = range(there, many, BATCH)
    with ProcessPoolExecutor(2) as made:
        for first, rows in zip(firsts, made.map(_made, firsts, [city] * len(firsts)), strict=True):
            _write(rows, city, first)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE reports_trace")
        cursor.execute("ANALYZE reports_report")
        cursor.execute("SELECT pg_total_relation_size('reports_trace'), pg_relation_size('alike_by_traces')")
        whole, index = cursor.fetchone()
    _say("loaded in (s)", round(time.perf_counter() - begun))
    _say("table with indexes, GIN alone (MB)", f"{whole / 1e6:.0f}, {index / 1e6:.0f}")


def _made(first: int, agency: int) -> list[tuple[str, datetime, list[int]]]:
    """Return texts, moments and keys of the reports from `first` on."""
    from lapor.language.traces import traces_of
    from lapor.reports.queries.alike import keys_of

    made = []
    for n in range(first, first + BATCH):
        text, at = _text(n), BEGIN + YEARS * (n / 1_000_000)
        made.append((text, at, keys_of(traces_of(text), agency, at.toordinal())))
    return made


def _text(n: int) -> str:
    """Return the text of report n, the same each time: one in fifty says again what one of the day before said."""
    if n % 50 == 7 and n > 1_000:
        said = _text(n - 900 - n % 5)
        return f"Mohon {said} tolong segera"
    chance = random.Random(n)
    names, weights = _vocabulary()
    words = chance.choices(names, cum_weights=weights, k=chance.randint(*PEOPLE_WRITE))
    where = f" di Jl. {_name(chance.randrange(STREETS)).title()}" if n % 3 == 0 else ""
    return " ".join(words) + where


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    return [_name(n) for n in range(WORDS)], list(accumulate(1 / (n + 3) for n in range(WORDS)))


def _name(n: int) -> str:
    """Return a made-up word for a number: syllables, so that no two have the same stem."""
    syllables = [a + b for a in "bcdgjklmnprstw" for b in "aiuo"]
    found = ""
    n += 7_000
    while n:
        n, rest = divmod(n, len(syllables))
        found += syllables[rest]
    return f"{found}x"


def _write(rows: list[tuple[str, datetime, list[int]]], agency: int, first: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        numbers = list(range(first, first + len(rows)))
        titles = [text[:60] for text, _at, _keys in rows]
        cursor.execute(_REPORTS, [numbers, [agency] * len(rows), titles, [at for _text, at, _keys in rows]])
        ids = [pk for (pk,) in cursor.fetchall()]
        with cursor.copy("COPY reports_reporttext (report_id, original_title, original, published) FROM STDIN") as out:
            for pk, title, (text, _at, _keys) in zip(ids, titles, rows, strict=True):
                out.write_row((pk, title, text, text))
        with cursor.copy("COPY reports_trace (report_id, agency_id, day, keys) FROM STDIN") as out:
            for pk, (_text, at, keys) in zip(ids, rows, strict=True):
                out.write_row((pk, agency, at.toordinal(), keys))


def _institution(code: str) -> int:
    from lapor.agencies.models import Agency, Calendar

    calendar, _is_new = Calendar.objects.get_or_create(code="wita", defaults={"name": "WITA", "zone": "Asia/Makassar"})
    shape = {"name": code, "kind": "institution", "calendar": calendar, "profile": "nasional"}
    found, _is_new = Agency.objects.get_or_create(code=code, defaults=shape)
    return int(found.pk)


# --- How long -----------------------------------------------------------------------------------


def _time(many: int) -> None:
    from django.db import connection

    from lapor.kernel.actor import Actor
    from lapor.reports.models import Report, ReportText
    from lapor.reports.queries.alike import candidates
    from lapor.sop.vocabulary import Role
    from lapor.triage.same import same_as

    city = _institution("kota-uji-banyak")
    actor, newest = Actor(Role.AGENCY_ADMIN, desk=city), Report.objects.filter(agency=city).order_by("-id")
    spent: list[float] = []

    def timed(execute: Any, *rest: Any) -> Any:
        begun = time.perf_counter()
        done = execute(*rest)
        spent[-1] += time.perf_counter() - begun
        return done

    asked = list(newest[: ASKED * 40 : 40])
    texts = dict(ReportText.objects.filter(report__in=asked).values_list("report", "published"))
    whole, found = [], []
    for report in asked:
        spent.append(0.0)
        begun = time.perf_counter()
        with connection.execute_wrapper(timed):
            found.append(len(candidates(actor, report, texts[report.pk], most=CANDIDATES).rows))
        whole.append(time.perf_counter() - begun)
    explained = []
    for report in asked[:50]:
        begun = time.perf_counter()
        same_as(actor, report, texts[report.pk])
        explained.append(time.perf_counter() - begun)
    again = [n for n in range(many - 40_000, many) if n % 50 == 7][:ASKED]
    hits = sum(_finds(actor, n) for n in again)
    _say("reports in the table", Report.objects.count())
    _say("queries with ten candidates", f"{sum(n == CANDIDATES for n in found)} of {len(found)}")
    _say("server and driver, ms: median, 95 %, most", _spread(spent))
    _say("whole call, ms: median, 95 %, most", _spread(whole))
    _say("with comparison and reasons, ms", _spread(explained))
    _say("said again the day after: first among ten", f"{hits} of {len(again)}")


def _finds(actor: Any, n: int) -> bool:
    from lapor.reports.models import Report
    from lapor.reports.queries.alike import candidates

    report = Report.objects.get(number=f"ALK-{n}")
    rows = candidates(actor, report, _text(n), most=CANDIDATES).rows
    return any(row.number == f"ALK-{n - 900 - n % 5}" for row in rows)


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    picked = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    return ", ".join(f"{1_000 * one:.1f}" for one in picked)


# --- What is found ------------------------------------------------------------------------------


def _judge(data: Path) -> None:
    from lapor.ops.evaluate.measures.duplicates import average_precision, precision_at

    pairs = list(_read(data, "duplicates/gold*.csv"))
    told = {row[side] for row in pairs for side in ("text_a", "text_b")}
    city = _institution("kota-uji-arus")
    stream = [(f"{row['title'] or ''}\n{row['body']}", datetime.fromisoformat(row["received_at"]))
              for row in _rows(data) if row["body"] not in told]  # fmt: skip
    _file(city, stream, 10_000_000)
    scored, missed = [], 0
    for number, pair in enumerate(pair for pair in pairs if pair["label"] != "unsure"):
        score = _score(city, pair, 20_000_000 + 2 * number)
        scored.append((score, pair["label"] == "duplicate"))
        missed += score == 0 and pair["label"] == "duplicate"
    _say("filed in the stream", len(stream))
    _say("duplicates not among the candidates", f"{missed} of {sum(same for _s, same in scored)}")
    _say("pairs read, through the index: average precision", f"{average_precision(scored):.3f}")
    _say("pairs read, through the index: precision at recall .8", f"{precision_at(scored):.3f}")


def _score(city: int, pair: dict[str, str], number: int) -> float:
    """File both texts of a pair in the midst of the stream, ask for the second, and take them out again."""
    from django.db import transaction

    from lapor.kernel.actor import Actor
    from lapor.reports.models import Report
    from lapor.sop.vocabulary import Role
    from lapor.triage.same import same_as

    later = datetime(2022, 9, 1, tzinfo=UTC)
    earlier = later - timedelta(days=float(pair["day_gap"]))
    with transaction.atomic():
        _file(city, [(pair["text_a"], earlier), (pair["text_b"], later)], number)
        asked = Report.objects.get(number=f"ALK-{number + 1}")
        found = same_as(Actor(Role.AGENCY_ADMIN, desk=city), asked, pair["text_b"], most=CANDIDATES)
        transaction.set_rollback(True)
    return next((one.score for one in found if one.number == f"ALK-{number}"), 0.0)


def _file(city: int, told: list[tuple[str, datetime]], first: int) -> None:
    from lapor.language.traces import traces_of
    from lapor.reports.models import Report
    from lapor.reports.queries.alike import keys_of

    if Report.objects.filter(number=f"ALK-{first}").exists():
        return
    rows = [(text, at, keys_of(traces_of(text), city, at.toordinal())) for text, at in told]
    _write(rows, city, first)


def _read(data: Path, pattern: str) -> Iterator[dict[str, str]]:
    with next(data.glob(pattern)).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _rows(data: Path) -> Iterator[dict[str, Any]]:
    with next(data.glob("replay/replay*.jsonl")).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
