"""What the past says is shown only when switched on, is compared with the choice, and decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World, build_world
from tests.sop.days import at

from lapor.agencies.models import Agency, Category
from lapor.agencies.refusals import NotYours, UnknownAgency
from lapor.kernel.models import Deed
from lapor.ops.doctor.work import examine
from lapor.reports.findings import Findings
from lapor.reports.models import Report, ReportText, Suggestion, SuggestionCount, SuggestionSwitch
from lapor.reports.queries.suggestions import standings
from lapor.reports.refusals import DeskNotReceiving, InvalidInput
from lapor.reports.usecases.suggestions import switch_suggestion
from lapor.reports.usecases.units import abolish_unit
from lapor.reports.usecases.verify_and_decide import Outcome, Reading, verify_and_decide
from lapor.sop.vocabulary import Action, Classification
from lapor.triage.advice import Advice, advise
from lapor.triage.kinds import kind_said
from lapor.triage.learned import broken_models, warm
from lapor.triage.learning import store
from lapor.triage.learning.example import Example
from lapor.triage.learning.fitting import fit
from lapor.triage.learning.territory import Territories

WHERE = ("pasar", "sekolah", "gang", "balai", "masjid", "kantor", "terminal", "taman")
NOW = at("Mon 2 Mar 2026 09:00 WITA")


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def case(world: World) -> Case:
    return Case(world).is_submitted()


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> store.Kept:
    """Learn from invented reports that holes in roads are for the roads, and clinics for health."""
    monkeypatch.setenv("LAPOR_STATE", str(tmp_path))
    said = {"dinas-pupr": "jalan berlubang dekat {}", "dinas-kesehatan": "antrean puskesmas lama di {}"}
    examples = [
        Example(text.format(name), label=unit, day=i)
        for i, name in enumerate(WHERE * 5, start=1)
        for unit, text in said.items()
    ]
    return store.save(fit(examples, Territories({}), {}), "kota-uji", "unit", {})


def read(case: Case, who: str = "admin-kota") -> Advice:
    text = ReportText.objects.get(report=case.report)
    report = Report.objects.select_related("agency", "category", "place").get(pk=case.report.pk)
    return advise(case.world[who], report, original=text.original, published=text.published, today=NOW.date())


def decide(case: Case, to: str = "dinas-pupr", advice: Advice | None = None) -> None:
    found = Findings(relevant=True, complete=True, clear=True)
    advised = tuple(one.as_advised() for one in (advice or read(case)).learned)
    verify_and_decide(
        code=case.code,
        reading=Reading(findings=found, advised=advised),
        outcome=Outcome(Action.DISPOSE, {"to": to, "note": ""}),
        actor=case.world["admin-kota"],
        now=NOW,
    )


def switch(world: World, who: str = "admin-kota", **changes: Any) -> None:
    told: dict[str, Any] = {"institution": "kota-uji", "kind": "unit", "shown": True, **changes}
    switch_suggestion(**told, actor=world[who], now=NOW)


def test_without_a_model_nothing_is_asked_and_nothing_is_written(case: Case) -> None:
    assert read(case).learned == ()
    decide(case)
    assert not Suggestion.objects.exists()


def test_until_it_is_switched_on_it_is_compared_and_not_shown(case: Case, model: store.Kept) -> None:
    advice = read(case)

    assert [one.is_shown for one in advice.learned] == [False]
    assert not any(why.kind == "learned" for unit in advice.units for why in unit.why)
    decide(case, advice=advice)
    row = Suggestion.objects.get()
    assert (row.kind, row.offered[0], row.chosen, row.was_shown, row.version) == (
        "unit", "dinas-pupr", "dinas-pupr", False, 1,
    )  # fmt: skip
    count = SuggestionCount.objects.get()
    assert (count.asked, count.first, count.among, count.unsure, str(count.month)) == (1, 1, 1, 0, "2026-03-01")
    assert count.language == "id"


def test_agreement_is_told_by_the_language_of_the_report(world: World, model: store.Kept) -> None:
    said = "Jalan berlubang dekat pasar. Dalan iki wis rusak suwe banget, akeh wong tiba, tulung enggal didandani."
    for case in (Case(world).is_submitted(text=said), Case(world).is_submitted()):
        decide(case)

    [unit, *_others] = standings(world["admin-kota"], NOW.date())

    assert {code: figures.asked for code, figures in unit.languages} == {"jv": 1, "id": 1}


def test_switched_on_it_is_offered_first_with_words_and_chance(case: Case, model: store.Kept) -> None:
    switch(case.world)

    best = read(case).units[0]

    assert best.code == "dinas-pupr"
    why = next(why for why in best.why if why.kind == "learned")
    assert "berlubang" in why.what
    assert 50 < why.n <= 100


def test_an_oversight_case_is_never_suggested_from_habit_alone(case: Case, model: store.Kept) -> None:
    said = {"oversight": "jalan berlubang dekat {}", "information": "jam buka loket di {}"}
    past = [Example(text.format(name), label=kind, day=1) for name in WHERE * 5 for kind, text in said.items()]
    store.save(fit(past, Territories({}), {}), "kota-uji", "classification", {})
    switch(case.world, kind="classification")

    advice = read(case)

    assert advice.learned[-1].guesses[0].label == "oversight"  # compared, as every answer is
    assert advice.kind is None


def test_another_choice_is_an_error_of_the_machine(case: Case, model: store.Kept) -> None:
    decide(case, to="dinas-kesehatan")

    unit = standings(case.world["admin-kota"], NOW.date())[0]
    assert (unit.total.asked, unit.total.first, unit.total.wrong) == (1, 0, 1)


def test_a_unit_that_takes_nothing_more_is_not_suggested(case: Case, model: store.Kept) -> None:
    switch(case.world)
    Agency.objects.filter(code="dinas-pupr").update(is_receiving=False)

    assert "dinas-pupr" not in [unit.code for unit in read(case).units]


def test_what_the_past_never_saw_makes_it_say_that_it_is_not_sure(world: World, model: store.Kept) -> None:
    switch(world)
    case = Case(world).is_submitted(text="Zxq wvut rsq ponm lkj ihg fedcba zyx.", title="Qwfp zxcd")

    advice = read(case)

    assert advice.learned[0].is_unsure or advice.learned[0].chance < 0.8


def test_what_is_said_for_a_merged_unit_is_said_for_who_took_over(world: World, model: store.Kept) -> None:
    case = Case(world).is_submitted(text="Antrean puskesmas lama sekali di balai desa.", title="Antrean puskesmas")
    abolish_unit(unit="dinas-kesehatan", into="dinas-pupr", actor=world["admin-kota"], now=case.now)

    [advised] = [one.as_advised() for one in read(case).learned if one.kind == "unit"]

    assert advised.offered[0] == "dinas-pupr"
    assert "dinas-kesehatan" not in advised.offered


@pytest.mark.parametrize(
    ("broken", "suffix"), [(b"broken", ".npz"), (b"", ".json"), (b"{}", ".json"), (b"[1]", ".json"), (b"\xff", ".json")]
)
def test_a_broken_model_is_left_out_told_by_the_doctor_and_learned_anew(
    case: Case, model: store.Kept, caplog: pytest.LogCaptureFixture, broken: bytes, suffix: str
) -> None:
    whole = store.load(model)
    assert broken_models() == []
    model.path.with_suffix(suffix).write_bytes(broken)
    store._load.cache_clear()  # a server that starts now

    assert read(case).learned == ()
    assert warm() == 0
    assert "model not used" in caplog.text
    assert broken_models() == ["kota-uji/unit"]
    assert "kota-uji/unit" in {one.name: one for one in examine(NOW)}["models"].seen

    assert store.save(whole, "kota-uji", "unit", {}).version == 2
    assert read(case).learned[0].version == 2


def test_a_broken_tone_is_told_by_the_doctor_and_the_version_before_a_broken_one_speaks(
    case: Case, model: store.Kept
) -> None:
    whole = store.load(model)
    for home, name in ((store.TONES_HOME, "hate"), ("kota-uji", "unit")):
        store.save(whole, home, name, {}).path.write_bytes(b"broken")

    assert broken_models() == ["_tone/hate", "kota-uji/unit"]
    assert [one.version for one in read(case).learned] == [1]
    assert warm() == 1


def test_tones_are_loaded_before_the_first_reader_too(model: store.Kept) -> None:
    store.save(store.load(model), store.TONES_HOME, "hate", {})

    assert warm() == 2


def test_a_refused_decision_leaves_no_comparison(case: Case, model: store.Kept) -> None:
    with pytest.raises(DeskNotReceiving):
        decide(case, to="tidak-ada")

    assert not Suggestion.objects.exists()
    assert not SuggestionCount.objects.exists()


def test_the_admin_of_the_institution_switches_and_it_is_on_record(world: World) -> None:
    switch(world)
    switch(world)

    row = SuggestionSwitch.objects.get()
    assert (row.is_shown, row.account) == (True, world["admin-kota"].account)
    assert [deed.facts for deed in Deed.objects.filter(action="suggestion_switched")] == [{"shown": True}]


@pytest.mark.parametrize(
    ("who", "changes", "refusal"),
    [
        ("admin-lembaga", {}, NotYours),
        ("pp-pupr", {}, NotYours),
        ("admin-kota", {"institution": "tidak-ada"}, UnknownAgency),
        ("admin-kota", {"kind": "apa-saja"}, InvalidInput),
    ],
)
def test_nobody_else_switches_and_nothing_unknown_is_switched(
    world: World, who: str, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        switch(world, who, **changes)

    assert not SuggestionSwitch.objects.filter(is_shown=True).exists()


def test_figures_are_for_the_own_admin_alone(case: Case, model: store.Kept) -> None:
    decide(case)

    assert standings(case.world["admin-kota"], NOW.date())[0].total.asked == 1
    assert standings(case.world["admin-lembaga"], NOW.date())[0].total.asked == 0
    for who in ("pp-pupr", "admin-pusat", "ombudsman"):
        assert standings(case.world[who], NOW.date()) == ()


def test_figures_cost_the_same_however_many_were_compared(case: Case, model: store.Kept) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            standings(case.world["admin-kota"], NOW.date())
        return len(seen)

    decide(case)
    few = cost()
    house = case.world.agency("kota-uji")
    SuggestionCount.objects.bulk_create(
        SuggestionCount(agency=house, month=NOW.date(), kind="unit", category=f"k{i}", was_shown=True, asked=3)
        for i in range(300)
    )

    assert cost() == few <= 13


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mohon informasi jam buka loket adminduk.", Classification.INFORMATION),
        ("Saya usul ada taman baca di tiap kelurahan.", Classification.ASPIRATION),
        ("Bagaimana caranya lampu jalan yang rusak diperbaiki?", None),  # a trouble is told
        ("Jalan berlubang.", None),
        ("Min, kapan bansos PKH cair?", Classification.INFORMATION),
        ("Jam berapa loket adminduk tutup?", Classification.INFORMATION),
        ("Gimana caranya urus akta lahir", Classification.INFORMATION),
        ("Ditanya parkir sampai jam berapa, lalu diminta 10 ribu.", None),
        ("Mohon dibuatkan taman bermain di kampung kami.", Classification.ASPIRATION),
        ("Mau tanya: kok sampah tidak diangkut 2 minggu?", None),
        ("Mau tanya kenapa petugas menolak berkas saya.", None),
        ("Saya usul kepala sekolah diganti karena meminta uang.", None),
        ("Saya usul, dan mohon info syaratnya.", None),  # both
        ("", None),
    ],
)
def test_the_kind_is_only_said_where_the_words_say_it_plainly(text: str, kind: Classification | None) -> None:
    said = kind_said(text)

    assert (said[0] if said else None) is kind


def test_a_merged_category_is_not_suggested(case: Case) -> None:
    old, new = Category.objects.filter(is_active=True)[:2]
    old.is_active, old.merged_into = False, new
    old.save()

    assert old.code not in [about.code for about in read(case).categories]
