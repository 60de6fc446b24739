"""News of the report in front of somebody, on the phone in their hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from lapor.identity.subscriptions import Subscription
from lapor.identity.usecases.devices import drop_device, keep_device
from lapor.kernel.errors import Refusal
from lapor.kernel.web import personal
from lapor.portal import reporter
from lapor.reports.access import find_report
from lapor.reports.refusals import NotFound


@personal
@require_POST
def ring(request: HttpRequest) -> HttpResponse:
    """Tell this device the news of the report that this browser looks at, or with `stop` not any more.

    The authority is the code in the session, whose door was passed; the one in the POST says which page asks.
    """
    code, asked = reporter.tracked(request), request.POST
    try:
        if not code or asked.get("code") != code:
            raise NotFound
        report = find_report(reporter.actor_of(request), code)
        _change(report.code, asked.dict())
    except Refusal as refusal:
        return JsonResponse({"sentences": [str(refusal.sentence)]}, status=refusal.status)
    return HttpResponse(status=204)


def _change(code: str, asked: dict[str, str]) -> None:
    endpoint = asked.get("endpoint", "")
    if asked.get("stop"):
        drop_device(report_code=code, endpoint=endpoint)
        return
    subscription = Subscription(endpoint, asked.get("p256dh", ""), asked.get("auth", ""))
    keep_device(report_code=code, subscription=subscription, language=get_language() or "id", now=timezone.now())
