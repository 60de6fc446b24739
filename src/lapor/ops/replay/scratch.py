"""Databases of a replay's own, on the same server: made, copied and dropped; the real one is never opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection
from psycopg import sql


class NoScratchError(Exception):
    """The server gives us no database; the message says what to do."""


class Scratch:
    """Databases named after this process, so that two replays never meet."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def make(self, like: str = "") -> str:
        """Make one more database, empty or a copy of another of ours, and return its name."""
        name = f"lapor_replay_{os.getpid()}_{len(self.names)}"
        template = sql.SQL(" TEMPLATE {}").format(sql.Identifier(like)) if like else sql.SQL("")
        with _server() as server:
            server.execute(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), template))
            self.names.append(name)
            # A virtual year loses nothing in a power cut: no commit needs to wait for the disk.
            server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
        return name

    def drop_all(self) -> None:
        """Drop what was made, even while something is connected to it."""
        if not self.names:
            return
        with _server() as server:
            for name in self.names:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Have databases within this block; raises NoScratchError when the server refuses them."""
    made = Scratch()
    try:
        yield made
    except psycopg.errors.InsufficientPrivilege as problem:
        raise NoScratchError(
            "A replay plays in databases of its own, and this user may not create any. Grant it with: "
            "ALTER ROLE ... CREATEDB"
        ) from problem
    except psycopg.OperationalError as problem:
        raise NoScratchError(f"The database server does not answer: {problem}") from problem
    finally:
        made.drop_all()


def url_of(name: str) -> str:
    """Return the DATABASE_URL of a database on the server that the settings name."""
    told = connection.settings_dict
    place = {key: str(value) for key, value in (("host", told["HOST"]), ("port", told["PORT"])) if value}
    person = f"{quote(told['USER'], safe='')}:{quote(told['PASSWORD'], safe='')}@" if told["USER"] else ""
    return f"postgresql://{person}/{quote(name)}?{urlencode({**place, **told['OPTIONS']})}"


def _server() -> psycopg.Connection[tuple[object, ...]]:
    """Return a connection to the server's maintenance database, outside any transaction."""
    told = connection.settings_dict
    return psycopg.connect(
        host=told["HOST"] or None,
        port=told["PORT"] or None,
        user=told["USER"] or None,
        password=told["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    )
