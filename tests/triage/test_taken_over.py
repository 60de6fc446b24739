"""What a merged unit did is learned for the one that took its work over, and for nobody else."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from tests.builders import Case, build_world

from lapor.agencies.models import Agency, Category
from lapor.agencies.queries.tree import Merged, get_agency, merged_units
from lapor.agencies.refusals import NotYours
from lapor.agencies.usecases.units import found_unit
from lapor.reports.models import Report
from lapor.reports.queries.decided import decided
from lapor.reports.queries.past import disposed_like
from lapor.reports.refusals import DeskNotReceiving
from lapor.reports.usecases import confirm
from lapor.reports.usecases.listing import list_again
from lapor.reports.usecases.units import abolish_unit
from lapor.triage.same import same_as

ROADS, HEALTH, WATER = "dinas-pupr", "dinas-kesehatan", "kota-uji-dinas-air"


@pytest.fixture
def case(db: None) -> Case:
    """A report that the roads' unit dealt with and that is closed; and a third unit, of water."""
    case = Case(build_world()).is_followed_up()
    case.act(confirm.confirm_done, "reporter", rating=5)
    found_unit(parent="kota-uji", name="Dinas Air", actor=case.world["admin-kota"], now=case.now)
    return case


def let_go(case: Case, unit: str, into: str = "", who: str = "admin-kota") -> None:
    abolish_unit(unit=unit, into=into, actor=case.world[who], now=case.now)


def learned_for() -> list[str]:
    return [row.unit for row in decided(get_agency("kota-uji").id)]


def test_its_past_is_taught_to_who_took_over_and_on_along_a_chain(case: Case) -> None:
    assert learned_for() == [ROADS]

    let_go(case, ROADS, HEALTH)
    assert learned_for() == [HEALTH]
    let_go(case, HEALTH, WATER)

    assert learned_for() == [WATER]
    assert case.report.unit == case.world.agency(ROADS)  # the report itself stays as it was


def test_nobody_takes_over_in_a_circle_and_without_a_taker_the_past_stays(case: Case) -> None:
    let_go(case, ROADS, HEALTH)
    for into in (ROADS, HEALTH):
        with pytest.raises(DeskNotReceiving):
            let_go(case, HEALTH, into)
    assert learned_for() == [HEALTH]

    let_go(case, HEALTH)

    assert learned_for() == [HEALTH]


def test_only_the_institutions_own_admin_says_who_takes_over(case: Case) -> None:
    for who in ("admin-lembaga", "pp-pupr"):
        with pytest.raises(NotYours):
            let_go(case, ROADS, HEALTH, who=who)

    assert learned_for() == [ROADS]


def test_the_names_that_are_gone_lead_to_who_took_over(case: Case) -> None:
    house = get_agency("kota-uji").id
    gone = [Merged(one, case.world.agency(one).name, WATER) for one in (ROADS, HEALTH)]
    assert merged_units(house) == []

    let_go(case, ROADS, HEALTH)
    let_go(case, HEALTH, WATER)

    assert merged_units(house) == gone
    assert merged_units(get_agency("lembaga-uji").id) == []


def test_where_its_category_went_before_leads_to_who_took_over(case: Case) -> None:
    category = Category.objects.filter(is_active=True)[0]
    Report.objects.update(category=category)
    list_again()
    house = case.world.agency("kota-uji").pk
    before = disposed_like(house, category.pk)

    let_go(case, ROADS, HEALTH)

    after = disposed_like(house, category.pk)
    assert [[one.unit for one in went] for went in (before, after)] == [[ROADS], [HEALTH]]


def test_where_the_same_went_before_leads_to_who_took_over(case: Case) -> None:
    let_go(case, ROADS, HEALTH)
    again = Case(case.world).is_submitted()
    told = f"{again.report.title}\n{again.report.text.published}"

    found = same_as(case.world["admin-kota"], again.report, told)

    assert [one.one.unit_code for one in found] == [HEALTH]


def test_mergers_of_before_are_read_from_the_deeds(case: Case) -> None:
    let_go(case, ROADS, HEALTH)
    let_go(case, HEALTH, WATER)
    Agency.objects.update(merged_into=None)

    fill = import_module("lapor.agencies.migrations.0013_fill_who_took_over").fill
    fill(apps, SimpleNamespace())

    assert learned_for() == [WATER]
