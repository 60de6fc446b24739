"""What is wrong with a number of an SOP, in a sentence that names the rule."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lapor.sop.profile_bounds import Blame, Fault


def sentence_of(blame: Blame) -> str:
    """Return why a number cannot stand, in the reader's language; rules by their number in the SOP."""
    words = {"bound": blame.bound, "rule": blame.rule}
    if blame.fault is Fault.TOO_LONG:
        return _("The law allows %(bound)s at most (%(rule)s).") % words
    if blame.fault is Fault.TOO_SHORT:
        return _("The law gives at least %(bound)s (%(rule)s).") % words
    if blame.fault is Fault.TARGET_AFTER_LIMIT:
        return _("The target cannot be later than the limit of %(bound)s.") % words
    if blame.fault is Fault.NOT_BEFORE:
        return _("This must lie before day %(bound)s.") % words
    return _("Write a whole number from 1 to %(bound)s.") % words
