"""Meta's webhooks taken apart: each message, comment and receipt for itself, with the account and the sender it names.

Written from Meta's reference: WhatsApp `messages`, Messenger `messages` and `message_reads`, Page `feed` and `mention`,
Instagram `comments`, `mentions` and `messages`. Nothing here is trusted to have the shape it should have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lapor.intake.queries.heard import PUBLIC

WHATSAPP, FACEBOOK, INSTAGRAM = "whatsapp", "facebook", "instagram"
CHANNELS = {"whatsapp_business_account": WHATSAPP, "page": FACEBOOK, "instagram": INSTAGRAM}
MESSAGE, COMMENT, MENTION, RECEIPT = "message", "comment", "mention", "receipt"
_DIGITS = re.compile(r"[1-9][0-9]{5,14}", re.ASCII)
_MILLISECONDS = 100_000_000_000  # a larger timestamp counts milliseconds


@dataclass(frozen=True)
class Incoming:
    """One message or public word, to be kept: `raw` is its own part of the webhook, as JSON."""

    channel: str
    account: str
    provider_id: str
    sender: str
    sent_at: datetime | None
    raw: bytes


@dataclass(frozen=True)
class News:
    """What became of a letter that we sent: by the `key` it left with, or by the provider's id."""

    channel: str
    state: str
    provider_id: str
    key: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Unknown:
    """An event that this installation does not use: said in the log, not kept. `what` quotes nothing of it."""

    what: str


@dataclass(frozen=True)
class Deleted:
    """A message or public word that its author has deleted, by the name it was kept under."""

    channel: str
    account: str
    provider_id: str


Event = Incoming | News | Unknown | Deleted


def events_of(body: bytes) -> Iterator[Event]:
    """Yield every event of one webhook in its order. Raises ValueError for what is no webhook at all."""
    try:
        payload = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    channel = CHANNELS.get(text_in(payload, "object"))
    if channel is None:
        yield Unknown("an object that we did not subscribe to")
        return
    for entry in objects_in(payload, "entry"):
        account = text_in(entry, "id")
        for change in objects_in(entry, "changes"):
            yield from _change(channel, account, text_in(change, "field"), object_in(change, "value"))
        for event in objects_in(entry, "messaging"):
            yield from _messaging(channel, account, event)
        if objects_in(entry, "standby"):
            yield Unknown("standby: another app answers this conversation")


def _change(channel: str, account: str, name: str, value: dict[str, Any]) -> Iterator[Event]:
    match channel, name:
        case "whatsapp", "messages":
            yield from _whatsapp(value)
        case "facebook", "feed" | "mention":
            yield _of_page(account, name, value)
        case "instagram", "comments" | "live_comments":
            yield _comment_on_instagram(account, value)
        case "instagram", "mentions":
            yield _mention_on_instagram(account, value)
        case _:
            yield Unknown(f"{channel}: the field {_plain(name)}")


def _whatsapp(value: dict[str, Any]) -> Iterator[Event]:
    account = text_in(object_in(value, "metadata"), "phone_number_id")
    names = {text_in(c, "wa_id"): text_in(object_in(c, "profile"), "name") for c in objects_in(value, "contacts")}
    for message in objects_in(value, "messages"):
        number = text_in(message, "from")
        part = {"kind": MESSAGE, "message": message, "name": names.get(number, "")}
        sender = f"+{number}" if _DIGITS.fullmatch(number) else number or text_in(message, "from_user_id")
        yield _incoming(WHATSAPP, account, text_in(message, "id"), sender, message.get("timestamp"), part)
    for status in objects_in(value, "statuses"):
        yield _status(status)
    for error in objects_in(value, "errors"):
        yield Unknown(f"whatsapp: an error {text_in(error, 'code')} of the account")


def _status(status: dict[str, Any]) -> Event:
    state = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}.get(
        text_in(status, "status")
    )
    if state is None:
        return Unknown(f"whatsapp: the status {_plain(text_in(status, 'status'))}")
    code = ", ".join(text_in(error, "code") for error in objects_in(status, "errors"))
    problem = f"WhatsApp error {code or 'unknown'}" if state == "failed" else ""
    return News(WHATSAPP, state, text_in(status, "id"), text_in(status, "biz_opaque_callback_data"), problem)


