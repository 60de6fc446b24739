"""SOP profiles: the numbers of the law, the versions that coexist, and complaints that name the line."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.sop.days import on

from lapor.sop.profile import (
    SHIPPED,
    Counting,
    Leg,
    NoSuchProfile,
    Problem,
    ProfileError,
    Profiles,
    load_profiles,
    shipped_profiles,
)
from lapor.sop.vocabulary import Classification, Clock

MATARAM, MINISTRY, NATIONAL = "kota-mataram", "kementerian-vertikal", "nasional"
TODAY = on("Thu 12 Mar 2026")

# The table "Clocks" of lifecycle.md: target and limit in each profile, in the table's own order.
CLOCKS = {
    Clock.INTAKE: ((None, 10), (None, 10), (None, 10), "minutes"),
    Clock.VERIFY_NATIONAL: ((1, 3), (None, 1), (None, 3), "workdays"),
    Clock.VERIFY_AGENCY: ((None, 3), (None, 1), (None, 3), "workdays"),
    Clock.DISPOSE_AGENCY: ((3, 5), (None, 1), (None, 5), "workdays"),
    Clock.DELIVERY: ((None, 1), (None, 1), (None, 1), "minutes"),
    Clock.FIRST_RESPONSE: ((5, 10), (None, 1), (None, 3), "workdays"),
    Clock.UNIT_ANSWERS: ((None, 5), (None, 1), (None, 5), "workdays"),
    Clock.RELEASE: ((None, 1), (None, 1), (None, 1), "workdays"),
    Clock.REPORTER_TOLD: ((None, 1), (None, 1), (None, 1), "workdays"),
    Clock.SILENCE: ((None, 10), (None, 10), (None, 10), "workdays"),
    Clock.SILENCE_REMINDER: ((None, 7), (None, 7), (None, 7), "workdays"),
    Clock.CONSENT: ((None, 45), (None, 45), (None, 45), "workdays"),
    Clock.ESCALATION: ((None, 60), (None, 60), (None, 60), "workdays"),
    Clock.MANUAL_ENTRY: ((None, 15), (None, 15), (None, 15), "minutes"),
    Clock.SOCIAL_ENTRY: ((None, 60), (None, 60), (None, 60), "minutes"),
    Clock.PENDING_REMINDER: ((None, 3), (None, 3), (None, 3), "workdays"),
    Clock.PENDING_REMINDER_2: ((None, 7), (None, 7), (None, 7), "workdays"),
    Clock.PENDING: ((None, 10), (None, 10), (None, 10), "workdays"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the shipped profiles to spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "profiles"))


# --- What is shipped -----------------------------------------------------------------------------


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_shipped_profiles_hold_the_numbers_of_the_lifecycle(clock: Clock) -> None:
    *expected, unit = CLOCKS[clock]
    for code, pair in zip((MATARAM, MINISTRY, NATIONAL), expected, strict=True):
        limit = shipped_profiles().in_force(code, TODAY).limit(clock)
        assert limit
        assert ((limit.target, limit.limit), limit.unit) == (pair, unit)


def test_C6_accepting_in_mataram_has_a_target_of_ten_service_minutes_and_no_limit() -> None:
    limit = shipped_profiles().in_force(MATARAM, TODAY).limit(Clock.ACCEPT)
    assert limit
    assert (limit.target, limit.limit, limit.unit) == (10, None, "service_minutes")


def test_S10_accepting_in_a_ministry_has_a_limit_of_one_working_day() -> None:
    ministry = shipped_profiles().in_force(MINISTRY, TODAY).limit(Clock.ACCEPT)
    national = shipped_profiles().in_force(NATIONAL, TODAY).limit(Clock.ACCEPT)
    assert ministry
    assert national
    assert (ministry.target, ministry.limit, ministry.unit, ministry.source) == (None, 1, "workdays", "S10")
    assert (national.target, national.limit, national.unit) == (1, None, "workdays")


@pytest.mark.parametrize("code", [MATARAM, MINISTRY, NATIONAL])
@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Classification.INFORMATION, 5),
        (Classification.ASPIRATION, 5),
        (Classification.COMPLAINT, 14),
        (Classification.OVERSIGHT, 60),
        ("oversight", 60),
        ("", 14),
        (None, 14),
    ],
)
def test_the_substantive_limit_follows_the_classification(code: str, kind: str | None, days: int) -> None:
    limit = shipped_profiles().in_force(code, TODAY).limit(Clock.SUBSTANTIVE, kind)
    assert limit
    assert limit.limit == days


def test_every_profile_times_every_clock_and_says_by_what_right() -> None:
    for profile in load_profiles().all:
        limits = [profile.limit(clock) for clock in Clock]
        assert all(limit and limit.source for limit in limits)
        assert set(Leg) == profile.legs


def test_every_clock_of_the_lifecycle_is_in_the_test_or_has_its_own() -> None:
    own = {Clock.ACCEPT, Clock.SUBSTANTIVE}
    practice = {Clock.UNIT_RECEIVES, Clock.HEAD, Clock.DECIDE_CLOSING, Clock.REOPEN_WINDOW, Clock.APPEAL_WINDOW}
    assert set(CLOCKS) | own | practice == set(Clock)


def test_S83_the_profile_carries_the_control_data_of_its_document() -> None:
    document = shipped_profiles().in_force(MATARAM, TODAY).document

    assert document.number == "000.8.3.3/215/Diskominfo/II/2021"
    assert document.revision == "000.8.3.3/281/Diskominfo/II/2023"
    assert (document.created, document.revised, document.effective) == (
        on("Mon 1 Feb 2021"),
        on("Wed 1 Feb 2023"),
        on("Fri 3 Feb 2023"),
    )
    assert document.approver


def test_C11_the_public_service_law_is_of_2009() -> None:
    for profile in load_profiles().all:
        assert "Nomor 25 Tahun 2009" in profile.document.legal_basis[0]


def test_C2_the_shipped_profiles_count_working_days_and_C8_ask_for_consent() -> None:
    assert {profile.counting for profile in load_profiles().all} == {Counting.WORKING}
    assert not any(profile.automatic_transfer for profile in load_profiles().all)


# --- Versions ------------------------------------------------------------------------------------


def revise(folder: Path, *changes: tuple[str, str], version: str = "2026", effective: str = "2026-07-01") -> Profiles:
    """Add a later version of Mataram's profile, with `changes` of its text."""
    text = (folder / "kota-mataram.2023.toml").read_text(encoding="utf-8")
    text = text.replace('version = "2023"', f'version = "{version}"').replace("2023-02-03", effective)
    for old, new in changes:
        text = text.replace(old, new)
    (folder / f"kota-mataram.{version}.toml").write_text(text, encoding="utf-8")
    return load_profiles(folder)


