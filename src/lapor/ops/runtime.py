"""What a command needs before it can ask the domain anything: a database that answers and a configured Django."""

import contextlib
import os
from collections.abc import Iterator

import django

from lapor.ops.localdb.places import places
from lapor.ops.localdb.server import running

KEPT = "LAPOR_DATABASE_IS_KEPT"


@contextlib.contextmanager
def ready() -> Iterator[None]:
    """Have Django configured and, where no DATABASE_URL is set, the local database running within this block."""
    with contextlib.nullcontext() if is_kept_elsewhere() else running(places()):
        configure()
        yield


def has_own_server() -> bool:
    """Say whether the operator named a database server."""
    return bool(os.environ.get("DATABASE_URL", "").strip())


def is_kept_elsewhere() -> bool:
    """Say whether somebody else keeps the database running: a server, or the `lapor up` that started us."""
    return has_own_server() or KEPT in os.environ


def configure() -> None:
    """Configure Django with the product's settings, unless the caller chose others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.settings")
    django.setup()
