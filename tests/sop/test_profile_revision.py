"""New versions of an SOP profile: written down as a file, kept within the law, compared with the old one (S83)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from lapor.sop.profile import Document, Profile, load_profiles, shipped_profiles
from lapor.sop.profile_bounds import BOUNDS, Blame, Fault, Key, blames
from lapor.sop.profile_reader import read_text
from lapor.sop.profile_revision import Numbers, differences, numbers_of, revised
from lapor.sop.profile_text import written
from lapor.sop.vocabulary import Classification, Clock

MATARAM = shipped_profiles().get("kota-mataram", "2023")
FIRST, SILENCE = (Clock.FIRST_RESPONSE, None), (Clock.SILENCE, None)
DOCUMENT = Document("Perwali 5/2026", "", None, None, date(2026, 12, 1), "Wali Kota", ("UU 25/2009",))


def next_one(profile: Profile = MATARAM, *, at: Key, to: tuple[int | None, int | None]) -> Profile:
    numbers: Numbers = {**numbers_of(profile), at: to}
    return revised(profile, numbers, code="instansi-1", version="2026-12-01", names=("SOP", "SOP"), document=DOCUMENT)


@pytest.mark.parametrize("profile", load_profiles().all, ids=lambda profile: profile.code)
def test_what_is_written_down_is_read_again_as_the_same(profile: Profile) -> None:
    odd = replace(profile.document, approver='Kepala "Dinas" \\ \x7f\n', created=None, revised=None)

    for one in (profile, replace(profile, document=odd, automatic_transfer=True)):
        reading = read_text(f"{one.code}.{one.version}.toml", written(one))
        assert (reading.problems, reading.profile) == ([], one)


@pytest.mark.parametrize("profile", load_profiles().all, ids=lambda profile: profile.code)
def test_the_shipped_profiles_keep_to_the_law(profile: Profile) -> None:
    assert blames(profile) == []
    assert set(BOUNDS) <= set(profile.clocks)


def test_a_revision_changes_its_numbers_and_names_its_document() -> None:
    made = next_one(at=FIRST, to=(3, 8))

    limit = made.limit(Clock.FIRST_RESPONSE)
    assert limit
    assert (limit.target, limit.limit, limit.source) == (3, 8, "S31, S62, C6; Perwali 5/2026")
    assert [
        (one.key, one.before and one.before.limit, one.after and one.after.limit) for one in differences(MATARAM, made)
    ] == [(FIRST, 10, 8)]
    again = next_one(made, at=FIRST, to=(3, 7)).limit(Clock.FIRST_RESPONSE)
    assert again
    assert again.source == "S31, S62, C6; Perwali 5/2026"
    assert made.limit(Clock.HEAD) == MATARAM.limit(Clock.HEAD)
    assert read_text("instansi-1.2026-12-01.toml", written(made)).profile == made


def test_a_reminder_that_moves_is_written_with_its_clock() -> None:
    made = next_one(at=(Clock.PENDING_REMINDER, None), to=(None, 4))

    assert read_text("instansi-1.2026-12-01.toml", written(made)).profile == made
    assert [one.key[0] for one in differences(MATARAM, made)] == [Clock.PENDING_REMINDER]
    assert made.clocks[Clock.PENDING, None].source == "C10; Perwali 5/2026"


@pytest.mark.parametrize(
    ("key", "numbers", "fault", "bound", "rule"),
    [
        (FIRST, (5, 11), Fault.TOO_LONG, 10, "S31"),
        ((Clock.VERIFY_AGENCY, None), (None, 4), Fault.TOO_LONG, 3, "S35"),
        ((Clock.SUBSTANTIVE, Classification.COMPLAINT), (None, 15), Fault.TOO_LONG, 14, "PermenPANRB 62/2018"),
        (SILENCE, (None, 9), Fault.TOO_SHORT, 10, "S33"),
        (SILENCE, (None, 11), Fault.TOO_LONG, 10, "S33"),
        ((Clock.ESCALATION, None), (None, 59), Fault.TOO_SHORT, 60, "S34"),
        ((Clock.UNIT_RECEIVES, None), (2, None), Fault.TOO_LONG, 1, "S10"),
        (FIRST, (6, 5), Fault.TARGET_AFTER_LIMIT, 5, ""),
        (FIRST, (5, 0), Fault.NO_NUMBER, 365, ""),
        (FIRST, (-1, 5), Fault.NO_NUMBER, 365, ""),
        ((Clock.UNIT_ANSWERS, None), (None, 366), Fault.NO_NUMBER, 365, ""),
        ((Clock.PENDING_REMINDER, None), (None, 7), Fault.NOT_BEFORE, 7, ""),
        ((Clock.CONSENT, None), (None, 60), Fault.NOT_BEFORE, 60, ""),
    ],
)
def test_what_is_looser_than_the_law_or_has_no_sense_is_blamed(
    key: Key, numbers: tuple[int | None, int | None], fault: Fault, bound: int, rule: str
) -> None:
    found = blames(next_one(at=key, to=numbers))

    assert found == [Blame(key, found[0].which, fault, bound, rule)]


@pytest.mark.parametrize("key", BOUNDS, ids=str)
def test_every_bound_can_be_reached_and_not_passed(key: Key) -> None:
    bound, profile = BOUNDS[key], MATARAM
    for value, good in ((bound.most, True), ((bound.most or 0) + 1, False)):
        limit = replace(profile.clocks[key], target=None, limit=value)
        changed = replace(profile, clocks=MappingProxyType({**profile.clocks, key: limit}))
        assert (blames(changed) == []) is good
