"""Inbound messages of every channel in mixed order with redeliveries: what each became, and how many a second.

    python -m tests.bench.incoming --messages 20000 --workers 2
    python -m tests.bench.incoming --channels whatsapp,x --messages 2000
    python -m tests.bench.incoming --replay FOLDER/replay_dev.jsonl

The first two write everything themselves, and bring it through each channel's own door (tests/bench/ways.py). The
third sends real short messages and prints counts only: the rows are personal data and go no further than the scratch
database, which is dropped at the end.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.bench.ways import WAYS, Words, set_up

REDELIVERED = 0.2
SENDERS_EACH = 6  # messages of one person; far from a flood
KINDS = {"report": 55, "reply": 15, "status": 15, "done": 5, "stop": 2, "empty": 2, "unknown_code": 3, "robot": 3}
GUIDED = ("report", "skip", "place", "send", "status", "reply")  # what one person sends where filing is guided
SMS_OF = "lapor_kip_2015"  # its rows are short messages to 1708
COLUMNS = ("report", "reply", "command", "repeat", "nothing")


def main() -> None:
    """Make a scratch database, let the messages come, and print what they became."""
    options = _options()
    os.environ["LAPOR_TEST_DB"] = f"bench_incoming_{os.getpid()}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.testing")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        _prepare()
        os.environ["DATABASE_URL"] = _url_of(settings.DATABASES["default"]["NAME"])
        for channel in ["sms"] if options.replay else options.channels:
            _run(channel, options)
    finally:
        teardown_databases(scratch, verbosity=0)


def say(line: str) -> None:
    """Print one line of the record."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(channel: str, options: argparse.Namespace) -> None:
    """Let everything of one channel come in and be understood, and say what became of it."""
    way, dice = WAYS[channel], random.Random(options.seed)
    wanted = list(_replayed(options.replay) if options.replay else _written(options.messages, dice, guided=way.guided))
    again = 0.0 if options.replay or way.polled else REDELIVERED
    coming = _mixed(wanted, again, dice)
    hands = 1 if way.polled else options.workers
    brought = _spread(_bring, [(channel, [w for w in coming if w.person % hands == n]) for n in range(hands)])
    read = _spread(_understand, [timedelta(days=int(way.polled))] * options.workers)
    deliveries = int(len(wanted) * (1 + REDELIVERED)) if way.polled else len(coming)
    _tell(channel, deliveries, len(wanted), deliveries / brought, len(wanted) / read)


def _tell(channel: str, came: int, distinct: int, brought: float, read: float) -> None:
    from django.db.models import Count

    from lapor.intake.models import InboundMessage

    rows = InboundMessage.objects.filter(channel=channel)
    became = Counter(rows.values_list("became", flat=True))
    states = Counter(rows.values_list("state", flat=True))
    of_reports = rows.filter(became="report")
    twice = of_reports.values("report").annotate(n=Count("pk")).filter(n__gt=1).count()
    counts = ", ".join(f"{name} {became[name]}" for name in COLUMNS)
    say(f"{channel}: {came} deliveries of {distinct} messages; {rows.count()} kept, lost {distinct - rows.count()}")
    say(f"  {counts}; for a person {states['for_person']}, set aside {states['dead'] + states['quarantined']}")
    say(f"  unread {states['waiting']}; reports made twice {twice}; replies {_replies(rows)}")
    say(f"  why: {dict(Counter(rows.exclude(why='').values_list('why', flat=True)))}")
    say(f"  steps: {dict(Counter(rows.exclude(deed='').values_list('deed', flat=True)))}")
    say(f"  institutions: {dict(Counter(of_reports.values_list('report__agency__code', flat=True)))}")
    say(f"  brought in {brought:.0f} a second, understood {read:.0f} a second")


def _replies(rows: Any) -> str:
    """Return how many replies are written on these messages' reports, against how many messages became one."""
    from lapor.reports.models import Response

    reports = rows.filter(became="report").values("report")
    written = Response.objects.filter(report__in=reports).count()
    return f"{written} written of {rows.filter(became='reply').count()}"


def _spread(job: Callable[[Any], float], shares: Sequence[Any]) -> float:
    """Let a process do each share; return the seconds of the slowest, its start left out."""
    with mp.get_context("spawn").Pool(len(shares)) as pool:
        return max(pool.map(job, shares))


def _bring(share: tuple[str, list[Words]]) -> float:
    import django

    django.setup()
    set_up()
    channel, words = share
    return WAYS[channel].bring(words)


def _understand(ahead: timedelta) -> float:
    """Understand everything; pollers lived a little in the future, so that they need not rest."""
    import django

    django.setup()
    set_up()
    from django.utils import timezone

    from lapor.intake.usecases.understand import understand_due

    begun = time.perf_counter()
    while understand_due(now=timezone.now() + ahead, worker=str(os.getpid())):
        pass
    return time.perf_counter() - begun


def _written(many: int, dice: random.Random, *, guided: bool) -> Iterator[Words]:
    """Yield messages in the order in which each person writes them: six each."""
    from tests.builders import draft

    for n in range(many):
        step = GUIDED[n % SENDERS_EACH] if guided else ""
        kind = step or dice.choices(list(KINDS), list(KINDS.values()))[0]
        text = {
            "report": f"{dice.choice(['UJI', 'Kab. Uji', 'lembaga uji:', ''])} {draft().text} Nomor {n}.",
            "reply": f"BALAS tambahan keterangan {n}",
            "status": dice.choice(["STATUS", "status", "Statsu"]),
            "done": "TUTUP 5",
            "stop": "STOP",
            "unknown_code": f"BALAS ABCDE-FGHJ1-7 isi {n}",
            "robot": f"Balasan otomatis {n}",
        }.get(kind, "")
        yield Words(n, n // SENDERS_EACH, kind, text)


def _mixed(wanted: list[Words], again: float, dice: random.Random) -> list[Words]:
    """Return all messages in mixed order, a share of them once more at any time later; nobody's own order changes."""
    of: dict[int, list[Words]] = {}
    for words in wanted:
        of.setdefault(words.person, []).append(words)
    for words in dice.sample(wanted, int(len(wanted) * again)):
        own = of[words.person]
        own.insert(dice.randint(own.index(words) + 1, len(own)), words)
    turns = [person for person, own in of.items() for _ in own]
    dice.shuffle(turns)
    left = {person: iter(own) for person, own in of.items()}
    return [next(left[person]) for person in turns]


def _replayed(path: Path) -> Iterator[Words]:
    """Yield the short messages of a replay file; each has a telephone of its own, for theirs are not in it."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("source") == SMS_OF]
    for n, row in enumerate(rows):
        yield Words(n, n, "report", row["body"])


def _prepare() -> None:
    from tests import database
    from tests.builders import build_world

    from lapor.agencies.models import Agency, Keyword

    database.fill()
    build_world()
    for word, code in {"UJI": "kota-uji", "KABUJI": "kota-uji", "LEMBAGAUJI": "lembaga-uji"}.items():
        Keyword.objects.create(word=word, agency=Agency.objects.get(code=code))


def _url_of(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--channels", type=lambda names: names.split(","), default=list(WAYS), help=", ".join(WAYS))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1708)
    parser.add_argument("--replay", type=Path, help="a replay_dev.jsonl")
    return parser.parse_args()


if __name__ == "__main__":
    main()
