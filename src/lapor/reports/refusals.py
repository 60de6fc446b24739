"""Why a use case says no; each with the sentence a person reads."""

from __future__ import annotations

from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput, NotFound, Refusal
from lapor.sop.engine import StepRefused, takes
from lapor.sop.vocabulary import Status

__all__ = ["InvalidInput", "NotFound", "Refusal"]


class NotPermitted(Refusal):
    """The SOP does not permit this step in the report's present state."""

    def __init__(self, refused: StepRefused) -> None:
        self.refused = refused
        super().__init__(lazystr(_Why(refused)))


class _Why:
    """The sentence of a refused step, made when it is shown and in the reader's language."""

    def __init__(self, refused: StepRefused) -> None:
        self.refused = refused

    def __str__(self) -> str:
        language = get_language() or "id"
        step, status = self.refused.action.label(language), self.refused.situation.status
        if not takes(self.refused.role, self.refused.action):  # in no state of the report
            return gettext("“%(step)s” is not a step of your role.") % {"step": step}
        if self.refused.missing and not self.refused.against:
            return gettext("“%(step)s” is not possible yet. It needs: %(facts)s.") % {
                "step": step,
                "facts": "; ".join(fact.label(language) for fact in self.refused.missing),
            }
        if self.refused.against:  # what stands in the way comes first: time alone does not remove it
            return gettext("“%(step)s” is not possible, because %(facts)s.") % {
                "step": step,
                "facts": "; ".join(fact.label(language) for fact in self.refused.against),
            }
        return gettext("“%(step)s” is not possible: the report is now “%(status)s”.") % {
            "step": step,
            "status": Status(status).label(language) if status else "-",
        }


class StalePage(Refusal):
    """Somebody else acted on the report after this page was made."""

    sentence = _("This report changed while you were working on it. Look at its new state, then decide again.")


class NotYourDesk(Refusal):
    """The report may be seen from this desk, but another desk acts on it now."""

    status = 403
    sentence = _("Another desk holds this report now. You can read it, but not act on it.")


class DeskNotReceiving(Refusal):
    """The desk is not one that can receive this report."""

    status = 422
    sentence = _("This desk cannot receive the report. Choose another one.")


class SameKeyOtherBody(Refusal):
    """An idempotency key came again with other content."""

    status = 422
    sentence = _("This form was already sent with another content. Open a new form to file another report.")


class SpentHand(Refusal):
    """A retraction or link that does not exist any more."""

    sentence = _("This was already undone.")


class AlreadyLeft(Refusal):
    """The answer cannot be taken back: it has left."""

    sentence = _("The answer has already left. Write another one if something must be put right.")


class NothingWaits(Refusal):
    """No answer of this officer waits here: it was taken back before, or it is a colleague's."""

    sentence = _("No answer of yours waits to leave here, and none has left. What you wrote is in the draft.")


class OneIsWaiting(Refusal):
    """Two answers to one report at the same time would contradict each other."""

    sentence = _("Another answer to this report is about to leave. Wait until it has left, or take it back first.")


class YoursIsWaiting(OneIsWaiting):
    """The same officer pressed twice."""

    sentence = _("Your answer is taken and about to leave. To change it, take it back first.")
