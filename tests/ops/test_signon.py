"""An institution's own sign-on is set up at the command line, by whoever runs the installation."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from lapor.identity.models import SignOn
from lapor.identity.usecases.sign_on import client_of
from lapor.kernel.models import Deed
from lapor.ops.commands.signon import command

pytestmark = pytest.mark.django_db
GOOD = ("--institution", "kota-mataram", "--issuer", "https://sso.contoh.example", "--client", "lapor")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command use the test's database."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://kept-elsewhere/lapor")


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(words), input=typed)


def test_the_secret_is_asked_for_and_the_sign_on_is_on_record() -> None:
    done = run(*GOOD, typed="rahasia\n")

    assert done.exit_code == 0, done.output
    assert "rahasia" not in done.output
    assert client_of("kota-mataram").secret == "rahasia"
    assert Deed.objects.get(action="sign_on_kept").about == "https://sso.contoh.example"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--institution", "tidak-ada", "--issuer", "https://x.example", "--client", "a"), "no such agency"),
        (("--institution", "nasional", "--issuer", "https://x.example", "--client", "a"), "no institution"),
        (("--institution", "kota-mataram", "--issuer", "http://x.example", "--client", "a"), "https://"),
        (("--institution", "kota-mataram", "--issuer", "https://x.example"), "needed"),
        (("--institution", "kota-mataram", "--remove"), "no sign-on"),
    ],
)
def test_what_does_not_fit_ends_in_one_sentence(words: tuple[str, ...], said: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        done = run(*words, typed="rahasia\n")

    assert done.exit_code == 1
    assert said in done.output
    assert not SignOn.objects.exists()


def test_it_is_taken_away_again() -> None:
    run(*GOOD, typed="rahasia\n")

    assert run("--institution", "kota-mataram", "--remove").exit_code == 0
    assert not SignOn.objects.exists()