def test_S83_a_report_keeps_the_version_under_which_it_arrived(folder: Path) -> None:
    profiles = revise(folder, ("target = 5\nlimit = 10", "target = 2\nlimit = 4"))
    before, after = (profiles.in_force(MATARAM, on(day)) for day in ("Tue 30 Jun 2026", "Wed 1 Jul 2026"))

    assert (before.version, after.version) == ("2023", "2026")
    assert profiles.get(before.code, before.version).limit(Clock.FIRST_RESPONSE) == before.limit(Clock.FIRST_RESPONSE)
    assert after.limit(Clock.FIRST_RESPONSE) != before.limit(Clock.FIRST_RESPONSE)
    assert [profile.version for profile in profiles.versions(MATARAM)] == ["2023", "2026"]


def test_a_report_older_than_the_first_version_is_measured_by_the_first() -> None:
    assert shipped_profiles().in_force(MATARAM, date(2015, 1, 7)).version == "2023"


def test_an_unknown_profile_or_version_is_refused_by_name() -> None:
    with pytest.raises(NoSuchProfile, match="'kota-lain'; known: kementerian-vertikal, kota-mataram, nasional"):
        shipped_profiles().in_force("kota-lain", TODAY)
    with pytest.raises(NoSuchProfile, match="no version '1999'"):
        shipped_profiles().get(MATARAM, "1999")


def test_a_leg_that_an_institution_lacks_has_no_clock(folder: Path) -> None:
    head = '[clocks.head]\ntarget = 5\nlimit = 10\nunit = "workdays"\nsource = "S64, S66"\n'
    profile = revise(folder, (', "head"]', "]"), (head, "")).get(MATARAM, "2026")

    assert profile.limit(Clock.HEAD) is None
    assert not profile.has(Leg.HEAD)
    assert profile.has(Leg.RELEASE)


def test_a_profile_may_count_calendar_days_and_transfer_without_consent(folder: Path) -> None:
    profile = revise(
        folder,
        ('counting = "working"', 'counting = "calendar"'),
        ("automatic_transfer = false", "automatic_transfer = true"),
    ).get(MATARAM, "2026")

    assert profile.counting is Counting.CALENDAR
    assert profile.automatic_transfer


# --- What is wrong, and where --------------------------------------------------------------------


