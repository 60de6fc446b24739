"""Which news somebody wants; and the stop link of a message, with a button, because mail scanners follow links."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lapor.identity.queries.news import ANY, NONE
from lapor.identity.usecases import news
from lapor.kernel.errors import Refusal
from lapor.kernel.web import personal
from lapor.messaging.codes import served_kinds
from lapor.portal import citizen, reporter
from lapor.portal.page import page
from lapor.reports.followers import ref_of
from lapor.reports.usecases.follow import stop_following
from lapor.reports.usecases.news import choose_news_of_report


@personal
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the way of news of the report whose code comes with it, else of the whole account."""
    code, way, own = request.POST.get("code", ""), request.POST.get("way", ""), reporter.own_reference(request)
    try:
        if code:
            if not reporter.has_passed(request, code):
                return redirect("portal:track")
            choose_news_of_report(code=code, way=way, actor=reporter.actor_of(request, code))
        elif own and citizen.is_citizen(request):
            news.choose_news(ref=own, way=way)
        else:
            return redirect("portal:enter")
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Changed."))
    return redirect("portal:track" if code else "portal:account")


@personal
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, link: str) -> HttpResponse:
    """Ask once more on GET; on POST send no more news to the address that the link was sent to."""
    try:
        if request.method == "POST":
            news.stop_messages(token=link, now=timezone.now())
        else:
            news.check_stop_link(link)
    except Refusal as refusal:
        return page(request, "account/stop", {"refusal": refusal}, status=refusal.status)
    return page(request, "account/stop", {"done": request.method == "POST"})


@csrf_exempt
@personal
@require_POST
def leave(request: HttpRequest, link: str) -> HttpResponse:
    """End the letters about a public report at one press of a mail program's button (RFC 8058).

    Exempt from the CSRF check because the mail program has no page of ours; the link is the follower's alone.
    """
    try:
        ref = ref_of(link)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    stop_following(ref=ref)
    return HttpResponse(status=204)


def ways() -> list[tuple[str, str]]:
    """Return the ways of news to choose from here, in words."""
    kinds = served_kinds() | {"push"}
    words = {
        ANY: _("The first way that works"),
        "email": _("E-mail"),
        "phone": _("Messages to my phone number"),
        "push": _("Notifications on my device"),
        NONE: _("None. I look for myself."),
    }
    return [(way, words[way]) for way in news.WAYS if way in kinds | {ANY, NONE}]
