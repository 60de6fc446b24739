"""Officers sign in: the second step, setting it up, recovery codes, locks, and sessions ended from elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client
from tests.builders import World
from tests.portal.conftest import NOW, Answer
from tests.sop.days import at

from lapor.identity.models import Account, Authenticator, DeskSession, Passkey, RecoveryCode, Tries
from lapor.identity.usecases import desk_sessions, factors, tries
from lapor.identity.usecases.passwords import choose_password, invitation
from lapor.kernel.actor import CLOCK
from lapor.kernel.models import Deed

PASSWORD = "kuda baterai stapler benar"
BY = factors.By(CLOCK, None)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def outside_the_demo(settings: Any) -> None:
    """Ask for the second step, as everywhere but in the demo."""
    settings.SECOND_FACTOR = True
    settings.LAPOR_BASE_URL = "http://testserver"


@pytest.fixture
def officer(world: World) -> Account:
    """The city's admin, who has a password and nothing else yet."""
    account = Account.objects.get(login="admin-kota")
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def with_app(officer: Account) -> Account:
    """The same, with an authenticator app."""
    now = at("Mon 2 Mar 2026 08:00 WITA")
    factors.set_app(account_id=officer.pk, secret=SECRET, digits=pyotp.TOTP(SECRET).at(now), by=BY, now=now)
    return officer


def knocks(client: Client, password: str = PASSWORD, login: str = "admin-kota") -> Answer:
    return client.post("/masuk/", {"login": login, "password": password})


def digits(secret: str = SECRET, later: timedelta = timedelta()) -> str:
    return pyotp.TOTP(secret).at(at(NOW) + later)


def is_in(client: Client) -> bool:
    return client.get("/meja/").status_code == 200


# --- The first time ------------------------------------------------------------------------------


def test_after_an_invitation_the_first_sign_in_sets_up_an_app_and_shows_ten_codes_once(
    citizen: Client, officer: Account
) -> None:
    choose_password(account_id=officer.pk, token=invitation(officer.pk), password=PASSWORD)
    assert knocks(citizen)["Location"] == "/masuk/pasang/"
    assert not is_in(citizen)

    page = citizen.get("/masuk/pasang/")
    secret = page.context["secret"].replace(" ", "")
    assert "<svg" in page.text
    answer = citizen.post("/masuk/pasang/", {"digits": digits(secret)})

    assert answer["Location"] == "/masuk/kode-cadangan/"
    shown = citizen.get("/masuk/kode-cadangan/").context["codes"]
    assert len(shown) == len(set(shown)) == 10
    assert citizen.post("/masuk/kode-cadangan/")["Location"] == "/meja/"
    assert citizen.get("/masuk/kode-cadangan/")["Location"] == "/masuk/"
    assert is_in(citizen)


def test_a_wrong_first_code_sets_nothing_up(citizen: Client, officer: Account) -> None:
    knocks(citizen)
    secret = citizen.get("/masuk/pasang/").context["secret"]

    answer = citizen.post("/masuk/pasang/", {"digits": "000000"})

    assert answer.status_code == 422
    assert answer.context["secret"] == secret
    assert not Authenticator.objects.exists()
    assert not is_in(citizen)


def test_neither_the_secret_nor_the_codes_stand_anywhere_in_clear(citizen: Client, officer: Account) -> None:
    knocks(citizen)
    secret = citizen.get("/masuk/pasang/").context["secret"].replace(" ", "")
    assert secret not in str(dict(citizen.session))
    citizen.post("/masuk/pasang/", {"digits": digits(secret)})
    shown = citizen.get("/masuk/kode-cadangan/").context["codes"]

    assert secret.encode() not in bytes(Authenticator.objects.get().sealed)
    kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.all()) + str(dict(citizen.session)).encode()
    assert not any(one.encode() in kept or one.replace("-", "").encode() in kept for one in shown)


def test_whoever_has_a_second_factor_sets_up_no_other_with_the_password_alone(
    citizen: Client, with_app: Account
) -> None:
    assert knocks(citizen)["Location"] == "/masuk/langkah-dua/"

    assert citizen.get("/masuk/pasang/")["Location"] == "/masuk/langkah-dua/"
    assert citizen.post("/masuk/pasang/", {"digits": digits()})["Location"] == "/masuk/langkah-dua/"
    assert citizen.post("/masuk/pasang/kunci/", {"answer": "{}"})["Location"] == "/masuk/langkah-dua/"
    assert not is_in(citizen)


def test_in_the_demo_nobody_is_asked(citizen: Client, officer: Account, settings: Any) -> None:
    settings.SECOND_FACTOR = False

    assert knocks(citizen)["Location"] == "/meja/"


# --- The second step -----------------------------------------------------------------------------


