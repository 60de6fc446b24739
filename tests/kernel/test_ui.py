"""What templates say: words of the SOP, dates, spans, icons, the custody bar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.safestring import mark_safe

from lapor.kernel.templatetags import controls, ui
from lapor.sop.vocabulary import Status, Word

MONDAY = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
NEARLY_TUESDAY = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    with translation.override("id"):
        yield


def test_a_term_reads_in_the_language_of_the_page() -> None:
    assert ui.label(Status.CLOSED) == "Selesai"
    with translation.override("en"):
        assert ui.label(Status.CLOSED) == "Closed"


def test_a_bare_code_finds_its_term() -> None:
    assert ui.label("pending", "Status") == "Tertunda"


@pytest.mark.parametrize("kind", ["Status", "NoSuchEnum", ""])
def test_an_unknown_code_is_shown_as_it_is(kind: str) -> None:
    assert ui.label("dahulu", kind) == "dahulu"


def test_nothing_has_no_label() -> None:
    assert ui.label(None) == ui.label("") == ""


@pytest.mark.parametrize("zone", ["WITA", "wita", "Asia/Makassar", ZoneInfo("Asia/Makassar")])
def test_a_moment_is_told_in_the_zone_of_the_report(zone: ZoneInfo | str) -> None:
    assert ui.longdate(MONDAY, zone) == "Senin, 23 November 2026 pukul 10.15 WITA"


def test_without_a_zone_the_capitals_counts() -> None:
    assert ui.longdate(MONDAY) == ui.longdate(MONDAY, "") == "Senin, 23 November 2026 pukul 09.15 WIB"


def test_english_dates_use_a_colon() -> None:
    with translation.override("en"):
        assert ui.longdate(MONDAY, "WIT") == "Monday, 23 November 2026 at 11:15 WIT"
        assert ui.shortdate(MONDAY, "WIT") == "23 Nov 2026, 11:15 WIT"


def test_the_day_of_a_moment_is_the_local_one() -> None:
    assert ui.longday(NEARLY_TUESDAY, "WIB") == "Senin, 23 November 2026"
    assert ui.longday(NEARLY_TUESDAY, "WITA") == "Selasa, 24 November 2026"
    assert ui.shortday(NEARLY_TUESDAY, "WIT") == "24 Nov 2026"


@pytest.mark.parametrize(("day", "short"), [(date(2026, 8, 17), "17 Agu 2026"), (date(2026, 5, 1), "1 Mei 2026")])
def test_months_are_short_in_indonesian(day: date, short: str) -> None:
    assert ui.shortday(day) == short


@pytest.mark.parametrize("show", [ui.longday, ui.longdate, ui.shortday, ui.shortdate, ui.workdays, ui.duration])
def test_nothing_is_shown_as_nothing(show: object) -> None:
    assert callable(show)
    assert show(None) == ""


def test_english_knows_one_from_many() -> None:
    with translation.override("en"):
        assert (ui.workdays(1), ui.workdays(3)) == ("1 working day", "3 working days")


def test_a_span_is_told_in_its_two_largest_units() -> None:
    with translation.override("en"):
        assert ui.duration(timedelta(days=3, hours=4, minutes=5)) == "3 days 4 hours"
        assert ui.duration(timedelta(hours=1, minutes=25)) == "1 hour 25 minutes"
        assert ui.duration(timedelta(seconds=20)) == "less than a minute"
        assert ui.duration(timedelta(days=-1)) == "less than a minute"


def test_an_icon_beside_words_is_hidden_from_readers() -> None:
    assert 'aria-hidden="true"' in ui.icon("check")


def test_an_icon_alone_says_what_it_means_and_lets_no_markup_through() -> None:
    drawn = ui.icon("lock", '"><script>')
    assert 'role="img"' in drawn
    assert "<script>" not in drawn


@pytest.mark.parametrize("status", Status)
def test_every_status_has_an_icon_of_its_own(status: Word) -> None:
    assert str(status) in ui.STATUS_ICONS
    assert len(set(ui.STATUS_ICONS.values())) == len(Status)


class Example(forms.Form):
    """One field of each kind of input."""

    word = forms.CharField(widget=forms.TextInput(attrs={"class": "code"}))
    pick = forms.ChoiceField(choices=[("a", "A")])
    radio = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    box = forms.BooleanField()
    file = forms.FileField()


def test_an_input_gets_the_class_of_its_kind_and_keeps_its_own() -> None:
    form = Example()
    assert 'class="form-control code"' in controls.control(form["word"])
    assert 'class="form-select"' in controls.control(form["pick"])
    assert "form-control" not in controls.control(form["box"])
    kinds = [controls.control_kind(form[name]) for name in ("word", "radio", "box", "file")]
    assert kinds == ["input", "choices", "check", "file"]


@dataclass(frozen=True)
class Leg:
    """A leg of custody, as far as the bar looks at it."""

    gross: timedelta | None


def test_the_bar_fills_its_width_and_keeps_the_order() -> None:
    parts = ui.custody_bar([Leg(timedelta(days=1)), Leg(timedelta(days=3))])
    assert [part.x for part in parts] == [0, parts[0].width]
    assert 0.7 < parts[1].width / (parts[0].width + parts[1].width) < 0.75
    assert ui.BAR_WIDTH - len(parts) <= sum(part.width for part in parts) <= ui.BAR_WIDTH


def test_a_minute_beside_a_year_stays_visible() -> None:
    parts = ui.custody_bar([Leg(timedelta(minutes=1)), Leg(timedelta(days=365)), Leg(None)])
    assert all(part.width >= ui.SMALLEST_PART for part in parts)


def test_no_custody_draws_nothing_and_a_hundred_legs_do_not_break_the_bar() -> None:
    assert ui.custody_bar([]) == []
    assert ui.custody_bar([Leg(timedelta(days=1))] * 100) == []


class Awkward(forms.Form):
    """One field of each kind that is drawn without a template, with values that must be escaped."""

    words = forms.CharField(max_length=1, help_text="x", initial='<"&')
    number = forms.IntegerField(initial=0, required=False)
    kinds = forms.ChoiceField(choices=[("", "-"), ("Group", [("1", "<b>"), ("2", "two")])], initial="2")
    radios = forms.ChoiceField(choices=[("1", "one"), ("2", "<i>")], widget=forms.RadioSelect, initial="1")
    boxes = forms.MultipleChoiceField(choices=[("1", "one"), ("2", "two")], widget=forms.CheckboxSelectMultiple)
    several = forms.MultipleChoiceField(choices=[("1", "one"), ("2", "two")], initial=["1", "2"])
    ticked = forms.BooleanField(initial=True)
    lines = forms.CharField(widget=forms.Textarea, initial="</textarea>\n&")
    empty = forms.CharField(widget=forms.Textarea(attrs={"data-x": '"', "autofocus": True, "hidden": False}))
    marked = forms.CharField(initial=mark_safe("&amp;"))
    day = forms.DateField(initial=date(2026, 11, 23))
    photos = forms.FileField()
    kept = forms.CharField(widget=forms.HiddenInput, initial="'")


@pytest.mark.parametrize("name", list(Awkward.base_fields))
def test_our_inputs_say_what_djangos_own_say(name: str) -> None:
    ours, theirs = Awkward(), Awkward()
    theirs.renderer = DjangoTemplates()

    assert _without_blanks(ours[name].as_widget()) == _without_blanks(theirs[name].as_widget())


@pytest.mark.parametrize("name", ["radios", "boxes"])
def test_a_box_drawn_alone_says_what_djangos_own_says(name: str) -> None:
    ours, theirs = Awkward(), Awkward()
    theirs.renderer = DjangoTemplates()

    for mine, other in zip(ours[name], theirs[name], strict=True):
        assert _without_blanks(str(mine)) == _without_blanks(str(other))
        assert _without_blanks(mine.tag()) == _without_blanks(other.tag())


def _without_blanks(html: str) -> str:
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), " ".join(html.split()))
