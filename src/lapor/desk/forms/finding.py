"""What the inbox's address asks for, read calmly: what means nothing is left out, the rest is kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries import roles, tree
from lapor.agencies.queries.subjects import current_code, place_called
from lapor.desk.choices import categories, category_said
from lapor.desk.forms.base import DayField
from lapor.desk.forms.intake import options
from lapor.desk.officer import Officer
from lapor.kernel.fields import PlainText
from lapor.kernel.templatetags.ui import label
from lapor.reports.queries.filters import Clock, Filters, YesNo
from lapor.sop.vocabulary import Channel, Classification, Role, Status, Word

UNKNOWN = "-"  # a place that nobody knows: nothing lies there
ANY = [("", _("Any"))]
CODE = re.compile(r"[\w.-]{1,80}")


class Column(Word):
    """What stands below a report's title in the list, beside its number."""

    UNIT = "unit", "Unit", "Unit"
    CATEGORY = "category", "Kategori", "Category"
    PLACE = "place", "Lokasi", "Place"
    RECEIVED = "received", "Tanggal masuk", "Received"
    CHANNEL = "channel", "Kanal", "Channel"
    KIND = "kind", "Klasifikasi", "Classification"
    TAGS = "tags", "Tag", "Tags"
    RATING = "rating", "Penilaian", "Rating"
    RETURNS = "returns", "Pengembalian", "Returns"


USUAL = (Column.UNIT, Column.CATEGORY, Column.PLACE, Column.RECEIVED)


def _choice(name: Any, words: type[Word]) -> forms.ChoiceField:
    return forms.ChoiceField(label=name, required=False, choices=lambda: [*ANY, *options(words)])


class FindForm(forms.Form):
    """Every filter of the inbox. Fields that do not validate are as if they had not been typed."""

    q = PlainText(label=_("Words, code or number"), required=False, max_length=200)
    clock = _choice(_("Deadline"), Clock)
    status = forms.MultipleChoiceField(
        label=_("Status"), required=False, choices=lambda: options(Status), widget=forms.CheckboxSelectMultiple
    )
    first = DayField(label=_("Received from"), required=False)
    last = DayField(label=_("Received until"), required=False)
    classification = _choice(_("Classification"), Classification)
    category = forms.ChoiceField(label=_("Category"), required=False)
    tag = PlainText(label=_("Tag"), required=False, max_length=40)
    place = PlainText(label=_("City, district or kelurahan"), required=False, max_length=120)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    officer = forms.TypedChoiceField(label=_("Officer who acted"), required=False, coerce=int, empty_value=None)
    channel = _choice(_("Channel"), Channel)
    anonymous = _choice(_("Anonymous"), YesNo)
    secret = _choice(pgettext_lazy("of a report", "Secret"), YesNo)
    hops = forms.IntegerField(label=_("Dispositions, at least"), required=False, min_value=1, max_value=99)
    supports = forms.IntegerField(label=_("Supporters, at least"), required=False, min_value=1, max_value=1_000_000)
    rating = forms.TypedChoiceField(
        label=_("Rating"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=lambda: [*ANY, *((str(n), gettext("%(n)d of 5") % {"n": n}) for n in range(1, 6))],
    )
    returned = forms.BooleanField(label=_("Was returned"), required=False)
    col = forms.MultipleChoiceField(
        label=_("Below each title"),
        required=False,
        choices=lambda: options(Column),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, asked: QueryDict, officer: Officer) -> None:
        """Read an address; choices that need a query are offered only by `offer_all`."""
        super().__init__(_with_columns(_led_on(asked)), auto_id="f_%s")
        self.chair = officer
        for name in ("category", "unit"):
            typed = self.data.get(name, "")
            self._offer(name, [(typed, "")] if CODE.fullmatch(typed) else [])
        self._offer("officer", [(str(one.appointment_id), one.name) for one in self._officers()])
        self.is_valid()

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [*ANY, *choices]

    def _officers(self) -> list[roles.OfficerInfo]:
        """Return the colleagues at this desk, asked only where one is named or offered."""
        if not self.data.get("officer") and not self.data.get("panel"):
            return []
        return roles.officers_of(self.chair.desk.id, on=self.chair.now)

    def offer_all(self) -> None:
        """Fill the lists of categories and units, for the panel; two queries."""
        self._offer("category", categories(self.data.get("category", "")))
        self._offer("unit", [(unit.code, unit.name) for unit in units(self.chair)])
        self.fields["unit"].label = {
            Role.NATIONAL_ADMIN: gettext("Institution"),
            Role.LIAISON: gettext("Satuan kerja"),
            Role.HEAD: gettext("Satuan kerja"),
        }.get(self.chair.actor.role, gettext("Unit"))

    @property
    def filters(self) -> Filters:
        """Return what is asked for, as the query takes it; up to two queries where a place is named."""
        typed = dict(self.cleaned_data)
        columns, words, place = typed.pop("col", []), typed.pop("q", ""), typed.pop("place", "")
        del columns
        typed["status"] = tuple(typed.get("status", ()))
        known = {name: value for name, value in typed.items() if value not in ("", None)}
        return Filters(text=words, place=(place_called(place) or UNKNOWN) if place else "", **known)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that are shown."""
        return tuple(self.cleaned_data.get("col") or map(str, USUAL))

    @property
    def chosen_columns(self) -> list[str]:
        """Return the columns where they are not the usual ones, as the address keeps them."""
        return [] if self.columns == tuple(map(str, USUAL)) else list(self.columns)

    @property
    def active(self) -> dict[str, Any]:
        """Return what was asked for and means something, by field, without the columns; in the form's order."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "col" and value not in ("", None, False, [])
        }

    def words_for(self, name: str, value: Any) -> str:
        """Return a filter as its chip says it: "Channel: Website"."""
        if name == "q":
            return f"“{value}”"
        name_of = str(self.fields[name].label)
        return name_of if value is True else f"{name_of}: {self._told(name, value)}"

    def _told(self, name: str, value: Any) -> str:
        words: dict[str, type[Word]] = {
            "clock": Clock, "status": Status, "classification": Classification, "channel": Channel,
            "anonymous": YesNo, "secret": YesNo,
        }  # fmt: skip
        if name in words:
            return str(label(words[name](value)))
        if name == "category":
            return category_said(value)
        if name == "unit":
            return next((str(unit.label) for unit in units(self.chair) if unit.code == value), value)
        if name == "officer":
            return next((str(one.name) for one in self._officers() if one.appointment_id == value), str(value))
        return str(value)


def _led_on(asked: QueryDict) -> QueryDict:
    """Return an address with the category that a merged one became: bookmarks and saved views go on."""
    typed = asked.get("category", "")
    if not CODE.fullmatch(typed) or (code := current_code(typed)) == typed:
        return asked
    full = asked.copy()
    full["category"] = code
    return full


def _with_columns(asked: QueryDict) -> QueryDict:
    """Return an address that names the usual columns where it names none, so that their boxes are ticked."""
    if "col" in asked:
        return asked
    full = asked.copy()
    full.setlist("col", list(map(str, USUAL)))
    return full


def units(officer: Officer) -> list[tree.AgencyInfo]:
    """Return the desks that the list can be narrowed to: below one's own, for the national desk the institutions."""
    match officer.actor.role:
        case Role.LIAISON | Role.HEAD:
            return tree.subunits_of(officer.desk.id, receiving=False)
        case Role.AGENCY_ADMIN | Role.INSPECTORATE:
            return tree.units_of(officer.desk.institution_id or officer.desk.id, receiving=False)
        case Role.NATIONAL_ADMIN:
            return tree.institutions(receiving=False)
    return []


def written(active: dict[str, Any], *, but: tuple[str, Any] | None = None) -> str:
    """Return filters as they stand in an address, always in the same order; `but` leaves one value of a field out."""
    every = [(name, one) for name, value in active.items() for one in (value if isinstance(value, list) else [value])]
    return urlencode([(name, "1" if one is True else one) for name, one in every if but != (name, one)])
