"""Two gateways for short messages at once are refused before anything runs, with a sentence that says what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

BOTH = {"LAPOR_KANNEL_URL": "http://127.0.0.1:13013/cgi-bin/sendsms", "LAPOR_GAMMU_DATABASE": "dbname=smsd"}


@pytest.mark.parametrize("command", ["up", "doctor"])
def test_kannel_and_gammu_together_are_refused(command: str) -> None:
    environment = {**os.environ, **BOTH, "DJANGO_SETTINGS_MODULE": "lapor.config.settings"}
    environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nowhere"  # it does not come to that

    done = subprocess.run(
        [sys.executable, "-m", "lapor.ops.cli", command], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    said = "lapor: LAPOR_KANNEL_URL and LAPOR_GAMMU_DATABASE are both set: take one of the two away."
    assert done.stderr.strip() == said
