"""The keys of pages that have more of them than every page: shown by "?", heard by the page's own script."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

EXAMINE_KEYS = (
    ("1 2 3", _("tick relevant, complete, clear")),
    ("0", _("tick all three")),
    ("T", _("to the title")),
    ("E", _("to the words")),
    ("S", _("small letters for all that is typed in capitals (SmartCase)")),
    ("C", _("to the category")),
    ("L", _("to the place")),
    ("D", _("dispose, to the first suggestion")),
    ("U", _("dispose, look for another desk")),
    ("H", _("handle here")),
    ("Q", _("ask the reporter")),
    ("B", _("return: not ours")),
    ("R", _("archive")),
    ("N", _("skip to the next report")),
    ("Esc", _("leave a field, so that the keys work again")),
    ("Ctrl Enter", _("send, from anywhere")),
)
