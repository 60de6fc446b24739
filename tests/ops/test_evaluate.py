"""`lapor evaluate`: one table of figures from a folder, invented here; what is absent is named and skipped."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner

from lapor.ops.commands.evaluate import command
from lapor.ops.evaluate.command import run
from lapor.ops.evaluate.row import AbsentError, Data, Row

SAID = {
    "Dinas Uji Jalan": "jalan berlubang nomor {} di tikungan belum ditambal",
    "Dinas Uji Sosial": "bantuan sembako tahap {} belum sampai ke lansia",
}


def stream(folder: Path, days: int = 60) -> Path:
    """Write an invented stream of one report a day to each of two units, in the replay's schema."""
    place = folder / "replay"
    place.mkdir(parents=True)
    nothing = dict.fromkeys(("title", "village", "district", "address", "category"))
    rows = [
        {**nothing, "source": "lapor_kab_bandung", "agency": unit, "body": said.format(day), "category": unit,
         "received_at": f"{date(2022, 1, 1) + timedelta(days=day)}T08:00:00Z"}
        for day in range(days)
        for unit, said in SAID.items()
    ]  # fmt: skip
    (place / "replay_dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def figures(*arguments: str) -> tuple[int, dict[tuple[str, str], dict[str, object]], str]:
    """Run the command; return its exit code, the rows by subject and figure, and what it said beside."""
    said = CliRunner().invoke(command, [*arguments, "--only", "routing", "--json"])
    assert said.stdout.startswith("["), said.output
    return said.exit_code, {(row["subject"], row["figure"]): row for row in json.loads(said.stdout)}, said.stderr


def test_every_figure_has_its_goal_and_its_baseline_beside_it(tmp_path: Path) -> None:
    code, rows, _ = figures(str(stream(tmp_path)))

    unit = rows["Unit, Bandung", "right first"]
    assert (unit["value"], unit["n"], unit["goal"], unit["is_met"]) == (1.0, 24, 0.66, True)
    assert rows["Unit, Bandung, of the frequent", "right first"]["baseline"] == 0.609
    assert rows["Unit, Bandung", "model, MB"]["is_met"]
    alike = rows["Unit, Bandung", "nearly identical texts decided alike"]
    assert alike["value"] == 1.0
    assert alike["n"]
    assert code == 0


def test_the_table_is_written_as_a_page_too(tmp_path: Path) -> None:
    page = tmp_path / "figures.md"

    figures(str(stream(tmp_path)), "--page", str(page))

    page.write_text(
        page.read_text() + "| Tone, hate | F1 | 5 | 0.5 |\n| Unit, Old | F1 | 5 | 0.5 |\n", encoding="utf-8"
    )
    figures(str(tmp_path), "--page", str(page))

    written = page.read_text(encoding="utf-8")
    assert "| Tone, hate | F1 | 5 | 0.5 |" in written  # what was not measured now stays, what was is written anew
    assert "Unit, Old" not in written
    assert "| Unit, Bandung | right first | 24 | 1.000 | ≥ 0.66 |  | ok |" in written
    assert "lapor evaluate FOLDER --page" in written


def test_a_later_folder_is_asked_whole_when_a_past_one_is_named(tmp_path: Path) -> None:
    past, later = stream(tmp_path / "past"), stream(tmp_path / "later", days=10)

    _, rows, _ = figures(str(later), "--past", str(past))

    assert rows["Unit, Bandung", "right first"]["n"] == 20


def test_what_is_absent_is_named_and_skipped(tmp_path: Path) -> None:
    code, rows, said = figures(str(tmp_path))

    assert (code, rows) == (0, {})
    assert "replay/replay*.jsonl is not in" in said
    with pytest.raises(AbsentError):
        Data(tmp_path).file("nothing.csv")


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "regional").mkdir()
    (tmp_path / "regional" / "nusax_senti_12lang_ccbysa.csv").write_bytes(b"text\n\xff\xfe\n")

    with pytest.raises(ClickException, match="language: its file cannot be read"):
        run(tmp_path, past=None, only="language", as_json=True)


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("a", "b", 0.9, 1, goal=0.9), True),
        (Row("a", "b", 0.8, 1, goal=0.9), False),
        (Row("a", "b", 5, 1, goal=20, at_most=True), True),
        (Row("a", "b", 21, 1, goal=20, at_most=True), False),
        (Row("a", "b", 0.1, 1), None),
    ],
)
def test_a_goal_is_met_or_missed(row: Row, met: bool | None) -> None:
    assert row.is_met is met
