"""A replay plays days through the product: what the rows tell happens, what they do not tell is drawn."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from openpyxl import load_workbook
from tests.ops.exports import stream

from lapor.agencies.models import Agency
from lapor.agencies.usecases.adopt import follow_profile
from lapor.agencies.usecases.extras import man_every_desk
from lapor.insights.register import Figures, rate
from lapor.ops.importing.files import open_source
from lapor.ops.importing.reading import Reading
from lapor.ops.importing.run import survey
from lapor.ops.replay.result import Result
from lapor.ops.replay.scratch import scratch, url_of
from lapor.ops.replay.shard import Order, chosen, is_ours, play
from lapor.ops.replay.speeds import USUAL, Speeds
from lapor.reports.models import Breach, Report

ANSWERED = {"responded_at": "2022-03-08T05:06:07", "channel": "Wargaku/Media Center"}
# Every desk takes a tenth of a working day, every reporter half a day; nothing is left to chance.
QUICK = {
    "desks": dict.fromkeys(Speeds.read().desks, 0.1) | {"request_closing": 11.0},
    "reporters": dict.fromkeys(Speeds.read().reporters, 0.5),
}


def quick(always: str = "") -> str:
    """Return the text of a file of speeds in which nothing is drawn; what is named happens always."""
    curves = [
        f"[{section}]\n" + "".join(f"{name} = [[0.0, {days}], [1.0, {days}]]\n" for name, days in entries.items())
        for section, entries in QUICK.items()
    ]
    chances = "".join(f"{name} = {float(name == always)}\n" for name in Speeds.read().chances)
    return "".join(curves) + f"[chances]\n{chances}"


def order(file: Path, last: str = "2022-03-25", *, speed: str = "", share: int = 0, shares: int = 1) -> Order:
    speeds = file.with_suffix(".toml")
    speeds.write_text(speed or quick(), encoding="utf-8")
    return Order(str(file), "2022-03-01", last, (), "1", str(speeds), share, shares)


def played(what: Order) -> dict[str, Any]:
    """Play in the test's own database, on a stage set like the real one."""
    _, directory = survey(open_source(Path(what.file)))
    rows = [directory.settle(row) for row in chosen(what) if isinstance(row, Reading)]
    follow_profile("nasional", {row.institution for row in rows})
    man_every_desk(date(2022, 1, 1), date(2024, 12, 31))
    return play(what)


def figures(result: dict[str, Any]) -> Figures:
    return Counter({(section, agency, first, second): n for section, agency, first, second, n in result["figures"]})


def outcome(tmp_path: Path, *rows: dict[str, Any], last: str = "2022-03-25") -> dict[str, int]:
    """Play some rows and return how they ended: status or reason to count."""
    found = figures(played(order(stream(tmp_path / "a.jsonl", *rows), last)))
    ended = Counter[str]()
    for (section, _, first, _), n in found.items():
        if section in {"closed", "archived"}:
            ended[first] += n
        if section == "standing" and first not in {"closed", "archived"}:
            ended[first] += n
    return dict(ended)


@pytest.mark.django_db
def test_an_answer_happens_when_it_really_did_and_silence_closes_the_report(tmp_path: Path) -> None:
    assert outcome(tmp_path, ANSWERED) == {"silence": 1}
    report = Report.objects.get()
    assert report.received_at == datetime(2022, 3, 1, 2, tzinfo=UTC)
    assert report.followed_up_at == datetime(2022, 3, 8, 5, 6, 7, tzinfo=UTC)
    # Ten working days after Tue 8 Mar 2022 end on Tue 22 Mar; the sweep of the night closes it, Surabaya time.
    assert report.ended_at == datetime(2022, 3, 22, 17, 0, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_a_quick_answer_leaves_room_for_the_steps_before_it(tmp_path: Path) -> None:
    quick = {**ANSWERED, "responded_at": "2022-03-01T02:00:40"}
    outcome(tmp_path, quick)
    report = Report.objects.get()
    assert report.accepted_at
    assert report.first_response_at
    assert report.followed_up_at
    assert report.received_at < report.accepted_at < report.first_response_at < report.followed_up_at
    assert report.followed_up_at == datetime(2022, 3, 1, 2, 0, 40, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "ending"),
    [
        ("Ditutup oleh Sistem", "silence"),
        ("Ditutup oleh Pelapor", "confirmed"),
        ("Ditutup oleh Admin", "request"),
        ("Diarsipkan oleh Pelapor", "withdrawn"),
        ("Diarsipkan oleh Admin", "unclear"),
        ("Diarsipkan oleh Sistem", "unclear"),
        ("Menunggu Kelengkapan Informasi", "unclear"),
        ("Konten Terblokir", "spam"),
    ],
)
def test_a_report_ends_as_its_row_says(tmp_path: Path, status: str, ending: str) -> None:
    assert outcome(tmp_path, {"status": status}) == {ending: 1}


