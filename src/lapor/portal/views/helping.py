"""Small answers while a report is written: advice on the text, places by name, files one by one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lapor.kernel.errors import Refusal
from lapor.kernel.limits import Limit, TooMuchAtOnce
from lapor.portal import links, subjects, uploads
from lapor.portal.advice import advise
from lapor.portal.page import page
from lapor.reports.files import IMAGES

# Whole villages write from behind one address; each of these is many people writing at once for ten minutes.
ADVICE = Limit("advice", 6_000, TooMuchAtOnce)
PLACES = Limit("places", 6_000, TooMuchAtOnce)
UPLOADS = Limit("uploads", 600, TooMuchAtOnce)


@require_POST
def advice(request: HttpRequest) -> HttpResponse:
    """Return the advice on what was typed so far, as fragments of the form; nothing of it is kept."""
    try:
        ADVICE.check(request)
    except Refusal as refusal:
        return HttpResponse(status=refusal.status)
    ADVICE.count(request)
    found = advise(request.POST, groups=subjects.categories(), now=timezone.now(), similar=True)
    chosen = {"is_secret": bool(request.POST.get("secret")), "has_category": bool(request.POST.get("category"))}
    context = {"advice": found, **chosen}
    response = page(request, "parts/advice", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """Return the places whose name begins as typed; the same for everybody, so any cache may keep it for an hour."""
    try:
        PLACES.check(request)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal.sentence)}, status=refusal.status)
    PLACES.count(request)
    found = subjects.places_like(request.GET.get("q", "")[:60].replace("\x00", ""))
    response = JsonResponse({"places": [{"name": one.label, "at": one.point} for one in found]})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take one part of one file: the first names it and is given a token, the last is answered with the kept file."""
    try:
        return _take_part(request)
    except uploads.OtherOffset as refusal:
        return _answer({"received": refusal.received}, refusal.status)
    except Refusal as refusal:
        return _answer({"error": str(refusal.sentence)}, refusal.status)


def _take_part(request: HttpRequest) -> JsonResponse:
    token, part = request.POST.get("token", ""), request.FILES.get("part")
    if not token:
        UPLOADS.check(request)
        UPLOADS.count(request)
        token = uploads.begin(request.POST.get("name", ""), _number(request.POST.get("size", "")))
    content = part.read(uploads.LARGEST_PART) if part else b""
    progress = uploads.add_part(token, content, _number(request.POST.get("offset", "")))
    if progress.kept is None:
        return _answer({"token": token, "received": progress.received})
    file = progress.kept.file
    shown = links.preview(progress.kept) if file.media_type in IMAGES else ""
    return _answer({"kept": progress.kept.token, "preview": shown, "name": file.name, "size": file.size})


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0


def _answer(facts: dict[str, object], status: int = 200) -> JsonResponse:
    response = JsonResponse(facts, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
