"""Passkeys at the edge: what is no answer of a device, comes twice or comes from elsewhere signs nobody in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.builders import World
from tests.portal.test_accounts import enters, nothing_counted

from lapor.identity.models import Account, Passkey
from lapor.identity.usecases.passkeys import LONGEST_ANSWER, MOST_KEYS

__all__ = ["nothing_counted"]

JUNK = [
    "",
    "{}",
    "[]",
    "null",
    "x" * (LONGEST_ANSWER + 1),
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"},
        }
    ),
]


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> None:
    """Let the test's host be the one that passkeys are bound to."""
    settings.LAPOR_BASE_URL = "http://testserver"


def kept(account: Account, name: str = "Ponsel") -> Passkey:
    return Passkey.objects.create(
        account=account, credential=name.encode(), public_key=b"?", name=name, created_at="2026-03-02T00:00:00Z"
    )


@pytest.mark.parametrize("answer", JUNK)
def test_what_no_device_answered_signs_nobody_in_and_registers_nothing(
    citizen: Client, world: World, answer: str
) -> None:
    citizen.get("/akun/masuk/")
    page = citizen.post("/akun/kunci/masuk/", {"answer": answer}, follow=True)
    assert "Kunci sandi ini tidak cocok di sini" in page.content.decode()
    assert "_auth_user_id" not in citizen.session

    enters(citizen)
    citizen.get("/akun/kunci/")
    page = citizen.post("/akun/kunci/", {"answer": answer}, follow=True)
    assert "Kunci sandi ini tidak cocok di sini" in page.content.decode()
    assert not Passkey.objects.exists()


def test_an_answer_without_a_challenge_of_this_session_is_refused(citizen: Client, world: World) -> None:
    citizen.get("/akun/masuk/")
    citizen.post("/akun/kunci/masuk/", {"answer": JUNK[-1]})
    assert "challenge" not in citizen.session

    page = citizen.post("/akun/kunci/masuk/", {"answer": JUNK[-1]}, follow=True)

    assert "tidak cocok" in page.content.decode()


def test_on_a_foreign_name_there_are_no_passkeys(citizen: Client, world: World, settings: Any) -> None:
    settings.LAPOR_BASE_URL = "https://lapor.contoh.example"

    assert "kunci sandi" not in citizen.get("/akun/masuk/").content.decode()
    enters(citizen)
    assert citizen.get("/akun/kunci/").status_code == 404


def test_on_an_institutions_name_below_ours_there_are(citizen: Client, world: World, settings: Any) -> None:
    settings.LAPOR_BASE_URL, settings.ALLOWED_HOSTS = "http://lapor.example", [".lapor.example"]

    page = citizen.get("/akun/masuk/", headers={"host": "uji.lapor.example"}).content.decode()
    assert "&quot;rpId&quot;: &quot;lapor.example&quot;" in page
    other = citizen.get("/akun/masuk/", headers={"host": "lapor.example"})
    assert other.status_code == 200


@pytest.mark.parametrize(("language", "called"), [("id", "Kunci sandi"), ("en", "Passkey")])
def test_a_passkey_without_a_name_is_called_so_in_the_pages_language(
    citizen: Client, world: World, language: str, called: str
) -> None:
    own = kept(enters(citizen))
    citizen.cookies["django_language"] = language

    citizen.post("/akun/kunci/ubah/", {"id": own.pk, "name": "  "})

    assert Passkey.objects.get().name == called


def test_nobody_renames_or_removes_the_passkey_of_another(citizen: Client, world: World) -> None:
    theirs = kept(enters(Client(), "budi@contoh.example"))
    enters(citizen)

    citizen.post("/akun/kunci/ubah/", {"id": theirs.pk, "name": "Milik saya"})
    citizen.post("/akun/kunci/ubah/", {"id": theirs.pk, "do": "remove"})

    assert Passkey.objects.get().name == "Ponsel"


def test_ten_passkeys_are_enough(citizen: Client, world: World) -> None:
    account = enters(citizen)
    for n in range(MOST_KEYS):
        kept(account, f"Ponsel {n}")
    citizen.get("/akun/kunci/")

    page = citizen.post("/akun/kunci/", {"answer": JUNK[-1]}, follow=True)

    assert "sudah punya sepuluh kunci sandi" in page.content.decode()
