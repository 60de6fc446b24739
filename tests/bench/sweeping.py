"""A sweep with ten thousand clocks due, in as many processes as there are workers."""

from __future__ import annotations

import multiprocessing as mp
import time

DUE = 10_000


def sweep_with_many_due(workers: int) -> tuple[int, float]:
    """Make ten thousand clocks due, sweep with `workers` processes at once; returns how many acted, and the seconds."""
    from django.utils import timezone

    from lapor.agencies.models import Calendar
    from lapor.reports.models import Deadline

    chosen = Deadline.objects.filter(state="running", clock__in=["first_response", "silence"]).order_by("id")
    due = list(chosen.values_list("id", flat=True)[:DUE])
    yesterday = Calendar.objects.get(code="wita").days.get(day=timezone.now().date()).ordinal - 1
    Deadline.objects.filter(pk__in=due).update(due_ordinal=yesterday)
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
