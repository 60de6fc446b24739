"""From a mail to what it means: news of a letter, a robot, words of a proven reporter, a new report, a question.

A From line proves nobody. Who writes to a report's signed address has had a mail that only its reporter gets; all
others file a new report or ask, and what they write on a report that exists is for a person.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace

from lapor.channels.commands import REPLY, Typed, code_in
from lapor.channels.email.addresses import Ours, meant, ours
from lapor.channels.email.bounces import Bounce, bounce_of
from lapor.channels.email.commands import command_for_report, command_in
from lapor.channels.email.envelope import Envelope, unwrap
from lapor.channels.email.mime import Mail, Unreadable, address_in, parse
from lapor.channels.email.quoting import only_own_words, own_words
from lapor.channels.email.robots import is_automatic, is_marked, robot
from lapor.identity.contacts import ContactInput
from lapor.intake.contract import (
    Command,
    ForPerson,
    NewReport,
    Nothing,
    Proof,
    Receipt,
    Received,
    Reply,
    Understood,
    Verb,
    Why,
    contact_of,
)
from lapor.kernel.codes import read_code, read_number, without_codes
from lapor.messaging.replies import belongs_to, code_of, institution_of
from lapor.reports.drafts import LONGEST_TITLE, SHORTEST_TEXT

LONGEST_NAME = 100
SHOWN_FILES = 3
_ANSWERED = re.compile(r"\s*((re|bls|balas|aw|sv|antw)\s?(\[\d+\])?\s?:\s*)+", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(fwd?|trs|terusan|fw|wg|tr)\s?:\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\[([A-Za-z0-9]{1,12}-20\d\d-\d{6,12})\]")
_SIGNED = re.compile(r"[^\s<>\"':;,@]{1,64}\+[rb]\.[a-z0-9.-]{1,64}@", re.IGNORECASE)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Letter:
    """A mail with what every reading needs of it; `sender` is None for whom we must not answer."""

    mail: Mail
    envelope: Envelope
    where: Ours
    subject: str
    sender: ContactInput | None
    name: str


def read(received: Received) -> Understood:
    """Read one mail (see `lapor.intake.contract`); raises nothing, whatever the bytes are."""
    envelope, raw = unwrap(received.raw)
    try:
        letter = _opened(parse(raw), envelope)
    except Unreadable as problem:
        log.warning("%s is for a person: %s", received.provider_id[:21], problem.why)
        where = ours(envelope.to) if envelope.to else None
        return ForPerson(why=Why.UNREADABLE, agency=where.agency if where else "")
    understood = _understood(letter)
    if isinstance(understood, Nothing):
        log.info("%s is nobody's: %s", received.provider_id[:21], understood.why)
    return replace(understood, text=without_keys(understood.text))


def without_keys(text: str) -> str:
    """Return words without tracking codes and signed addresses: officers read them, and quoted mails carry both."""
    return without_codes(_SIGNED.sub("•••@", text))


def _opened(mail: Mail, envelope: Envelope) -> _Letter:
    name, address = address_in(mail.header("From"))
    sender = contact_of("email", address)
    if sender and ours(sender.address):
        sender = None  # somebody borrows our own name: an answer would come back to us
    return _Letter(mail, envelope, meant(mail, envelope), mail.header("Subject"), sender, name[:LONGEST_NAME])


def _understood(letter: _Letter) -> Understood:
    signed = letter.where.signed
    if bounce := bounce_of(letter.mail, letter.envelope, signed.letter if signed else ""):
        return _news(bounce)
    if kind := robot(letter.mail, letter.envelope):
        return Nothing(why=kind, text=letter.mail.text, sender=letter.sender)
    if signed and signed.number:
        return _from_reporter(letter, signed.number)
    if signed or letter.where.refused:
        return _for_person(letter, Why.NOT_THEIRS)
    return _from_anybody(letter)


def _news(bounce: Bounce) -> Receipt | Nothing:
    if not bounce.letter:
        return Nothing(why="a bounce that names no letter")
    if bounce.state == "delayed":
        return Nothing(why="a letter is delayed")
    return Receipt(key=bounce.letter, state=bounce.state, problem=bounce.problem, recipient=bounce.recipient)


def _from_reporter(letter: _Letter, number: str) -> Understood:
    """Read what came to a report's signed address: it may act as the reporter of this report and of no other."""
    code = code_of(number)
    if not code:
        return _for_person(letter, Why.UNKNOWN_CODE)
    if is_automatic(letter.mail, letter.envelope):
        return replace(_for_person(letter, Why.MAYBE_ROBOT), sender=None)
    text = only_own_words(letter.mail.text)
    if typed := command_for_report(_bare(letter.subject) if not letter.mail.files else "", text):
        return _command(letter, typed, number, code)
    if not text and not letter.mail.files:
        return _for_person(letter, Why.NO_WORDS)
    words = text or _names(letter.mail)
    return Reply(text=words, files=tuple(letter.mail.files), code=code, proves=Proof.REPORT, sender=letter.sender)