def test_a_password_alone_opens_nothing(citizen: Client, with_app: Account) -> None:
    answer = citizen.post("/masuk/", {"login": "admin-kota", "password": PASSWORD, "next": "/meja/petugas/"})

    assert answer["Location"] == "/masuk/langkah-dua/"
    assert "_auth_user_id" not in citizen.session
    assert citizen.post("/masuk/langkah-dua/", {"digits": digits()})["Location"] == "/meja/petugas/"
    assert is_in(citizen)


def test_a_session_that_skipped_the_second_step_does_not_open_the_desk(citizen: Client, officer: Account) -> None:
    citizen.force_login(officer)

    assert citizen.get("/meja/")["Location"].startswith("/masuk/")


def test_a_code_works_once_whoever_reads_it_along(citizen: Client, with_app: Account) -> None:
    knocks(citizen)
    citizen.post("/masuk/langkah-dua/", {"digits": digits()})
    thief = Client()
    knocks(thief)

    assert thief.post("/masuk/langkah-dua/", {"digits": digits()}).status_code == 422
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("later", "works"),
    [(timedelta(seconds=-30), True), (timedelta(seconds=30), True), (timedelta(seconds=-90), False),
     (timedelta(seconds=90), False)],
)  # fmt: skip
def test_a_code_is_taken_half_a_minute_early_or_late(
    citizen: Client, with_app: Account, later: timedelta, works: bool
) -> None:
    knocks(citizen)

    citizen.post("/masuk/langkah-dua/", {"digits": digits(later=later)})

    assert is_in(citizen) == works


def test_a_recovery_code_opens_once_however_it_is_written(citizen: Client, with_app: Account) -> None:
    code, other = factors.new_codes(account_id=with_app.pk)[:2]
    knocks(citizen)
    citizen.post("/masuk/langkah-dua/", {"digits": code.lower().replace("-", " ")})
    assert is_in(citizen)

    again = Client()
    knocks(again)
    assert again.post("/masuk/langkah-dua/", {"digits": code}).status_code == 422
    assert again.post("/masuk/langkah-dua/", {"digits": other}).status_code == 302


@pytest.mark.parametrize("typed", ["", "abc", "\x00", "000000 000000 000", "☃" * 20, "١٢٣٤٥٦"])
def test_what_is_no_code_is_refused_calmly(citizen: Client, with_app: Account, typed: str) -> None:
    knocks(citizen)

    assert citizen.post("/masuk/langkah-dua/", {"digits": typed}).status_code == 422
    assert not is_in(citizen)


def test_the_second_step_waits_ten_minutes(citizen: Client, with_app: Account) -> None:
    knocks(citizen)

    with time_machine.travel(at(NOW) + timedelta(minutes=11), tick=False):
        answer = citizen.post("/masuk/langkah-dua/", {"digits": digits(later=timedelta(minutes=11))})

    assert answer["Location"] == "/masuk/"
    assert not is_in(citizen)


def test_a_passkey_of_somebody_else_is_no_second_step(citizen: Client, with_app: Account) -> None:
    knocks(citizen)
    citizen.get("/masuk/langkah-dua/")

    answer = citizen.post("/masuk/kunci/", {"answer": "{}"})

    assert answer["Location"] == "/masuk/langkah-dua/"
    assert not is_in(citizen)


def test_a_citizens_way_in_never_leads_to_a_desk(citizen: Client, with_app: Account) -> None:
    """Passkeys of officers and of citizens are looked for apart."""
    Passkey.objects.create(account=with_app, credential=b"k", public_key=b"?", name="x", created_at=at(NOW))
    citizen.get("/akun/masuk/")

    citizen.post("/akun/kunci/masuk/", {"answer": '{"id": "aw", "rawId": "aw", "type": "public-key", "response": {}}'})

    assert "_auth_user_id" not in citizen.session


# --- Locks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["admin-kota", "tidak-ada"])
def test_ten_wrong_passwords_lock_a_name_known_or_not_with_the_same_sentence(
    citizen: Client, officer: Account, login: str
) -> None:
    for _ in range(9):
        assert knocks(citizen, "salah", login).status_code == 422
    knocks(citizen, "salah", login.upper() + " ")

    answer = knocks(citizen, "salah", login)

    assert answer.status_code == 429
    assert "dikunci selama 15 menit" in answer.text
    assert "undangan baru" in answer.text


def test_a_lock_refuses_the_right_password_too_and_opens_by_itself(citizen: Client, with_app: Account) -> None:
    for _ in range(tries.MOST):
        knocks(citizen, "salah")
    assert knocks(citizen).status_code == 429

    with time_machine.travel(at(NOW) + timedelta(minutes=16), tick=False):
        assert knocks(citizen).status_code == 302


