"""S72: an institution's own address has its colour and crest; its admin chooses them, and nobody else's."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.builders import World
from tests.desk.conftest import SignIn
from tests.sop.days import at

from lapor.agencies.looks import SIDE, read_crest
from lapor.agencies.refusals import NotYours
from lapor.agencies.usecases.look import choose_look
from lapor.kernel.errors import InvalidInput

ADDRESS = "/meja/tampilan/"
NOW = at("Mon 2 Mar 2026 09:00 WITA")


def picture(width: int = 600, height: int = 800, kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "#0f6b45").save(kept, kind)
    return kept.getvalue()


def crest(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("lambang.png", content)


def test_S72_the_admin_chooses_and_every_visitor_sees_it(world: World, sits: SignIn, client: Client) -> None:
    answer = sits("admin-kota").post(
        ADDRESS, {"colour": "toska", "motto": "Pelayanan untuk semua", "crest": crest(picture())}
    )

    assert answer.status_code == 302
    page = client.get("/i/kota-uji/").text
    assert 'data-look="toska"' in page
    assert "Pelayanan untuk semua" in page
    shown = client.get(page.split('class="portal-crest" src="')[1].split('"')[0])
    assert (shown["Content-Type"], "immutable" in shown["Cache-Control"]) == ("image/png", True)
    assert max(Image.open(io.BytesIO(shown.content)).size) == SIDE
    assert "data-look" not in client.get("/").text


def test_a_crest_can_be_taken_away_and_its_address_ends(world: World, sits: SignIn, client: Client) -> None:
    browser = sits("admin-kota")
    browser.post(ADDRESS, {"colour": "", "crest": crest(picture())})
    source = client.get("/i/kota-uji/").text.split('class="portal-crest" src="')[1].split('"')[0]

    browser.post(ADDRESS, {"colour": "", "without_crest": "on"})

    assert "portal-crest" not in client.get("/i/kota-uji/").text
    assert client.get(source).status_code == 404


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", picture()[:200], picture(4000, 2000)]
)
def test_what_is_no_picture_is_refused_and_changes_nothing(
    world: World, sits: SignIn, client: Client, content: bytes
) -> None:
    if content:
        with pytest.raises(InvalidInput):
            read_crest(io.BytesIO(content))
    answer = sits("admin-kota").post(ADDRESS, {"colour": "marun", "crest": crest(content)})

    assert answer.status_code == 422
    assert "data-look" not in client.get("/i/kota-uji/").text


def test_a_colour_that_is_not_offered_is_refused(world: World, sits: SignIn) -> None:
    assert sits("admin-kota").post(ADDRESS, {"colour": "red;}"}).status_code == 422
    with pytest.raises(InvalidInput):
        choose_look(institution="kota-uji", colour="red;}", actor=world["admin-kota"], now=NOW)


def test_nobody_dresses_another_institution(world: World) -> None:
    for stranger in ("admin-lembaga", "pp-pupr", "panrb"):
        with pytest.raises(NotYours):
            choose_look(institution="kota-uji", colour="biru", actor=world[stranger], now=NOW)
