"""Changing the role: several appointments, one chair."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lapor.desk.officer import NoPost, choose, posts_of
from lapor.desk.page import refused
from lapor.kernel.numbers import row_number


def switch_role(request: HttpRequest) -> HttpResponse:
    """Put another of the person's own posts into use and go to its reports."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("desk:inbox"), reverse("portal:sign_in"))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    posts = posts_of(request.user, now=timezone.now())
    try:
        choose(request, row_number(request.POST.get("role")) or 0, posts)
    except NoPost as refusal:
        return refused(request, refusal)
    return redirect("desk:inbox")


switch_role.page = "roles"  # type: ignore[attr-defined]