def _command(letter: _Letter, typed: Typed, number: str, code: str) -> Understood:
    if typed.code and read_code(typed.code) != code and read_number(typed.code) != number:
        return _unproven(letter, typed)
    proves = Proof.REPORT
    if typed.verb in (Verb.STOP, Verb.START):
        # Both together prove the address: only there was the signed one sent, and from there the mail says it comes.
        # The signed one alone proves the report; that is enough where its reporter has one mailbox only.
        owns = letter.sender is not None and belongs_to(number, letter.sender.address)
        proves = Proof.SENDER if owns else Proof.REPORT
    files = tuple(letter.mail.files)
    if typed.verb == REPLY:
        return Reply(
            text=typed.rest or _names(letter.mail), files=files, code=code, proves=proves, sender=letter.sender
        )
    verb = Verb(typed.verb)
    text = typed.rest or ("" if verb == Verb.DONE else letter.mail.text)
    if verb == Verb.NOT_DONE and files:
        return Reply(text=text, files=files, code=code, proves=proves, sender=letter.sender)
    return Command(verb=verb, code=code, rating=typed.rating, text=text, proves=proves, sender=letter.sender)


def _unproven(letter: _Letter, typed: Typed) -> Understood:
    """Return a command of somebody who proves nothing: questions are answered, the rest is for a person."""
    if typed.verb == REPLY:
        files = tuple(letter.mail.files)
        return Reply(text=typed.rest or letter.mail.text, files=files, code=typed.code, sender=letter.sender)
    text = typed.rest or letter.mail.text
    return Command(verb=Verb(typed.verb), code=typed.code, rating=typed.rating, text=text, sender=letter.sender)


def _from_anybody(letter: _Letter) -> Understood:
    mail, subject = letter.mail, _bare(letter.subject)
    text = own_words(mail.text, forwarded=bool(_FORWARDED.match(letter.subject)))
    if letter.sender is None:
        return _for_person(letter, Why.NO_REPLY_POSSIBLE)
    if is_automatic(mail, letter.envelope) or is_marked(mail):
        return replace(_for_person(letter, Why.MAYBE_ROBOT), sender=None)
    if typed := command_in(subject, text):
        return _unproven(letter, typed)
    if code := code_in(f"{subject}\n{text}"):
        return Reply(text=text or subject, files=tuple(mail.files), code=code, sender=letter.sender)
    if agency := _answered_institution(letter):
        return replace(_for_person(letter, Why.NOT_THEIRS), agency=agency)
    return _report(letter, subject, text)


def _report(letter: _Letter, subject: str, text: str) -> NewReport | ForPerson:
    mail = letter.mail
    if not text and (not subject or _is_invitation(mail)):
        return _for_person(letter, Why.NO_WORDS)
    if len(text) < SHORTEST_TEXT:
        text = f"{subject}\n{text}".strip()
    return NewReport(
        text=text,
        title=without_keys(subject)[:LONGEST_TITLE],
        agency=letter.where.agency,
        files=tuple(mail.files),
        may_be_answer=False,
        sender=letter.sender,
        name=letter.name,
    )


def _for_person(letter: _Letter, why: Why) -> ForPerson:
    mail = letter.mail
    text = "\n\n".join(filter(None, (letter.subject, own_words(mail.text))))
    return ForPerson(
        why=why, agency=letter.where.agency, text=text, files=tuple(mail.files), sender=letter.sender, name=letter.name
    )


def _answered_institution(letter: _Letter) -> str:
    """Return the institution of the report that a mail answers at the wrong address, empty for none.

    The number stands in public, so nothing else of the report may be told to whoever writes it.
    """
    found = _NUMBER.search(letter.subject)
    number = read_number(found[1]) if found and _ANSWERED.match(letter.subject) else None
    return institution_of(number) if number else ""


def _bare(subject: str) -> str:
    """Return a subject without what mail programs put before it, and without the number that we put behind it."""
    return _NUMBER.sub("", _FORWARDED.sub("", _ANSWERED.sub("", subject, count=1), count=1)).strip()


def _is_invitation(mail: Mail) -> bool:
    return any(file.name.lower().endswith((".ics", ".dat")) for file in mail.files)


def _names(mail: Mail) -> str:
    """Return what stands for the words of a mail that is only files."""
    shown = ", ".join(file.name for file in mail.files[:SHOWN_FILES])
    return f"Lampiran: {shown}" if shown else ""
