"""How the reports of the demo come in: filed by reporters, or typed in by officers."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from lapor.identity.contacts import ContactInput
from lapor.kernel.actor import Actor
from lapor.kernel.codes import read_code
from lapor.ops.demo import words
from lapor.ops.demo.life import NATIONAL, Life
from lapor.reports.drafts import Draft, Receipt
from lapor.reports.usecases.record_manual import Settled, record_manual
from lapor.reports.usecases.submit import submit_report
from lapor.sop.vocabulary import Channel, Role

_CHANNELS = {
    Channel.WEB: 34, Channel.AGENCY_WEB: 14, Channel.ANDROID: 18, Channel.IOS: 5, Channel.SMS: 8, Channel.WHATSAPP: 10,
    Channel.FACEBOOK: 4, Channel.INSTAGRAM: 4, Channel.X: 3, Channel.EMAIL: 3, Channel.API: 1,
}  # fmt: skip
_BY_HAND = (Channel.COUNTER, Channel.HOTLINE, Channel.LETTER)
_HANDLES = (Channel.FACEBOOK, Channel.INSTAGRAM, Channel.X)


def file(life: Life) -> None:
    """Bring the report into being. Repeated after an interruption it finds the same one: its key is the same."""
    draft = draft_of(life)
    receipt = _record(life, draft) if life.scene.manual else _submit(life, draft)
    life.code = read_code(receipt.code) or receipt.code
    if life.scene.name:
        life.stage.codes[life.scene.name] = life.code


def draft_of(life: Life) -> Draft:
    """Return what the reporter wrote."""
    subject, dice, channel = life.subject, life.dice, _channel(life)
    knows_kind, knows_category = dice.random() < 0.7, dice.random() < 0.6
    name, contact = _who(dice, channel)
    anonymous = life.scene.anonymous or (dice.random() < 0.12 and not life.scene.manual)
    return Draft(
        text=life.fill(subject.text) + ("" if subject.polish else dice.choice(words.words()["endings"])),
        title=life.fill(subject.title),
        classification=subject.kind if knows_kind or subject.kind == "oversight" else "",
        category=subject.category if knows_category and subject.unit else "",
        agency="" if life.scene.at == NATIONAL else life.house,
        place=life.village,
        place_note=life.street if life.village else "",
        happened_on=life.today - timedelta(days=dice.randrange(4)),
        channel=str(channel),
        anonymous=anonymous,
        secret=life.scene.secret or subject.secret,
        contact=contact,
        name=name,
        files=life.photos(after=False) if dice.random() < 0.55 else (),
    )


def _submit(life: Life, draft: Draft) -> Receipt:
    sent_at = life.now - timedelta(minutes=40) if life.scene.late == "sent" else None
    return submit_report(draft, actor=Actor(Role.REPORTER), now=life.now, key=life.key, sent_at=sent_at)


def _record(life: Life, draft: Draft) -> Receipt:
    return record_manual(
        draft,
        actor=life.admin if life.scene.manual == "agency" else life.liaison,
        now=life.now,
        key=life.key,
        started_at=life.now - timedelta(minutes=22 if life.scene.late == "typed" else 4 + life.dice.randrange(9)),
        seen_at=life.now - timedelta(hours=3) if life.scene.late == "seen" else None,
        settled=_settled(life) if life.scene.manual == "settled" else None,
    )


def _settled(life: Life) -> Settled:
    came = life.hours.before(life.now, life.dice.uniform(2, 8))
    answer = life.fill(life.dice.choice(life.subject.done))
    return Settled(came, answer, life.today, life.subject.by, life.photos(after=True))


def _channel(life: Life) -> Channel:
    if life.scene.channel:
        return Channel(life.scene.channel)
    if life.scene.manual:
        return life.dice.choice(_BY_HAND)
    return life.dice.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]


def _who(dice: Random, channel: Channel) -> tuple[str, ContactInput | None]:
    """Return a name that obviously nobody bears, and an address that leads nowhere, where there is one."""
    said = words.words()
    name = f"{dice.choice(said['first_names'])} {dice.choice(said['last_names'])}"
    number = dice.randrange(1, 160)
    if channel in _HANDLES:
        return name, ContactInput("handle", f"{channel}:@warga_contoh_{number}")
    if dice.random() < 0.55:
        return name, ContactInput("email", f"warga{number}@warga.example")
    return name if dice.random() < 0.5 else "", None
