"""The demo's life: every situation there, every chain whole, and an interruption that leaves no trace."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import Max
from PIL import ImageChops
from tests.builders import Case, build_world

from lapor.agencies.seeds import tables
from lapor.agencies.seeds.cast import plant_cast
from lapor.ledger import book
from lapor.ledger.models import Entry
from lapor.ops.demo import casting, fill_until, mornings, pictures, scenes, words
from lapor.ops.demo.acts import find_act
from lapor.ops.demo.story import begin, rest_of
from lapor.reports.models import (
    Breach,
    CountDelta,
    Deadline,
    Disposition,
    Evidence,
    IdempotencyKey,
    Link,
    OutgoingMessage,
    Report,
    Response,
    TextEdit,
)
from lapor.sop.vocabulary import Action, ArchiveReason, Channel, CloseReason, EditReason, Holder, Status

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # Friday, noon in Mataram
FEW = {"ordinary": 8, "days": 10}
database = pytest.mark.django_db(transaction=True)


def silent(line: str) -> None:
    """Say nothing."""


@pytest.fixture
def media(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos of the demo and what it learned go to a folder of the test's own."""
    monkeypatch.setenv("LAPOR_STATE", str(tmp_path))
    settings.MEDIA_ROOT = tmp_path
    pictures._stored.cache_clear()


@database
def test_the_demo_shows_every_situation(media: None) -> None:
    plant_cast(on=NOW.date())
    story = begin(NOW)
    assert story is not None
    stage = story.play(silent, **FEW)
    assert [step for step in stage.refused if step.startswith("demo-scene")] == [], "no scene is refused a step"
    _has_every_status_holder_and_ending()
    _shows_what_desks_do_beside_the_main_road()
    _keeps_every_chain_and_sets_nothing_aside()
    _has_no_post_left_and_sent_none()
    _does_nothing_when_started_again()


def _has_every_status_holder_and_ending() -> None:
    assert set(Report.objects.values_list("status", flat=True)) == set(Status)
    assert set(Report.objects.values_list("holder", flat=True)) == set(Holder)
    assert set(Report.objects.exclude(close_reason="").values_list("close_reason", flat=True)) == set(CloseReason)
    archived = Report.objects.exclude(archive_reason="").values_list("archive_reason", flat=True)
    # An entry that is taken back on the day it was made has no place in a story of months.
    assert set(archived) == set(ArchiveReason) - {ArchiveReason.MISTAKEN}
    unheard = {Channel.API}  # machines file among the ordinary reports only
    assert set(Report.objects.values_list("channel", flat=True)) >= set(Channel) - unheard


def _shows_what_desks_do_beside_the_main_road() -> None:
    some = {
        "late": Deadline.objects.filter(state=Deadline.State.OVERDUE),
        "answer waiting": Report.objects.filter(answer_waiting=True),
        "closing requested": Report.objects.filter(closing_requested_at__isnull=False),
        "returned twice by units": Report.objects.filter(unit_returns=2),
        "returned twice by agencies": Report.objects.filter(agency_returns=2),
        "restored": Report.objects.filter(restored=1),
        "reopened": Report.objects.filter(reopened=1),
        "secret": Report.objects.filter(is_secret=True),
        "anonymous": Report.objects.filter(is_anonymous=True),
        "consent given": Report.objects.filter(consent_given=True),
        "consent refused": Report.objects.filter(consent_given=False),
        "consent not answered": Report.objects.filter(consent_asked_at__isnull=False, consent_given=None),
        "co-handlers": Disposition.objects.filter(is_lead=False, by_action=str(Action.ADD_HANDLER)),
        "consulted": Disposition.objects.filter(is_lead=False, by_action=str(Action.CONSULT)),
        "duplicates": Link.objects.filter(kind="duplicate"),
        "breaches unexplained": Breach.objects.filter(explained_at=None),
        "breaches explained": Breach.objects.filter(explained_at__isnull=False, acknowledged_at=None),
        "breaches acknowledged": Breach.objects.filter(acknowledged_at__isnull=False),
        "settled before they were typed in": Report.objects.filter(close_reason=str(CloseReason.SETTLED)),
        "public photos": Evidence.objects.filter(is_public=True),
        "photos of reporters": Evidence.objects.filter(is_public=False),
        "first ratings": Report.objects.filter(rating=1),
    }
    assert [what for what, rows in some.items() if not rows.exists()] == []
    reasons = {str(EditReason.SMARTCASE), str(EditReason.REGIONAL), str(EditReason.ABBREVIATIONS)}
    assert reasons <= set(TextEdit.objects.values_list("reason", flat=True))


