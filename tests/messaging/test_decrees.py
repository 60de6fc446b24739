"""A decree that ends is said 30, 7 and 1 days before, once each, to who can do something about it (S16, S18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core import mail
from tests.builders import World, build_world, officer_at
from tests.sop.days import at

from lapor.agencies.models import Absence, Agency, Appointment, Decree
from lapor.identity.models import Account
from lapor.messaging.decrees import drain_decrees
from lapor.reports.models import DecreeLetter
from lapor.reports.usecases import decree_news
from lapor.reports.usecases.decree_news import owe_decree_warnings
from lapor.sop.vocabulary import Role

LAST = date(2026, 3, 31)  # a Tuesday
DUE = {30: "Sun 1 Mar 2026 07:00 WITA", 7: "Tue 24 Mar 2026 07:00 WITA", 1: "Mon 30 Mar 2026 07:00 WITA"}


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Let no test profit from what another one owed."""
    decree_news._owed.clear()
    yield
    decree_news._owed.clear()


@pytest.fixture
def world(db: None) -> World:
    """A city, a ministry, the national desk and the Ombudsman, with an officer in every role."""
    return build_world()


@pytest.fixture
def ending(world: World) -> Decree:
    """The decree of the liaison of roads alone, until the end of March; the city's other one lasts."""
    lasting = Decree.objects.get(institution__code="kota-uji")
    decree = Decree.objects.create(
        institution=lasting.institution,
        number="9/SK/JALAN",
        signed_on=date(2026, 1, 2),
        valid_from=date(2026, 1, 2),
        valid_to=LAST,
    )
    Appointment.objects.filter(pk=world["pp-pupr"].appointment or 0).update(decree=decree)
    return decree


def owe(moment: str) -> list[tuple[str, int]]:
    """Let a clock that knows nothing of the others do its morning's work; return who is told what by now."""
    decree_news._owed.clear()
    owe_decree_warnings(now=at(moment))
    return owed()


def owed() -> list[tuple[str, int]]:
    names = dict(Account.objects.values_list("pk", "login"))
    return sorted((names[row.account], row.days) for row in DecreeLetter.objects.all())


def send(moment: str, later: timedelta = timedelta(0)) -> None:
    while drain_decrees(now=at(moment) + later):
        pass


TOLD = ("admin-kota", "pimpinan-pupr", "pp-pupr")


def test_S18_officer_admin_and_head_are_told_thirty_seven_and_one_day_before_once_each(ending: Decree) -> None:
    assert owe("Sun 1 Mar 2026 06:59 WITA") == []

    for moment in (
        DUE[30],
        "Sun 1 Mar 2026 23:00 WITA",
        "Mon 23 Mar 2026 12:00 WITA",
        DUE[7],
        "Thu 26 Mar 2026 09:00 WITA",
        DUE[1],
        "Tue 31 Mar 2026 23:59 WITA",
        "Wed 1 Apr 2026 09:00 WITA",
    ):
        owe(moment)

    assert owed() == sorted((who, days) for who in TOLD for days in (30, 7, 1))


def test_after_an_outage_only_the_newest_warning_is_owed(ending: Decree) -> None:
    assert owe("Sat 28 Mar 2026 09:00 WITA") == sorted((who, 7) for who in TOLD)


def test_the_morning_is_that_of_the_institutions_zone(ending: Decree) -> None:
    assert owe("Sun 1 Mar 2026 06:59 WITA") == []  # the same instant is 07:59 in WIT
    assert {who for who, _days in owe(DUE[30])} == set(TOLD)


