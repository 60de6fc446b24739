"""Reports that say the same are found by the index, told apart, and only shown to who may read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from tests.builders import Case, World

from lapor.kernel.actor import reporter_known
from lapor.reports import access
from lapor.reports.models import Report, Trace
from lapor.reports.usecases import _traces, edit, secrecy
from lapor.reports.usecases.upkeep import keep_up
from lapor.triage.same import CAMPAIGN, SAME_EVENT, SENT_AGAIN, Same, same_as

LAMP = "Lampu PJU di Jl. Mawar Barat depan bengkel Jaya padam sejak Senin malam dan jalan menjadi gelap sekali."
IN_OTHER_WORDS = "Mohon perbaikan penerangan, tiang lampu Jl. Mawar Barat dekat bengkel Jaya mati sudah tiga malam."


def found(world: World, case: Case, who: str = "admin-kota") -> dict[str, Same]:
    text = f"{case.report.title}\n{case.report.text.published}"
    return {same.number: same for same in same_as(world[who], case.report, text)}


def test_one_event_in_other_words_is_found_with_its_street_and_another_street_is_not_first(world: World) -> None:
    first = Case(world).is_submitted(title="Lampu padam", text=LAMP)
    Case(world).is_submitted(
        title="Sampah menumpuk", text="Sampah di pasar belum diangkut sejak minggu lalu, bau sekali."
    )
    foreign = Case(world).is_submitted(agency="lembaga-uji", title="Lampu padam", text=LAMP)
    long_ago = Case(world, "Mon 2 Jun 2025 09:00 WITA").is_submitted(title="Lampu padam", text=LAMP)
    case = Case(world, "Wed 4 Mar 2026 09:00 WITA").is_submitted(title="Penerangan mati", text=IN_OTHER_WORDS)

    seen = found(world, case)

    assert next(iter(seen)) == first.number
    assert {("street", "mawar barat"), ("days", "2")} <= {(why.kind, why.what) for why in seen[first.number].reasons}
    assert seen[first.number].kind == SAME_EVENT
    assert foreign.number not in seen
    assert long_ago.number not in seen


@pytest.mark.parametrize("hidden", [{}, {"anonymous": True, "secret": False}, {"anonymous": False, "secret": True}])
def test_what_one_reporter_sent_again_is_said_unless_who_they_are_is_hidden(
    world: World, hidden: dict[str, bool]
) -> None:
    first = Case(world).is_submitted(title="Lampu padam", text=LAMP)
    ref = first.report.reporter_ref
    assert ref
    again = Case(world)
    again.now += timedelta(days=3)
    again.reporter = reporter_known(ref)
    again.is_submitted(title="Lampu masih padam", text=LAMP)
    assert again.report.reporter_ref == ref
    if hidden:
        first.act(secrecy.change_secrecy, "admin-kota", **hidden)

    assert found(world, again)[first.number].kind == (SAME_EVENT if hidden else SENT_AGAIN)


def test_one_text_of_many_senders_is_a_campaign(world: World) -> None:
    text = "Kami menolak menara di lapangan {} karena mengganggu warga sekitar dan merusak tempat bermain anak kami."
    several = [Case(world).is_submitted(title="Tolak menara", text=text.format("Karang")) for _n in range(2)]
    assert {one.kind for one in found(world, several[0]).values()} == {SAME_EVENT}

    last = Case(world).is_submitted(title="Tolak menara", text=text.format("Karang"))

    seen = found(world, last)
    assert {(one.kind, one.senders) for one in seen.values()} == {(CAMPAIGN, 3)}
    assert set(seen) == {one.number for one in several}


def test_traces_follow_wording_and_institution_and_upkeep_writes_what_is_missing(world: World, case: Case) -> None:
    case.is_submitted(agency="", title="Lampu padam", text=LAMP)
    at_national = Trace.objects.get().keys
    case.act(edit.edit_wording, "admin-pusat", title="Lampu", text="Lampu jalan mati.", reason="structure")
    assert len(Trace.objects.get().keys) < len(at_national)
    kept = Trace.objects.values().get()
    Trace.objects.all().delete()

    for _round in range(3):
        keep_up(now=case.now)

    assert Trace.objects.values().get() == kept


def test_upkeep_never_writes_traces_of_words_that_were_edited_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(world).is_submitted(title="Lampu padam", text=LAMP)
    pk = case.report.pk
    Report.objects.filter(pk=pk).update(title="Penerangan jalan mati di Karang")
    _traces.write(Report.objects.get(pk=pk))
    as_edited = Trace.objects.values().get()
    Report.objects.filter(pk=pk).update(title="Lampu padam")
    Trace.objects.all().delete()
    locked = access.locked

    def edited_first(found: QuerySet[Report]) -> int | None:
        found.update(title="Penerangan jalan mati di Karang")
        return locked(found)

    monkeypatch.setattr(access, "locked", edited_first)

    assert _traces.mend(pk - 1, pk) == 1
    assert Trace.objects.values().get() == as_edited
