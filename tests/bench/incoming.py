"""Inbound short messages in mixed order with redeliveries: what each became, and how many a second.

    python -m tests.bench.incoming --messages 20000 --workers 2
    python -m tests.bench.incoming --replay FOLDER/replay_dev.jsonl

The first writes everything itself. The second sends real short messages and prints counts only: the rows are personal
data and go no further than the scratch database, which is dropped at the end.
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
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

Messages = list[tuple[str, str, bytes]]  # the provider's name, the sender, what came
REDELIVERED = 0.2
SENDERS_EACH = 6  # messages of one telephone; far from a flood
KINDS = {"report": 55, "reply": 15, "status": 15, "done": 5, "stop": 2, "empty": 2, "unknown_code": 3, "robot": 3}
SMS_OF = "lapor_kip_2015"  # its rows are short messages to 1708


def main() -> None:
    """Make a scratch database, let the messages come, and print what they became."""
    options = _options()
    os.environ["LAPOR_TEST_DB"] = "bench_incoming"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.testing")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        _prepare()
        os.environ["DATABASE_URL"] = _url_of(settings.DATABASES["default"]["NAME"])
        raws = list(_replayed(options.replay) if options.replay else _written(options.messages, options.seed))
        _run(raws, options)
    finally:
        teardown_databases(scratch, verbosity=0)


def say(line: str) -> None:
    """Print one line of the record."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(raws: Messages, options: argparse.Namespace) -> None:
    redelivered = [] if options.replay else random.Random(options.seed).sample(raws, int(len(raws) * REDELIVERED))
    coming = raws + redelivered
    if not options.replay:
        random.Random(options.seed + 1).shuffle(coming)
    kept = _timed("kept", len(coming), lambda: _spread(_keep, coming, options.workers))
    _timed("understood", kept, lambda: _spread(_understand, [("", "", b"")] * options.workers, options.workers))
    _tell(len(coming), len(raws))


def _tell(came: int, distinct: int) -> None:
    from lapor.intake.models import InboundMessage
    from lapor.reports.models import Report, Response

    rows = InboundMessage.objects.all()
    say(f"{came} deliveries of {distinct} messages; {rows.count()} kept: lost {distinct - rows.count()}")
    for name, field in (("state", "state"), ("became", "became"), ("why a person", "why"), ("deed", "deed")):
        say(f"  {name}: {dict(Counter(rows.values_list(field, flat=True)))}")
    reports = rows.filter(became="report")
    twice = reports.count() - reports.values("report").distinct().count()
    say(f"  reports {Report.objects.count()}, of messages {reports.count()}, two messages of one report {twice}")
    say(f"  replies written {Response.objects.count()}, messages that became one {rows.filter(became='reply').count()}")
    by_agency = Counter(rows.filter(became="report").values_list("report__agency__code", flat=True))
    say(f"  institutions: {dict(by_agency)}")


def _timed(what: str, many: int, work: Callable[[], float]) -> int:
    seconds = work()
    say(f"{what}: {many} in {seconds:.1f} s, {many / seconds:.0f} a second")
    return many


def _spread(job: Callable[[Messages], float], items: Messages, workers: int) -> float:
    """Let so many processes do a job, each with its share; return the seconds of the slowest, its start left out."""
    with mp.get_context("spawn").Pool(workers) as pool:
        return max(pool.map(job, [items[n::workers] for n in range(workers)]))


def _keep(items: Messages) -> float:
    import django

    django.setup()
    from django.utils import timezone

    from lapor.intake.usecases.keep import keep

    begun = time.perf_counter()
    for name, sender, raw in items:
        keep(channel="sms", account="1708", provider_id=name, raw=raw, sender=sender, now=timezone.now())
    return time.perf_counter() - begun


def _understand(_items: Messages) -> float:
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from lapor.intake.usecases.understand import understand_due

    settings.LAPOR_PARSERS = {"sms": "lapor.channels.sms.inbound.read"}
    begun = time.perf_counter()
    while understand_due(now=timezone.now(), worker=str(os.getpid())):
        pass
    return time.perf_counter() - begun


def _written(many: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield (provider's id, sender, raw): each telephone files first, then whatever comes."""
    from tests.builders import draft

    dice = random.Random(seed)
    for n in range(many):
        kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
        text = {
            "report": f"{dice.choice(['UJI', 'Kab. Uji', 'lembaga uji:', ''])} {draft().text} Nomor {n}.",
            "reply": f"BALAS tambahan keterangan {n}",
            "status": dice.choice(["STATUS", "status", "Statsu"]),
            "done": "TUTUP 5",
            "stop": "STOP",
            "empty": "",
            "unknown_code": f"BALAS ABCDE-FGHJ1-7 isi {n}",
            "robot": f"Balasan otomatis {n}",
        }[kind]
        yield f"m-{n}", f"+62812{n // SENDERS_EACH:08d}", urlencode({"text": text}).encode()


def _replayed(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield the short messages of a replay file; each has a telephone of its own, for theirs are not in it."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("source") == SMS_OF]
    for n, row in enumerate(rows):
        yield f"r-{n}", f"+62813{n:08d}", urlencode({"text": row["body"]}).encode()


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
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1708)
    parser.add_argument("--replay", type=Path, help="a replay_dev.jsonl")
    return parser.parse_args()


if __name__ == "__main__":
    main()
