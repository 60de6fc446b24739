"""A file leaves a desk: who took it, when, and whose data it held, for the record that nobody can change."""

from __future__ import annotations

from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed


def note_taking(*, file: str, institution: int | None, actor: Actor, now: datetime) -> None:
    """Write down that an officer takes a file along: a register, a report of figures, the documents of a case.

    `file` is the name under which it leaves, never one that a citizen chose; `institution` is the id of the one whose
    data it holds, None for the nation's. Its admins read it in their record of who did what, as the national desk does.
    """
    note_deed("file_taken", actor=actor, institution=institution, about=file, now=now)
