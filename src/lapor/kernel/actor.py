"""Who acts: an officer in a role at a desk, a reporter, or the clock. Always an argument, never looked up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class Actor:
    """One acting person in one role.

    `desk` is the id of the agency node whose desk the officer serves and `appointment` the id of the decree-backed
    appointment (both None for reporters and the clock). `account` is the person who really acts: a deputy acts under
    the absent officer's appointment but answers for it in person (S20). `reporter` is the random reference of a
    reporter in the identity store; `holds_code` tells that the reporter has shown the report's own tracking code, and
    `holds_key` is the key that the door gave for the right PIN, where the code has one. `message` is the id of the
    message from a channel by which a reporter speaks.
    """

    role: Role
    desk: int | None = None
    appointment: int | None = None
    account: int | None = None
    reporter: UUID | None = None
    holds_code: bool = False
    holds_key: str = ""
    message: int | None = None

    @property
    def is_officer(self) -> bool:
        """Tell whether this actor serves a desk."""
        return self.desk is not None


CLOCK = Actor(Role.CLOCK)


def officer(actor: Actor) -> int:
    """Return the appointment by which an officer acts; raises ValueError for anybody else."""
    if actor.appointment is None:
        raise ValueError(f"{actor.role} acts by no appointment")
    return actor.appointment


def person(actor: Actor) -> int:
    """Return the account of the person who really acts; raises ValueError for anybody without one."""
    if actor.account is None:
        raise ValueError(f"{actor.role} acts without an account")
    return actor.account


def desk_of(actor: Actor) -> int:
    """Return the id of the desk that an officer serves; raises ValueError for anybody else."""
    if actor.desk is None:
        raise ValueError(f"{actor.role} serves no desk")
    return actor.desk


def step_key(message: int) -> str:
    """Return the key of the one step that a message from a channel may take."""
    return f"step-of-message-{message}"


def reporter_with_code(key: str = "") -> Actor:
    """Return the actor for somebody who shows a report's tracking code, with the key of its PIN where it has one."""
    return Actor(Role.REPORTER, holds_code=True, holds_key=key)


def reporter_known(reference: UUID) -> Actor:
    """Return the actor for a reporter who is signed in or recognised by a channel address."""
    return Actor(Role.REPORTER, reporter=reference)
