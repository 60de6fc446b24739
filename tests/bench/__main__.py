"""`make bench`: speed and survival on a million reports, each figure beside pgbench on the same cluster.

Options: --reports N (default 1,000,000), --seconds S for each throughput run, --only-pages, --only-http, --keep leaves
the cluster in place.
Results go to the screen and to `.lapor/bench/result.json`; the log of the kills to `.lapor/bench/kills.log`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

STATE = Path(".lapor/bench").resolve()
CLIENTS = 4
RESULT: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cpus": os.cpu_count()}


def main() -> None:
    """Run every part in order."""
    wanted = _options()
    os.environ.update(LAPOR_STATE=str(STATE), DJANGO_SETTINGS_MODULE="lapor.config.settings", LAPOR_LOG_LEVEL="ERROR")
    os.environ.pop("DATABASE_URL", None)
    from lapor.ops.localdb.places import places
    from lapor.ops.localdb.server import running

    with running(places(STATE)):
        import django

        django.setup()
        _load(wanted.reports)
        if not wanted.only_http:
            _measure_pages(wanted.seconds)
            if not wanted.only_pages:
                _measure_work(wanted.seconds)
    if not wanted.only_pages:
        _over_http(wanted.seconds, wanted.kills)
    (STATE / "result.json").write_text(json.dumps(RESULT, indent=2))
    say(f"written: {STATE / 'result.json'}")
    if not wanted.keep:
        shutil.rmtree(STATE / "database", ignore_errors=True)


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stdout.write(f"{datetime.now(UTC):%H:%M:%S}  {line}\n")
    sys.stdout.flush()


def note(name: str, figure: Any) -> None:
    """Show and keep one figure."""
    say(f"{name:34} {figure}")
    RESULT[name] = getattr(figure, "__dict__", figure)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--kills", type=int, default=1_000, help="acknowledged submissions under fire")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--only-http", action="store_true", help="skip the pages and the use case")
    only.add_argument("--only-pages", action="store_true", help="the pages and the yardstick, nothing else")
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def _load(many: int) -> None:
    from django.core.management import call_command
    from tests.bench import load

    from lapor.agencies.seeds.planting import plant
    from lapor.reports.models import Report

    call_command("migrate", verbosity=0)
    plant()
    if Report.objects.count() < many:
        load.prepare(many, load.ordinal_of(datetime.now(UTC).date()), say)
    RESULT["reports"] = Report.objects.count()


def _measure_pages(seconds: float) -> None:
    from tests.bench import pages

    from lapor.ops.front_end import publish

    publish()
    import_module("lapor.config.wsgi")  # what a web process does before its first reader
    _yardstick(seconds)
    asked = (pages.of_the_desk, pages.of_the_rest, pages.of_the_citizen, pages.of_the_public, pages.of_the_figures)
    for name, figure in chain.from_iterable(of(60) for of in asked):
        note(name, figure)


def _measure_work(seconds: float) -> None:
    from tests.bench import submissions, sweeping

    note("submissions through the use case", submissions.through_the_use_case(CLIENTS, seconds))
    done, wall = sweeping.sweep_with_many_due(CLIENTS)
    note("sweep with 10,000 due", f"{done} clocks in {wall:.1f} s, {done / wall:.0f}/s with {CLIENTS} workers")


def _yardstick(seconds: float) -> None:
    from django.db import connection
    from tests.bench.yardstick import measure

    from lapor.ops.localdb.binaries import find_binaries

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'yardstick'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE yardstick")
    chosen = connection.get_connection_params()
    place = {"PGHOST": chosen["host"], "PGUSER": chosen["user"], "PGPASSWORD": chosen["password"]}
    note("pgbench", measure(find_binaries().folder, {**os.environ, **place}, CLIENTS, int(seconds)))


def _over_http(seconds: float, kills: int) -> None:
    from tests.bench.kills import storm, wait_for

    port = _free_port()
    lapor = Path(sys.executable).with_name("lapor")
    log_file = (STATE / "kills.log").open("w")
    product = subprocess.Popen([lapor, "up", "--port", str(port)], stdout=log_file, stderr=log_file, env=os.environ)
    try:
        wait_for(port)
        note("submissions over HTTP", _http_storm(port, seconds))

        def log(line: str) -> None:
            say(line)
            log_file.write(f"{datetime.now(UTC).isoformat(timespec='milliseconds')} {line}\n")
            log_file.flush()

        keys = storm(port, kills, product.pid, log)
        wait_for(port)
        found = _count(keys)
        log(f"{len(keys)} acknowledged; in the database: {found}")
        RESULT["kill -9"] = {"acknowledged": len(keys), **found}
    finally:
        product.send_signal(signal.SIGINT)
        product.wait(60)


def _http_storm(port: int, seconds: float, clients: int = 8) -> Any:
    from tests.bench.citizen import Citizen
    from tests.bench.figures import figure

    taken: list[float] = []
    until = time.monotonic() + seconds

    def file(number: int) -> None:
        citizen = Citizen(port)
        citizen.files("Laporan pertama untuk pemanasan, lampu padam di depan pasar.", "")
        while time.monotonic() < until:
            taken.append(
                citizen.files("Lampu jalan padam sejak pekan lalu di depan sekolah.", f"kota-bench-{number}")[1]
            )

    threads = [threading.Thread(target=file, args=(number,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figure(taken, time.perf_counter() - begun)


def _count(keys: list[str]) -> dict[str, int]:
    """Count what the database has for the acknowledged keys."""
    from django.db import connection

    from lapor.reports.models import IdempotencyKey, Report

    connection.close()
    kept = list(IdempotencyKey.objects.filter(key__in=keys).values_list("key", "report"))
    reports = {report for _, report in kept}
    there = Report.objects.filter(pk__in=reports).count()
    return {"reports": there, "missing": len(set(keys)) - len(kept), "double": len(kept) - len(reports)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
