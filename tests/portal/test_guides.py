"""The guides of docs/panduan as people read them in the product."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lapor.kernel import guides

pytestmark = pytest.mark.django_db


def test_every_guide_of_the_folder_is_offered(client: Client) -> None:
    files = {path.stem for path in guides.PLACES[1].glob("*.md")}

    assert files == set(guides.ORDER)
    listed = client.get("/panduan/").content.decode()
    assert all(f"/panduan/{slug}/" in listed for slug in files)


@pytest.mark.parametrize("slug", guides.ORDER)
def test_a_guide_is_drawn_with_its_headings_as_anchors(client: Client, slug: str) -> None:
    page = client.get(f"/panduan/{slug}/").content.decode()
    guide = guides.guide_named(slug)

    assert guide is not None
    assert guide.sections
    assert f"<h1>{guide.title}</h1>" in page
    for section in guide.sections:
        assert page.count(f'id="{section.anchor}"') == 1, section.words


@pytest.mark.parametrize("slug", guides.ORDER)
def test_links_and_pictures_of_a_guide_lead_somewhere(client: Client, slug: str) -> None:
    guide = guides.guide_named(slug)

    assert guide is not None
    targets = re.findall(r'(?:href|src)="([^"#]+)', guide.body)
    assert [target for target in targets if client.get(target).status_code != 200] == []


@pytest.mark.parametrize("address", ["/panduan/lain/", "/panduan/gambar/x.webp", "/panduan/gambar/..%2Fmasyarakat.md"])
def test_nothing_else_can_be_read_through_the_guides(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("slug", guides.ORDER)
def test_a_lead_and_headings_carry_no_marks_of_the_source(slug: str) -> None:
    guide = guides.guide_named(slug)

    assert guide is not None
    said = [guide.title, guide.lead, *(section.words for section in guide.sections)]
    assert not [words for words in said if re.search(r"[*`]|\]\(|_\w+_", words)]
