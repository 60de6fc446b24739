"""What views of both faces share: a refusal becomes the same page with its sentence; personal pages stay private."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapor.kernel.errors import Refusal

WRONG_INPUT = 422

View = Callable[..., HttpResponse]


def note_refusal(form: BaseForm, refusal: Refusal) -> int:
    """Write the refusal's sentence on a bound form, at the field it names; return the HTTP status of the page.

    Nothing that was typed is lost: the form keeps its data and is shown again.
    """
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.sentence))
    return refusal.status


def refusal_page(request: HttpRequest, refusal: Refusal, template: str) -> HttpResponse:
    """Return a page that says why there is nothing else to show, with the refusal's status."""
    return render(request, template, {"refusal": refusal, "sentence": refusal.sentence}, status=refusal.status)


def personal(view: View) -> View:
    """Keep a page that only one person may read out of every cache, the browser's own included."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped
