"""Who may act, for which desk, on which day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.agencies.people import appointed, away, decree_of, office, person, unit_of
from tests.sop.days import at, on

from lapor.agencies.models import Agency
from lapor.agencies.queries.roles import (
    actor_of,
    actors_of,
    appointment_infos,
    officers_of,
    responsible_officer,
)
from lapor.agencies.queries.vacancies import desks_without_officer
from lapor.agencies.refusals import NoRole
from lapor.identity.models import Account
from lapor.kernel.actor import Actor
from lapor.sop.vocabulary import Role

DAY = on("Mon 10 Mar 2025")
pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Agency:
    return office()


@pytest.fixture
def roads(city: Agency) -> Agency:
    return unit_of(city)


@pytest.fixture
def budi() -> Account:
    return person("Budi Contoh")


@pytest.fixture
def sari() -> Account:
    return person("Sari Teladan")


# --- Roles by decree -----------------------------------------------------------------------------


def test_one_person_may_hold_several_roles_at_several_desks(
    city: Agency, budi: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    roads, water = unit_of(city), unit_of(city, "air")
    first = appointed(budi, roads, Role.LIAISON)
    second = appointed(budi, water, Role.HEAD)

    with django_assert_max_num_queries(2):
        actors = actors_of(budi, DAY)

    assert actors == (
        Actor(Role.LIAISON, desk=roads.pk, appointment=first.pk, account=budi.pk),
        Actor(Role.HEAD, desk=water.pk, appointment=second.pk, account=budi.pk),
    )


def test_a_desk_that_takes_nothing_new_keeps_its_officers(roads: Agency, budi: Account) -> None:
    appointed(budi, roads)
    Agency.objects.filter(pk=roads.pk).update(is_receiving=False)

    assert [actor.desk for actor in actors_of(budi, DAY)] == [roads.pk]


def test_an_account_that_was_switched_off_has_no_role(roads: Agency, budi: Account) -> None:
    appointed(budi, roads)
    assert officers_of(roads.pk, on=DAY)

    budi.is_active = False
    budi.save()

    assert actors_of(budi, DAY) == ()
    assert officers_of(roads.pk, on=DAY) == []


def test_a_person_without_appointment_has_no_role(roads: Agency, budi: Account, sari: Account) -> None:
    appointed(budi, roads)

    assert actors_of(sari, DAY) == ()


@pytest.mark.parametrize(
    ("calendar", "zone"), [("wib", "WIB"), ("wita", "WITA"), ("wit", "WIT")], ids=["Jakarta", "Makassar", "Jayapura"]
)
def test_a_decree_ends_at_midnight_in_the_desk_s_own_zone(calendar: str, zone: str, budi: Account) -> None:
    roads = unit_of(office("kota-lain", calendar))
    appointed(budi, roads)
    midnight = at(f"Thu 1 Jan 2026 00:00 {zone}")

    assert actors_of(budi, midnight - timedelta(seconds=1))
    assert officers_of(roads.pk, on=midnight - timedelta(seconds=1))
    assert actors_of(budi, midnight) == ()
    assert officers_of(roads.pk, on=midnight) == []


def test_a_decree_begins_at_midnight_in_the_desk_s_own_zone(roads: Agency, budi: Account) -> None:
    appointed(budi, roads)
    midnight = at("Wed 1 Jan 2025 00:00 WITA")

    assert actors_of(budi, midnight - timedelta(seconds=1)) == ()
    assert actors_of(budi, midnight)


def test_who_left_serves_until_the_day_before(roads: Agency, budi: Account) -> None:
    appointed(budi, roads, ended_on=DAY)

    assert actors_of(budi, DAY - timedelta(days=1))
    assert actors_of(budi, DAY) == ()


def test_an_actor_is_found_by_appointment_and_only_the_own_one(roads: Agency, budi: Account, sari: Account) -> None:
    appointment = appointed(budi, roads)

    assert actor_of(budi, appointment.pk, DAY).appointment == appointment.pk
    for account, number, day in [
        (sari, appointment.pk, DAY),
        (budi, appointment.pk + 1, DAY),
        (budi, appointment.pk, on("Thu 1 Jan 2026")),
    ]:
        with pytest.raises(NoRole):
            actor_of(account, number, day)


# --- Deputies ------------------------------------------------------------------------------------


def test_a_deputy_acts_for_the_absent_officer_from_the_first_to_the_last_day(
    roads: Agency, budi: Account, sari: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    absent, own = appointed(budi, roads), appointed(sari, roads)
    away(absent, sari, "Mon 10 Mar 2025", "Fri 14 Mar 2025")

    def appointments(day: str) -> list[int | None]:
        actors = actors_of(sari, on(day))
        assert {actor.account for actor in actors} == {sari.pk}  # who really acts (S20)
        return [actor.appointment for actor in actors]

    assert appointments("Sun 9 Mar 2025") == [own.pk]
    with django_assert_max_num_queries(2):
        assert appointments("Mon 10 Mar 2025") == [own.pk, absent.pk]
    assert appointments("Fri 14 Mar 2025") == [own.pk, absent.pk]
    assert appointments("Sat 15 Mar 2025") == [own.pk]


def test_an_absence_begins_and_ends_at_the_desk_s_midnight(roads: Agency, budi: Account, sari: Account) -> None:
    absent, _ = appointed(budi, roads), appointed(sari, roads)
    away(absent, sari, "Mon 10 Mar 2025", "Mon 10 Mar 2025")
    start, end = at("Mon 10 Mar 2025 00:00 WITA"), at("Tue 11 Mar 2025 00:00 WITA")
    second = timedelta(seconds=1)

    assert [len(actors_of(sari, moment)) for moment in (start - second, start, end - second, end)] == [1, 2, 2, 1]


def test_an_absent_officer_keeps_the_own_role(roads: Agency, budi: Account, sari: Account) -> None:
    absent, _ = appointed(budi, roads), appointed(sari, roads)
    away(absent, sari, "Mon 10 Mar 2025", "Fri 14 Mar 2025")

    assert [actor.appointment for actor in actors_of(budi, DAY)] == [absent.pk]


def test_a_deputy_whose_own_appointment_is_over_stands_in_for_nobody(
    city: Agency, roads: Agency, budi: Account, sari: Account
) -> None:
    absent = appointed(budi, roads)
    appointed(sari, roads, decree=decree_of(city, valid_to=on("Tue 11 Mar 2025")))
    away(absent, sari, "Mon 10 Mar 2025", "Fri 14 Mar 2025")

    assert len(actors_of(sari, on("Tue 11 Mar 2025"))) == 2
    assert actors_of(sari, on("Wed 12 Mar 2025")) == ()
    assert [officer.account_id for officer in officers_of(roads.pk, on=on("Wed 12 Mar 2025"))] == [budi.pk]


def test_a_deputy_cannot_stand_in_for_an_appointment_that_is_over(roads: Agency, budi: Account, sari: Account) -> None:
    absent, own = appointed(budi, roads, ended_on=on("Wed 12 Mar 2025")), appointed(sari, roads)
    away(absent, sari, "Mon 10 Mar 2025", "Fri 14 Mar 2025")

    assert len(actors_of(sari, on("Tue 11 Mar 2025"))) == 2
    assert [actor.appointment for actor in actors_of(sari, on("Wed 12 Mar 2025"))] == [own.pk]


# --- Desks ---------------------------------------------------------------------------------------


def test_a_desk_lists_its_officers_with_the_deputy_before_the_absent_one(
    roads: Agency, budi: Account, sari: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    absent, own = appointed(budi, roads), appointed(sari, roads, Role.HEAD)
    away(absent, sari, "Mon 10 Mar 2025", "Fri 14 Mar 2025")

    with django_assert_num_queries(2):
        officers = officers_of(roads.pk, on=DAY)

    assert [(officer.name, officer.appointment_id, officer.stands_in_for, officer.is_away) for officer in officers] == [
        ("Sari Teladan", absent.pk, "Budi Contoh", False),
        ("Sari Teladan", own.pk, "", False),
        ("Budi Contoh", absent.pk, "", True),
    ]
    assert {officer.email for officer in officers_of(roads.pk, Role.LIAISON, on=DAY)} == {sari.email, budi.email}
    assert [officer.role for officer in officers_of(roads.pk, Role.HEAD, on=DAY)] == [Role.HEAD]


def test_S20_the_officer_present_answers_for_the_step_before_the_one_who_is_away(
    roads: Agency, budi: Account, sari: Account
) -> None:
    older, newer = appointed(budi, roads), appointed(sari, roads)
    assert responsible_officer(roads.pk, Role.LIAISON, DAY) == older.pk

    away(older, person("Wati Umpama"), "Mon 10 Mar 2025", "Fri 14 Mar 2025")  # a deputy who serves another desk

    assert responsible_officer(roads.pk, Role.LIAISON, DAY) == newer.pk
    assert responsible_officer(roads.pk, Role.LIAISON, on("Mon 17 Mar 2025")) == older.pk
    assert responsible_officer(roads.pk, Role.LIAISON, on("Thu 1 Jan 2026")) is None
    assert responsible_officer(roads.pk, Role.UNIT_OFFICER, DAY) is None


def test_the_people_behind_old_appointments_are_still_known(
    roads: Agency, budi: Account, sari: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    left = appointed(budi, roads, ended_on=on("Thu 2 Jan 2025"))
    serving = appointed(sari, roads)

    with django_assert_num_queries(1):
        infos = appointment_infos([left.pk, serving.pk, 0])

    assert {number: (info.name, info.desk_name) for number, info in infos.items()} == {
        left.pk: ("Budi Contoh", "Dinas jalan"),
        serving.pk: ("Sari Teladan", "Dinas jalan"),
    }


def test_desks_where_nobody_can_act_are_named(
    city: Agency, roads: Agency, budi: Account, sari: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ours = {city.code, roads.code, unit_of(city, "air").code}

    def without(day: str) -> set[str]:
        return {desk.code for desk in desks_without_officer(on(day))} & ours

    assert without("Mon 10 Mar 2025") == ours
    appointed(budi, city, Role.AGENCY_ADMIN)
    liaison = appointed(sari, roads)
    appointed(sari, unit_of(city, "air"), Role.HEAD)  # a head alone cannot take a disposition

    with django_assert_num_queries(1):
        assert without("Mon 10 Mar 2025") == {"kota-contoh-air"}
    away(liaison, sari, "Mon 10 Mar 2025", "Fri 14 Mar 2025")
    away(liaison, budi, "Mon 17 Mar 2025", "Fri 21 Mar 2025")  # serves the city's desk, not this one

    assert without("Mon 17 Mar 2025") == {"kota-contoh-air", roads.code}
    Agency.objects.filter(code="kota-contoh-air").update(is_receiving=False)
    assert without("Mon 24 Mar 2025") == set()
    assert without("Thu 1 Jan 2026") == {city.code, roads.code}
