"""Who can take over: colleagues in the role, deputies from their first day, nobody else; and whose seats are over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.agencies.people import appointed, away, decree_of, office, person, unit_of
from tests.sop.days import at, on

from lapor.agencies.models import Agency
from lapor.agencies.queries.takers import giver_in, seats_over, takers_of
from lapor.sop.vocabulary import Role

NOW = at("Mon 10 Mar 2025 09:00 WITA")
pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Agency:
    return unit_of(office())


def test_colleagues_take_over_at_once_and_deputies_on_their_first_day(roads: Agency) -> None:
    budi, sari, wati, head = person("Budi"), person("Sari"), person("Wati"), person("Kepala")
    seat = appointed(budi, roads)
    appointed(sari, roads)
    appointed(wati, roads, ended_on=on("Mon 10 Mar 2025"))
    appointed(head, roads, Role.HEAD)
    assert roads.institution is not None
    appointed(person("Tetangga"), unit_of(roads.institution, "air"))
    away(seat, head, "Wed 12 Mar 2025", "Fri 14 Mar 2025")
    away(seat, head, "Mon 3 Mar 2025", "Tue 4 Mar 2025")  # over

    found = takers_of(seat.pk, NOW)

    assert [(one.name, str(one.first_day), one.is_deputy) for one in found] == [
        ("Sari", "2025-03-10", False),
        ("Kepala", "2025-03-12", True),
    ]
    assert found[1].appointment == seat.pk
    assert takers_of(0, NOW) == []


@pytest.mark.parametrize(
    ("moment", "is_over"), [("Wed 31 Dec 2025 23:59 WITA", False), ("Thu 1 Jan 2026 00:00 WITA", True)]
)
def test_S18_a_seat_is_over_at_its_desks_midnight(roads: Agency, moment: str, *, is_over: bool) -> None:
    seat = appointed(person(), roads)

    giver = giver_in(seat.pk, at(moment))

    assert giver is not None
    assert (giver.is_over, giver.serves_desk) == (is_over, not is_over)
    assert giver_in(0, NOW) is None


def test_seats_that_are_over_are_those_of_a_year_that_nobody_follows_on(roads: Agency) -> None:
    assert roads.institution is not None
    city, day = roads.institution, on("Mon 10 Mar 2025")
    decree_of(city)  # this year's, by which everybody serves who has no other
    over = decree_of(city, on("Mon 1 Jan 2024"), on("Tue 31 Dec 2024"))
    ended, expired = appointed(person(), roads, ended_on=day), appointed(person(), roads, decree=over)
    serving, leaves_later = appointed(person(), roads), appointed(person(), roads, ended_on=day + timedelta(days=1))
    followed = appointed(person(), roads, ended_on=day)
    followed.successor = serving
    followed.save()
    long_ago = decree_of(city, on("Sun 1 Jan 2023"), on("Sun 31 Dec 2023"))
    appointed(person(), roads, decree=long_ago)
    appointed(person(), unit_of(office("kota-lain")), ended_on=day)

    assert set(seats_over(city.pk, on=day)) == {ended.pk, expired.pk}
    assert leaves_later.pk not in seats_over(city.pk, on=day)
