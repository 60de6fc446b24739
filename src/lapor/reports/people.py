"""Readers who support or comment, known again without being known."""

from __future__ import annotations

from lapor.identity.vault import keyed_hash


def known_as(person: str, report: int) -> bytes:
    """Return what stands for a person at one report: the same person is somebody else at the next report.

    `person` is the secret of a browser or the name of an account; without the key of the vault nobody can try them.
    """
    return keyed_hash(f"reader of report {report}", person)


def owned_by(account_id: int) -> bytes:
    """Return the 16 bytes by which an account finds all comments that it wrote, to take them along or erase them."""
    return keyed_hash("comments of an account", str(account_id))[:16]
