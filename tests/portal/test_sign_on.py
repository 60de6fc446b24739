"""An institution's own sign-on, against a real provider: it proves who somebody is and never gives a role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from django.test import Client
from tests.builders import World, officer_at
from tests.portal import oidc_provider
from tests.portal.conftest import NOW, Answer
from tests.portal.oidc_provider import Provider
from tests.sop.days import at

from lapor.agencies.models import Appointment
from lapor.identity.models import Account, OutsideIdentity, SignOn
from lapor.identity.usecases import factors
from lapor.identity.usecases.sign_on import keep_sign_on, remove_sign_on
from lapor.kernel.actor import CLOCK
from lapor.kernel.errors import InvalidInput
from lapor.sop.vocabulary import Role

BACK = "http://testserver/masuk/lembaga/kota-uji/kembali/"
BY = factors.By(CLOCK, None)
MAIL = "rudi@contoh.example"
REFUSED = "tidak memastikan siapa Anda"
NOT_THERE = "tidak ada akun petugas di sini yang terhubung"


@pytest.fixture(autouse=True)
def outside_the_demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for the second step, and let the provider speak http on this machine."""
    settings.SECOND_FACTOR = True
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture
def provider(world: World) -> Iterator[Provider]:
    """The city's provider, known here."""
    with oidc_provider.running(BACK) as running:
        keep_sign_on(
            institution="kota-uji",
            home=world.agency("kota-uji").pk,
            name="Kota Uji",
            issuer=running.issuer,
            client_id=oidc_provider.CLIENT,
            secret=oidc_provider.SECRET,
            loopback=True,
            now=at(NOW),
        )
        yield running


@pytest.fixture
def officer(world: World) -> Account:
    """The city's admin, with the address that the provider has verified, and an app."""
    account = Account.objects.get(login="admin-kota")
    account.email = MAIL.title()
    account.save()
    return account


def goes_there(client: Client) -> str:
    """Press the button, let the provider sign the person in, and return the address it sends the browser back to."""
    asked = client.get("/masuk/lembaga/kota-uji/")
    assert asked.status_code == 302
    said = requests.get(asked["Location"], allow_redirects=False, timeout=10)
    assert said.status_code == 302, said.text
    return said.headers["Location"].removeprefix("http://testserver")


def comes_back(client: Client) -> Answer:
    return client.get(goes_there(client))


def is_out(client: Client) -> bool:
    return "_auth_user_id" not in client.session and "officer_entry" not in client.session


def said_to(client: Client) -> str:
    return client.get("/masuk/").content.decode()


# --- Who comes in --------------------------------------------------------------------------------


def test_an_appointed_officer_comes_in_by_a_verified_address_and_is_known_by_the_subject_since(
    citizen: Client, provider: Provider, officer: Account
) -> None:
    provider.bent = {"amr": ["pwd", "otp"]}
    assert "Kota Uji" in said_to(citizen)

    assert comes_back(citizen)["Location"] == "/meja/"

    assert citizen.get("/meja/").status_code == 200
    link = OutsideIdentity.objects.get()
    assert (link.account, link.issuer, link.subject) == (officer, provider.issuer, "pegawai-1")
    provider.claims["email"] = "lain@contoh.example"
    assert comes_back(Client())["Location"] == "/meja/"


def test_a_sign_on_that_asks_no_second_factor_leaves_it_to_us(
    citizen: Client, provider: Provider, officer: Account
) -> None:
    secret, now = factors.new_secret(), at("Mon 2 Mar 2026 08:00 WITA")
    factors.set_app(account_id=officer.pk, secret=secret, digits=pyotp.TOTP(secret).at(now), by=BY, now=now)

    assert comes_back(citizen)["Location"] == "/masuk/langkah-dua/"
    assert citizen.get("/meja/")["Location"].startswith("/masuk/")
    citizen.post("/masuk/langkah-dua/", {"digits": pyotp.TOTP(secret).at(at(NOW))})

    assert citizen.get("/meja/").status_code == 200


def test_without_a_second_factor_anywhere_it_is_set_up_first(
    citizen: Client, provider: Provider, officer: Account
) -> None:
    assert comes_back(citizen)["Location"] == "/masuk/pasang/"


# --- Who does not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bent",
    [
        {"iss": "https://penerbit-lain.example"},
        {"nonce": "bukan-nonce-kami"},
        {"nonce": None},
        {"aud": "aplikasi-lain"},
        {"exp": 1_700_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"at_hash": "salah"},
    ],
    ids=str,
)
def test_a_token_that_was_not_made_for_us_now_signs_nobody_in(
    citizen: Client, provider: Provider, officer: Account, bent: dict[str, Any]
) -> None:
    provider.bent = bent

    assert comes_back(citizen)["Location"] == "/masuk/"

    assert is_out(citizen)
    assert REFUSED in said_to(citizen)
    assert not OutsideIdentity.objects.exists()


def test_a_token_signed_by_another_key_signs_nobody_in(citizen: Client, provider: Provider, officer: Account) -> None:
    provider.signs_with = oidc_provider.foreign_key()

    comes_back(citizen)

    assert is_out(citizen)


@pytest.mark.parametrize(
    "described", [{"issuer": "https://penerbit-lain.example"}, {"id_token_signing_alg_values_supported": ["none"]}]
)
def test_a_provider_that_describes_itself_otherwise_signs_nobody_in(
    citizen: Client, provider: Provider, officer: Account, described: dict[str, Any]
) -> None:
    back = goes_there(citizen)
    provider.described = described

    assert citizen.get(back)["Location"] == "/masuk/"
    assert is_out(citizen)