@pytest.mark.django_db
def test_S34_what_nobody_answers_goes_to_the_ombudsman_after_sixty_working_days(tmp_path: Path) -> None:
    assert outcome(tmp_path, {}, last="2022-06-30") == {"escalated": 1}
    report = Report.objects.get()
    assert report.consent_asked_at
    assert set(Breach.objects.values_list("clock", flat=True)) >= {"substantive"}


@pytest.mark.django_db
def test_before_its_time_comes_a_report_stays_where_it_is(tmp_path: Path) -> None:
    assert outcome(tmp_path, {}, last="2022-03-04") == {"in_progress": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chance", "step"),
    [
        ("question", "ask"),
        ("misrouted", "return"),
        ("briefed", "instruct"),
        ("confirmed", "confirm"),
        ("objected", "object"),
        ("replied", "reply"),
    ],
)
def test_what_rows_do_not_tell_is_drawn(tmp_path: Path, chance: str, step: str) -> None:
    # A second unit, so that there is a wrong one to send a report to.
    rows = [ANSWERED, {**ANSWERED, "agency": "Dinas Sosial"}]
    result = played(order(stream(tmp_path / "a.jsonl", *rows), speed=quick(always=chance)))
    assert figures(result)["steps", "", step, ""] == 2
    assert not result["overtaken"]
    assert result["set_aside"] == 0


@pytest.mark.django_db
def test_website_reports_begin_at_the_national_desk_and_an_agencys_own_do_not(tmp_path: Path) -> None:
    result = played(order(stream(tmp_path / "a.jsonl", {"channel": "Website"}, {"channel": "Website Institusi"})))
    found = figures(result)
    assert sum(n for keys, n in found.items() if keys[0] == "clocks" and keys[2] == "verify_national") == 1
    assert sum(n for keys, n in found.items() if keys[0] == "clocks" and keys[2] == "verify_agency") == 2


@pytest.mark.django_db
def test_what_the_product_refuses_is_counted_and_the_others_go_on(tmp_path: Path) -> None:
    result = played(order(stream(tmp_path / "a.jsonl", {"body": "Lampu"}, {})))
    assert (result["filed"], result["refused"]) == (1, {"InvalidInput": 1})


VARIETY = tuple(
    {**ANSWERED, "received_at": f"2022-03-{1 + n % 28:02}T02:00:00Z", "responded_at": answered, "channel": channel}
    for n in range(4)
    for answered, channel in ((None, "Website"), (f"2022-04-{1 + n:02}T03:00:00", "Wargaku/Media Center"))
)


@pytest.mark.django_db
def test_the_same_order_gives_the_same_figures_and_shares_add_up(tmp_path: Path) -> None:
    path = stream(tmp_path / "a.jsonl", *VARIETY)
    usual = USUAL.read_text(encoding="utf-8")
    before = transaction.savepoint()
    runs = []
    for shares in (1, 1, 3):
        total: Figures = Counter()
        for share in range(shares):
            total += figures(played(order(path, "2022-04-15", speed=usual, share=share, shares=shares)))
            transaction.savepoint_rollback(before)
        runs.append(total)
    assert runs[0] == runs[1] == runs[2]
    assert sum(n for keys, n in runs[0].items() if keys[0] == "received") == len(VARIETY)


def test_every_report_belongs_to_one_share(tmp_path: Path) -> None:
    shares = [order(tmp_path / "a.jsonl", share=share, shares=3) for share in range(3)]
    owners = [[is_ours(each, f"UJI-{n}") for each in shares] for n in range(300)]
    assert all(sum(owner) == 1 for owner in owners)
    assert all(sum(column) > 60 for column in zip(*owners, strict=True))


