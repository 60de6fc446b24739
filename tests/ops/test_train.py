"""`lapor train`: learns from the institution's own reports alone, keeps versions, exports by command only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner
from tests.ops.exports import stream

from lapor.ops.commands.train import command
from lapor.ops.importing.files import open_source
from lapor.ops.importing.run import import_file, survey
from lapor.ops.training_command import export_models, run
from lapor.reports.models import Report
from lapor.triage.learning import store
from lapor.triage.learning.example import Example

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HOUSE = "kota-surabaya"

pytestmark = pytest.mark.django_db


@pytest.fixture
def learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Import a hundred and twenty invented reports of two units; keep models in a folder of this test's own."""
    monkeypatch.setenv("LAPOR_STATE", str(tmp_path / "state"))
    said = (
        ("Dinas Sosial", "Bantuan sembako belum turun untuk RT {}"),
        ("Dinas Perhubungan", "Parkir liar di gang {}"),
    )
    rows = [{"agency": unit, "body": text.format(i)} for i in range(60) for unit, text in said]
    source = open_source(stream(tmp_path / "masuk.jsonl", *rows))
    _, directory = survey(source)
    assert import_file(source, directory, now=NOW).added == 120
    return tmp_path


def test_it_learns_the_units_and_says_from_what(learned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run([HOUSE])

    kept = store.newest(HOUSE, "unit")
    assert kept is not None
    assert (kept.version, kept.facts["examples"]) == (1, 120)
    best = store.load(kept).guesses(Example("parkir liar di depan toko"))[0]
    assert (
        best.label == Report.objects.filter(text__original__startswith="Parkir").values_list("unit__code", flat=True)[0]
    )
    assert "120" in capsys.readouterr().out


def test_what_is_secret_or_blocked_is_not_learned_from(learned: Path) -> None:
    secret = list(Report.objects.order_by("id").values_list("pk", flat=True)[:25])
    Report.objects.filter(pk__in=secret[:10]).update(is_secret=True)
    Report.objects.filter(pk__in=secret[10:]).update(is_blocked=True)

    run([HOUSE])

    assert store.newest(HOUSE, "unit") is None  # only 95 are left, too few


def test_a_model_leaves_only_by_a_persons_command(learned: Path) -> None:
    with pytest.raises(ClickException):
        export_models(HOUSE, learned / "out")
    run([HOUSE])

    export_models(HOUSE, learned / "out")

    assert {path.name for path in (learned / "out").iterdir()} >= {"unit-1.npz", "unit-1.json"}


def test_exporting_needs_one_institution() -> None:
    assert CliRunner().invoke(command, ["--export", "keluar"]).exit_code == 2
