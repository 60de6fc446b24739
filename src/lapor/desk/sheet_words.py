"""What is wrong with a row or a file, in words."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.reports.sheet_files import HEADINGS

_OF_SETTLED = ("answer", "done_on", "done_by")  # what only a complaint that is settled already has
PROBLEMS = {
    "empty": _(
        "is empty; where cells are merged, only the first one holds the words, and a formula without a value holds none"
    ),
    "short": _("is too short for anybody to act on it"),
    "long": _("is too long"),
    "day": _("is no day; write it like 31/12/2026"),
    "future": _("has not come yet"),
    "order": _("lies before the day on which it came in"),
    "contact": _("is neither a telephone number nor an e-mail address"),
    "unknown": _("is not known here, or there are several of that name"),
    "needed": _("is needed, because the row says that it is settled"),
    "refused": _("was refused when it was entered; enter this one by hand"),
}
REFUSALS = {
    "too_large": _("The file is larger than 10 MB. Divide it into several."),
    "too_many_rows": _("The file has more than 50,000 rows. Divide it into several."),
    "packed": _("The file unpacks to far more than a table needs, so it was not opened."),
    "locked": _("The file is protected by a password. Save it without one."),
    "unreadable": _("The file cannot be read. Save it as XLSX or CSV and bring it again."),
    "no_heading": _(
        "No row of headings was found. One column must be called “Isi laporan”, another for example “Nama”."
    ),
    "no_rows": _("There is a row of headings, but nothing below it."),
    "no_role": _("Your role ended before all rows were entered. The rest was not entered."),
}

KEPT = {
    "touched": _("something was done with it since"),
    "past": _("it was entered before today, or under another role"),
}


def column_names() -> tuple[str, str]:
    """Return the headings that the reader knows, as they stand in a sheet: of every complaint, and of settled ones."""
    every = [names[0].capitalize() for field, names in HEADINGS.items() if field not in _OF_SETTLED]
    return " · ".join(every), " · ".join(HEADINGS[field][0].capitalize() for field in _OF_SETTLED)


def problem(field: str, code: str, letter: str = "", heading: str = "") -> str:
    """Return one problem of a row as a sentence's part: "Column C “Kelurahan” is not known here".

    Where the spreadsheet has no column for it, the heading is named that such a column could have.
    """
    said = {"problem": PROBLEMS.get(code, code), "letter": letter, "field": heading}
    if heading:
        return gettext("Column %(letter)s “%(field)s” %(problem)s") % said
    known = HEADINGS[field][0].capitalize() if field in HEADINGS else field
    return gettext("“%(field)s” %(problem)s") % {**said, "field": known}


def kept(code: str) -> str:
    """Return why what a row entered could not be taken back; empty where it was, or was not asked for."""
    return gettext("Not taken back: %(why)s.") % {"why": KEPT.get(code, code)} if code else ""


def refusal(code: str) -> str:
    """Return why a file was refused or not entered to its end; empty for none."""
    return str(REFUSALS.get(code, "")) if code else ""