def _keeps_every_chain_and_sets_nothing_aside() -> None:
    problems = {report.number: book.problems_of(report.pk) for report in Report.objects.all()}
    assert {number: found for number, found in problems.items() if found} == {}
    assert not Report.objects.exclude(set_aside_why="").exists()
    assert not Response.objects.filter(text__contains="{").exists(), "a place was not filled in"
    assert not Response.objects.filter(at__gt=NOW).exists(), "somebody acted after the play"


def _has_no_post_left_and_sent_none() -> None:
    assert not OutgoingMessage.objects.filter(state=OutgoingMessage.State.WAITING).exists()
    assert not CountDelta.objects.exists()
    to_desks = OutgoingMessage.objects.filter(desk__isnull=False)
    assert to_desks.filter(read_at=None).exists(), "the newest post waits in the inboxes"
    assert to_desks.exclude(read_at=None).count() > to_desks.filter(read_at=None).count()
    assert mail.outbox == []


def _does_nothing_when_started_again() -> None:
    before = Report.objects.order_by("pk").values_list("pk", "version")
    shown = list(before)
    fill_until(NOW, pytest.fail, **FEW)
    assert list(before.all()) == shown


@database
def test_an_interrupted_demo_goes_on_as_if_nothing_had_happened(media: None, monkeypatch: pytest.MonkeyPatch) -> None:
    some = list(scenes.known())[:24]
    monkeypatch.setattr(casting, "known", lambda: iter(some))
    played_through = history_of(lambda: fill_until(NOW, silent, ordinary=2, days=20))
    call_command("flush", verbosity=0, interactive=False)

    def interrupted() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(mornings, "fold_counts", interrupt_after(NOW - timedelta(days=8)))
            with pytest.raises(KeyboardInterrupt):
                fill_until(NOW, silent, ordinary=2, days=20)
        assert 0 < Report.objects.count() < 26
        fill_until(NOW + timedelta(days=1), silent, ordinary=2, days=20)

    assert history_of(interrupted) == played_through
    assert len(played_through) > 100
    assert rest_of() is None


def history_of(play: Callable[[], None]) -> list[tuple[str, str, datetime]]:
    """Play, and return what happened: report by its key, what was done, and when."""
    plant_cast(on=NOW.date())
    play()
    keys = dict(IdempotencyKey.objects.values_list("report", "key"))
    entries = Entry.objects.order_by("at", "subject", "seq").values_list("subject", "action", "at")
    return sorted((keys[subject], action, at) for subject, action, at in entries)


def interrupt_after(moment: datetime) -> Callable[[], int]:
    """Return a stand-in that is interrupted, as by Ctrl-C, once life has come so far."""

    def fold() -> int:
        newest = Entry.objects.aggregate(last=Max("at"))["last"]
        if newest and newest > moment:
            raise KeyboardInterrupt
        return 0

    return fold


@database
def test_reports_made_by_people_are_left_alone(media: None) -> None:
    world = build_world()
    Case(world).is_submitted()
    fill_until(NOW, pytest.fail, **FEW)
    assert Report.objects.count() == 1


def test_what_is_said_fits_the_institutions() -> None:
    agencies = {row["code"] for row in tables.rows("agencies")}
    chairs = {(row["role"], row["desk"]) for row in tables.rows("cast")}
    categories = {row["code"] for row in tables.rows("categories")}
    places = {row["code"] for row in tables.rows("places")}
    answering = [one for one in words.subjects() if one.unit]
    assert {one.unit for one in answering} <= agencies
    assert {one.category for one in words.subjects()} <= categories
    assert {("liaison", one.unit) for one in answering} <= chairs
    assert {("unit_officer", one.below) for one in answering if one.below} <= chairs
    assert {village for _, village in words.words()["streets"]} <= places
    assert len({one.text for one in words.subjects()}) == len(words.subjects()) >= 80
    assert all(bool(one.polish) == bool(one.polished) for one in words.subjects())


def test_every_beat_of_a_scene_is_an_act_and_every_scene_has_a_subject() -> None:
    ordinary = [scenes.Ordinary(Random(n)).draw() for n in range(300)]
    for scene in [scene for _, scene in scenes.known()] + ordinary:
        assert [one for one in words.subjects() if one.is_about(scene.about)], scene
        for beat in scene.beats:
            find_act(beat.act)


def test_a_photo_after_the_work_is_not_the_one_before() -> None:
    kinds = {one.picture for one in words.subjects()} - {""}
    for kind in kinds:
        before, after = (pictures.drawn(kind, 1, after=done) for done in (False, True))
        assert ImageChops.difference(before, after).getbbox(), kind
        assert not ImageChops.difference(before, pictures.drawn(kind, 1, after=False)).getbbox()
