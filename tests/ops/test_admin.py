"""The first admin of an installation comes from the command line."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate
from django.utils import timezone

from lapor.agencies.queries.roles import actors_of
from lapor.ops.commands.admin import command
from lapor.sop.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def appoint(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command on the test database; options are given as keywords."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://kept-elsewhere/lapor")
    today = timezone.now().date()
    usual = {
        "login": "ani",
        "name": "Ani Contoh",
        "email": "ani@contoh.example",
        "decree": "SK 1/2026",
        "signed": str(today - timedelta(days=3)),
        "until": str(today + timedelta(days=300)),
        "password": "sandi-yang-panjang",
    }

    def run(**changes: Any) -> Result:
        options = [word for name, value in (usual | changes).items() for word in (f"--{name}", value)]
        return CliRunner().invoke(command, options)

    return run


def test_the_admin_can_sign_in_and_act_for_the_national_desk(appoint: Callable[..., Result]) -> None:
    done = appoint()

    assert done.exit_code == 0, done.output
    account = authenticate(username="ani", password="sandi-yang-panjang")
    assert account is not None
    assert [actor.role for actor in actors_of(account, timezone.now())] == [Role.NATIONAL_ADMIN]


def test_an_institutions_admin_is_named_by_its_own_decree(appoint: Callable[..., Result]) -> None:
    assert appoint(agency="kota-mataram").exit_code == 0

    account = authenticate(username="ani", password="sandi-yang-panjang")
    assert account is not None
    assert [actor.role for actor in actors_of(account, timezone.now())] == [Role.AGENCY_ADMIN]


@pytest.mark.parametrize(
    "wrong", [{"password": "123"}, {"email": "no address"}, {"until": "2001-01-01"}, {"agency": "nowhere"}]
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_kept(
    appoint: Callable[..., Result], wrong: dict[str, str]
) -> None:
    refused = appoint(**wrong)

    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")
    assert appoint().exit_code == 0  # the login is still free


def test_a_second_admin_may_be_named_by_the_same_decree(appoint: Callable[..., Result]) -> None:
    assert appoint().exit_code == 0
    assert appoint(login="budi", email="budi@contoh.example").exit_code == 0
