"""Words as people type them into forms, made fit to be kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput


def words(text: str, field: str, *, longest: int, needed: bool = True) -> str:
    """Return `text` in one line without blanks around it; raises `InvalidInput` naming the field."""
    kept = " ".join(text.replace("\0", " ").split())
    if needed and not kept:
        raise InvalidInput(_("Please fill this in."), field=field)
    if len(kept) > longest:
        raise InvalidInput(_("This is longer than %(longest)s characters.") % {"longest": longest}, field=field)
    return kept