def test_only_the_sources_and_days_of_the_order_are_chosen(tmp_path: Path) -> None:
    path = stream(
        tmp_path / "a.jsonl",
        {"received_at": "2022-02-28T23:59:59Z"},
        {"received_at": "2022-03-01T00:00:00Z"},
        {"received_at": "2022-04-30T23:59:59Z"},
        {"received_at": "2022-05-01T00:00:00Z"},
        {"source": "lain"},
    )
    speeds = str(USUAL)
    wanted = Order(str(path), "2022-03-01", "2022-04-30", ("uji",), "1", speeds, 0, 1)
    assert [row.report.ref for row in chosen(wanted) if isinstance(row, Reading)] == ["UJI-2", "UJI-3"]


def test_the_on_time_rate_counts_ended_runs_only() -> None:
    found: Figures = Counter(
        {
            ("clocks", "a", "accept", "on_time"): 3,
            ("clocks", "b", "accept", "late"): 1,
            ("clocks", "a", "accept", "running"): 9,
        }
    )
    assert rate(found, "accept") == 0.75
    assert rate(found, "accept", "b") == 0.0
    assert rate(found, "release") is None


def test_the_register_is_the_same_text_whatever_the_order_of_counting(tmp_path: Path) -> None:
    one: Figures = Counter({("received", "a", "web", ""): 2, ("clocks", "a", "accept", "late"): 1})
    other: Figures = Counter({("clocks", "a", "accept", "late"): 1, ("received", "a", "web", ""): 2})
    first, second = (Result({"filed": 2}, counts) for counts in (one, other))
    assert first.as_json() == second.as_json()
    assert first.digest() == second.digest()
    assert json.loads(first.as_json())["received"] == {"a": {"web": 2}}
    first.write(tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx")["received"]["D2"].value == 2


@pytest.mark.cluster
@pytest.mark.django_db(transaction=True)
def test_S5_a_replay_leaves_nothing_behind_but_its_register(tmp_path: Path) -> None:
    from lapor.ops.commands.replay import command

    path = stream(tmp_path / "a.jsonl", *VARIETY)
    before = Report.objects.count(), Agency.objects.count()
    register = tmp_path / "register.json"
    period = ["--from", "2022-03-01", "--to", "2022-03-31"]
    result = CliRunner().invoke(command, [str(path), *period, "--processes", "2", "--register", str(register)])
    assert result.exit_code == 0, result.output
    assert "SHA-256 of the register" in result.output
    assert json.loads(register.read_text(encoding="utf-8"))["played"]["filed"] == len(VARIETY)
    assert (Report.objects.count(), Agency.objects.count()) == before
    assert _scratch_databases() == []


@pytest.mark.django_db(transaction=True)
def test_scratch_databases_go_even_when_the_play_fails() -> None:
    def broken_play() -> None:
        with scratch() as databases:
            name = databases.make()
            with psycopg.connect(url_of(name)) as opened:
                assert opened.info.dbname == name
            raise RuntimeError("the play fails")

    with pytest.raises(RuntimeError, match="the play fails"):
        broken_play()
    assert _scratch_databases() == []


def _scratch_databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"lapor_replay_{os.getpid()}_%"])
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize("option", ["--shadow", "--register"])
@pytest.mark.parametrize(
    ("name", "why"),
    [("tidak-ada/a.md", "there is no folder"), ("a.jsonl", "would be overwritten"), ("terkunci.md", "may not be")],
)
def test_a_page_that_cannot_be_written_is_refused_before_the_play(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, name: str, why: str
) -> None:
    from lapor.ops.commands import replay

    monkeypatch.setattr(replay, "ready", lambda: pytest.fail("it began to play"))
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK or Path(path).name != "terkunci.md")
    (tmp_path / "terkunci.md").touch()
    file = stream(tmp_path / "a.jsonl", {})
    before = file.read_bytes()
    period = ["--from", "2022-01-01", "--to", "2022-01-02"]

    result = CliRunner().invoke(replay.command, [str(file), *period, option, str(tmp_path / name)])

    assert (result.exit_code, why in result.output) == (2, True)
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "terkunci.md"}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--from", "2022-02-01", "--to", "2022-01-01"], "before --from"),
        (["--from", "2022-01-01", "--to", "2022-01-02", "--profile", "tidak-ada"], "no SOP profile"),
    ],
)
@pytest.mark.django_db
def test_an_impossible_order_is_refused_before_anything_is_made(tmp_path: Path, options: list[str], why: str) -> None:
    from lapor.ops.commands.replay import command

    result = CliRunner().invoke(command, [str(stream(tmp_path / "a.jsonl", {})), *options])
    assert result.exit_code != 0
    assert why in result.output
