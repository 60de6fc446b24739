"""Every step an officer can take from a case: its form, its use case, and the words around it. One row per action.

Which of them are offered is never decided here: the table of the SOP says so (`Case.choices`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lapor.desk.forms import base, care, intake, work
from lapor.desk.forms.base import ActForm
from lapor.reports.usecases import (
    accept,
    archive,
    ask,
    brief,
    cause,
    classify,
    closing,
    complete,
    dispose,
    edit,
    evaluate,
    forward,
    handle_here,
    handlers,
    link,
    note,
    ombudsman,
    redispose,
    reopen,
    respond,
    restore,
    return_,
    secrecy,
    take_back,
    transfer,
    verify,
)
from lapor.sop.vocabulary import Action as A

MAIN, MORE, CARE = "main", "more", "care"  # the next step, other steps, keeping order


@dataclass(frozen=True)
class Act:
    """One step as the officer meets it.

    `slug` stands in addresses; `label` on the button; `lead` above the form; `done` is the sentence after success;
    `group` is where the panel shows it; `danger` marks what the reporter feels as an end.
    """

    slug: str
    label: Any
    icon: str
    form: type[ActForm]
    call: Callable[..., object]
    lead: Any = ""
    done: Any = ""
    group: str = MORE
    danger: bool = False

    @property
    def template(self) -> str:
        """Return the template of the form's fields."""
        return getattr(self.form, "template", "desk/forms/plain.html")


