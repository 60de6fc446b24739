"""From a promise to a letter: for whom it is, in which language, and what of the report may travel with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from lapor.agencies.queries import roles
from lapor.identity.models import Account
from lapor.identity.queries.contacts import Address, all_addresses_for_sending, who_stopped_news
from lapor.identity.queries.devices import listeners
from lapor.identity.queries.news import ANY, NONE, way_of_news, ways_of_news
from lapor.identity.usecases.news import stop_token
from lapor.kernel.codes import show_code
from lapor.messaging.channel import Letter, ways_to
from lapor.messaging.known import Background
from lapor.messaging.receipts import failed_ways
from lapor.messaging.texts import FIRST_LANGUAGE
from lapor.reports.models import OutgoingMessage, Report
from lapor.sop.vocabulary import Action, Role, Status, Told

EMAIL, PUSH = "email", "push"
LONGEST_TITLE = 120
# Steps by which a satuan kerja or a head is asked for a word.
ASKING = frozenset({Action.FORWARD, Action.SEND_BACK_ANSWER, Action.BRIEF})
# Those who answer at a desk; heads and observers are told only of what is addressed to their role.
ANSWERING = frozenset({Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN, Role.LIAISON, Role.UNIT_OFFICER, Role.OMBUDSMAN})
_ADDRESS = re.compile(r"://|www\.|\w\.\w{2,}", re.IGNORECASE)


@dataclass(frozen=True)
class Recipient:
    """Where one message goes: the channel, all addresses for one envelope, the reader's language.

    `stop` is the link by which the reader ends the news to this address, `contact` its row where it is a reporter's.
    `has_another` tells that there is a next way, if this one fails; `is_another`, that one has failed before.
    """

    kind: str
    addresses: tuple[str, ...]
    language: str = FIRST_LANGUAGE
    stop: str = ""
    contact: int | None = None
    has_another: bool = False
    is_another: bool = False


class NoAddress(Exception):
    """Nobody can be written to; the message stays where it is read anyway. `sentence` says why, translatable."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


NOBODY_KNOWN = gettext_noop("The reporter left no address; the message is read on the tracking page.")
NO_CHANNEL_YET = gettext_noop(
    "No channel here reaches the reporter's address; the message is read on the tracking page."
)
QUESTION_OVER = gettext_noop("The question was over before it could leave: the report waits for no answer any more.")
NO_DEVICE = gettext_noop("The device no longer wants news; the message is read on the tracking page.")
NEWS_NOT_WANTED = gettext_noop("The reporter wants no messages by this way; the message is read on the tracking page.")
NOT_DELIVERED = gettext_noop("It could be delivered at none of the reporter's addresses; it is on the tracking page.")
NO_MAILBOX = gettext_noop("No officer told has an e-mail address; the message is read in the desk's inbox.")


