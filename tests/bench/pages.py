"""Server time of the pages people wait for, whole view and template, and the sweep with ten thousand due."""

from __future__ import annotations

import multiprocessing as mp
import time
from collections.abc import Iterator

from django.test import Client
from django.utils import timezone
from tests.bench.figures import Figure, repeat

from lapor.agencies.models import Calendar
from lapor.identity.models import Account
from lapor.kernel.actor import Actor
from lapor.reports.models import Deadline, Report
from lapor.reports.queries import inbox

DUE = 10_000


def of_the_desk(times: int) -> Iterator[tuple[str, Figure]]:
    """Time the inbox of the busiest institution: first page, hundredth page, counts of the tabs."""
    from lapor.agencies.queries.roles import actors_of

    account = Account.objects.get(login="bench-admin")
    actor = actors_of(account, timezone.now())[0]
    client = Client()
    client.force_login(account)
    yield "desk inbox, first page", repeat(lambda: _ok(client, "/meja/?tab=disposed"), times)
    after = _cursor_of_page(actor, 100)
    yield "desk inbox, page 100", repeat(lambda: _ok(client, f"/meja/?tab=disposed&after={after}"), times)
    yield "tab counts alone", repeat(lambda: inbox.tabs(actor), times)
    code = Report.objects.filter(agency=actor.desk, status="disposed").order_by("-id")[0].code
    yield "case", repeat(lambda: _ok(client, f"/meja/laporan/{code}/"), times)


def of_the_citizen(times: int) -> Iterator[tuple[str, Figure]]:
    """Time home, form, public list and tracking."""
    client = Client()
    for name, path in (("home", "/"), ("form", "/lapor/"), ("public list", "/publik/")):
        yield name, repeat(lambda path=path: _ok(client, path), times)  # type: ignore[misc]
    code = Report.objects.filter(status="disposed").order_by("-id")[0].code
    client.post("/lacak/", {"code": code})
    yield "tracking page", repeat(lambda: _ok(client, "/lacak/"), times)


def _ok(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def _cursor_of_page(actor: Actor, page: int) -> str:
    after = ""
    for _ in range(page - 1):
        after = inbox.inbox(actor, inbox.Tab.DISPOSED, now=timezone.now(), after=after).older
        if not after:
            raise RuntimeError("the busiest desk has fewer pages than that")
    return after


def sweep_with_many_due(workers: int) -> tuple[int, float]:
    """Make ten thousand clocks due, sweep with `workers` processes at once; returns how many acted, and the seconds."""
    ids = Deadline.objects.filter(state="running", clock__in=["first_response", "silence"]).order_by("id")
    chosen = list(ids.values_list("id", flat=True)[:DUE])
    yesterday = Calendar.objects.get(code="wita").days.get(day=timezone.now().date()).ordinal - 1
    Deadline.objects.filter(pk__in=chosen).update(due_ordinal=yesterday)
    with mp.get_context("spawn").Pool(workers) as pool:
        begun = time.perf_counter()
        done = sum(pool.map(_sweep, range(workers)))
        return done, time.perf_counter() - begun


def _sweep(_number: int) -> int:
    import django

    django.setup()
    from django.utils import timezone

    from lapor.reports.usecases.sweep import sweep

    done, idle = 0, 0
    while idle < 3:
        result = sweep(now=timezone.now(), limit=200)
        done += result.acted + result.breached
        idle = idle + 1 if not result.acted + result.breached else 0
    return done
