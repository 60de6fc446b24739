"""The static files: built by `make`, published to the state folder with hashed names and compressed twins."""

import hashlib
from pathlib import Path

import click


def publish() -> None:
    """Publish the static files for the web server when they changed since the last time.

    Raises `click.ClickException` when the front end has not been built.
    """
    from django.conf import settings

    if missing_bundles():
        raise click.ClickException("The front end is not built. Run: make setup")
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    wanted = _fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted:
        _collect()
        stamp.write_text(wanted)


def missing_bundles() -> list[str]:
    """Return which of the files that every page loads are not there."""
    from django.contrib.staticfiles import finders

    return [name for name in ("build/portal.css", "build/desk.css") if finders.find(name) is None]


def _collect() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            with storage.open(name) as file:
                digest.update(name.encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
