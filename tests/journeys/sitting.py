"""Sitting down at the desk without the way through the sign-in, which has journeys of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World

from lapor.identity.models import Account
from lapor.reports.usecases.answer import HOLD, send_due

DESKTOP, SMALL = {"width": 1280, "height": 900}, {"width": 360, "height": 780}

Sit = Callable[..., AbstractContextManager[Page]]


def session_of(world: World, name: str) -> str:
    """Return the cookie of a session in which this officer is signed in."""
    client = Client()
    client.force_login(Account.objects.get(appointments=world[name].appointment))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def sit_down(page: Page, live_server: LiveServer, world: World, name: str) -> None:
    """Let this officer be signed in in the page's browser."""
    page.set_default_timeout(30_000)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(world, name), "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def step(page: Page, case: Case, slug: str, button: str, **fields: str) -> None:
    """Open a step's form on the case, fill it in by its field names, and press its button."""
    page.goto(f"/meja/laporan/{case.number}/{slug}/")
    form = page.locator("#tindakan form").last
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_url(re.compile(rf"/meja/laporan/{case.number}/(#\w*)?$"), timeout=30_000)


def half_a_minute_passes() -> None:
    """Let the worker send the one answer that waits."""
    assert send_due(now=datetime.now(UTC) + HOLD + timedelta(seconds=1)) == 1


def is_accessible(page: Page) -> None:
    """Let axe look at the page that is open, by the rules of WCAG 2.2 AA."""
    from tests.journeys.test_app import axe  # a test module: imported by conftest, it would not be rewritten

    assert axe(page) == {}
