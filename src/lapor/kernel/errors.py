"""Refusals: anticipated failures with a sentence that a person understands and a status for the edge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something a person asked for is not done, and nothing was changed.

    `sentence` is shown to the person (translated when rendered), `status` is the HTTP status of the edge, and `field`
    names the form field at fault, where there is one.
    """

    status = 409
    sentence = _("This cannot be done now.")

    def __init__(self, sentence: object = None, *, field: str = "") -> None:
        if sentence is not None:
            self.sentence = sentence  # type: ignore[assignment]
        self.field = field
        super().__init__(str(self.sentence))


class NotFound(Refusal):
    """There is no such report for this person: the same answer whether it is absent or not theirs."""

    status = 404
    sentence = _("We found no report with this code. Check the code and try again.")


class NothingHere(NotFound):
    """There is nothing of this kind for this person: a sample, a hand-over, a file."""

    sentence = _("There is nothing at this address, or it is not for you.")


class InvalidInput(Refusal):
    """What was typed cannot be accepted as it is."""

    status = 422
    sentence = _("Please correct what is marked.")