ACTS: dict[A, Act] = {
    A.VERIFY: Act(
        "verifikasi", _("Verify"), "checklist", intake.VerifyForm, verify.verify_report,
        _("Tick what you found. Anything missing can be asked from the reporter."), _("The report is verified."), MAIN,
    ),
    A.DISPOSE: Act(
        "disposisi", _("Dispose"), "send", intake.DisposeForm, dispose.dispose_report,
        _("Hand the report to the desk that must answer it."), _("The report was disposed."), MAIN,
    ),
    A.HANDLE_HERE: Act(
        "kelola", _("Handle here"), "building-community", intake.HandleHereForm, handle_here.handle_report_here,
        _("Your own desk answers this report and follows it up."), _("Your desk handles this report now."),
    ),
    A.RETURN: Act(
        "kembalikan", _("Return: not ours"), "arrow-back-up", intake.ReturnForm, return_.return_report,
        _("Say who is competent, so that the report does not wander."), _("The report was returned."),
    ),
    A.ASK: Act(
        "tanya", _("Ask the reporter"), "user-question", intake.AskForm, ask.ask_reporter,
        _("The report waits for the reporter; your clocks stand still."), _("The question was sent to the reporter."),
    ),
    A.COMPLETE: Act(
        "lengkapi", _("Write down what the reporter added"), "pencil", intake.CompleteForm, complete.complete_report,
        _("The report goes back to where it was before the question."), _("The report is complete again."), MAIN,
    ),
    A.ARCHIVE: Act(
        "arsip", _("Archive"), "archive", intake.ArchiveForm, archive.archive_report,
        _("The reporter gets your words and may appeal."), _("The report was archived."), danger=True,
    ),
    A.RESTORE: Act(
        "pulihkan", _("Restore"), "rotate", base.WithText, restore.restore_report,
        _("The report goes back to verification."), _("The report was restored."), MAIN,
    ),
    A.ACCEPT: Act(
        "terima", _("Accept"), "circle-check", work.NoWords, accept.accept_disposition,
        _("You take the report into your unit's hands."), _("The disposition was accepted."), MAIN,
    ),
    A.REDISPOSE: Act(
        "disposisi-ulang", _("Dispose again"), "arrows-exchange", intake.RedisposeForm, redispose.redispose_report,
        _("For a wrong or changed disposition: another unit begins anew, only the time for the follow-up goes on."),
        _("The report was disposed anew."),
    ),
    A.TRANSFER: Act(
        "serahkan", _("Hand over to another unit"), "building-community", intake.TransferForm, transfer.transfer_report,
        _("For a unit that merges, ends or has no officers: another unit goes on; answers and deadlines stay."),
        _("The report was handed over."),
    ),
    A.ADD_HANDLER: Act(
        "pendamping", _("Add a co-handling unit"), "users", intake.AddHandlerForm, handlers.add_handler,
        _("The first unit stays responsible; the second gets a clock of its own."), _("The unit was added."),
    ),
    A.CONTRIBUTE: Act(
        "sumbang", _("Give your unit's part"), "heart-handshake", work.ContributeForm, handlers.contribute,
        done=_("Your contribution was handed over."), group=MAIN,
    ),
    A.RESPOND_FIRST: Act(
        "respon-awal", _("First response"), "message-2", work.FirstResponseForm, respond.respond_first,
        _("An acknowledgement. It is not yet a follow-up and never counts as one."), _("The first response was sent."),
        MAIN,
    ),
    A.FORWARD: Act(
        "teruskan", _("Forward to a satuan kerja"), "arrow-forward-up", work.ForwardForm, forward.forward_report,
        _("They answer you; you answer the reporter."), _("The report was forwarded."),
    ),
    A.RECEIVE: Act(
        "terima-penerusan", _("Receive"), "circle-check", work.NoWords, forward.receive_report,
        _("You confirm that the question reached you."), _("Receipt confirmed."), MAIN,
    ),
    A.ANSWER: Act(
        "jawab", _("Answer the liaison officer"), "message-2", work.AnswerForm, forward.answer_liaison,
        done=_("Your answer was handed to the liaison officer."), group=MAIN,
    ),
    A.RELEASE: Act(
        "rilis-respon", _("Release as first response"), "share", work.ReleaseForm, forward.release_answer,
        _("Edit the unit's answer, then the reporter gets it."), _("The answer was released."), MAIN,
    ),
    A.RELEASE_FOLLOW_UP: Act(
        "rilis-tindak-lanjut", _("Release as follow-up"), "thumb-up", work.ReleaseFollowUpForm, forward.release_answer,
        _("Only when something was really done."), _("The follow-up was released."), MAIN,
    ),
    A.SEND_BACK_ANSWER: Act(
        "kembalikan-jawaban", _("Send the answer back"), "arrow-back-up", work.Reason, forward.send_back_answer,
        _("The satuan kerja answers once more."), _("The answer was sent back."),
    ),
    A.RECALL: Act(
        "tarik", _("Take back"), "rotate", work.Reason, forward.recall_report,
        _("The report comes back to your desk."), _("The report is back at your desk."),
    ),
    A.BRIEF: Act(
        "lapor-pimpinan", _("Brief the head"), "rubber-stamp", work.BriefForm, brief.brief_head,
        _("The report waits for the head's instruction."), _("The head was briefed."),
    ),
    A.INSTRUCT: Act(
        "arahan", _("Instruct"), "gavel", work.InstructForm, brief.instruct,
        done=_("The instruction was given."), group=MAIN,
    ),
    A.APPROVE: Act(
        "setujui", _("Approve"), "thumb-up", base.WithOptionalText, brief.approve, done=_("Approved."), group=MAIN,
    ),
    A.ASK_BACK: Act(
        "tanya-balik", _("Ask back"), "message-circle", work.AskBackForm, brief.ask_back,
        _("The report goes back to the liaison officer, who answers you and briefs you again."),
        _("Your question was sent to the liaison officer."),
    ),
    A.FOLLOW_UP: Act(
        "tindak-lanjut", _("Follow up"), "checklist", work.FollowUpForm, respond.follow_up,
        _("What was really done. From now on the reporter has ten working days to object."),
        _("The follow-up was sent to the reporter."), MAIN,
    ),
    A.EVALUATE: Act(
        "nilai", _("Answer is adequate"), "star", work.EvaluateForm, evaluate.evaluate_answer,
        done=_("The answer was rated as adequate."),
    ),
    A.SEND_BACK: Act(
        "perbaiki", _("Send back to the unit"), "arrow-back-up", work.Reason, evaluate.send_back,
        _("The answer does not do. The unit must follow up again."), _("The answer was sent back to the unit."),
    ),
    A.TAKE_BACK: Act(
        "tarik-entri", _("Take the entry back"), "rotate", work.NoWords, take_back.take_back_entry,
        _("For a complaint entered by mistake. It goes to the archive, and the reporter is told."),
        _("The entry was taken back."), danger=True,
    ),
    A.REOPEN: Act(
        "buka-kembali", _("Reopen"), "lock-open", work.Reason, reopen.reopen_report,
        _("The report goes back to the unit."), _("The report was reopened."),
    ),
    A.REQUEST_CLOSING: Act(
        "minta-tutup", _("Request closing"), "circle-check", work.Reason, closing.request_closing,
        _("Admin Pusat decides."), _("The closing was requested."),
    ),
    A.APPROVE_CLOSING: Act(
        "setujui-tutup", _("Approve closing"), "circle-check", base.WithOptionalText, closing.approve_closing,
        done=_("The report was closed."), group=MAIN,
    ),
    A.REFUSE_CLOSING: Act(
        "tolak-tutup", _("Refuse closing"), "circle-x", work.Reason, closing.refuse_closing,
        _("The unit follows up anew before closing can be asked for again."), _("The closing was refused."), MAIN,
    ),
    A.ASK_DATA: Act(
        "minta-data", _("Ask for data"), "user-question", base.WithText, ombudsman.ask_data,
        _("Institution and unit are told; only officers read it."), _("The institution was asked."), MAIN,
    ),
    A.GIVE_DATA: Act(
        "beri-data", _("Give the Ombudsman data"), "send", work.DataForm, ombudsman.give_data,
        _("The Ombudsman reads it; the reporter does not."), _("The data were handed over."), MAIN,
    ),
    A.RECORD_PROGRESS: Act(
        "perkembangan", _("Record progress"), "notes", work.OutcomeForm, ombudsman.record_progress,
        done=_("The progress was recorded."), group=MAIN,
    ),
    A.RECORD_OUTCOME: Act(
        "hasil", _("Record the outcome"), "gavel", work.OutcomeForm, ombudsman.record_outcome,
        _("The report ends with this."), _("The outcome was recorded."), MAIN,
    ),
    A.EDIT_TEXT: Act(
        "redaksi", _("Edit the wording"), "edit", care.EditForm, edit.edit_wording,
        _("Better words, same substance. The original stays and the difference is shown."),
        _("The wording was changed."), CARE,
    ),
    A.CLASSIFY: Act(
        "klasifikasi", _("Classification and category"), "tag", care.ClassifyForm, classify.classify_report,
        done=_("The report was classified."), group=CARE,
    ),
    A.CHANGE_SECRECY: Act(
        "kerahasiaan", _("Secrecy"), "lock", care.SecrecyForm, secrecy.change_secrecy,
        _("The reporter is told."), _("The secrecy was changed."), CARE,
    ),
    A.NOTE: Act(
        "catatan", _("Internal note"), "notes", care.NoteForm, note.write_note,
        done=_("The note was written."), group=CARE,
    ),
    A.CONSULT: Act(
        "konsultasi", _("Consult another unit"), "message-circle", care.ConsultForm, note.consult,
        _("They may read the report and answer in a note."), _("The unit was asked."), CARE,
    ),
    A.JOIN_CAUSE: Act(
        "gabung-penyebab", _("Join to a shared cause"), "git-merge", care.JoinCauseForm, cause.join_cause,
        _("One repair for many reports. Each keeps its code and its deadlines, and all are told when it is fixed."),
        _("The report was joined to the cause."), CARE,
    ),
    A.LEAVE_CAUSE: Act(
        "lepas-penyebab", _("Take out of the shared cause"), "arrow-back-up", work.NoWords, cause.leave_cause,
        _("The report is dealt with by itself again; its reporter is told."), _("The report hangs on no cause now."),
        CARE,
    ),
    A.LINK: Act(
        "tautkan", _("Link to another report"), "link", care.LinkForm, link.link_reports,
        done=_("The reports were linked."), group=CARE,
    ),
    A.UNLINK: Act(
        "lepas-tautan", _("Take a link back"), "git-merge", care.UnlinkForm, link.unlink_reports,
        done=_("The link was taken back."), group=CARE,
    ),
}  # fmt: skip

# Steps of officers that have a page of their own instead of a form on the case.
ELSEWHERE: dict[A, str] = {
    A.RECORD_OPEN: "manual",
    A.RECORD_SETTLED: "manual",
    A.MARK_FILE: "mark_file",
    A.EXPLAIN_BREACH: "explain_breach",
    A.ACKNOWLEDGE_BREACH: "acknowledge_breach",
}

BY_SLUG: dict[str, A] = {act.slug: action for action, act in ACTS.items()}
