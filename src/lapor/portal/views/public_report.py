"""One public report: its page, its picture for sharing, and what its readers may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.kernel.errors import Refusal
from lapor.kernel.limits import Limit, TooManyTries
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import history, links, share_picture, structured
from lapor.portal.cards import cards
from lapor.portal.forms.voices import CommentForm, FollowForm
from lapor.portal.page import page
from lapor.portal.person import new_person, person_of, remember
from lapor.portal.tenant import Ways, canonical, institution_here, institution_named, is_common, ways_of
from lapor.reports.followers import ref_of
from lapor.reports.queries import public
from lapor.reports.queries.comments import comments_on
from lapor.reports.queries.following import following, supports
from lapor.reports.queries.search import similar_public
from lapor.reports.queries.timeline import PRIVATE
from lapor.reports.refusals import NotFound
from lapor.reports.usecases.comment import write_comment
from lapor.reports.usecases.follow import confirm_follow, follow_report, stop_following
from lapor.reports.usecases.support import support_report, withdraw_support

# From one range of addresses in ten minutes; a village behind one address still gets through.
SUPPORTS, COMMENTS, FOLLOWS = Limit("supports", most=200), Limit("comments", most=30), Limit("follows", most=20)


@require_safe
def report(request: HttpRequest, number: str, code: str = "") -> HttpResponse:
    """Show one public report by its human number; a hidden one is as absent as one that never was.

    Inside an institution's path, or under its host name, only its own are shown: another's at the common address.
    """
    return _show(request, number, code)


def _show(request: HttpRequest, number: str, code: str = "", status: int = 200, **refused: forms.Form) -> HttpResponse:
    at = institution_here(request, code)
    try:
        found = public.public_report(number, timezone.now())
    except NotFound:
        raise Http404 from None
    address = canonical(reverse("portal:public_report", args=[found.row.number]))
    if code and found.row.agency_code != code:
        return redirect("portal:public_report", number=found.row.number)
    if at and found.row.agency_code != at.code and not is_common(request):
        return redirect(address)
    talk = comments_on(found.row.id)
    context: dict[str, Any] = {
        "found": found,
        "files": links.show(found.files),
        "timeline": history.happenings(found.moments, found.legs, but=PRIVATE),
        "custody": history.custody(found.legs),
        "comments": talk,
        "structured": structured.of_report(found, address, comments=len(talk)),
        "similar": cards(similar_public(found.row.number), ways_of(request, at)),
        "is_supported": supports(person_of(request), found.row.id),
        "comment_form": refused.get("comment") or CommentForm(auto_id="comment_%s"),
        "follow_form": refused.get("follow") or FollowForm(auto_id="follow_%s"),
        "own_address": _own_address(request),
        "canonical": address,
        "shares": _shares(address, found.row.title),
        "picture": request.build_absolute_uri(reverse("portal:share_picture", args=[found.row.number])),
        "section": "reports",
    }
    return page(request, "public_report", context, status=status, at=at)


def _shares(address: str, title: str) -> list[tuple[str, str]]:
    """Return plain links to messengers: nothing of theirs is loaded, and they learn nothing before they are pressed."""
    return [
        ("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{title} {address}'})}"),
        ("Telegram", f"https://t.me/share/url?{urlencode({'url': address, 'text': title})}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
        ("X", f"https://x.com/intent/post?{urlencode({'url': address, 'text': title})}"),
    ]


def _own_address(request: HttpRequest) -> str:
    return str(getattr(request.user, "email", "")) if request.user.is_authenticated else ""


@require_safe
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the card that messengers show: title, institution and status, of a report that is public now.

    Every request asks whether it still is; what has not changed is not sent again.
    """
    try:
        found = public.public_card(number)
    except NotFound:
        raise Http404 from None
    language = get_language() or "id"
    tag = f'"{found.id}-{found.version}-{language}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(share_picture.drawn(found, language), content_type="image/png")
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer


@personal
@require_POST
def support(request: HttpRequest, number: str) -> HttpResponse:
    """Count this reader's support once, or take it back."""
    person = person_of(request) or new_person()
    takes_back = request.POST.get("undo") == "yes"

    def act() -> None:
        if takes_back:
            withdraw_support(number=number, person=person)
        else:
            support_report(number=number, person=person, now=timezone.now())

    done = _("You support this report no longer.") if takes_back else _("Thank you: your support is counted.")
    return _did(request, number, SUPPORTS, act, done, person, "dukung")


@personal
@require_http_methods(["POST"])
def comment(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a comment for an officer to read; what is refused stays in its form."""
    form, person = CommentForm(request.POST, auto_id="comment_%s"), person_of(request) or new_person()

    def act() -> None:
        mine = request.user.pk if request.user.is_authenticated else None
        write_comment(number=number, person=person, now=timezone.now(), account_id=mine, **form.cleaned_data)

    if not form.is_valid():
        return _show(request, number, status=WRONG_INPUT, comment=form)
    try:
        done = _("Thank you. Your comment appears once an officer has read it.")
        return _did(request, number, COMMENTS, act, done, person, "komentar")
    except Refusal as refusal:
        return _show(request, number, status=note_refusal(form, refusal), comment=form)


@personal
@require_http_methods(["POST"])
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Take an address that wants news; known and unknown ones get the same answer."""
    form = FollowForm(request.POST, auto_id="follow_%s")
    if not form.is_valid():
        return _show(request, number, status=WRONG_INPUT, follow=form)
    address = form.cleaned_data["contact"]
    is_own = bool(address) and address.lower() == _own_address(request).lower()

    def act() -> None:
        language = get_language() or "id"
        follow_report(number=number, address=address, language=language, is_own=is_own, now=timezone.now())

    done = _("You will get news of this report.") if is_own else _("Please look into your mailbox and confirm there.")
    try:
        return _did(request, number, FOLLOWS, act, done, "", "ikuti")
    except Refusal as refusal:
        return _show(request, number, status=note_refusal(form, refusal), follow=form)


def _did(
    request: HttpRequest, number: str, limit: Limit, act: Callable[[], None], done: str, person: str, place: str
) -> HttpResponse:
    """Do it within the limit of the network it comes from, say so, and go back to the page."""
    try:
        limit.check(request)
        limit.count(request)
        act()
    except NotFound:
        raise Http404 from None
    except TooManyTries:
        messages.error(request, _("Too much came from your network just now. Please try again in ten minutes."))
    else:
        messages.success(request, done)
    response = redirect(_inside(request).report(number) + f"#{place}")
    if person and not request.user.is_authenticated:
        remember(response, person)
    return response


def _inside(request: HttpRequest) -> Ways:
    """Return the ways of the institution's path that the form stood in, if it did."""
    named = institution_named(request.POST.get("inside", ""))
    return Ways(named.code) if named else Ways()


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: HttpRequest, link: str) -> HttpResponse:
    """Confirm or stop the letters about a report: the link shows two buttons, only a button does anything."""
    try:
        ref = ref_of(link)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if request.method != "POST":
        return page(request, "news", {"found": following(ref), "link": link})
    if request.POST.get("stop") == "yes":
        stop_following(ref=ref)
        messages.success(request, _("You will hear no more of this report, and your address is erased."))
        return redirect("portal:public")
    try:
        number = confirm_follow(ref=ref, now=timezone.now())
    except NotFound:
        raise Http404 from None
    messages.success(request, _("You will get news of this report."))
    return redirect("portal:public_report", number=number)
