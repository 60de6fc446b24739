"""What liaison officers, their satuan kerja and their heads do."""

from __future__ import annotations

from typing import Any

from lapor.kernel.actor import Actor
from lapor.ops.demo.life import Life
from lapor.reports.usecases import brief as briefing
from lapor.reports.usecases import forward as forwarding
from lapor.reports.usecases import note as noting
from lapor.reports.usecases import respond as responding
from lapor.reports.usecases.accept import accept_disposition
from lapor.reports.usecases.ask import ask_reporter
from lapor.reports.usecases.handlers import contribute as contributing
from lapor.reports.usecases.return_ import return_report
from lapor.sop.vocabulary import Role


def accept(life: Life) -> None:
    """Take the disposition in hand (S61)."""
    life.do(accept_disposition, life.liaison)


def respond(life: Life) -> None:
    """Give the first response (S31)."""
    life.do(responding.respond_first, life.liaison, text=life.fill(life.dice.choice(life.subject.first)))


def ask_from_unit(life: Life) -> None:
    """Ask the reporter what is missing."""
    life.do(ask_reporter, life.liaison, question=life.words("question"))


def turn_away(life: Life) -> None:
    """Send back what is another unit's, and name whose (S32)."""
    right = life.subject.unit.removeprefix("mataram-").removeprefix("nusantara-").replace("-", " ").title()
    life.is_at_unit = False
    life.do(return_report, life.liaison, competent_body=right, why=life.words("turn_away"))


def forward(life: Life) -> None:
    """Hand it to the satuan kerja, or to nobody where the unit has none."""
    if life.subject.below:
        life.do(forwarding.forward_report, life.liaison, to=life.subject.below, text=life.words("handover"))


def receive(life: Life) -> None:
    """Receive it there (S10)."""
    if life.subject.below:
        life.do(forwarding.receive_report, _below(life))


def answer(life: Life) -> None:
    """Answer the liaison (S11)."""
    text, photos = life.words("answer"), life.photos(after=True)
    if life.subject.below:
        life.do(forwarding.answer_liaison, _below(life), text=text, files=photos)


def send_back_answer(life: Life) -> None:
    """Ask the satuan kerja for what is missing (S12)."""
    life.do(forwarding.send_back_answer, life.liaison, why=life.words("answer_back"))


def recall(life: Life) -> None:
    """Take it back from the satuan kerja."""
    life.do(forwarding.recall_report, life.liaison, why=life.words("recall"))


def release(life: Life) -> None:
    """Release the waiting answer as first response (S12)."""
    text = life.fill(life.dice.choice(life.subject.first))
    if life.subject.below:
        life.do(forwarding.release_answer, life.liaison, text=text, as_follow_up=False)
    else:
        life.do(responding.respond_first, life.liaison, text=text)


def release_done(life: Life) -> None:
    """Release the waiting answer as what was done."""
    if not life.subject.below:
        release(life)
        return
    done = _done(life)
    life.do(forwarding.release_answer, life.liaison, as_follow_up=True, **done)


def brief(life: Life) -> None:
    """Put it before the head (S64)."""
    life.do(briefing.brief_head, life.liaison, text=life.words("brief"))


def instruct(life: Life) -> None:
    """Say, as head, what is to be done."""
    life.do(briefing.instruct, life.officer(Role.HEAD, life.unit), text=life.words("instruct"))


def approve(life: Life) -> None:
    """Agree, as head."""
    life.do(briefing.approve, life.officer(Role.HEAD, life.unit), text=life.words("approve"))


def follow_up(life: Life) -> None:
    """Tell what was done, with a photo where there is one to take (S66, S67)."""
    life.do(responding.follow_up, life.liaison, field_work=bool(life.subject.picture), **_done(life))


def follow_up_again(life: Life) -> None:
    """Tell what more was done."""
    again = {**_done(life), "text": life.words("still")}
    life.do(responding.follow_up, life.liaison, field_work=bool(life.subject.picture), **again)


def contribute(life: Life) -> None:
    """Give the lead unit what it needs, as co-handler."""
    helper = life.officer(Role.LIAISON, life.stage.other_unit(life.unit))
    life.do(contributing, helper, text=life.words("contribution"))


def consult(life: Life) -> None:
    """Ask another unit for advice (S25)."""
    to = life.stage.other_unit(life.unit)
    life.do(noting.consult, _somebody(life), to=to, text=life.words("consult"))


def note(life: Life) -> None:
    """Keep a note for a colleague."""
    colleague = life.stage.officer(Role.AGENCY_ADMIN, life.house, life.now, turn=1).account
    life.do(noting.write_note, _somebody(life), text=life.words("note"), mentions=[colleague])


def _somebody(life: Life) -> Actor:
    return life.liaison if life.is_at_unit else life.admin


def _below(life: Life) -> Actor:
    return life.officer(Role.UNIT_OFFICER, life.subject.below)


def _done(life: Life) -> dict[str, Any]:
    return {
        "text": life.fill(life.dice.choice(life.subject.done)),
        "done_on": life.today,
        "done_by": life.subject.by,
        "files": life.photos(after=True),
    }
