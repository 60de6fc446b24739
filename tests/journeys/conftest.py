"""Real browsers: Debian's Chromium, driven by Playwright against a live server whose commits are real."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World, build_world
from tests.journeys.settling import Traffic
from tests.journeys.sitting import DESKTOP, SMALL, Sit, session_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
IN_CONTROL = """() => new Promise(done => {
    const worker = navigator.serviceWorker;
    if (worker.controller) done();
    else worker.addEventListener("controllerchange", () => done());
})"""  # waiting for a function polls by eval, which the page's policy refuses

# Playwright keeps an event loop in the test's thread; Django would refuse every query beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# What is awaited comes at once or not at all; how long "not at all" takes must not depend on how busy the machine is.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and say why none runs where there is no browser."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the distribution's browser; it runs as root in containers, where its sandbox cannot."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Be a phone, in Indonesia."""
    return {**browser_context_args, "viewport": PHONE, "locale": "id-ID", "timezone_id": "Asia/Makassar"}


@pytest.fixture
def settled(transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[None]:
    """Before the database is emptied, every browser is closed and its last request answered."""
    traffic = Traffic()
    yield
    for opened in browser.contexts:
        opened.close()
    traffic.wait_until_still()
    traffic.stop()


@pytest.fixture
def world(settled: None) -> World:
    """A city, a ministry, the national desk and the Ombudsman, committed, so that the live server sees them."""
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    """One report that the journey is about."""
    return Case(world)


@pytest.fixture
def sit(browser: Browser, live_server: LiveServer, world: World) -> Sit:
    """Return how one sits down at a desk: `with sit("pp-pupr") as page`, or on a phone."""

    @contextmanager
    def seated(name: str, *, phone: bool = False) -> Iterator[Page]:
        context = browser.new_context(
            viewport=SMALL if phone else DESKTOP,  # type: ignore[arg-type]
            locale="id-ID",
            base_url=live_server.url,
        )
        value = session_of(world, name)
        context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()
        assert complaints == []

    return seated


@pytest.fixture
def app(browser: Browser, live_server: LiveServer, world: World) -> Iterator[BrowserContext]:
    """A phone that came here before: the service worker is at work."""
    phone = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="id-ID",
        timezone_id="Asia/Makassar",
        base_url=live_server.url,
    )
    first = phone.new_page()
    first.goto("/bantuan/")
    first.evaluate(IN_CONTROL)
    first.close()
    yield phone
    phone.close()


@pytest.fixture
def tab(app: BrowserContext) -> Iterator[Page]:
    """A tab of that phone; a broken policy or script fails the test."""
    opened = app.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield opened
    assert complaints == []
