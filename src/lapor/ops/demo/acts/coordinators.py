"""What the national desk, an institution's admin and the Ombudsman do."""

from __future__ import annotations

from datetime import timedelta

from lapor.ops.demo import words
from lapor.ops.demo.life import Life
from lapor.reports.findings import Findings
from lapor.reports.usecases import closing, edit, ombudsman
from lapor.reports.usecases import evaluate as evaluating
from lapor.reports.usecases.archive import archive_report
from lapor.reports.usecases.ask import ask_reporter
from lapor.reports.usecases.cause import join_cause as joining
from lapor.reports.usecases.classify import classify_report
from lapor.reports.usecases.dispose import dispose_report
from lapor.reports.usecases.handle_here import handle_report_here
from lapor.reports.usecases.handlers import add_handler as adding
from lapor.reports.usecases.link import link_reports
from lapor.reports.usecases.redispose import redispose_report
from lapor.reports.usecases.reopen import reopen_report
from lapor.reports.usecases.respond import follow_up
from lapor.reports.usecases.restore import restore_report
from lapor.reports.usecases.return_ import return_report
from lapor.reports.usecases.secrecy import change_secrecy
from lapor.reports.usecases.verify import verify_report
from lapor.reports.usecases.verify_and_decide import Outcome, Reading, verify_and_decide
from lapor.sop.vocabulary import Action, ArchiveReason, EditReason, LinkKind, RedisposeReason, Role
from lapor.triage.shadow import suggested_to

_QUESTIONS = ("what", "who", "where", "when", "why", "how")


def verify(life: Life) -> None:
    """Read the report: relevant, complete, clear (S40)."""
    answers: dict[str, bool | None] = dict.fromkeys(_QUESTIONS, True)
    answers["why"] = None
    findings = Findings(relevant=True, complete=True, clear=True, answers=answers, language_ok=not life.subject.polish)
    life.do(verify_report, life.coordinator, findings=findings)


def dispose(life: Life) -> None:
    """Hand it on: from the national desk to the institution, from there to the unit."""
    was_national, life.at_national = life.at_national, False
    life.unit = life.subject.unit or life.unit
    life.is_at_unit = not was_national
    if was_national:
        life.do(dispose_report, life.national, to=life.house)
        return
    advised = () if life.stage.is_played(life.now) else suggested_to(life.admin, life.code)
    there = Outcome(Action.DISPOSE, {"to": life.unit, "note": life.words("handover")})
    life.do(verify_and_decide, life.admin, reading=Reading(advised=advised), outcome=there)


def dispose_wrong(life: Life) -> None:
    """Hand it to a unit that has nothing to do with it."""
    life.unit, life.is_at_unit = life.stage.other_unit(life.subject.unit), True
    life.do(dispose_report, life.admin, to=life.unit)


def redispose(life: Life) -> None:
    """Correct that (S57)."""
    life.unit = life.subject.unit
    note = life.words("redispose")
    life.do(redispose_report, life.admin, to=life.unit, reason=RedisposeReason.ERROR, note=note)


def ask(life: Life) -> None:
    """Ask the reporter what is missing."""
    life.do(ask_reporter, life.coordinator, question=life.words("question"))


def archive(life: Life, reason: str) -> None:
    """Archive with thanks or with a reason."""
    text = words.words()["archive"][reason]
    life.do(archive_report, life.coordinator, reason=ArchiveReason(reason), text=text)


def restore_by_admin(life: Life) -> None:
    """Bring it back after a second look."""
    life.do(restore_report, life.coordinator, text=life.words("restore_by_admin"))


def return_to_national(life: Life) -> None:
    """Say that it is another institution's."""
    body = "Pemerintah Provinsi Nusa Tenggara Barat"
    admin, life.at_national = life.admin, True
    life.do(return_report, admin, competent_body=body, why=life.words("elsewhere"))


def handle_here(life: Life) -> None:
    """Answer at the admin's own desk (S29)."""
    life.do(handle_report_here, life.admin, text=life.words("here"))


def close_here(life: Life) -> None:
    """Tell the whole answer."""
    done = {"text": life.words("here_done"), "done_on": life.today, "done_by": "Admin", "field_work": False}
    life.do(follow_up, life.admin, **done)


def polish(life: Life) -> None:
    """Publish a better wording with the SOP's reason (S48); the citizen's own words stay."""
    text = life.fill(life.subject.polished or life.subject.text)
    reason = EditReason(life.subject.polish or "spelling")
    life.do(edit.edit_wording, life.coordinator, title="", text=text, reason=reason)


def classify(life: Life) -> None:
    """Set what it is about, with a tag."""
    tag = life.dice.choice(words.words()["tags"])
    what = {"classification": life.subject.kind, "category": life.subject.category, "tags": [tag]}
    life.do(classify_report, life.coordinator, place=life.village, place_note=life.street, **what)


def keep_secret(life: Life) -> None:
    """Protect a report that its reporter did not."""
    life.do(change_secrecy, life.coordinator, anonymous=True, secret=True)


def evaluate(life: Life) -> None:
    """Find the answer adequate (S56)."""
    life.do(evaluating.evaluate_answer, life.admin, text=life.words("evaluate"))


def send_back(life: Life) -> None:
    """Find it wanting."""
    life.do(evaluating.send_back, life.admin, why=life.words("send_back"))


def add_handler(life: Life) -> None:
    """Let a second unit help."""
    helper = life.stage.other_unit(life.unit)
    life.do(adding, life.admin, to=helper, text=life.words("co_handler"))


def link(life: Life, other: str, kind: str) -> None:
    """Say that this hangs together with the report of a named scene."""
    life.do(link_reports, life.admin, other=life.stage.codes[other], kind=LinkKind(kind))


def join_cause(life: Life, name: str) -> None:
    """Join it to the cause that it shares with others, promised for a day after the demo's last one."""
    told = words.words()["causes"][name]
    day = life.now.date() + timedelta(days=told["days"])
    promise = {"title": told["title"], "target": told["target"], "due_on": day, "owner": life.unit}
    life.do(joining, life.admin, **promise)


def request_closing(life: Life) -> None:
    """Ask the national desk to close (S58)."""
    life.do(closing.request_closing, life.admin, why=life.words("closing"))


def approve_closing(life: Life) -> None:
    """Close on request."""
    life.do(closing.approve_closing, life.national, text=life.words("closing_yes"))


def refuse_closing(life: Life) -> None:
    """Refuse, with a reason."""
    life.do(closing.refuse_closing, life.national, why=life.words("closing_no"))


def reopen_nationally(life: Life) -> None:
    """Open it again after the reporter's window."""
    life.do(reopen_report, life.national, why=life.words("reopen_nationally"))


def progress(life: Life) -> None:
    """Tell how far the Ombudsman is."""
    life.do(ombudsman.record_progress, life.officer(Role.OMBUDSMAN, "ombudsman"), text=life.words("progress"))


def outcome(life: Life) -> None:
    """Tell what came out, and close."""
    life.do(ombudsman.record_outcome, life.officer(Role.OMBUDSMAN, "ombudsman"), text=life.words("outcome"))
