"""What travels compressed."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from lapor.config.compression import CompressTexts


def answer(kind: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br"})
    made = CompressTexts(lambda _: HttpResponse(b"lapor " * 500, content_type=kind))(request)
    assert isinstance(made, HttpResponse)
    return made


@pytest.mark.parametrize(
    "kind", ["text/html; charset=utf-8", "application/json", "application/atom+xml; charset=utf-8"]
)
def test_texts_are_compressed(kind: str) -> None:
    made = answer(kind)
    assert made["Content-Encoding"] == "gzip"
    assert gzip.decompress(made.content) == b"lapor " * 500


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "application/pdf"])
def test_pictures_are_left_alone(kind: str) -> None:
    assert "Content-Encoding" not in answer(kind)


@pytest.mark.django_db
def test_the_front_door_leaves_compressed(client: Client) -> None:
    made = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert made["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in made["Vary"]