def problems(folder: Path, old: str, new: str, file: str = "kota-mataram.2023.toml") -> tuple[tuple[Problem, ...], int]:
    """Spoil one place of a profile; return the problems found and the line that was spoiled."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as error:
        load_profiles(folder)
    return error.value.problems, text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("target = 3\nlimit = 5", "target = 3\nlimit = 2", 1, "limit 2 is smaller than target 3"),
        ("target = 3\nlimit = 5", "target = -3\nlimit = 5", 0, "'target' must be a whole number above zero, not -3"),
        ("target = 3\nlimit = 5", "target = 3\nlimit = 0", 1, "'limit' must be a whole number above zero, not 0"),
        ("target = 3\nlimit = 5", "target = 3\nlimit = true", 1, "'limit' must be a whole number above zero, not True"),
        ("target = 3\nlimit = 5\n", "", -1, "clock 'dispose_agency' needs a target or a limit"),
        ("[clocks.accept]", "[clocks.accepting]", 0, "unknown key 'accepting'"),
        ("[clocks.accept]", "[clocks.consent]", 0, "unknown key 'consent'"),
        ('source = "S37"', "", -3, "'source' must be a text, and not empty"),
        ('source = "S37"', 'source = " "', 0, "'source' must be a text, and not empty"),
        (
            'unit = "minutes"',
            'unit = "fortnights"',
            0,
            "unknown unit 'fortnights'; known: workdays, minutes",
        ),
        ("complaint = 14", "complain = 14", 0, "unknown key 'complain'"),
        ("complaint = 14\n", "", -3, "no limit for classification 'complaint'"),
        ("reminder_before = 3", "reminder_before = 10", 0, "'reminder_before' must lie before the limit of 10"),
        ("reminders = [3, 7]", "reminders = [7, 3]", 0, "'reminders' must lie before the limit of 10, in rising order"),
        ("reminders = [3, 7]", "reminders = [3]", 0, "'reminders' has 1 values"),
        ("consent_from = 45", "consent_from = 60", 0, "'consent_from' must lie before the limit of 60"),
        ('counting = "working"', 'counting = "sometimes"', 0, "unknown counting 'sometimes'; known: working, calendar"),
        ('"unit_officers", ', '"officers", ', 0, "unknown legs 'officers'"),
        ("automatic_transfer = false", 'automatic_transfer = "no"', 0, "'automatic_transfer' must be true or false"),
        ("effective = 2023-02-03", 'effective = "soon"', 0, "'effective' must be a date such as 2023-02-03"),
        ("effective = 2023-02-03", "", -5, "'effective' must be a date such as 2023-02-03"),
        (
            "revised = 2023-02-01",
            "revised = 2020-02-01",
            0,
            "revised on 2020-02-01, before it was created",
        ),
        ('code = "kota-mataram"', 'code = "kota-lain"', 0, "must be named kota-lain.2023.toml"),
        ('version = "2023"', "version = 2023", 0, "'version' must be a text, and not empty"),
        ('en = "LAPOR! SOP of the City of Mataram"', "", -2, "'en' must be a text, and not empty"),
        ("limit = 10", "limit = ", 0, "not valid TOML"),
    ],
)
def test_a_problem_names_the_file_the_line_and_the_reason(
    folder: Path, old: str, new: str, line: int, reason: str
) -> None:
    found, spoiled = problems(folder, old, new)
    hits = [problem for problem in found if reason in problem.reason]

    assert hits, found
    assert hits[0].file == "kota-mataram.2023.toml"
    assert hits[0].line == spoiled + line, found


def test_a_clock_of_an_absent_leg_is_refused_where_it_stands(folder: Path) -> None:
    found, _ = problems(folder, '"unit_officers", ', "")
    text = (folder / "kota-mataram.2023.toml").read_text(encoding="utf-8").splitlines()

    assert [text[problem.line - 1] for problem in found] == ["[clocks.unit_receives]", "[clocks.unit_answers]"]
    assert found[0].reason == "clock 'unit_receives' belongs to a leg that this profile lacks"


def test_a_missing_clock_is_named(folder: Path) -> None:
    found, _ = problems(folder, '[clocks.reopen_window]\nlimit = 10\nunit = "workdays"\nsource = "practice"\n', "")
    assert [problem.reason for problem in found] == ["clock 'reopen_window' is missing"]


def test_all_problems_of_all_files_come_at_once(folder: Path) -> None:
    (folder / "nasional.2018.toml").write_text("code = ", encoding="utf-8")
    (folder / "kementerian-vertikal.2015.toml").write_bytes(b"\xff")
    found, line = problems(folder, "limit = 10", "limit = -1")

    assert [(problem.file, problem.line) for problem in found] == [
        ("kementerian-vertikal.2015.toml", 1),
        ("kota-mataram.2023.toml", line),
        ("nasional.2018.toml", 1),
    ]
    assert re.fullmatch(r"kota-mataram\.2023\.toml:\d+: 'limit' must be .*", str(found[1]))


def test_two_versions_may_not_begin_on_the_same_day(folder: Path) -> None:
    with pytest.raises(ProfileError, match=r"2026\.toml:\d+: version '2023' is effective from the same day"):
        revise(folder, effective="2023-02-03")


def test_an_empty_file_is_refused_not_ignored(folder: Path) -> None:
    (folder / "kosong.1.toml").write_text("", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"kosong\.1\.toml:1: 'code' must be a text"):
        load_profiles(folder)
