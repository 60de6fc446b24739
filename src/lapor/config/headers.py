"""Response headers that neither Django nor django-csp sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_ALLOWED = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


class PermissionsPolicy:
    """Allow the position and the camera to our own pages (a report has a place and a photo), nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _ALLOWED)
        return response
