"""What is refused here, each with its own name and a sentence that says what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput, NotFound, Refusal


class NotYours(Refusal):
    """The actor's desk does not reach so far."""

    status = 403
    sentence = _("Your role does not allow this. Ask the admin of the institution.")


class NoRole(Refusal):
    """No decree in force gives this person the role (S16 to S18)."""

    status = 403
    sentence = _("You hold no such role today: there is no decree in force for it. Ask your admin.")


class UnknownAgency(NotFound):
    """No agency has this code."""

    sentence = _("There is no such agency.")


class UnknownAppointment(NotFound):
    """No appointment has this number."""

    sentence = _("There is no such appointment.")


class UnknownDay(InvalidInput):
    """The calendar does not reach this day."""

    sentence = _("The calendar does not reach this day yet.")


class NotAHoliday(Refusal):
    """A holiday is to be taken back on a day that is none."""

    sentence = _("This day is not a holiday.")


class DecreeKnown(Refusal):
    """The institution has a decree of this number that begins in the same year."""

    sentence = _("A decree with this number is already registered for that year.")


class DecreeOver(Refusal):
    """Somebody is to be appointed by a decree that is over."""

    sentence = _("This decree is no longer in force. Register the new decree first.")


class DecreeNotInForce(Refusal):
    """A seat is to be taken on a day on which the successor's decree is not in force."""

    sentence = _("This decree is not in force on that day.")


class DecreeOfAnother(Refusal):
    """A decree names officers of its own institution only."""

    sentence = _("This decree belongs to another institution.")


class UnknownAbsence(NotFound):
    """No absence has this number."""

    sentence = _("There is no such absence.")


class UnknownDecree(NotFound):
    """No decree has this number in our books."""

    sentence = _("Choose the decree that names this person.")


class UnknownPerson(InvalidInput):
    """No account in use has this number."""

    sentence = _("There is no such person, or the account is switched off.")


class LoginTaken(InvalidInput):
    """Another account has this login."""

    sentence = _("Somebody already has this login. Choose another one.")


class RoleDoesNotFit(InvalidInput):
    """The role does not exist at this kind of desk."""

    sentence = _("This role does not exist at this desk.")


class AlreadyAppointed(Refusal):
    """The person holds this role at this desk already."""

    sentence = _("This person already holds this role at this desk.")


class AppointmentEnded(Refusal):
    """The appointment is over."""

    sentence = _("This appointment has ended.")


class DeputyNotAtDesk(Refusal):
    """A deputy must hold a role at the same desk for the whole absence."""

    sentence = _("The deputy must serve the same desk on every day of the absence.")


class AbsenceOverlaps(Refusal):
    """The officer is already away on some of these days."""

    sentence = _("There is already an absence on some of these days.")


class DeputyAway(Refusal):
    """The deputy is away on some of the days."""

    sentence = _("The deputy is away on some of these days.")


class StandsInForAnother(Refusal):
    """The officer stands in for a colleague on some of the days."""

    sentence = _("On some of these days this officer stands in for a colleague. Name another deputy there first.")


class SamePerson(Refusal):
    """Nobody stands in for or takes over from themselves."""

    sentence = _("Choose another person.")


class LastOfficer(Refusal):
    """A desk would be left without an officer who can act."""

    sentence = _("Nobody would be left at this desk. Hand over to a successor instead.")


class UnknownTemplate(NotFound):
    """The institution has no text of this number."""

    sentence = _("There is no such text.")


class TemplateKnown(InvalidInput):
    """Another text for the same step has this name."""

    sentence = _("Another text for this step has this name already.")


class NoPlaceForUnit(InvalidInput):
    """Units stand below institutions, satuan kerja below units; nothing else is founded or changed here."""

    sentence = _("Choose an institution or one of its units.")


class NameTaken(InvalidInput):
    """Another desk of the institution has this name."""

    sentence = _("Another desk of this institution has this name already.")


class KeywordTaken(InvalidInput):
    """An institution has this keyword already."""

    sentence = _("An institution already has this keyword. Choose another one.")


class RuleKnown(InvalidInput):
    """There is a rule for this category and place."""

    sentence = _("There is a rule for this category and place already. Remove that one first.")


class SopNotYours(InvalidInput):
    """Only a profile that several institutions follow is revised at the national desk."""

    sentence = _("There is no such SOP profile.")


class NoOwnSop(Refusal):
    """Only who has an SOP of its own can go back to the profile it follows."""

    sentence = _("The institution follows the shared profile already.")


class SopWaits(Refusal):
    """A version already waits for its first day; a second one would undo it without a word."""

    sentence = _("A new version already waits for its first day. Take it back first, or wait until it is in force.")


class SopMovedOn(Refusal):
    """The version that was being revised is not the one in force any more."""

    sentence = _("Another version has come into force since you opened this page. Look at it and begin again.")


class SopUnchanged(InvalidInput):
    """A new version must differ."""

    sentence = _("Nothing differs from the version in force.")


class SopInForce(Refusal):
    """What has begun is not taken back: reports keep to it."""

    sentence = _("This version is in force already, reports began under it. Make a new version instead.")


class UnknownVersion(NotFound):
    """The profile has no such version waiting."""

    sentence = _("There is no such version.")


class NotAnSop(InvalidInput):
    """A number that the law or plain sense forbids; the sentence names the rule."""


class UnknownCategory(NotFound):
    """No category in our tree has this code, or it was merged."""

    sentence = _("There is no such category.")


class CategoryKnown(InvalidInput):
    """The subject has a part of this name."""

    sentence = _("There is a category with this name already.")


class CategoryHasParts(Refusal):
    """A subject with parts in use stays."""

    sentence = _("It has parts that are in use. Merge them or take them out of use first.")


class UnknownTag(NotFound):
    """The institution keeps no such word."""

    sentence = _("There is no such tag.")


class TagKnown(InvalidInput):
    """The institution keeps this word already."""

    sentence = _("You keep this tag already.")


class HoursOverlap(InvalidInput):
    """Two periods would hold on one day."""

    sentence = _("Another period holds on some of these days.")


class UnknownHours(NotFound):
    """The institution has no such period."""

    sentence = _("There is no such period.")
