"""What a web process has in memory before its first reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lapor.triage.learning import store
from lapor.triage.learning.example import Example
from lapor.triage.learning.fitting import fit
from lapor.triage.learning.territory import Territories

LOADED = """
import json, sys
import lapor.config.wsgi
from lapor.language import spelling
from lapor.triage.learning import store
heavy = [name for name in ("sklearn", "scipy", "pandas", "matplotlib") if name in sys.modules]
print(json.dumps([heavy, store._load.cache_info().currsize, spelling._dictionary.cache_info().currsize]))
"""


def test_it_holds_dictionary_and_models_and_not_what_they_were_learned_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAPOR_STATE", str(tmp_path))
    said = (("dinas-pupr", "jalan berlubang {}"), ("dinas-kesehatan", "antrean puskesmas {}"))
    examples = [Example(text.format(day % 4), label=unit, day=day) for day in range(1, 30) for unit, text in said]
    learned = fit(examples, Territories({}), {})
    for institution in ("kota-satu", "kota-dua"):
        store.save(learned, institution, "unit", {})
    broken = store.save(learned, "kota-tiga", "unit", {})
    broken.path.write_bytes(b"")

    web = subprocess.run([sys.executable, "-c", LOADED], env=os.environ, capture_output=True, text=True, check=True)

    assert json.loads(web.stdout.splitlines()[-1]) == [[], 2, 1]
