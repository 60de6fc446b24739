"""The reporter's buttons: which act, in which words, with which form, through which use case.

Which of them are shown is never decided here: the query reads it from the SOP's table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.portal.forms import acts as forms
from lapor.reports.usecases import complete, confirm, consent, reopen, reply, restore, secrecy, withdraw
from lapor.sop.vocabulary import Action


@dataclass(frozen=True)
class Act:
    """One button: `label` opens it, `press` does it, `explained` says what follows, `done` is said afterwards."""

    action: Action
    slug: str
    label: Promise
    press: Promise
    explained: Promise
    form: type[forms.ActForm]
    run: Callable[..., Any]
    done: Promise
    icon: str
    primary: bool = False
    danger: bool = False
    rare: bool = False  # stands behind "More you can do"


ACTS = (
    Act(
        Action.COMPLETE,
        "lengkapi",
        _("Answer the question"),
        _("Send the answer"),
        _("Your report goes on where it stopped as soon as you have answered."),
        forms.CompletionForm,
        complete.complete_report,
        _("Thank you. Your answer was added and the report goes on."),
        "message-2",
        primary=True,
    ),
    Act(
        Action.ANSWER_CONSENT,
        "persetujuan",
        _("Answer about the Ombudsman"),
        _("Send my decision"),
        _("Without follow-up your report goes to the Ombudsman. You decide whether they learn who you are."),
        forms.ConsentForm,
        consent.answer_consent,
        _("Your decision was recorded."),
        "scale",
        primary=True,
    ),
    Act(
        Action.CONFIRM,
        "selesai",
        _("It is done"),
        _("Yes, it is done"),
        _("The report is closed. If it turns out not to be done, you can open it again for a while."),
        forms.ConfirmForm,
        confirm.confirm_done,
        _("Thank you. The report is closed, and your rating counts."),
        "circle-check",
        primary=True,
    ),
    Act(
        Action.OBJECT,
        "keberatan",
        _("It is not done"),
        _("Send the objection"),
        _("The office that handles it must act again. Your objection stays in the history."),
        forms.ObjectionForm,
        reply.object_,
        _("Your objection was recorded. The report goes back to the office that handles it."),
        "hand-stop",
    ),
    Act(
        Action.REPLY,
        "balas",
        _("Write a message, or say what is wrong"),
        _("Send the message"),
        _("The office that holds your report reads it."),
        forms.TellForm,
        reply.reply,
        _("Your message was sent."),
        "message-circle",
    ),
    Act(
        Action.REOPEN,
        "buka-lagi",
        _("Open it again"),
        _("Yes, open it again"),
        _("The report goes back to the office that handled it."),
        forms.ReopenForm,
        reopen.reopen_report,
        _("The report is open again."),
        "rotate",
        primary=True,
    ),
    Act(
        Action.RESTORE,
        "pulihkan",
        _("Take it out of the archive"),
        _("Yes, take it out"),
        _("You can do this once. The report is then checked again."),
        forms.RestoreForm,
        restore.restore_report,
        _("The report is out of the archive and will be checked again."),
        "rotate",
        primary=True,
    ),
    Act(
        Action.CHANGE_SECRECY,
        "kerahasiaan",
        _("Change who may know"),
        _("Keep this choice"),
        _("You can hide who you are, or hide the whole report from the public, at any time."),
        forms.SecrecyForm,
        secrecy.change_secrecy,
        _("Changed. From now on it is as you chose."),
        "shield-lock",
        rare=True,
    ),
    Act(
        Action.WITHDRAW,
        "cabut",
        _("Withdraw the report"),
        _("Yes, withdraw it"),
        _("Nobody works on it any more. It stays in the archive; nothing is erased."),
        forms.WithdrawForm,
        withdraw.withdraw_report,
        _("Your report was withdrawn."),
        "archive",
        danger=True,
        rare=True,
    ),
)

BY_SLUG = {act.slug: act for act in ACTS}
BY_ACTION = {act.action: act for act in ACTS}
