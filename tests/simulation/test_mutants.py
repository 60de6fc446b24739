"""Each seeded bug is found by the simulation. `pytest -rA` tells after how many steps, and by which rule."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.simulation.machine import Life
from tests.simulation.mutants import MUTANTS, Mutant

SETTINGS = settings(
    max_examples=100,
    stateful_step_count=40,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.__name__ for mutant in MUTANTS])
def test_the_simulation_finds(mutant: Mutant) -> None:
    begun, played = time.perf_counter(), Life.played
    with mutant(), pytest.raises(Exception) as found:  # noqa: PT011 - whatever the bug breaks first
        run_state_machine_as_test(Life, settings=SETTINGS)
    seconds = time.perf_counter() - begun
    sys.stdout.write(f"{mutant.__name__}: {Life.played - played} steps, {seconds:.1f} s: {_first_line(found.value)}\n")


def _first_line(problem: BaseException) -> str:
    return f"{type(problem).__name__} {problem}".splitlines()[0][:120]