def test_a_lock_is_on_record_for_the_institution(citizen: Client, world: World, officer: Account) -> None:
    for _ in range(tries.MOST):
        knocks(citizen, "salah")

    deed = Deed.objects.get(action="locked")
    assert (deed.account, deed.institution) == (officer.pk, world.agency("kota-uji").pk)


def test_an_invitation_is_a_way_out_of_the_lock(citizen: Client, with_app: Account) -> None:
    for _ in range(tries.MOST):
        knocks(citizen, "salah")

    choose_password(account_id=with_app.pk, token=invitation(with_app.pk), password="kata sandi yang baru sekali")

    assert knocks(citizen, "kata sandi yang baru sekali").status_code == 302


def test_wrong_codes_lock_the_second_step_in_every_browser(citizen: Client, with_app: Account) -> None:
    knocks(citizen)
    for _ in range(tries.MOST):
        citizen.post("/masuk/langkah-dua/", {"digits": "000000"})
    other = Client()
    knocks(other)

    answer = other.post("/masuk/langkah-dua/", {"digits": digits()})

    assert answer.status_code == 429
    assert not is_in(other)


def test_a_right_password_clears_the_count(citizen: Client, with_app: Account) -> None:
    for _ in range(5):
        knocks(citizen, "salah")
    knocks(citizen)

    assert not Tries.objects.exists()


# --- Sessions ------------------------------------------------------------------------------------


def signed_in(account: Account) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130"})
    knocks(client)
    client.post("/masuk/langkah-dua/", {"digits": factors.new_codes(account_id=account.pk)[0]})
    return client


def test_a_session_is_noted_without_an_address_and_on_record(world: World, with_app: Account) -> None:
    client = signed_in(with_app)

    session = DeskSession.objects.get()
    assert (session.way, session.browser, session.key) == ("password", "Chrome, Android", client.session.session_key)
    assert Deed.objects.get(action="signed_in").institution == world.agency("kota-uji").pk


def test_a_session_ended_from_elsewhere_is_over_at_once(with_app: Account) -> None:
    phone, office = signed_in(with_app), signed_in(with_app)
    assert is_in(phone)

    desk_sessions.end_others(account_id=with_app.pk, key=office.session.session_key or "")

    assert not is_in(phone)
    assert is_in(office)


def test_nobody_ends_the_session_of_another(world: World, with_app: Account) -> None:
    phone = signed_in(with_app)
    other = Account.objects.get(login="pp-pupr")

    assert desk_sessions.end(account_id=other.pk, session_id=DeskSession.objects.get().pk) == 0
    assert is_in(phone)


def test_a_reset_of_the_second_factor_ends_every_session_and_begins_anew(with_app: Account) -> None:
    phone = signed_in(with_app)

    factors.reset(account_id=with_app.pk, by=BY, now=at(NOW))

    assert not is_in(phone)
    assert knocks(phone)["Location"] == "/masuk/pasang/"


def test_a_new_password_ends_every_session(with_app: Account) -> None:
    phone = signed_in(with_app)

    choose_password(account_id=with_app.pk, token=invitation(with_app.pk), password="kata sandi yang baru sekali")

    assert not is_in(phone)


def test_an_account_switched_off_is_out_at_once(with_app: Account) -> None:
    phone = signed_in(with_app)

    Account.objects.filter(pk=with_app.pk).update(is_active=False)

    assert not is_in(phone)


def test_the_first_step_gives_the_browser_another_session_key(citizen: Client, with_app: Account) -> None:
    citizen.get("/masuk/")
    planted = citizen.session.session_key

    knocks(citizen)
    waiting = citizen.session.session_key
    citizen.post("/masuk/langkah-dua/", {"digits": digits()})

    assert len({planted, waiting, citizen.session.session_key}) == 3


def test_the_last_second_factor_is_not_removed(with_app: Account) -> None:
    with pytest.raises(factors.LastFactor):
        factors.remove_app(account_id=with_app.pk, by=BY, now=at(NOW))

    Passkey.objects.create(account=with_app, credential=b"k", public_key=b"?", name="x", created_at=at(NOW))
    factors.remove_app(account_id=with_app.pk, by=BY, now=at(NOW))
    with pytest.raises(factors.LastFactor):
        factors.remove_key(account_id=with_app.pk, passkey_id=Passkey.objects.get().pk, by=BY, now=at(NOW))


def test_another_person_in_the_same_browser_gets_a_session_of_their_own(
    citizen: Client, world: World, with_app: Account
) -> None:
    citizen.force_login(Account.objects.get(login="pp-pupr"))
    knocks(citizen)

    citizen.post("/masuk/langkah-dua/", {"digits": digits()})

    assert is_in(citizen)
    assert DeskSession.objects.get(account=with_app).key == citizen.session.session_key
