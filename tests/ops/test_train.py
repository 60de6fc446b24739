"""`lapor train`: learns from the institution's own reports alone, keeps versions, exports by command only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner
from tests.ops.exports import stream

from lapor.agencies.models import Agency
from lapor.ops.commands.train import command
from lapor.ops.importing.files import open_source
from lapor.ops.importing.run import import_file, survey
from lapor.ops.training_command import export_models, run, run_tone
from lapor.reports.models import Report
from lapor.triage import training_tone
from lapor.triage.harsh import harsh
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


def test_a_tone_is_learned_from_the_operators_own_texts_and_speaks_beside_the_lexicon(
    learned: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = learned / "ditandai.csv"
    said = [f"{text} {i},{i % 2}" for i in range(240) for text in (("kopi enak", "kaum zubrok perusak")[i % 2],)]
    file.write_text("text,hate\n" + "\n".join(said), encoding="utf-8")
    asked = "Parkir liar karena kaum zubrok perusak"

    with pytest.raises(ClickException, match="120 of 1,000 reports"):
        run_tone(file)
    assert harsh(asked) == ()
    monkeypatch.setattr(training_tone, "FEWEST_CALM", 100)
    run_tone(file)

    assert "hate: version 1, 240 marked texts" in capsys.readouterr().out
    (found,) = harsh(asked)
    assert (found.rule, found.reason.en) == ("hate", "like texts marked as hate (local model)")
    assert found.span.of(asked) in {"kaum", "zubrok", "perusak"}
    assert harsh("Parkir liar di gang 7") == ()
    assert harsh("Dasar goblok!")[0].rule == "insult"  # the lexicon still speaks


def test_complaints_are_drawn_from_the_newest_and_never_more_of_them_are_held(
    learned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list(Report.objects.order_by("-received_at", "-id").values_list("text__published", flat=True))
    monkeypatch.setattr(training_tone, "MOST_CALM", 30)

    drawn = training_tone._calm()

    assert len(set(drawn)) == 30
    assert {text.partition("\n")[2] for text in drawn} == set(order[:30])
    assert len(training_tone._drawn(str(i) for i in range(1000))) == 30
    assert max(int(one) for one in training_tone._drawn(str(i) for i in range(1000))) > 500


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "needs a column text"),
        (b"text,insult\nsatu,1\n", "needs a column text"),
        (b"isi,insult\n" + b"satu,1\n" * 300, "needs a column text"),
        (b"text,insult\n\xff\xfe,1\n", "no CSV in UTF-8"),
        (b"text,insult\n" + b"a" * 200_000 + b",1\n", "a cell is too long"),
    ],
)
def test_a_file_that_teaches_no_tone_is_refused_with_a_word(tmp_path: Path, content: bytes, because: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)

    with pytest.raises(ClickException, match=because):
        run_tone(file)


@pytest.mark.parametrize("others", [0, 12])
def test_a_second_unit_that_only_the_newest_know_teaches_nothing_and_breaks_nothing(
    learned: Path, capsys: pytest.CaptureFixture[str], others: int
) -> None:
    order = list(Report.objects.order_by("received_at", "id").values_list("pk", flat=True))
    units = sorted(set(Report.objects.values_list("unit", flat=True)))
    Report.objects.update(unit=units[0])
    Report.objects.filter(pk__in=order[120 - others :]).update(unit=units[1])

    run([HOUSE])

    assert store.newest(HOUSE, "unit") is None
    assert "unit: nothing learned, the words of 120 decided reports tell no two" in capsys.readouterr().out


@pytest.mark.parametrize("left", [0, 1, 3])
def test_hardly_any_reports_teach_nothing_and_are_counted(
    learned: Path, capsys: pytest.CaptureFixture[str], left: int
) -> None:
    Report.objects.filter(pk__in=Report.objects.order_by("-id").values("id")[left:]).update(is_secret=True)

    run([HOUSE])

    assert f"unit: nothing learned, {left} decided of the 100 needed\n" in capsys.readouterr().out
    assert not store.folder(HOUSE).exists()


def test_districts_alone_are_told_apart_by_place_and_need_no_model(learned: Path) -> None:
    for number, unit in enumerate(set(Report.objects.values_list("unit", flat=True))):
        Agency.objects.filter(pk=unit).update(name=f"Kelurahan {('Mawar', 'Melati')[number]}")

    run([HOUSE])

    assert store.newest(HOUSE, "unit") is None
