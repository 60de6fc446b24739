"""Letters on their way out through the Graph API; how one may be answered depends on when its reader last wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from lapor.channels.http import Answer
from lapor.channels.meta import compose
from lapor.channels.meta.errors import WindowClosed
from lapor.channels.meta.graph import Graph, account_of
from lapor.channels.meta.wire import FACEBOOK, INSTAGRAM, WHATSAPP, objects_in, text_in
from lapor.identity.contacts import HANDLE, PHONE, ContactInput
from lapor.intake.notes import Note
from lapor.intake.queries.heard import Heard, last_private, last_public
from lapor.messaging.channel import Letter, Manners, Refused, Sent, TryLater

WINDOW = timedelta(hours=24)
PRIVATE_REPLY = timedelta(days=7)  # for so long after a comment one private reply gets through
MARGIN = timedelta(minutes=2)  # a letter on its way must not find the window shut


class _Meta:
    """What the three have in common: one connection to the Graph API for a batch."""

    key = ""

    def __init__(self) -> None:
        self._graph: Graph | None = None

    def close(self) -> None:
        """Hang up."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None

    @property
    def graph(self) -> Graph:
        """The Graph API in the name of this channel's account."""
        self._graph = self._graph or Graph(account_of(self.key))
        return self._graph


class WhatsApp(_Meta):
    """WhatsApp: free words within 24 hours of the person's last message, the approved template after that."""

    key = WHATSAPP

    @property
    def manners(self) -> Manners:
        """Meta allows 80 a second and more; the operator's limit is a matter of cost."""
        return Manners(per_minute=int(settings.LAPOR_WHATSAPP_PER_MINUTE), receipts=True)

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Hand a letter over. Raises WindowClosed (a Refused) where the window is shut and no template is approved."""
        ids = [self._send(letter, number) for number in to]
        return Sent(provider_id=ids[0] if ids else "", parts=len(ids))

    def _send(self, letter: Letter, number: str) -> str:
        heard = last_private(self.key, ContactInput(PHONE, number))
        if is_open(heard, WINDOW):
            try:
                return self._post(compose.whatsapp(letter, number))
            except WindowClosed:  # Meta's clock decides
                pass
        if isinstance(letter, Note) or not settings.LAPOR_WHATSAPP_TEMPLATE:
            raise WindowClosed("more than 24 hours since they wrote, and no template for that")
        return self._post(compose.template(letter, number))

    def _post(self, body: dict[str, Any]) -> str:
        answer = self.graph.post(f"{self.graph.account.id}/messages", body)
        return _id_of(next(iter(objects_in(answer.json(), "messages")), {}), "id")


class _Messenger(_Meta):
    """A page or an Instagram account: only to people who wrote, or once to who commented."""

    manners = Manners(receipts=True)

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Hand a letter over, in private unless it is the public number that somebody asked for."""
        ids = [self._send(letter, address) for address in to]
        return Sent(provider_id=ids[0] if ids else "", parts=len(ids))

    def _send(self, letter: Letter, address: str) -> str:
        if isinstance(letter, Note) and letter.below:
            return self._say_in_public(letter, letter.below)
        contact = ContactInput(HANDLE, address)
        if is_open(last_private(self.key, contact), WINDOW):
            recipient = {"id": address.partition(":")[2]}
            return self._post(compose.private(letter, recipient, self.key))
        comment = last_public(self.key, contact)
        if comment is None or not is_open(comment, PRIVATE_REPLY):
            raise WindowClosed("more than 24 hours since they wrote")
        recipient = {"comment_id": comment.provider_id.partition(":")[0]}
        if letter.code:  # a step of a report that a desk made of the comment: the key goes to its author in private
            return self._post(compose.private(letter, recipient, self.key))
        return self._post(compose.invitation(letter, recipient["comment_id"]))

    def _post(self, body: dict[str, Any]) -> str:
        return _id_of(self.graph.post(f"{self.graph.account.id}/messages", body).json(), "message_id")

    def _say_in_public(self, letter: Letter, comment: str) -> str:
        """Answer below a comment. The only text that gets here is one without a code; this makes sure."""
        if letter.code:
            raise Refused("a tracking code never stands in public")
        edge = "replies" if self.key == INSTAGRAM else "comments"
        words = compose.shortened(letter.text.body, compose.LONGEST[self.key])
        answer: Answer = self.graph.post(f"{comment.partition(':')[0]}/{edge}", {"message": words})
        return _id_of(answer.json(), "id")


class Facebook(_Messenger):
    """The page's own conversations."""

    key = FACEBOOK


class Instagram(_Messenger):
    """The account's own conversations."""

    key = INSTAGRAM


def is_open(heard: Heard | None, window: timedelta, now: datetime | None = None) -> bool:
    """Tell whether an answer still gets through without a template; a little before Meta says no."""
    return heard is not None and (now or timezone.now()) - heard.at < window - MARGIN


def _id_of(answer: dict[str, Any], name: str) -> str:
    """Return Meta's id of what it took; an answer of 200 without one took nothing we know of."""
    found = text_in(answer, name)
    if not found:
        raise TryLater("Meta answered without saying what it took")
    return found[:200]
