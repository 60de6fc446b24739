"""Answers that others confirmed are offered to learn from; the same words to many reports are seen, fairly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.builders import Case, World
from tests.sop.days import at

from lapor.insights.board import board
from lapor.insights.monthly import period_of, reach
from lapor.reports.models import AnswerPrint, Cause
from lapor.reports.usecases import confirm, respond
from lapor.reports.usecases.cause import join_cause
from lapor.triage.past import confirmed_answers

LAMP = "Lampu PJU di Jl. Mawar Barat depan bengkel Jaya padam sejak Senin malam dan jalan menjadi gelap sekali."
SAME = "Laporan Anda sudah kami tindak lanjuti sesuai prosedur yang berlaku di dinas kami, terima kasih banyak."
OWN = "Tiang lampu di depan bengkel sudah diganti kabelnya oleh regu malam dan menyala lagi sejak kemarin."


def answered(world: World, text: str, *, confirmed: bool = False, joined: int | None = None) -> Case:
    """Return a report about a lamp that the roads office followed up with these words."""
    case = Case(world).is_submitted(title="Lampu padam", text=LAMP).is_in_progress()
    if joined:
        case.act(join_cause, "admin-kota", cause=joined)
    done = {"done_on": case.today, "done_by": "Regu", "field_work": True}
    case.act(respond.follow_up, "pp-pupr", text=text, **done)
    if confirmed:
        case.act(confirm.confirm_done, "reporter", rating=5)
    return case


def alike(world: World) -> list[tuple[str, int, int]]:
    city = world["admin-kota"]
    now = at("Wed 4 Mar 2026 09:00 WITA")
    rows = board(city, reach(city), period_of("2026", now.date()), now=now)
    return [(row.name, row.answered, row.alike) for row in rows if row.answered]


def test_only_answers_that_reporters_confirmed_are_offered_and_never_to_the_same_report(world: World) -> None:
    good = answered(world, OWN, confirmed=True)
    answered(world, SAME)
    asking = Case(world).is_submitted(title="Penerangan mati", text="Lampu Jl. Mawar Barat dekat bengkel Jaya padam.")

    offered = confirmed_answers(asking.report, asking.report.text.published)

    assert [(one.row.number, one.answer.text) for one in offered] == [(good.number, OWN)]
    assert confirmed_answers(good.report, LAMP) == ()


def test_the_same_words_to_two_reports_are_counted_unless_the_reports_share_a_cause(world: World) -> None:
    answered(world, OWN)
    answered(world, SAME)
    assert alike(world) == [("Dinas Pupr", 2, 0)]

    answered(world, SAME.replace("terima kasih banyak", "terima kasih"))

    assert alike(world) == [("Dinas Pupr", 3, 2)]
    first = Case(world).is_disposed()
    day = (first.now + timedelta(days=20)).date()
    first.act(join_cause, "admin-kota", title="Gardu", target="Menyala", due_on=day)
    shared = "Gardu induk sudah diganti kemarin sore dan semua lampu di jalan itu menyala kembali seperti biasa."
    for _n in range(2):
        answered(world, shared, joined=Cause.objects.get().pk)

    assert alike(world) == [("Dinas Pupr", 5, 2)]
    assert AnswerPrint.objects.filter(is_alike=True).count() == 2


@pytest.mark.parametrize("text", ["Sudah ditindaklanjuti.", "Selesai", "👍👍👍"])
def test_an_answer_of_a_word_or_two_is_copied_too(world: World, text: str) -> None:
    answered(world, text)
    answered(world, "Sudah dicek.")
    assert alike(world) == [("Dinas Pupr", 2, 0)]

    answered(world, f" {text.upper()}\n")

    assert alike(world) == [("Dinas Pupr", 3, 2)]


def test_words_of_more_than_ninety_days_ago_are_no_copy(world: World) -> None:
    answered(world, SAME)
    AnswerPrint.objects.update(at=at("Mon 1 Dec 2025 09:00 WITA"))

    answered(world, SAME)

    assert not AnswerPrint.objects.filter(is_alike=True).exists()
