"""What every answer carries: the policy of the browser's side, and one language."""

import pytest
from django.test import Client


@pytest.fixture
def answer(client: Client) -> dict[str, str]:
    return dict(client.get("/tidak-ada/").headers.items())


@pytest.mark.django_db
def test_nothing_is_loaded_from_elsewhere_or_written_into_the_page(answer: dict[str, str]) -> None:
    policy = answer["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_addresses_do_not_leak_and_devices_stay_closed(answer: dict[str, str]) -> None:
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "microphone=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_pages_are_indonesian_until_the_person_chooses(client: Client) -> None:
    assert client.get("/tidak-ada/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "id"

    client.cookies["django_language"] = "en"
    assert client.get("/tidak-ada/").headers["Content-Language"] == "en"

    client.cookies["django_language"] = "../xx"
    assert client.get("/tidak-ada/").headers["Content-Language"] == "id"