def _messaging(channel: str, account: str, event: dict[str, Any]) -> Iterator[Event]:
    """Read one event of a private conversation (Messenger Platform, the same for a page and for Instagram)."""
    sender, message = text_in(object_in(event, "sender"), "id"), object_in(event, "message")
    if message:
        if message.get("is_echo") or sender == account:
            yield Unknown(f"{channel}: an echo of our own words")
            return
        if message.get("is_deleted"):
            yield _deleted(channel, account, text_in(message, "mid"))
            return
        part = {"kind": MESSAGE, "message": message}
        yield _incoming(channel, account, text_in(message, "mid"), sender, event.get("timestamp"), part)
    elif postback := object_in(event, "postback"):
        part = {"kind": MESSAGE, "message": {"text": text_in(postback, "title"), "postback": postback}}
        yield _incoming(channel, account, text_in(postback, "mid"), sender, event.get("timestamp"), part)
    elif delivery := object_in(event, "delivery"):
        mids = delivery.get("mids")
        for mid in mids if isinstance(mids, list) else []:
            yield News(channel, "delivered", clean(str(mid)))
    elif mid := text_in(object_in(event, "read"), "mid"):
        yield News(channel, "read", mid)
    else:
        yield Unknown(
            f"{channel}: {', '.join(sorted(map(_plain, event.keys() - {'sender', 'recipient', 'timestamp'})))}"
        )


def _of_page(page: str, name: str, value: dict[str, Any]) -> Event:
    """Read what somebody wrote on or about the page, where everybody reads it."""
    item, verb = text_in(value, "item"), text_in(value, "verb")
    author = text_in(object_in(value, "from"), "id") or text_in(value, "sender_id")
    if author == page:
        return Unknown("facebook: an echo of our own words")
    if verb not in ("add", "edited", "remove") or item not in ("comment", "post", "status", "photo"):
        return Unknown(f"facebook: {_plain(item)} {_plain(verb)}")
    public = text_in(value, "comment_id") or text_in(value, "post_id")
    if verb == "remove":
        return _deleted(FACEBOOK, page, public and f"{PUBLIC}{public}")
    edited = f":{text_in(value, 'created_time')}" if verb == "edited" else ""
    part = {"kind": COMMENT if name == "feed" else MENTION, "value": value}
    return _incoming(FACEBOOK, page, f"{PUBLIC}{public}{edited}", author, value.get("created_time"), part)


def _comment_on_instagram(account: str, value: dict[str, Any]) -> Event:
    author = text_in(object_in(value, "from"), "id")
    if author == account:
        return Unknown("instagram: an echo of our own words")
    part = {"kind": COMMENT, "value": value}
    return _incoming(INSTAGRAM, account, f"{PUBLIC}{text_in(value, 'id')}", author, None, part)


def _mention_on_instagram(account: str, value: dict[str, Any]) -> Event:
    """A mention brings ids only; its words are asked for by whoever reads it."""
    public = text_in(value, "comment_id") or text_in(value, "media_id")
    return _incoming(INSTAGRAM, account, f"{PUBLIC}{public}", "", None, {"kind": MENTION, "value": value})


def _deleted(channel: str, account: str, name: str) -> Event:
    if not name or not account.isprintable():
        return Unknown(f"{channel}: something deleted, without a name")
    return Deleted(channel, account, name)


def _incoming(channel: str, account: str, name: str, sender: str, at: object, part: dict[str, Any]) -> Incoming:
    raw = json.dumps(part, ensure_ascii=True, separators=(",", ":")).encode()
    known = account if account.isprintable() else ""
    return Incoming(channel, known, "" if name == PUBLIC else name, sender, moment(at), raw)


def moment(written: object) -> datetime | None:
    """Return a timestamp in seconds or milliseconds since 1970; None for anything else."""
    try:
        number = int(str(written))
        return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def clean(text: str) -> str:
    """Return a text that can be stored: without NUL, and half characters as question marks."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def text_in(found: dict[str, Any], name: str) -> str:
    """Return a text or a whole number of an object as text, empty where there is neither."""
    value = found.get(name)
    return clean(value) if isinstance(value, str) else str(value) if type(value) is int else ""


def object_in(found: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object of an object, an empty one where there is none."""
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def objects_in(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list; whatever else stands there is left out."""
    value = found.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _plain(name: str) -> str:
    """Return a provider's name for something as the log may show it."""
    return re.sub(r"[^\w.-]", "?", name)[:40]
