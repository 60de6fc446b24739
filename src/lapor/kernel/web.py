"""What views of both faces share: a refusal becomes the same page with its sentence; personal pages stay private."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from lapor.kernel.errors import Refusal

View = Callable[..., HttpResponse]


def refuse(form: BaseForm, refusal: Refusal) -> int:
    """Put a refusal's sentence into the form, beside the field it names where there is one; return its HTTP status."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
    return refusal.status


def personal(view: View) -> View:
    """Keep a page that only one person may read out of every cache, the browser's own included."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped
