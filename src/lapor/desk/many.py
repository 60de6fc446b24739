"""Acts that an officer may take with many reports at once: those that need no other words for each of them.

Verifying, answering and following up are not among them: each report wants to be read and answered for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lapor.desk.actions import ACTS, Act
from lapor.desk.choices import categories, kept_tags
from lapor.desk.forms.base import ActForm
from lapor.desk.forms.care import MOST_TAGS
from lapor.desk.forms.intake import options
from lapor.kernel.actor import Actor
from lapor.kernel.fields import PlainText
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.reports.usecases.classify import classify_report
from lapor.sop.table import STEPS, Step
from lapor.sop.vocabulary import Action as A
from lapor.sop.vocabulary import Classification, Holder, Role, Status

TAG = "tag"  # adding tags is the SOP's classification with everything else as it was
_LIKE_ALWAYS = (
    A.ACCEPT, A.RECEIVE, A.DISPOSE, A.REDISPOSE, A.TRANSFER, A.RETURN, A.ARCHIVE, A.FORWARD, A.NOTE, A.APPROVE,
    A.EVALUATE, A.REQUEST_CLOSING, A.APPROVE_CLOSING, A.REFUSE_CLOSING, A.JOIN_CAUSE,
)  # fmt: skip


class ManyForm(ActForm):
    """The form of an act on many; what is left empty stays as each report has it."""

    template = "desk/forms/plain.html"


class KindForm(ManyForm):
    """Classification and category for many."""

    classification = forms.ChoiceField(label=gettext_lazy("Classification"), required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        required=False,
        widget=forms.Select(attrs={"data-search": gettext_lazy("Type to search")}),
    )

    def prepare(self) -> None:
        """Offer the vocabularies, and to leave each as it is."""
        self.offer("classification", options(Classification), empty=_("As it is"))
        self.offer("category", categories(), empty=_("As it is"))


class TagForm(ManyForm):
    """Tags added to those that each report has."""

    tags = PlainText(
        label=gettext_lazy("Tags to add"), max_length=200, help_text=gettext_lazy("Separate them by commas.")
    )

    def prepare(self) -> None:
        """Name the institution's own words."""
        self.fields["tags"].help_text = f"{_('Separate them by commas.')} {kept_tags(self.officer.desk)}".strip()

    def clean_tags(self) -> list[str]:
        """Return the tags, each once, in lower case."""
        tags = [tag.strip().lower() for tag in self.cleaned_data["tags"].split(",")]
        return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]


def _classify(*, code: str, actor: Actor, now: datetime, version: int | None, **changes: Any) -> object:
    """Classify one report, with what it has where nothing is given; tags are added."""
    report = read_case(actor, code, now).report
    place, category = report.place, report.category
    return classify_report(
        code=code,
        classification=changes.get("classification") or report.classification,
        category=changes.get("category") or (category.code if category else ""),
        tags=list(dict.fromkeys([*report.tags, *changes.get("tags", ())])),
        place=place.code if place else "",
        place_note=report.place_note,
        actor=actor,
        now=now,
        version=version,
    )


@dataclass(frozen=True)
class Many:
    """One act on many reports: `slug` in the address, the step of the table that it is, its form and its use case."""

    slug: str
    label: Any
    icon: str
    action: A
    form: type[ActForm]
    call: Callable[..., object]
    danger: bool = False


def _like(action: A) -> Many:
    act: Act = ACTS[action]
    return Many(act.slug, act.label, act.icon, action, act.form, act.call, act.danger)


MANY: dict[str, Many] = {
    one.slug: one
    for one in (
        *(_like(action) for action in _LIKE_ALWAYS),
        Many("klasifikasi", gettext_lazy("Set classification"), "list-details", A.CLASSIFY, KindForm, _classify),
        Many(TAG, gettext_lazy("Add tags"), "tag", A.CLASSIFY, TagForm, _classify),
    )
}
_OF_ROLE = {(step.role, step.action) for step in STEPS}


def offered(role: Role) -> list[Many]:
    """Return the acts on many that the table has for this role, in the order of a day's work."""
    return [one for one in MANY.values() if (role, one.action) in _OF_ROLE]


def what_happens(step: Step) -> str:
    """Say what a step makes of a report, in the reader's language."""
    if step.action is A.TRANSFER:
        return _("Another unit goes on with it as it stands")
    language = get_language() or "id"
    status = step.becomes.label(language) if isinstance(step.becomes, Status) else ""
    holder = step.goes_to.label(language) if isinstance(step.goes_to, Holder) else ""
    if status and holder and step.goes_to is not Holder.NOBODY:
        return _("Becomes “%(status)s”, then with: %(holder)s") % {"status": status, "holder": holder}
    if status:
        return _("Becomes “%(status)s”") % {"status": status}
    return _("Goes to: %(holder)s") % {"holder": holder} if holder else _("Status and holder stay as they are")


def form_for(many: Many, case: Case, officer: Any, typed: Mapping[str, Any] | None = None) -> ActForm:
    """Return the act's form, made for one of the reports; files do not go with many."""
    form = many.form(typed, case=case, officer=officer) if typed is not None else many.form(case=case, officer=officer)
    for name in ("version", "files", "files_public", "mentions"):
        form.fields.pop(name, None)
    return form
