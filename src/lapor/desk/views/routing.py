"""Keywords and routing rules of an institution, with a box to try them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries import arrangement, tree
from lapor.agencies.queries.subjects import place_called
from lapor.agencies.queries.tree import AgencyInfo
from lapor.agencies.usecases.routing import add_keyword, add_rule, remove_keyword, remove_rule
from lapor.desk import houses
from lapor.desk.forms.arrangement import KeywordForm, RuleForm, TryForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal


@page("routing")
def routing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show keywords and rules; on POST add or remove one; a GET with a category tries the rules."""
    home = houses.chosen(request, officer)
    offered = {
        "category": arrangement.subjects(),
        "unit": [(one.code, one.name) for one in tree.units_of(home.id)],
    }
    does = request.POST.get("do", "") if request.method == "POST" else ""
    word = KeywordForm(request.POST if does == "keyword" else None)
    rule = RuleForm(request.POST if does == "rule" else None, offered=offered)
    status = _done(request, officer, home, does, word, rule)
    if status is None:
        messages.success(request, _("It is done."))
        return redirect(f"{reverse('desk:routing')}?instansi={home.code}")
    context = {
        "home": home,
        "institutions": houses.offered(officer)[1:] or [home],
        "keywords": arrangement.keywords_of(home.id),
        "rules": arrangement.rules_of(home.id),
        "word": word,
        "rule": rule,
        **_tried(request, home, offered["category"]),
    }
    return show(request, officer, "desk/routing.html", context, current="routing", status=status)


def _done(
    request: HttpRequest, officer: Officer, home: AgencyInfo, does: str, word: KeywordForm, rule: RuleForm
) -> int | None:
    """Do what the button says; return the status of the page, None once it was done."""
    by = {"institution": home.code, "actor": officer.actor, "now": officer.now}
    number = row_number(request.POST.get("id")) or 0
    form = rule if does == "rule" else word
    if form.is_bound and not form.is_valid():
        return WRONG_INPUT
    try:
        if does == "keyword":
            add_keyword(word=word.cleaned_data["word"], **by)  # type: ignore[arg-type]
        elif does == "rule":
            said = {**rule.cleaned_data, "place": place_code(rule.cleaned_data["place"])}
            add_rule(**said, **by)  # type: ignore[arg-type]
        elif does == "remove_keyword":
            remove_keyword(keyword=number, **by)  # type: ignore[arg-type]
        elif does == "remove_rule":
            remove_rule(rule=number, **by)  # type: ignore[arg-type]
        else:
            return 200
    except Refusal as refusal:
        return note_refusal(form, refusal) if form.is_bound else refusal.status
    return None


def place_code(typed: str) -> str:
    """Return the code of the place that was typed, empty for none. Raises InvalidInput where it is not one place."""
    code = place_called(typed) if typed.strip() else ""
    if typed.strip() and not code:
        raise InvalidInput(_("We know no such place, or several. Write it like Ampenan, Kota Mataram."), field="place")
    return code


def _tried(request: HttpRequest, home: AgencyInfo, categories: list[tuple[str, str]]) -> dict[str, object]:
    """Return the box to try the rules and what came of it; nothing is written."""
    form = TryForm(request.GET if "try-category" in request.GET else None, offered={"category": categories})
    if not form.is_bound or not form.is_valid():
        return {"try": form}
    try:
        place = place_code(form.cleaned_data["place"])
    except Refusal as refusal:
        note_refusal(form, refusal)
        return {"try": form}
    return {"try": form, "tried": True, "found": arrangement.try_rules(home.id, form.cleaned_data["category"], place)}
