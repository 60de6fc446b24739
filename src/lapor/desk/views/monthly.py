"""The monthly report: on a page, as PDF and workbook, and by e-mail for whoever wants it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lapor.desk import monthly as drawn
from lapor.desk.export import taken
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.pages import MAY_OPEN
from lapor.insights import summary
from lapor.insights.monthly import ANY_INSTITUTION, Monthly, Period, Reach, monthly, period_of, reach
from lapor.insights.monthly_book import write_book
from lapor.insights.monthly_notes import notes_of
from lapor.insights.monthly_paper import paper
from lapor.insights.ringkas import write_summary
from lapor.insights.written import period_name
from lapor.kernel.errors import Refusal
from lapor.kernel.links import MONTHLY, MONTHLY_LASTS
from lapor.reports.usecases.monthly_news import is_subscribed, subscribe, unsubscribe

MOST_LINES = 20_000


class LinkOver(Refusal):
    """A link of a letter that has expired, or was written for another desk."""

    status = 404
    sentence = gettext_lazy(
        "This link has expired, or was written for another desk. The reports of your desk stand in the menu."
    )


class OneInstitution(Refusal):
    """The workbook names every report: it is made for one institution."""

    status = 404
    sentence = gettext_lazy("Choose an institution first: this workbook is made for one.")


class TooManyLines(Refusal):
    """More than a page should wait for."""

    status = 409
    sentence = gettext_lazy(
        "This period holds more than 20,000 reports. Choose a month, or let your operator use “lapor export”."
    )


@page("monthly")
def report(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the report of a month or a year; a POST orders it by e-mail, or ends that."""
    if request.method == "POST":
        return _order(request, officer)
    seen, period, openly = _asked(request, officer)
    made = monthly(seen, period, openly=openly)
    context = {
        "report": made,
        "name": period_name(period),
        "notes": notes_of(made),
        "first_sight": drawn.first_sight(made),
        "indicators": drawn.indicators(made),
        "months": drawn.months(made),
        "endings": drawn.endings(made),
        "clocks": drawn.kept(made),
        "divided": drawn.divided(made, request.GET.get("by", "")),
        "is_subscribed": is_subscribed(officer.actor),
        "has_ringkas": officer.actor.role in MAY_OPEN["ringkas"] and made.institution,
        "has_league": officer.actor.role in ANY_INSTITUTION,
        **_addresses(officer, made, openly=openly),
    }
    return show(request, officer, "desk/monthly.html", context, current="monthly")


def _asked(request: HttpRequest, officer: Officer) -> tuple[Reach, Period, bool]:
    today = officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()
    seen = reach(officer.actor, request.GET.get("agency", "").replace("\x00", ""))
    return seen, period_of(request.GET.get("period", ""), today), request.GET.get("open") == "1"


def _addresses(officer: Officer, made: Monthly, *, openly: bool) -> dict[str, str]:
    """Return the query strings of the page's links: the same report of another period, and without secret ones.

    What has not begun has no link.
    """
    today = officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()
    own = {"agency": made.institution} if made.institution and officer.actor.role in ANY_INSTITUTION else {}
    kept = {**own, **({"open": "1"} if openly else {})}
    now = {"period": made.period.code}
    year = made.period.first.year if not made.period.is_year else None
    return {
        "here": urlencode({**kept, **now}),
        "earlier": urlencode({**kept, "period": made.period.before.code}),
        "later": urlencode({**kept, "period": made.period.after.code}) if made.period.after.first <= today else "",
        "whole_year": urlencode({**kept, "period": str(year)}) if year else "",
        "other_secrecy": urlencode({**own, **now} if openly else {**own, **now, "open": "1"}),
        "agency": own.get("agency", ""),
    }


@page("monthly_export")
def export(request: HttpRequest, officer: Officer, kind: str) -> HttpResponseBase:
    """Hand the report out as "pdf" or "xlsx"."""
    if kind not in ("pdf", "xlsx"):
        raise Http404
    seen, period, openly = _asked(request, officer)
    made = monthly(seen, period, openly=openly)
    place = BytesIO()
    if kind == "pdf":
        place.write(paper(made, notes=notes_of(made)))
    else:
        write_book(place, made, notes=notes_of(made))
    place.seek(0)
    name = f"laporan-{made.institution or 'nasional'}-{period.code}{'-terbuka' if openly else ''}.{kind}"
    answer = FileResponse(place, as_attachment=True, filename=name)
    return taken(answer, officer, name=name, of=seen.desk.institution_id if seen.desk else None)


@page("ringkas")
def ringkas(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Hand out the national "Laporan Ringkas" workbook of a period: every report, with no reporter's name."""
    seen, period, _openly = _asked(request, officer)
    if seen.desk is None:
        raise OneInstitution
    code, days = seen.desk.code, (period.first, period.last)
    if summary.count_lines(code, *days) > MOST_LINES:
        raise TooManyLines
    folder = TemporaryDirectory()
    try:
        path = Path(folder.name, f"laporan-ringkas-{code}-{period.code}.xlsx")
        made_on = officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()
        lines = summary.lines(code, *days)
        write_summary(path, lines, institution=seen.desk.name, first=days[0], last=days[1], made_on=made_on)
        content = BytesIO(path.read_bytes())
    finally:
        folder.cleanup()
    answer = FileResponse(content, as_attachment=True, filename=path.name)
    return taken(answer, officer, name=path.name, of=seen.desk.institution_id)


def _order(request: HttpRequest, officer: Officer) -> HttpResponse:
    try:
        if request.POST.get("wanted") == "yes":
            subscribe(actor=officer.actor, language=get_language() or "id", now=officer.now)
            messages.success(request, _("From next month on, the report is announced to you by e-mail."))
        else:
            unsubscribe(actor=officer.actor)
            messages.success(request, _("No more monthly letters."))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("desk:monthly")


@page("monthly_link")
def link(request: HttpRequest, officer: Officer, token: str) -> HttpResponse:
    """Lead from a letter to the report it tells of; the signature only says which one, never who may read it."""
    signer = signing.TimestampSigner(salt=MONTHLY)
    try:
        desk, period = signer.unsign_object(token, max_age=MONTHLY_LASTS)
    except (signing.BadSignature, ValueError):
        raise LinkOver from None
    if desk != officer.desk.id:
        raise LinkOver
    return redirect(f"{reverse('desk:monthly')}?{urlencode({'period': period})}")