class Recipients:
    """Answers who reads the messages of a batch; the officers of a desk are looked up once."""

    def __init__(self, messages: Iterable[OutgoingMessage], now: datetime) -> None:
        self._now = now
        self._officers: dict[int, list[roles.OfficerInfo]] = {}
        messages = list(messages)
        letters = (message for message in messages if message.device is None and message.told == Told.REPORTER)
        told = (message.report.reporter_ref for message in letters)
        self._reporters = all_addresses_for_sending(ref for ref in told if ref)
        self._stopped = who_stopped_news(ref for ref, found in self._reporters.items() if not found)
        self._ways = ways_of_news({message.report.reporter_ref for message in messages} - {None})
        self._failed = failed_ways(message.pk for message in messages if message.told == Told.REPORTER)
        bells = [message.device for message in messages if message.device]
        self._devices = listeners(bells) if bells else {}

    def of(self, message: OutgoingMessage, kinds: frozenset[str]) -> Recipient:
        """Return where the message goes by one of these kinds of address; raises NoAddress."""
        if message.device is not None:
            if self._way(message.report) == NONE:
                raise NoAddress(NEWS_NOT_WANTED)
            return self._device(message.device, kinds)
        if message.told == Told.REPORTER:
            return self._reporter(message, kinds)
        addresses = tuple(sorted({address for address in self._officers_told(message) if address}))
        if not addresses or EMAIL not in kinds:
            raise NoAddress(NO_MAILBOX)
        return Recipient(EMAIL, addresses)

    def _reporter(self, message: OutgoingMessage, kinds: frozenset[str]) -> Recipient:
        """Return the reporter's first way that has not failed for this message: a promise is kept by one, once."""
        report = message.report
        if message.action == Action.ASK and report.status != Status.PENDING:
            raise NoAddress(QUESTION_OVER)  # it waited for the morning, and the answer came by another way
        addresses = self._reporters[report.reporter_ref] if report.reporter_ref else []
        way = self._way(report)
        wanted = [address for address in addresses if way in (ANY, address.kind)]
        ways = [(a, channel) for a in wanted for channel in ways_to(a.kind, a.channel) if channel in kinds]
        left = [(a, channel) for a, channel in ways if (a.contact, channel) not in self._failed[message.pk]]
        for address, channel in left:
            link = _stop_link(address)
            more, again = len(left) > 1, len(left) < len(ways)
            return Recipient(channel, (address.address,), address.language, link, address.contact, more, again)
        if ways:
            raise NoAddress(NOT_DELIVERED)
        if way != ANY or report.reporter_ref in self._stopped:
            raise NoAddress(NEWS_NOT_WANTED)
        raise NoAddress(NO_CHANNEL_YET if addresses else NOBODY_KNOWN)

    def _way(self, report: Report) -> str:
        """Return by which way the reporter wants the news of this report."""
        return way_of_news(self._ways, report.reporter_ref, report.code) if report.reporter_ref else ANY

    def _device(self, device: int, kinds: frozenset[str]) -> Recipient:
        """Return where a bell rings, beside the letter and whatever becomes of that."""
        if device not in self._devices or PUSH not in kinds:
            raise NoAddress(NO_DEVICE)
        listener = self._devices[device]
        return Recipient(PUSH, (listener.subscription.written(),), listener.language)

    def _officers_told(self, message: OutgoingMessage) -> Iterable[str]:
        if message.desk_id is None:
            return self._named(message.account) if message.account else []
        return (
            officer.email
            for officer in self._serving(message.desk_id)
            if message.account in (None, officer.account_id)
            and (officer.role == message.role if message.role else officer.role in ANSWERING)
        )

    def _serving(self, desk: int) -> list[roles.OfficerInfo]:
        if desk not in self._officers:
            self._officers[desk] = roles.officers_of(desk, on=self._now)
        return self._officers[desk]

    def _named(self, account: int) -> list[str]:
        """Return the address of one officer who was named, if that person still holds a role (S16)."""
        person = Account.objects.filter(pk=account).first()
        return [person.email] if person and roles.actors_of(person, self._now) else []


def _stop_link(address: Address) -> str:
    """Return the link that ends the news to this address: it opens a page with a button, and nothing else."""
    if address.contact is None:
        return ""
    return f"{settings.LAPOR_BASE_URL}{reverse('portal:stop_news', args=[stop_token(address.contact)])}"


def letter(message: OutgoingMessage, to: Recipient, background: Background) -> Letter:
    """Return the message as it leaves; the same at every try of one way."""
    report = message.report
    to_reporter = message.told == Told.REPORTER
    page = reverse("portal:track") if to_reporter else desk_page(message.action, message.told, report.number)
    return Letter(
        key=letter_key(f"{message.pk}/{to.kind}/{to.contact}" if to.is_another else f"{message.pk}"),
        language=to.language,
        text=background.render(message, to.language),
        code=show_code(report.code) if to_reporter else "",
        number=report.number,
        title=safe_title(report),
        link=f"{settings.LAPOR_BASE_URL}{page}",
        stop=to.stop,
        short=background.render_short(message, to.language) if to_reporter else "",
        words=background.words_for(message, to.kind) if to_reporter else "",
    )


def letter_key(way: str) -> str:
    """Return the idempotency key of a message on its way: the same at every try, another one for the next address."""
    return salted_hmac("lapor.messaging.letter", way, algorithm="sha256").hexdigest()[:32]


def desk_page(action: str, told: str, number: str) -> str:
    """Return the page at which an officer goes on: one question and an answer box where the desk is asked something."""
    asked = action in ASKING and told in (Told.HOLDER, Told.HEAD)
    return reverse("desk:task" if asked else "desk:case", args=[number])


def safe_title(report: Report) -> str:
    """Return a report's title on one line, or nothing where it is secret, blocked, or carries a web address.

    Anybody may file a report and name somebody else's mail address: what they wrote must not become a lure that
    comes from us.
    """
    if report.is_secret or report.is_blocked or _ADDRESS.search(report.title):
        return ""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in report.title)
    line = " ".join(visible.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
