"""The environment is read with types, and refused in sentences."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from lapor.config import env


def test_a_database_address_becomes_djangos_settings() -> None:
    found = env.database("postgresql://lapor:p%40ss@db.example:6432/complaints?sslmode=require")

    assert (found["HOST"], found["PORT"], found["USER"]) == ("db.example", "6432", "lapor")
    assert (found["PASSWORD"], found["NAME"]) == ("p@ss", "complaints")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_is_a_host() -> None:
    assert env.database("postgresql://lapor@/lapor?host=/run/pg")["HOST"] == "/run/pg"


def test_other_databases_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database("sqlite:///lapor.db")


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("0", False), ("", False), ("ON", True)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, said: str, meant: bool) -> None:
    monkeypatch.setenv("LAPOR_DEMO", said)

    assert env.flag("LAPOR_DEMO") is meant


def test_a_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPOR_DEMO", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="LAPOR_DEMO must be yes or no"):
        env.flag("LAPOR_DEMO")


@pytest.mark.parametrize("weak", ["", "short", "django-insecure-" + "x" * 40])
def test_production_refuses_missing_and_weak_secrets(monkeypatch: pytest.MonkeyPatch, weak: str) -> None:
    monkeypatch.setenv("LAPOR_SECRET_KEY", weak)

    with pytest.raises(ImproperlyConfigured, match="LAPOR_SECRET_KEY is missing or weak"):
        env.secret("LAPOR_SECRET_KEY", production=True)


def test_mail_addresses_choose_the_backend() -> None:
    found = env.mail("smtp://user:pass@mail.example:2525?tls=no")

    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example", 2525, False)
    with pytest.raises(ImproperlyConfigured, match="LAPOR_MAIL"):
        env.mail("pigeon://roof")
