"""The simulation on the real code: with fixed seeds here, with fresh ones by `SIMULATION=long`."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.simulation.machine import Life

LONG = os.environ.get("SIMULATION") == "long"
LIVES, STEPS = (2000, 120) if LONG else (int(os.environ.get("LIVES", "10")), 40)

SETTINGS = settings(
    max_examples=LIVES,
    stateful_step_count=STEPS,
    derandomize=not LONG,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a failing life is told as it was: shrinking one takes longer than reading it
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_the_promises_hold_whatever_happens() -> None:
    run_state_machine_as_test(Life, settings=SETTINGS)
