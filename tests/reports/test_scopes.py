"""Which reports each role reads, as docs/reference/access.md says it: seven reports, nine roles, and the strangers."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import Case, World, build_world, officer_at

from lapor.kernel.actor import Actor
from lapor.reports.access import SCOPES, visible_to
from lapor.sop.vocabulary import Role

ALL = {"city", "city secret", "roads", "roads secret", "forwarded", "escalated", "ministry"}
OF_THE_CITY = ALL - {"ministry"}
WITH_ROADS = {"roads", "roads secret", "forwarded", "escalated"}
OPEN = {title for title in ALL if "secret" not in title}

READS = {
    "admin-pusat": ALL,
    "admin-kota": OF_THE_CITY,
    "pp-pupr": WITH_ROADS,
    "pimpinan-pupr": WITH_ROADS,
    "petugas-bina-marga": {"forwarded"},
    "ombudsman": {"escalated"},
    "ksp": OPEN,
    "panrb": OPEN,
    "inspektorat": OPEN - {"ministry"},
    "admin-lembaga": {"ministry"},
    "pp-biro": set[str](),
    "pp-kesehatan": set[str](),
    "petugas-wilayah": set[str](),
}


@pytest.fixture
def actors(db: None) -> dict[str, Actor]:
    """The world's officers, seven reports in different hands."""
    world = build_world()
    world.actors["ksp"] = officer_at(world.agency("ksp"), Role.KSP, "ksp-uji")
    _report(world, "escalated", "Mon 1 Sep 2025 09:00 WITA").is_disposed().sweep("Mon 2 Mar 2026 08:00 WITA")
    _report(world, "city")
    _report(world, "city secret", secret=True)
    _report(world, "ministry", agency="lembaga-uji")
    _report(world, "roads").is_disposed()
    _report(world, "roads secret", secret=True).is_disposed()
    _report(world, "forwarded").is_with_unit_officer()
    return world.actors


def _report(world: World, title: str, on: str = "Mon 2 Mar 2026 09:00 WITA", **changes: Any) -> Case:
    return Case(world, on).is_submitted(title=title, text=f"Laporan untuk uji: {title}, mohon dilihat.", **changes)


def test_every_officers_role_has_its_sentence() -> None:
    assert set(SCOPES) == set(Role) - {Role.REPORTER, Role.CLOCK}


@pytest.mark.parametrize("who", READS)
def test_S82_a_role_reads_what_its_sentence_says_and_nothing_else(actors: dict[str, Actor], who: str) -> None:
    assert set(visible_to(actors[who]).values_list("title", flat=True)) == READS[who]
