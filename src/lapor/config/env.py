"""Read the environment once, with types and with refusals a person understands."""

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from lapor.kernel import state

_SHORTEST_SECRET = 32


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding blanks; an empty one counts as absent."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable; raise `ImproperlyConfigured` for anything else."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return a whole number; raise `ImproperlyConfigured` for anything else."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of a variable."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def origins(template: str) -> list[str]:
    """Return the origin of an address on another host, for the policy of the browser; none for our own addresses.

    Raises `ImproperlyConfigured` for an address that is neither a path nor https.
    """
    parts = urlsplit(template)
    if not template or (template.startswith("/") and not parts.netloc):
        return []
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", parts.netloc):
        raise ImproperlyConfigured("LAPOR_TILES must begin with / or with https:// and a plain host name.")
    return [f"https://{parts.netloc}"]


def database(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=value` into Django's database settings.

    A socket folder is written as `?host=/folder`. Other engines are refused: the promises of this
    product rest on PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return postgresql(
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=str(parts.port or options.pop("port", "")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        dbname=unquote(parts.path.lstrip("/")),
        options=options,
    )


def postgresql(
    *,
    host: str,
    user: str,
    password: str,
    dbname: str,
    port: str = "",
    options: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return Django's database settings for one PostgreSQL database; connections live a minute and are tested first."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host,
        "PORT": port,
        "USER": user,
        "PASSWORD": password,
        "NAME": dbname,
        "OPTIONS": dict(options or {}),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def local(connection: Mapping[str, str]) -> dict[str, Any]:
    """Turn the local cluster's connection arguments into Django's database settings."""
    return postgresql(
        host=connection["host"],
        user=connection["user"],
        password=connection["password"],
        dbname=connection["dbname"],
    )


def mail(url: str) -> dict[str, Any]:
    """Turn `console:`, `file:///folder` or `smtp://user:password@host:port?tls=yes` into Django's mail settings."""
    parts = urlsplit(url)
    backends = {"console": "console", "file": "filebased", "smtp": "smtp", "smtps": "smtp"}
    if parts.scheme not in backends:
        raise ImproperlyConfigured("LAPOR_MAIL must begin with console:, file:// or smtp://")
    tls = dict(parse_qsl(parts.query)).get("tls", "yes") == "yes"
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{backends[parts.scheme]}.EmailBackend",
        "EMAIL_FILE_PATH": unquote(parts.path) or None,
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and tls,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def secret(name: str, *, production: bool) -> str:
    """Return a secret of at least 32 characters.

    Outside production one is drawn once and kept in the state folder. In production it must be given:
    several machines serve one installation there, and each would draw its own.
    """
    value = text(name)
    if not value and not production:
        return state.secret(name.removeprefix("LAPOR_").lower().replace("_", "-"))
    if len(value) < _SHORTEST_SECRET or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f'{name} is missing or weak. Draw one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return value