@pytest.mark.parametrize("change", [{"state": oidc_provider.nonsense()}, {"code": "bukan-kode"}, {"state": None}])
def test_an_answer_to_another_question_signs_nobody_in(
    citizen: Client, provider: Provider, officer: Account, change: dict[str, str | None]
) -> None:
    back = urlsplit(goes_there(citizen))
    said = {name: values[0] for name, values in parse_qs(back.query).items()} | change

    citizen.get(back.path, {name: value for name, value in said.items() if value is not None})

    assert is_out(citizen)


def test_an_answer_given_to_another_browser_signs_nobody_in(
    citizen: Client, provider: Provider, officer: Account
) -> None:
    back = goes_there(Client())

    citizen.get(back)

    assert is_out(citizen)


def test_an_answer_works_once(citizen: Client, provider: Provider, officer: Account) -> None:
    provider.bent = {"amr": ["mfa"]}
    back = goes_there(citizen)
    citizen.get(back)
    citizen.post("/keluar/")

    citizen.get(back)

    assert is_out(citizen)


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_verified_links_nobody(
    citizen: Client, provider: Provider, officer: Account, verified: Any
) -> None:
    provider.bent = {"email_verified": verified, "amr": ["mfa"]}

    comes_back(citizen)

    assert is_out(citizen)
    assert NOT_THERE in said_to(citizen)
    assert not OutsideIdentity.objects.exists()


@pytest.mark.parametrize("login", ["admin-lembaga", "pp-biro", "admin-pusat", "ombudsman"])
def test_the_account_of_another_institution_is_not_opened(
    citizen: Client, world: World, provider: Provider, login: str
) -> None:
    Account.objects.filter(login=login).update(email=MAIL)

    comes_back(citizen)

    assert is_out(citizen)
    assert NOT_THERE in said_to(citizen)
    assert not OutsideIdentity.objects.exists()


def test_who_serves_elsewhere_too_comes_in_by_password_only(
    citizen: Client, world: World, provider: Provider, officer: Account
) -> None:
    elsewhere = officer_at(world.agency("nasional"), Role.NATIONAL_ADMIN, "lain")
    Appointment.objects.filter(pk=elsewhere.appointment or 0).update(account=officer)

    comes_back(citizen)

    assert is_out(citizen)


def test_whose_appointment_is_over_is_not_let_in_by_a_link_of_before(
    citizen: Client, provider: Provider, officer: Account
) -> None:
    provider.bent = {"amr": ["mfa"]}
    comes_back(Client())
    Appointment.objects.filter(account=officer).update(ended_on="2026-03-02")

    comes_back(citizen)

    assert is_out(citizen)


def test_nobody_is_made_an_officer_by_a_sign_on(citizen: Client, world: World, provider: Provider) -> None:
    accounts, seats = Account.objects.count(), Appointment.objects.count()

    comes_back(citizen)

    assert is_out(citizen)
    assert (Account.objects.count(), Appointment.objects.count()) == (accounts, seats)


def test_another_subject_with_the_same_address_does_not_take_a_linked_account_over(
    citizen: Client, provider: Provider, officer: Account
) -> None:
    provider.bent = {"amr": ["mfa"]}
    comes_back(Client())
    provider.claims["sub"] = "pegawai-2"

    comes_back(citizen)

    assert is_out(citizen)
    assert OutsideIdentity.objects.get().subject == "pegawai-1"


def test_an_address_of_two_accounts_links_neither(
    citizen: Client, world: World, provider: Provider, officer: Account
) -> None:
    Account.objects.filter(login="pp-pupr").update(email=MAIL)

    comes_back(citizen)

    assert is_out(citizen)


def test_a_provider_that_is_away_is_said_so_and_the_password_still_works(
    citizen: Client, world: World, officer: Account
) -> None:
    away: Any = {"issuer": "http://127.0.0.1:9", "client_id": "x", "secret": "y", "loopback": True}
    keep_sign_on(institution="kota-uji", home=1, name="Kota Uji", **away, now=at(NOW))

    assert citizen.get("/masuk/lembaga/kota-uji/")["Location"] == "/masuk/"
    assert REFUSED in said_to(citizen)


def test_an_institution_without_a_sign_on_says_so(citizen: Client, world: World) -> None:
    assert citizen.get("/masuk/lembaga/kota-uji/")["Location"] == "/masuk/"
    assert "tidak memiliki layanan masuk sendiri" in said_to(citizen)


# --- Setting it up -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "issuer",
    ["http://idp.contoh.example", "ftp://x", "idp.contoh.example", "https://", "https://x/?a=b", "http://127.0.0.1"],
)
def test_only_https_is_believed(world: World, issuer: str) -> None:
    with pytest.raises(InvalidInput):
        keep_sign_on(
            institution="kota-uji", home=1, name="Kota Uji", issuer=issuer, client_id="a", secret="b", now=at(NOW)
        )


def test_the_secret_is_sealed_and_goes_with_the_sign_on(world: World, provider: Provider, officer: Account) -> None:
    assert oidc_provider.SECRET.encode() not in bytes(SignOn.objects.get().sealed_secret)
    provider.bent = {"amr": ["mfa"]}
    comes_back(Client())

    remove_sign_on(institution="kota-uji", home=1, now=at(NOW))

    assert not SignOn.objects.exists()
    assert not OutsideIdentity.objects.exists()