def test_the_letter_says_which_decree_until_when_and_names_nobody(ending: Decree) -> None:
    owe(DUE[30])
    send(DUE[30])

    letters = {letter.to[0].split("@")[0]: letter for letter in mail.outbox}
    assert set(letters) == set(TOLD)
    assert {letter.subject for letter in mail.outbox} == {"SK berakhir dalam 30 hari: 9/SK/JALAN"}
    assert all("31 Maret 2026" in letter.body and "Kota Uji" in letter.body for letter in mail.outbox)
    assert "Peran Anda berakhir bersamanya" in letters["pp-pupr"].body
    assert "Peran Anda" not in letters["admin-kota"].body
    assert "1 petugas" in letters["admin-kota"].body
    assert "1 petugas" not in letters["pp-pupr"].body
    assert f"/meja/petugas/sk/{ending.pk}/" in letters["admin-kota"].body
    assert f"/meja/petugas/sk/{ending.pk}/" not in letters["pimpinan-pupr"].body
    assert not any("Pp-Pupr" in letter.body for letter in mail.outbox)


def renew(world: World, ending: Decree) -> Appointment:
    following = Decree.objects.create(
        institution=ending.institution, number="2027", signed_on=LAST, valid_from=LAST, valid_to=date(2027, 3, 31)
    )
    seat = Appointment.objects.get(pk=world["pp-pupr"].appointment or 0)
    return Appointment.objects.create(account=seat.account, agency=seat.agency, role=seat.role, decree=following)


def test_S18_renewed_between_owing_and_leaving_nobody_is_told(world: World, ending: Decree) -> None:
    owe(DUE[7])
    renew(world, ending)

    send(DUE[7])

    assert mail.outbox == []
    assert {row.state for row in DecreeLetter.objects.all()} == {"dropped"}
    assert {row.days for row in DecreeLetter.objects.all()} == {7}
    owe(DUE[1])
    assert {row.days for row in DecreeLetter.objects.all()} == {7}


@pytest.mark.parametrize(
    "change",
    [{"ended_on": date(2026, 3, 15)}, {"has_successor": True}],
)
def test_who_leaves_earlier_or_has_a_successor_needs_no_warning(
    world: World, ending: Decree, change: dict[str, object]
) -> None:
    seat = Appointment.objects.filter(pk=world["pp-pupr"].appointment or 0)
    if change.pop("has_successor", False):
        change = {"successor": world["pp-kesehatan"].appointment}
    seat.update(**change)

    assert owe(DUE[30]) == []


def test_a_head_who_holds_the_role_no_longer_gets_none_and_the_deputy_does(world: World, ending: Decree) -> None:
    seat = Appointment.objects.get(pk=world["pimpinan-pupr"].appointment or 0)
    stands_in = officer_at(Agency.objects.get(code="dinas-pupr"), Role.LIAISON, "pp-pupr-2")
    days = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
    Absence.objects.create(appointment=seat, deputy_id=stands_in.account or 0, **days)
    owe(DUE[7])
    assert ("pp-pupr-2", 7) in owed()
    seat.ended_on = date(2026, 3, 2)
    seat.save()

    send(DUE[7])

    assert {letter.to[0].split("@")[0] for letter in mail.outbox} == {"admin-kota", "pp-pupr"}


def test_another_institution_and_another_unit_hear_nothing(ending: Decree) -> None:
    told = {who for who, _days in owe(DUE[30])}

    assert told.isdisjoint({"admin-lembaga", "pimpinan-kesehatan", "pp-kesehatan", "admin-pusat"})


def test_the_national_desks_own_admins_look_after_its_decree(world: World) -> None:
    Decree.objects.filter(institution__code="nasional").update(valid_to=LAST)

    assert {who for who, _days in owe("Sun 1 Mar 2026 07:00 WIB")} == {"admin-pusat", "admin-pusat-2"}


def test_a_letter_that_waited_for_the_mail_server_says_what_is_true_when_it_leaves(ending: Decree) -> None:
    owe(DUE[1])

    send(DUE[1], timedelta(days=1))

    assert {letter.subject for letter in mail.outbox} == {"SK berakhir hari ini: 9/SK/JALAN"}


def test_two_workers_send_one_letter(ending: Decree) -> None:
    owe(DUE[30])

    send(DUE[30])
    send(DUE[30], timedelta(hours=1))

    assert len(mail.outbox) == len(TOLD)
