"""The frame of every officer's view: signed in, a decree in force, a page for this role, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lapor.desk import navigation, visiting
from lapor.desk.officer import NoPost, NotYourPage, Officer, at_work, came_in_fully
from lapor.desk.pages import MAY_OPEN
from lapor.kernel.errors import Refusal
from lapor.kernel.web import personal
from lapor.reports.queries.messages import unread

P = ParamSpec("P")
WORTH_KEEPING = 20  # characters; what is shorter is typed again faster than it is copied


class SignedOut(Refusal):
    """The session ended while a form was being filled in."""

    status = 403
    sentence = _("You were signed out before this was sent. Nothing was done; your words are below.")


OfficerView = Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase]


def page(name: str) -> Callable[[OfficerView[P]], Callable[..., HttpResponse]]:
    """Make an officer's view of a function (request, officer, ...), open to the roles of `MAY_OPEN[name]`."""

    def frame(view: OfficerView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def framed(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated or not came_in_fully(request):
                return signed_out(request)
            officer = None
            try:
                officer = at_work(request)
                if officer.actor.role not in MAY_OPEN[name]:
                    raise NotYourPage
                if officer.visit is not None:
                    visiting.check(request, officer, name)
                return view(request, officer, *args, **kwargs)
            except Refusal as refusal:
                return refused(request, refusal, officer)

        framed.page = name  # type: ignore[attr-defined]
        return personal(framed)  # type: ignore[arg-type]

    return frame


def show(
    request: HttpRequest,
    officer: Officer,
    template: str,
    context: dict[str, Any],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk inside its frame; `current` is the page marked in the menu."""
    return render(request, template, frame_of(officer, current) | context, status=status)


def frame_of(officer: Officer, current: str) -> dict[str, Any]:
    """Return what base_desk.html draws around every page."""
    waiting = unread(officer.actor)
    return {
        "officer": officer,
        "page": current,
        "unread": waiting,
        "desk_nav": navigation.menu(officer, current, unread=waiting),
        "guide_url": navigation.guide(officer.actor.role, current),
        **navigation.chair(officer),
    }


def refused(request: HttpRequest, refusal: Refusal, officer: Officer | None = None) -> HttpResponse:
    """Return the page that says why there is nothing else to show, and what the person can do instead."""
    context: dict[str, Any] = {"refusal": refusal, "sentence": refusal.sentence, "words": words_of(request)}
    if officer is not None:
        context |= frame_of(officer, "")
    elif isinstance(refusal, NoPost):
        context["posts"] = refusal.posts
    return render(request, "desk/refused.html", context, status=refusal.status)


NOT_TYPED = ("csrfmiddlewaretoken", "version", "key", "started")  # what the form itself brings


def words_of(request: HttpRequest) -> list[str]:
    """Return what a person had typed into a form that can no longer be shown: given back to whoever sent it."""
    typed = (text for name, text in request.POST.items() if name not in NOT_TYPED)
    return [text for text in typed if isinstance(text, str) and len(text.strip()) >= WORTH_KEEPING]


def signed_out(request: HttpRequest) -> HttpResponse:
    """Send a person to the sign-in page and back; words typed into a form that came too late are given back first."""
    again = redirect_to_login(request.get_full_path(), reverse("portal:sign_in"))
    words = words_of(request) if request.method == "POST" else []
    if not words:
        return again
    context = {"sentence": SignedOut.sentence, "words": words, "again": again.url}
    return render(request, "desk/refused.html", context, status=SignedOut.status)
