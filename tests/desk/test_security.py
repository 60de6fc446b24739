"""The officer's own page about signing in, and the admin's reset of a lost second step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client
from tests.builders import World
from tests.desk.conftest import NOW, SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import Appointment
from lapor.identity.models import Account, Authenticator, DeskSession, Passkey, RecoveryCode
from lapor.identity.usecases import factors
from lapor.kernel.actor import CLOCK
from lapor.kernel.models import Deed

PASSWORD = "kuda baterai stapler benar"
PAGE = "/meja/keamanan/"


@pytest.fixture
def officer(world: World) -> Account:
    """The liaison of the public works unit, with a password."""
    account = account_of(world, "pp-pupr")
    account.set_password(PASSWORD)
    account.save()
    return account


def sits_down(account: Account, browser: str = "Firefox") -> Client:
    client = Client(headers={"user-agent": f"Mozilla/5.0 (Windows) {browser}"})
    assert client.post("/masuk/", {"login": account.login, "password": PASSWORD})["Location"] == "/meja/"
    return client


def test_an_app_is_set_up_by_its_first_code_and_the_codes_are_shown_once(officer: Account) -> None:
    client = sits_down(officer)
    secret = client.get(f"{PAGE}aplikasi/").context["secret"]
    assert client.post(f"{PAGE}aplikasi/", {"digits": "000000"}).status_code == 422

    page = client.post(f"{PAGE}aplikasi/", {"digits": pyotp.TOTP(secret).at(at(NOW))})

    assert len(page.context["codes"]) == 10
    assert page["Cache-Control"] == "private, no-store"
    assert Authenticator.objects.get().account == officer
    assert page.context["codes"][0] not in client.get(PAGE).text
    assert Deed.objects.get(action="factor_set").account == officer.pk


def test_what_opens_the_account_changes_only_after_a_fresh_sign_in(
    officer: Account, today: time_machine.Traveller
) -> None:
    client = sits_down(officer)
    today.move_to(at(NOW) + timedelta(minutes=16))

    answers = [client.get(f"{PAGE}aplikasi/"), client.get(f"{PAGE}kunci/")]
    answers += [client.post(PAGE, {"do": do}) for do in ("codes", "remove_app", "remove_key")]
    for answer in answers:
        assert "Masuklah sekali lagi" in answer.text
        assert "secret" not in answer.context
    assert client.get(PAGE).status_code == 200
    assert not RecoveryCode.objects.exists()


def test_new_codes_make_the_old_ones_worthless(officer: Account) -> None:
    old = factors.new_codes(account_id=officer.pk)
    client = Client()
    client.force_login(officer)
    client = sits_down(officer)

    new = client.post(PAGE, {"do": "codes"}).context["codes"]

    assert not set(old) & set(new)
    assert RecoveryCode.objects.filter(account=officer).count() == 10


def test_the_last_second_step_stays_and_the_page_says_why(officer: Account) -> None:
    Passkey.objects.create(account=officer, credential=b"k", public_key=b"?", name="Ponsel", created_at=at(NOW))
    client = Client()
    client.force_login(officer)
    session = client.session
    session["desk_signed_at"] = at(NOW).isoformat()
    session.save()

    page = client.post(PAGE, {"do": "remove_key", "id": Passkey.objects.get().pk}, follow=True)

    assert "satu-satunya langkah kedua" in page.text
    assert Passkey.objects.exists()


def test_another_browser_is_signed_out_from_here(officer: Account) -> None:
    phone, office = sits_down(officer, "Android Chrome"), sits_down(officer)
    page = office.get(PAGE)
    assert [one.browser for one in page.context["sessions"]] == ["Firefox, Windows", "Chrome, Android"]
    theirs = next(one.id for one in page.context["sessions"] if not one.is_here)

    office.post(PAGE, {"do": "end", "id": theirs})

    assert phone.get("/meja/").status_code == 302
    assert office.get("/meja/").status_code == 200


def test_every_other_browser_is_signed_out_at_once(officer: Account) -> None:
    others, here = [sits_down(officer), sits_down(officer)], sits_down(officer)

    here.post(PAGE, {"do": "end_others"})

    assert [client.get("/meja/").status_code for client in [*others, here]] == [302, 302, 200]
    assert DeskSession.objects.count() == 1


@pytest.mark.parametrize("typed", [{"do": "end", "id": "x"}, {"do": "end", "id": "9" * 30}, {"do": "entah"}, {}])
def test_a_broken_button_changes_nothing(officer: Account, typed: dict[str, Any]) -> None:
    client = sits_down(officer)

    assert client.post(PAGE, typed).status_code in (200, 302)
    assert DeskSession.objects.count() == 1


# --- The admin's reset ---------------------------------------------------------------------------


def lost(world: World, name: str = "pp-pupr") -> Account:
    """Return an officer with an app that is lost."""
    account, secret = account_of(world, name), factors.new_secret()
    now = at(NOW)
    by = factors.By(CLOCK, None)
    factors.set_app(account_id=account.pk, secret=secret, digits=pyotp.TOTP(secret).at(now), by=by, now=now)
    return account


def test_an_admin_resets_a_lost_second_step_on_record(world: World, sits: SignIn) -> None:
    account = lost(world)
    address = f"/meja/petugas/{world['pp-pupr'].appointment}/undangan/"

    assert sits("admin-kota").post(address, {"do": "reset"}).status_code == 302

    assert not factors.has_factor(account.pk)
    deed = Deed.objects.get(action="factor_reset")
    assert (deed.account, deed.about) == (account_of(world, "admin-kota").pk, str(account))


@pytest.mark.parametrize("name", ["admin-lembaga", "pp-kesehatan", "pimpinan-pupr", "ombudsman"])
def test_nobody_else_resets_it(world: World, sits: SignIn, name: str) -> None:
    account = lost(world)

    answer = sits(name).post(f"/meja/petugas/{world['pp-pupr'].appointment}/undangan/", {"do": "reset"})

    assert answer.status_code in (403, 404)
    assert factors.has_factor(account.pk)


def test_an_admin_resets_nobody_who_serves_elsewhere_too(world: World, sits: SignIn) -> None:
    account = lost(world, "admin-pusat")
    Appointment.objects.filter(pk=world["pp-pupr"].appointment or 0).update(account=account)

    answer = sits("admin-kota").post(f"/meja/petugas/{world['pp-pupr'].appointment}/undangan/", {"do": "reset"})

    assert answer.status_code == 403
    assert factors.has_factor(account.pk)


# --- Gone means gone -----------------------------------------------------------------------------


def test_S16_a_role_that_ends_while_a_form_is_being_filled_in_changes_nothing(world: World, sits: SignIn) -> None:
    browser, decree = sits("admin-kota"), {"number": "1/UJI", "signed_on": "2026-03-02"}
    assert browser.get("/meja/petugas/sk/").status_code == 200
    Appointment.objects.filter(pk=world["admin-kota"].appointment or 0).update(ended_on="2026-03-02")

    answer = browser.post("/meja/petugas/sk/", {**decree, "valid_from": "2026-03-02", "valid_to": "2026-12-31"})

    assert answer.status_code == 403
    assert "1/UJI" not in answer.text
    assert not world.agency("kota-uji").decrees.filter(number="1/UJI").exists()
