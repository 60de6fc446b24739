"""The head's week by letter: once a week, in the unit's own zone, with figures and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from tests.builders import Case
from tests.sop.days import at

from lapor.agencies.models import Appointment
from lapor.messaging.digests import drain_digests
from lapor.reports.models import HeadDigest
from lapor.reports.usecases import brief, head_digests, reply
from lapor.reports.usecases.head_digests import owe_digests

MONDAY = "Mon 9 Mar 2026 07:00 WITA"


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Let no test profit from what another one owed."""
    head_digests._owed.clear()
    yield
    head_digests._owed.clear()


def of_roads() -> list[HeadDigest]:
    return list(HeadDigest.objects.filter(unit__code="dinas-pupr"))


def drain_all(later: timedelta = timedelta(0)) -> None:
    """Let the worker look until nothing waits."""
    while drain_digests(now=at(MONDAY) + later):
        pass


def test_the_week_begins_on_monday_at_seven_where_the_unit_is_and_each_week_is_owed_once(case: Case) -> None:
    owe_digests(now=at("Mon 9 Mar 2026 06:59 WITA"))
    assert [str(one.monday) for one in of_roads()] == ["2026-03-02"]

    for moment in (MONDAY, "Wed 11 Mar 2026 12:00 WITA", "Sun 15 Mar 2026 23:00 WITA"):
        head_digests._owed.clear()  # another clock, or the same one after a restart
        owe_digests(now=at(moment))

    assert [str(one.monday) for one in of_roads()] == ["2026-03-02", "2026-03-09"]


def test_the_letter_counts_what_waits_and_what_is_red_and_names_nobody(case: Case) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Perlu aspal.")
    objected = Case(case.world).is_followed_up()
    objected.act(reply.object_, "reporter", text="Masih berlubang.")
    owe_digests(now=at(MONDAY))

    drain_all()

    (letter,) = mail.outbox
    assert "Dinas Pupr" in letter.subject
    assert "1 laporan menunggu" in letter.body
    assert "keberatan" in letter.body
    assert "/meja/pimpinan/" in letter.body
    assert "berlubang" not in letter.body
    assert [one.state for one in of_roads()] == ["sent"]


def test_nothing_is_sent_where_nothing_is_to_tell_or_nobody_heads_the_unit(case: Case) -> None:
    owe_digests(now=at(MONDAY))
    drain_all()
    assert {one.state for one in HeadDigest.objects.all()} == {"dropped"}

    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Perlu aspal.")
    Appointment.objects.filter(pk=case.world["pimpinan-pupr"].appointment or 0).update(ended_on=at(MONDAY).date())
    owe_digests(now=at(MONDAY) + timedelta(days=7))
    drain_all(timedelta(days=7))

    assert mail.outbox == []


def test_two_workers_send_one_letter(case: Case) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Perlu aspal.")
    owe_digests(now=at(MONDAY))

    drain_all()
    drain_all(timedelta(hours=1))

    assert len(mail.outbox) == 1
