"""The citizens' guide says what the product does: the same buttons, the same days (S80)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from lapor.portal.acts import ACTS
from lapor.sop.profile import shipped_profiles
from lapor.sop.vocabulary import Classification, Clock, Status

GUIDE = (Path(__file__).parents[2] / "docs" / "panduan" / "masyarakat.md").read_text(encoding="utf-8")
MATARAM = shipped_profiles().versions("kota-mataram")[-1]


def row(beginning: str) -> str:
    """Return the row of a table that begins with these words."""
    found = re.search(rf"^\| {re.escape(beginning)} \|.*$", GUIDE, re.MULTILINE)
    assert found, f"the guide has no row for {beginning}"
    return found[0]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.slug)
def test_S80_every_button_is_explained_by_its_name(act: object) -> None:
    with translation.override("id"):
        assert row(f"**{act.label}**")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("status", "clocks"),
    [
        (Status.UNVERIFIED, [(Clock.VERIFY_AGENCY, None), (Clock.DISPOSE_AGENCY, None)]),
        (Status.DISPOSED, [(Clock.FIRST_RESPONSE, None)]),
        (
            Status.IN_PROGRESS,
            [(Clock.SUBSTANTIVE, Classification.COMPLAINT), (Clock.SUBSTANTIVE, Classification.ASPIRATION)],
        ),
        (Status.PENDING, [(Clock.PENDING, None)]),
        (Status.CLOSED, [(Clock.REOPEN_WINDOW, None)]),
        (Status.ARCHIVED, [(Clock.APPEAL_WINDOW, None)]),
        (Status.ESCALATED, [(Clock.ESCALATION, None)]),
    ],
)
def test_every_status_stands_there_with_the_days_of_the_profile(
    status: Status, clocks: list[tuple[Clock, Classification | None]]
) -> None:
    told = set(map(int, re.findall(r"\b\d+\b", row(status.id))))

    limits = [MATARAM.limit(clock, kind) for clock, kind in clocks]

    assert {limit.limit for limit in limits if limit} <= told


def test_silence_consent_and_escalation_are_told_with_their_days() -> None:
    silence, consent, escalation = (MATARAM.limit(c) for c in (Clock.SILENCE, Clock.CONSENT, Clock.ESCALATION))
    assert silence is not None
    assert consent is not None
    assert escalation is not None

    assert f"diam selama {silence.limit} hari kerja" in GUIDE
    assert f"hari kerja ke-{consent.limit}" in GUIDE
    assert f"selama {escalation.limit} hari kerja, laporan diteruskan" in GUIDE
