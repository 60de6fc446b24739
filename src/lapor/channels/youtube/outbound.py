"""Letters on YouTube: there is no private way, so nothing leaves but an invitation to write elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lapor.channels.youtube.api import CHANNEL, Api, Failed, OutOfQuota
from lapor.identity.contacts import HANDLE, ContactInput
from lapor.intake.queries.heard import last_public
from lapor.messaging.channel import ChannelDown, Letter, Refused, Sent, TryLater


class YouTube:
    """One connection to the Data API for a batch."""

    key = CHANNEL

    def __init__(self) -> None:
        self._api: Api | None = None

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Answer below the last comment of each. Raises Refused for whatever has a code: everybody would read it."""
        if letter.code:
            raise Refused("YouTube is public: a tracking code never stands there")
        ids = [self._answer(letter, address) for address in to]
        return Sent(provider_id=ids[0] if ids else "", parts=len(ids))

    def close(self) -> None:
        """Hang up."""
        if self._api is not None:
            self._api.close()
            self._api = None

    def _answer(self, letter: Letter, address: str) -> str:
        comment = last_public(CHANNEL, ContactInput(HANDLE, address))
        if comment is None:
            raise Refused("there is no comment to answer")
        self._api = self._api or Api()
        thread = comment.provider_id.partition(".")[0]  # an answer hangs on the thread, never on another answer
        body = {"snippet": {"parentId": thread, "textOriginal": _words(letter)}}
        try:
            return str(self._api.write("comments", body, now=timezone.now()).get("id") or "")
        except OutOfQuota as problem:
            raise ChannelDown(str(problem)) from problem
        except Failed as problem:
            raise _meant(problem)(str(problem)) from problem


def _meant(problem: Failed) -> type[ChannelDown | Refused | TryLater]:
    """Say what a failed call means for the letter."""
    if problem.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS) or not problem.sent:
        return ChannelDown
    if (
        problem.status == 0
        or problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        or problem.status < HTTPStatus.BAD_REQUEST
    ):
        return TryLater
    return Refused


def _words(letter: Letter) -> str:
    with translation.override(letter.language):
        words = _(
            "We have read this comment, and an officer looks at it. So that your data stay safe, please send your "
            "report where nobody else reads it:"
        )
    return f"{words} {settings.LAPOR_BASE_URL}/"
