"""The installable app, seen from the server: its manifest, what its service worker may keep, and who may listen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from tests.builders import Case, World

from lapor.agencies.looks import COLOURS
from lapor.agencies.models import Agency, Look
from lapor.portal import app
from lapor.reports.files import LARGEST

TOKENS = Path(__file__).parents[2] / "frontend"


def manifest(client: Client, host: str = "localhost") -> dict[str, Any]:
    answer = client.get("/manifest.webmanifest", headers={"host": host})
    assert answer["Content-Type"] == "application/manifest+json"
    return dict(answer.json())


def shell(client: Client) -> dict[str, Any]:
    """Return what the server writes before the service worker."""
    first = client.get("/sw.js").content.decode().splitlines()[0]
    return dict(json.loads(first.removeprefix("self.SHELL=").removesuffix(";")))


class TestTheManifest:
    def test_makes_an_app_of_the_portal(self, client: Client) -> None:
        told = manifest(client)

        assert (told["id"], told["scope"], told["start_url"], told["display"]) == ("/", "/", "/", "standalone")
        assert (told["short_name"], told["lang"]) == ("LAPOR!", "id")
        assert [each["name"] for each in told["shortcuts"]] == ["Lapor", "Lacak", "Laporan publik"]

    @pytest.mark.django_db
    def test_leads_only_to_pages_that_are_there(self, client: Client, world: World) -> None:
        told = manifest(client)

        for address in (told["start_url"], *(each["url"] for each in told["shortcuts"])):
            assert client.get(address).status_code == 200, address

    def test_names_icons_of_the_size_it_says(self, client: Client) -> None:
        icons = manifest(client)["icons"]

        assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
            ("192x192", "any"),
            ("512x512", "any"),
            ("512x512", "maskable"),
        }
        for icon in icons:
            with Image.open(str(finders.find(icon["src"].removeprefix("/static/")))) as picture:
                assert (picture.format, f"{picture.width}x{picture.height}") == ("PNG", icon["sizes"])

    def test_a_maskable_icon_fills_its_corners_and_an_ordinary_one_does_not(self, client: Client) -> None:
        """A launcher cuts the first as it likes; a hole in a corner would show as a notch."""
        for icon in manifest(client)["icons"]:
            with Image.open(str(finders.find(icon["src"].removeprefix("/static/")))) as picture:
                corner = picture.convert("RGBA").getpixel((0, 0))
            assert isinstance(corner, tuple)
            assert (corner[3] == 255) == (icon["purpose"] == "maskable")

    def test_takes_what_other_apps_share(self, client: Client) -> None:
        target = manifest(client)["share_target"]

        assert (target["action"], target["method"]) == ("/lapor/bagikan/", "POST")
        assert target["enctype"] == "multipart/form-data"
        assert target["params"]["files"][0]["name"] == "photos"

    @pytest.mark.django_db
    def test_of_an_institutions_address_bears_its_name_and_colour(self, client: Client, world: World) -> None:
        Look.objects.create(agency=Agency.objects.get(code="kota-uji"), colour="hijau")
        settings.ALLOWED_HOSTS.append("uji.lapor.test")
        try:
            told = manifest(client, host="uji.lapor.test")
        finally:
            settings.ALLOWED_HOSTS.remove("uji.lapor.test")

        assert (told["name"], told["theme_color"]) == ("LAPOR! Kota Uji", "#0a3d29")

    def test_has_the_colours_of_the_style_sheets(self) -> None:
        tokens = (TOKENS / "tokens.scss").read_text()
        looks = (TOKENS / "scss" / "_look-colours.scss").read_text()

        assert set(app.DEEP) == {"", *COLOURS}
        assert f"--brand-nila-deep: {app.DEEP['']};" in tokens
        assert f"--page: {app.PAPER};" in tokens
        for name in COLOURS:
            assert re.search(rf'"{name}":\s*\(#\w+, {app.DEEP[name]},', looks), name


class TestTheServiceWorker:
    def test_is_asked_for_anew_at_every_start(self, client: Client) -> None:
        answer = client.get("/sw.js")

        assert answer["Cache-Control"] == "no-cache"
        assert answer["Content-Type"].startswith("text/javascript")

    def test_keeps_files_that_are_there_and_nothing_of_the_desk(self, client: Client) -> None:
        files = shell(client)["files"]

        assert all(finders.find(name.removeprefix("/static/")) for name in files)
        assert {"/static/build/portal.css", "/static/build/portal.js", "/static/build/device.js"} <= set(files)
        assert not [name for name in files if re.search("desk|map|outline|sw.js", name)]

    @pytest.mark.django_db
    def test_keeps_pages_that_are_nobodys(self, world: World) -> None:
        for pages in shell(Client())["pages"].values():
            for address in pages.values():
                answer = Client().get(address)
                assert answer.status_code == 200
                assert "sessionid" not in answer.cookies
                assert "no-store" not in answer.get("Cache-Control", "")

    @pytest.mark.django_db
    @pytest.mark.parametrize(("language", "words"), [("id", "Di perangkat ini"), ("en", "On this device")])
    def test_keeps_them_in_both_languages_whatever_the_cookie_says(
        self, client: Client, world: World, language: str, words: str
    ) -> None:
        client.cookies["django_language"] = "en" if language == "id" else "id"

        answer = client.get(f"/luring/perangkat-{language}/")

        assert answer["Content-Language"] == language
        assert words in answer.content.decode()
        assert f'<html lang="{language}"' in answer.content.decode()

    def test_keeps_no_other_page(self, client: Client) -> None:
        for slug in ("lacak-id", "perangkat", "perangkat-fr", "meja-id"):
            assert client.get(f"/luring/{slug}/").status_code == 404

    def test_tells_the_largest_file_of_the_server(self, client: Client) -> None:
        assert shell(client)["largest"] == LARGEST


class TestListening:
    ENDPOINT = "https://push.contoh.example/send/abc"
    KEYS = {  # noqa: RUF012 - of RFC 8291
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    }

    def listen(self, client: Client, code: str, **more: str) -> int:
        """Ask for news as device.js does."""
        facts = {"code": code, "endpoint": self.ENDPOINT, **self.KEYS, **more}
        return client.post("/lacak/ponsel/", facts).status_code

    def devices(self) -> int:
        from lapor.identity.models import Device

        return Device.objects.count()

    def test_is_for_who_opened_the_report_here(self, citizen: Client, case: Case) -> None:
        case.is_submitted()
        citizen.post("/lacak/", {"code": case.code})

        assert self.listen(citizen, case.code) == 204
        assert self.devices() == 1
        assert self.listen(citizen, case.code, stop="yes") == 204
        assert self.devices() == 0

    def test_is_not_for_who_only_names_a_code(self, citizen: Client, case: Case) -> None:
        case.is_submitted()

        assert self.listen(citizen, case.code) == 404
        assert self.listen(citizen, "") == 404
        assert self.devices() == 0

    def test_is_not_for_another_report_than_the_one_shown(self, citizen: Client, case: Case, world: World) -> None:
        other = Case(world).is_submitted()
        case.is_submitted()
        citizen.post("/lacak/", {"code": case.code})

        assert self.listen(citizen, other.code) == 404

    def test_leads_into_no_network_of_ours(self, citizen: Client, case: Case) -> None:
        case.is_submitted()
        citizen.post("/lacak/", {"code": case.code})

        for endpoint in (
            "https://127.0.0.1/x",
            "http://push.contoh.example/x",
            "https://localhost/",
            "file:///etc/passwd",
        ):
            assert self.listen(citizen, case.code, endpoint=endpoint) == 422
        assert self.devices() == 0

    def test_is_offered_on_the_page_of_the_report(self, citizen: Client, case: Case) -> None:
        case.is_submitted()
        citizen.post("/lacak/", {"code": case.code})

        page = citizen.get("/lacak/").content.decode()

        assert "Beri tahu saya di ponsel ini" in page
        assert re.search(r'data-push="[\w-]{87}"', page)

    def test_is_not_offered_where_the_operator_has_no_key(self, citizen: Client, case: Case, settings: Any) -> None:
        settings.PUSH_KEY = ""
        case.is_submitted()
        citizen.post("/lacak/", {"code": case.code})

        assert "data-push=" not in citizen.get("/lacak/").content.decode()
