"""Follow a report by its code, and act on it: every act is a POST that carries the code of a door that was passed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lapor.kernel.errors import Refusal
from lapor.kernel.limits import Limit
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import reporter
from lapor.portal.acts import BY_SLUG, Act
from lapor.portal.forms.acts import ActForm, CodeForm
from lapor.portal.page import page
from lapor.portal.standing import ids_of, standing
from lapor.portal.views.news import ways
from lapor.reports.queries.track import track as tracking
from lapor.reports.refusals import NotFound, StalePage

CODES = Limit("codes", most=100)  # whole villages share an address of a mobile network


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code; take it in; show the report it opens."""
    if request.method == "POST":
        return _open(request)
    return show(request) if reporter.tracked(request) else _ask(request, CodeForm())


def _open(request: HttpRequest) -> HttpResponse:
    """Answer the same, after the same work, for a code that is unknown, mistyped, guessed, or lacks its PIN."""
    form, status = CodeForm(request.POST), WRONG_INPUT
    if form.is_valid():
        try:
            code = opened(request, form.cleaned_data["code"], form.cleaned_data["pin"])
        except Refusal as refusal:
            status = note_refusal(form, refusal)
        else:
            response = redirect("portal:track")
            reporter.remember_door(request, response, code)
            return response
    return _ask(request, form, status)


def opened(request: HttpRequest, typed: str, pin: str = "") -> str:
    """Return the code of the report that opens; a wrong try counts against where it came from.

    Raises NotFound, WaitAtDoor, and TooManyTries whatever the code.
    """
    CODES.check(request)
    try:
        return reporter.open_door(request, typed, pin, timezone.now())
    except Refusal:
        CODES.count(request)
        raise


def _ask(request: HttpRequest, form: CodeForm, status: int = 200, *, kept: str = "") -> HttpResponse:
    """Ask for code and PIN; `kept` is what somebody wrote whose session is over, and gets back."""
    return page(request, "track", {"form": form, "section": "track", "kept": kept}, status=status)


@personal
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Forget the code: the next person at this device sees nothing."""
    reporter.forget(request)
    return redirect("portal:track")


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one of the reporter's steps; on GET show the report with that step's form open."""
    if slug not in BY_SLUG:
        raise Http404
    if request.method != "POST":
        return show(request, opened=slug) if reporter.tracked(request) else redirect("portal:track")
    chosen, code = BY_SLUG[slug], request.POST.get("code", "")
    if not reporter.has_passed(request, code):  # not shown yet by this browser: it may be a guess
        try:
            opened(request, code)
        except Refusal as refusal:
            form = CodeForm({"code": code})
            form.is_valid()
            return _ask(request, form, note_refusal(form, refusal), kept=chosen.form(request.POST).words())
    return _act(request, chosen)


def _act(request: HttpRequest, chosen: Act) -> HttpResponse:
    form, status = chosen.form(request.POST, request.FILES, auto_id=ids_of(chosen.slug)), WRONG_INPUT
    if form.is_valid():
        try:
            return _done(request, chosen, form)
        except NotFound:
            return redirect("portal:track")
        except StalePage as refusal:
            if _was_sent_already(request, chosen, form):
                return redirect("portal:track")
            status = note_refusal(form, refusal)
        except Refusal as refusal:
            status = note_refusal(form, refusal)
    return show(request, refused=(chosen, form), status=status)


def _done(request: HttpRequest, chosen: Act, form: ActForm) -> HttpResponse:
    said, actor = form.cleaned_data, reporter.actor_of(request, form.cleaned_data["code"])
    chosen.run(code=said["code"], version=said["version"], actor=actor, now=timezone.now(), **form.arguments())
    reporter.look_at(request, said["code"])
    messages.success(request, str(chosen.done))
    return redirect("portal:track")


def _was_sent_already(request: HttpRequest, chosen: Act, form: ActForm) -> bool:
    """Tell whether the newest step is this very act with these very words: a second press of a button."""
    code = form.cleaned_data["code"]
    found = tracking(reporter.actor_of(request, code), code, timezone.now())
    newest = found.moments[-1]
    return newest.action == chosen.action and newest.text == (form.words() or newest.text)


def show(
    request: HttpRequest,
    *,
    opened: str = "",
    refused: tuple[Act, ActForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the report as it is now. A refused form stands in it with all that was typed, whatever has changed since."""
    code = refused[1].data.get("code", "") if refused else reporter.tracked(request)
    actor = reporter.actor_of(request, code)
    try:
        found = tracking(actor, code, timezone.now())
    except NotFound:
        reporter.forget(request)
        return redirect("portal:track")
    context = standing(found, actor, opened=opened, refused=refused) | {"ways": ways()}
    return page(request, "report", {"section": "track", **context}, status=status)
