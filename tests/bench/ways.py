"""How the words of the bench come in by each channel: in the provider's own shape, through the channel's real door."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone

BATCH = 7  # events in one webhook
APART = timedelta(minutes=15)
LOTS, AGAIN = 20, 5  # how often a poller finds something new, and every how many-th lot it reads twice
BEGUN = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # a message and its redelivery say the same
OURS = "lapor@aduan.contoh.go.id"
SECRET = "a-secret-of-the-bench"
NUMBER, PAGE, GRAM, ME = "106540352242922", "682498302938465", "17841405793187218", "2244994945"
PUBLIC_EACH = 10  # every tenth message of a social network is said where everybody reads it


@dataclass(frozen=True)
class Words:
    """One message: its number, who writes (a number too), what kind the bench meant it to be, and its text."""

    number: int
    person: int
    kind: str
    text: str


@dataclass(frozen=True)
class Way:
    """A channel: `bring` delivers messages in their order, each as often as it stands there, and returns the seconds.

    `guided`: filing is asked for step by step. `polled`: nobody brings anything, so `bring` lets the poller read, and a
    redelivery is a page that is read again.
    """

    bring: Callable[[Sequence[Words]], float]
    guided: bool = False
    polled: bool = False


def set_up() -> None:
    """Set what the doors ask for, in whichever process this is."""
    values: dict[str, Any] = {
        "LAPOR_KANNEL_SECRET": SECRET,
        "LAPOR_KANNEL_HOSTS": ["127.0.0.1"],
        "LAPOR_EMAIL_ADDRESS": OURS,
        "LAPOR_META_APP_SECRET": SECRET,
        "LAPOR_WHATSAPP_PHONE_ID": NUMBER,
        "LAPOR_FACEBOOK_PAGE_ID": PAGE,
        "LAPOR_INSTAGRAM_ID": GRAM,
        "LAPOR_CHANNELS": [],  # nothing leaves here
    }
    for name, value in values.items():
        setattr(settings, name, value)


def _sms(messages: Sequence[Words]) -> float:
    client, begun = Client(), time.perf_counter()
    for words in messages:
        who = {"from": f"+62812{words.person:08d}", "to": "1708", "id": f"m-{words.number}", "smsc": "telkomsel"}
        said = {**who, "coding": "0", "charset": "UTF-8", "text": words.text, "secret": SECRET}
        _taken(client.get("/kanal/sms/masuk/", said).status_code, 200)
    return time.perf_counter() - begun


def _email(messages: Sequence[Words]) -> float:
    from lapor.channels.email.door import Door
    from lapor.channels.email.setting import Listener

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    door = Door(Listener("lmtp", "127.0.0.1", port))
    door.start()
    begun = time.perf_counter()
    try:
        with smtplib.LMTP("127.0.0.1", port) as server:
            for words in messages:
                server.sendmail(f"warga{words.person}@warga.example", [OURS], _mail(words).as_bytes())
        return time.perf_counter() - begun
    finally:
        door.stop()


def _mail(words: Words) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Warga {words.person} <warga{words.person}@warga.example>", OURS
    mail["Subject"] = "Lampu jalan padam" if words.kind == "report" else words.text[:60] or "-"
    mail["Message-ID"], mail["Date"] = f"<m-{words.number}@warga.example>", BEGUN
    if words.kind == "robot":
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(words.text)
    return mail


def _meta(event: Callable[[Words], dict[str, Any]], messages: Sequence[Words]) -> float:
    """Deliver webhooks as Meta does: signed, several events of an account in one."""
    client, begun = Client(), time.perf_counter()
    for at in range(0, len(messages), BATCH):
        events = [event(words) for words in messages[at : at + BATCH]]
        object_ = [one.pop("object") for one in events].pop()
        body = json.dumps({"object": object_, "entry": events})
        signature = "sha256=" + hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signature}
        answer = client.post("/kanal/meta/", data=body, content_type="application/json", headers=headers)
        _taken(answer.status_code, 200)
    return time.perf_counter() - begun


def _whatsapp(words: Words) -> dict[str, Any]:
    """One step of a guided filing, or a text."""
    number = f"62822{words.person:08d}"  # nobody of those who write short messages
    body = {
        "skip": {"type": "interactive", "interactive": {"button_reply": {"id": "skip", "title": "Lewati"}}},
        "send": {"type": "interactive", "interactive": {"button_reply": {"id": "send", "title": "Kirim"}}},
        "place": {"type": "location", "location": {"latitude": -8.58, "longitude": 116.1}},
    }.get(words.kind, {"type": "text", "text": {"body": words.text}})
    message = {"from": number, "id": f"wamid.{words.number}", "timestamp": str(int(BEGUN.timestamp())), **body}
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, "messages": [message]}
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "id": "102290129340398", "changes": [change]}


def _network(object_: str, account: str, words: Words) -> dict[str, Any]:
    """A private message, or a comment, to a page or an Instagram account."""
    person, entry = f"77{words.person:08d}", {"object": object_, "id": account, "time": int(BEGUN.timestamp())}
    if words.number % PUBLIC_EACH:
        message = {"mid": f"m_{words.number}", "text": words.text}
        return {**entry, "messaging": [{"sender": {"id": person}, "recipient": {"id": account}, "message": message}]}
    author = {"id": person, "name": "Warga", "username": "warga"}
    if object_ == "instagram":
        comment = {"id": f"c_{words.number}", "from": author, "text": words.text}
        return {**entry, "changes": [{"field": "comments", "value": comment}]}
    comment = {"comment_id": f"c_{words.number}", "from": author, "message": words.text}
    value = {"item": "comment", "verb": "add", "created_time": int(BEGUN.timestamp()), **comment}
    return {**entry, "changes": [{"field": "feed", "value": value}]}


def _x(messages: Sequence[Words]) -> float:
    from tests.channels.x.fake_x import KEYS, FakeX

    from lapor.channels.x.poller import Poller

    x = FakeX(page=100, limit=10**9)
    settings.LAPOR_X_API, settings.LAPOR_X_USER_ID = x.url, ME
    for name, value in KEYS.items():
        setattr(settings, f"LAPOR_X_{name}", value)

    def appears(words: Words, _at: datetime) -> None:
        if words.number % PUBLIC_EACH:
            x.message(words.text, sender=str(700_000_000 + words.person))
        else:
            x.mention(words.text, author=str(700_000_000 + words.person))

    with Poller() as poller, closing(x):
        return _polled(messages, appears, poller.work)


def _youtube(messages: Sequence[Words]) -> float:
    from tests.channels.youtube.fake_youtube import CHANNEL, KEY, FakeYouTube

    from lapor.channels.youtube.poller import Poller

    youtube = FakeYouTube(page=100, quota=10**9)
    settings.LAPOR_YOUTUBE_API, settings.LAPOR_YOUTUBE_CHANNEL_ID, settings.LAPOR_YOUTUBE_KEY = (
        youtube.url,
        CHANNEL,
        KEY,
    )
    settings.LAPOR_YOUTUBE_QUOTA = 10**9

    def appears(words: Words, at: datetime) -> None:
        youtube.comment(words.text, author=f"UCwarga{words.person}", ago=timezone.now() - at)

    with Poller() as poller, closing(youtube):
        return _polled(messages, appears, poller.work)


def _polled(
    messages: Sequence[Words], appears: Callable[[Words, datetime], None], work: Callable[[datetime], int]
) -> float:
    """Let the messages appear in lots; after every fifth the poller is as if it had been stopped before it noted that.

    Lots lie so far apart that no poller reads the one before again only to be sure. Only the polling counts for the
    seconds.
    """
    from lapor.intake.models import Checkpoint

    lot, now, spent = max(1, len(messages) // LOTS), timezone.now(), 0.0
    for nth, at in enumerate(range(0, len(messages), lot), start=1):
        now += APART
        for words in messages[at : at + lot]:
            appears(words, now)
        before, begun = list(Checkpoint.objects.values_list("pk", "cursor")), time.perf_counter()
        now = _through(work, now)
        if nth % AGAIN == 0:
            for pk, cursor in before:
                Checkpoint.objects.filter(pk=pk).update(cursor=cursor, ask_at=now)
            now = _through(work, now)
        spent += time.perf_counter() - begun
    return spent


def _through(work: Callable[[datetime], int], now: datetime) -> datetime:
    """Poll until two rounds in a row find nothing; each round a while after the one before."""
    quiet = 0
    while quiet < 2:
        now += timedelta(minutes=3)
        quiet = 0 if work(now) else quiet + 1
    return now


def _taken(status: int, wanted: int) -> None:
    if status != wanted:
        raise RuntimeError(f"the door answered {status}")


WAYS: dict[str, Way] = {
    "sms": Way(_sms),
    "email": Way(_email),
    "whatsapp": Way(partial(_meta, _whatsapp), guided=True),
    "facebook": Way(partial(_meta, partial(_network, "page", PAGE))),
    "instagram": Way(partial(_meta, partial(_network, "instagram", GRAM))),
    "x": Way(_x, polled=True),
    "youtube": Way(_youtube, polled=True),
}
