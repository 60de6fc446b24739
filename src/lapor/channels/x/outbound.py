"""Letters on X: the code only ever in a direct message; in public an invitation, or the number that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from lapor.channels.x.api import LONGEST_TWEET, Api
from lapor.identity.contacts import HANDLE, ContactInput
from lapor.intake.notes import Note
from lapor.intake.queries.heard import last_private, last_public
from lapor.messaging.channel import Letter, Manners, Refused, Sent

LONGEST_MESSAGE = 10_000


class X:
    """One connection to X's API for a batch; a letter to several people is several messages."""

    key = "x"

    def __init__(self) -> None:
        self._api: Api | None = None

    @property
    def manners(self) -> Manners:
        """X counts messages and posts in quarters of an hour; the operator's limit is that of their plan."""
        return Manners(per_minute=int(settings.LAPOR_X_PER_MINUTE))

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Hand a letter over. Raises Refused where X lets us write to somebody neither in private nor in public."""
        self._api = self._api or Api()
        ids = [self._send(self._api, letter, address) for address in to]
        return Sent(provider_id=ids[0] if ids else "", parts=len(ids))

    def close(self) -> None:
        """Hang up."""
        if self._api is not None:
            self._api.close()
            self._api = None

    def _send(self, api: Api, letter: Letter, address: str) -> str:
        person, contact = address.partition(":")[2], ContactInput(HANDLE, address)
        if not person.isdigit():
            raise Refused("no account of X has such an id")
        if isinstance(letter, Note) and letter.below:
            return _below(api, letter, letter.below, letter.text.body)
        said = last_public(self.key, contact)
        if letter.code or last_private(self.key, contact) or said is None:
            body = {"text": _text(letter)[:LONGEST_MESSAGE]}
            data = api.post(f"/2/dm_conversations/with/{person}/messages", body)
            return str(data.get("dm_event_id") or "")
        return _below(api, letter, said.provider_id, _invitation(letter, said.provider_id))


def _below(api: Api, letter: Letter, tweet: str, words: str) -> str:
    """Answer a tweet, for everybody to read. Nothing with a code comes here; this makes sure."""
    if letter.code:
        raise Refused("a tracking code never stands in public")
    data = api.post("/2/tweets", {"text": words[:LONGEST_TWEET], "reply": {"in_reply_to_tweet_id": tweet}})
    return str(data.get("id") or "")


def _invitation(letter: Letter, tweet: str) -> str:
    """Return the public words that ask somebody into private; X refuses the same words twice, so the end differs."""
    with translation.override(letter.language):
        words = _("We have read this. So that your data stay safe, please send your report by direct message:")
    link = f"https://x.com/messages/compose?recipient_id={settings.LAPOR_X_USER_ID}"
    return f"{words} {link} ({tweet[-6:]})"


def _text(letter: Letter) -> str:
    with translation.override(letter.language):
        lines = [letter.short or f"{letter.text.subject}\n\n{letter.text.body}"]
        if letter.words:
            lines.append(f"“{letter.words}”")
        if letter.code:
            lines.append(f"{_('Number')}: {letter.number}\n{letter.link}")
    return "\n\n".join(lines)
