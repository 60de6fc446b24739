"""An institution with an SOP of its own looks at the way back to the shared profile, in a real browser (S83)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.builders import World
from tests.journeys.sitting import sit_down
from tests.journeys.test_every_page import LOOKS, Visit
from tests.journeys.test_officer_figures import TALL

from lapor.agencies.models import ProfileVersion
from lapor.agencies.queries.profiles import own_code
from lapor.sop.profile import shipped_profiles
from lapor.sop.profile_revision import numbers_of, revised
from lapor.sop.profile_text import written
from lapor.sop.vocabulary import Clock

MATARAM = shipped_profiles().get("kota-mataram", "2023")


@pytest.fixture
def own_sop(world: World) -> ProfileVersion:
    """The city's own SOP, in force since 2024, with eight days for the first response."""
    city, first = world.agency("kota-uji"), date(2024, 1, 2)
    profile = revised(
        MATARAM,
        {**numbers_of(MATARAM), (Clock.FIRST_RESPONSE, None): (5, 8)},
        code=own_code(city.pk),
        version=first.isoformat(),
        names=("SOP Kota Uji", "SOP of Kota Uji"),
        document=replace(MATARAM.document, number="5/2024", effective=first),
    )
    return ProfileVersion.objects.create(
        institution=city, code=profile.code, version=profile.version, effective=first, text=written(profile),
        made_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_way_back_is_accessible_fits_and_asks_for_a_day(
    browser: Browser,
    live_server: LiveServer,
    world: World,
    own_sop: ProfileVersion,
    language: str,
    scheme: Any,
    width: int,
) -> None:
    context = browser.new_context(viewport={"width": width, "height": TALL}, color_scheme=scheme, locale="id-ID")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    visit = Visit(context, live_server.url)
    sit_down(visit.page, live_server, world, "admin-kota")

    visit.page.goto(f"{live_server.url}/meja/sop/")
    visit.page.locator("summary", has_text={"id": "Ikuti lagi", "en": "Follow the shared"}[language]).click()
    visit.look_at("the way back, open")
    visit.page.locator("button[value=follow]").click()
    visit.page.wait_for_selector(".error-summary")
    visit.look_at("the way back without a day")
    context.close()

    assert visit.wrong == {}
    assert not ProfileVersion.objects.filter(goes_back=True).exists()
