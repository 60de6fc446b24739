"""An installation that faces the public starts only when it is safe to."""

import os
import subprocess
import sys

import pytest

SAFE = {
    "LAPOR_PRODUCTION": "yes",
    "LAPOR_SECRET_KEY": "a" * 20 + "B7-x" * 10,
    "LAPOR_IDENTITY_KEY": "c" * 20 + "D8-y" * 10,
    "LAPOR_HOSTS": "lapor.example.go.id",
    "DATABASE_URL": "postgresql://lapor@db.example/lapor",
    "DJANGO_SETTINGS_MODULE": "lapor.config.settings",
}


def check_deployment(**changes: str) -> subprocess.CompletedProcess[str]:
    """Ask Django's own deployment checks, with the environment of a server."""
    command = [sys.executable, "-m", "lapor.ops.cli", "manage", "check", "--deploy", "--fail-level", "WARNING"]
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "DATABASE", "DJANGO_"))}
    return subprocess.run(command, env={**ours, **SAFE, **changes}, capture_output=True, text=True, check=False)


def test_djangos_deployment_checks_find_nothing() -> None:
    done = check_deployment()

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LAPOR_SECRET_KEY", ""),
        ("LAPOR_IDENTITY_KEY", "too-short"),
        ("LAPOR_HOSTS", ""),
        ("LAPOR_DEMO", "yes"),
        ("LAPOR_DEBUG", "yes"),
        ("DATABASE_URL", "sqlite:///lapor.db"),
    ],
)
def test_what_is_unsafe_is_refused_by_name(name: str, value: str) -> None:
    done = check_deployment(**{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith("lapor: ")
    assert name in done.stderr
