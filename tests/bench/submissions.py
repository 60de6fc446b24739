"""Durable submissions per second through the use case, in as many processes as there are clients."""

from __future__ import annotations

import multiprocessing as mp
import time
import uuid

from tests.bench.figures import Figure, figure

TEXT = "Lampu jalan padam sejak pekan lalu di depan sekolah, mohon diperbaiki segera."


def through_the_use_case(clients: int, seconds: float) -> Figure:
    """Let `clients` processes submit for `seconds`; each submission returns only after COMMIT."""
    context = mp.get_context("spawn")
    with context.Pool(clients) as pool:
        begun = time.perf_counter()
        parts = pool.starmap(_submit, [(number, seconds) for number in range(clients)])
    taken = [one for part, _ in parts for one in part]
    return figure(taken, max(wall for _, wall in parts) if parts else time.perf_counter() - begun)


def _submit(number: int, seconds: float) -> tuple[list[float], float]:
    import django

    django.setup()
    from django.utils import timezone

    from lapor.kernel.actor import reporter_with_code
    from lapor.reports.drafts import Draft
    from lapor.reports.usecases.submit import submit_report

    taken: list[float] = []
    draft = Draft(text=TEXT, agency=f"kota-bench-{number % 40}")
    submit_report(draft, actor=reporter_with_code(), now=timezone.now(), key=str(uuid.uuid4()))
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        start = time.perf_counter()
        submit_report(draft, actor=reporter_with_code(), now=timezone.now(), key=str(uuid.uuid4()))
        taken.append(time.perf_counter() - start)
    return taken, time.perf_counter() - begun
