"""Sitting down at the desk without the way through the sign-in, which has journeys of its own."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.builders import World

from lapor.identity.models import Account


def sit_down(page: Page, live_server: LiveServer, world: World, name: str) -> None:
    """Let this officer be signed in in the page's browser."""
    client = Client()
    client.force_login(Account.objects.get(appointments=world[name].appointment))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.set_default_timeout(30_000)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
