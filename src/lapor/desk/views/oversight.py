"""Looking at others' work: institutions side by side, an institution's units, and the reports behind a number."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.insights.board import What, behind, board
from lapor.insights.indicators import BY_KEY
from lapor.insights.league import BY_NAME, BY_VOLUME, FEW, league
from lapor.insights.monthly import YEAR, Period, period_of, reach
from lapor.insights.tally import total
from lapor.insights.written import period_name, read_from
from lapor.kernel.numbers import row_number
from lapor.sop.vocabulary import Role

COLUMNS = ("received", "follow_up_rate", "in_time_rate", "net_median", "confirmed", "silent", "objected", "escalated")


@page("league")
def institutions(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show all institutions with the context of each number; sorted by name or volume, never by a rate."""
    period = period_of(request.GET.get("period", ""), _today(officer))
    by = BY_VOLUME if request.GET.get("sort") == BY_VOLUME else BY_NAME
    named = request.GET.get("name", "").replace("\x00", "").strip()[:80]
    wanted = row_number(request.GET.get("page")) or 1
    found = league(reach(officer.actor), period, by=by, named=named, page=wanted)
    columns = [BY_KEY[key] for key in COLUMNS]
    context = {
        "period": period,
        "name": period_name(period),
        "league": found,
        "columns": columns,
        "rows": [(one, [read_from(column, one.counts) for column in columns]) for one in found.rows],
        "everybody": [read_from(column, found.everybody) for column in columns],
        "few": FEW,
        "by": by,
        "named": named,
        "base": urlencode({"period": period.code, "sort": by, "name": named}),
        **_neighbours(officer, period, {"sort": by, "name": named}),
    }
    return show(request, officer, "desk/league.html", context, current="league")


@page("board")
def units(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show each unit of the institution: what it owes, how a year went, what quality review found (S56)."""
    period = _year(request, officer)
    rows = board(officer.actor, reach(officer.actor), period, now=officer.now)
    context = {
        "period": period,
        "rows": rows,
        "sums": {
            "waiting": sum(row.waiting for row in rows),
            "late": sum(row.late for row in rows),
            "open": sum(row.open for row in rows),
            "counts": total(row.counts for row in rows),
        },
        "follow_up_rate": BY_KEY["follow_up_rate"],
        "may_act": officer.actor.role is Role.AGENCY_ADMIN,
        **_neighbours(officer, period, {}),
    }
    return show(request, officer, "desk/board.html", context, current="board")


@page("board_list")
def listed(request: HttpRequest, officer: Officer, what: str) -> HttpResponse:
    """Show the reports behind one number of the board."""
    wanted = next((one for one in What if one == what), What.SILENT)
    unit, period = request.GET.get("unit", "").replace("\x00", ""), _year(request, officer)
    after = row_number(request.GET.get("after"))
    found = behind(officer.actor, reach(officer.actor), period, wanted, unit=unit, after=after)
    context = {
        "what": wanted,
        "period": period,
        "list": found,
        "after": after,
        "base": urlencode({"unit": unit, "period": period.code}) + "&",
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/board_list.html", context, current="board")


def _today(officer: Officer) -> date:
    return officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()


def _year(request: HttpRequest, officer: Officer) -> Period:
    """Return the year asked for; a month's address shows its year, and without any it is the running one."""
    today = _today(officer)
    found = period_of(request.GET.get("period", str(today.year)), today)
    return Period(found.first.replace(month=1, day=1), YEAR)


def _neighbours(officer: Officer, period: Period, kept: dict[str, str]) -> dict[str, str]:
    """Return the query strings of the periods before and after; what has not begun has none."""
    later = urlencode({**kept, "period": period.after.code})
    return {
        "earlier": urlencode({**kept, "period": period.before.code}),
        "later": later if period.after.first <= _today(officer) else "",
    }
