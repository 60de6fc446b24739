"""Calls of the Graph API: each with the account's token and the proof that our app is asking."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from lapor.channels.http import Answer, Away, Http, TooMuch
from lapor.channels.meta.errors import NOT_THERE, code_of, judged
from lapor.channels.meta.wire import FACEBOOK, INSTAGRAM, WHATSAPP
from lapor.messaging.channel import ChannelDown, SendingFailed, TryLater

LARGEST_FILE = 25 * 1024 * 1024  # bytes; what is larger is no evidence here (`lapor.reports.files`)


@dataclass(frozen=True)
class Account:
    """Whose messages these are: the id of the number, page or Instagram account, and the token that acts for it."""

    channel: str
    id: str
    token: str


class FileGone(Exception):
    """A file cannot be had any more: its id has run out, or it is larger than we take."""


def account_of(channel: str) -> Account:
    """Return the account that the settings name for a channel."""
    named = {
        WHATSAPP: (settings.LAPOR_WHATSAPP_PHONE_ID, settings.LAPOR_WHATSAPP_TOKEN),
        FACEBOOK: (settings.LAPOR_FACEBOOK_PAGE_ID, settings.LAPOR_FACEBOOK_TOKEN),
        INSTAGRAM: (settings.LAPOR_INSTAGRAM_ID, settings.LAPOR_INSTAGRAM_TOKEN),
    }
    return Account(channel, *named[channel])


class Graph:
    """The Graph API in one account's name."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._http = Http()

    def post(self, path: str, body: object) -> Answer:
        """Post JSON and return the answer. Raises what it means for the letter: see `meta.errors`."""
        return self._call("POST", path, body=body)

    def get(self, path: str, **fields: str) -> Answer:
        """Return an object. Raises SendingFailed."""
        return self._call("GET", path, fields=fields)

    def file(self, media: str) -> bytes:
        """Return a WhatsApp file by its id: it lives seven days, its address five minutes. Raises FileGone, TryLater.

        What came must be what Meta says it is: a broken download is tried again.
        """
        told = self._file_call(media)
        size, digest = told.get("file_size"), str(told.get("sha256", ""))
        if isinstance(size, int) and size > LARGEST_FILE:
            raise FileGone("larger than we take")
        content = self.download(str(told.get("url", "")), with_token=True)
        if digest and digest not in _digests(content):
            raise TryLater("the file came broken")
        return content

    def download(self, url: str, *, with_token: bool = False) -> bytes:
        """Return what lies at an address that Meta gave us: on Meta's own hosts only. Raises FileGone, TryLater."""
        if not is_metas(url):
            raise FileGone("not on one of Meta's hosts")
        headers = {"Authorization": f"Bearer {self.account.token}"} if with_token else {}
        try:
            answer = self._http.ask("GET", url, headers=headers, largest=LARGEST_FILE)
        except TooMuch:
            raise FileGone("larger than we take") from None
        except Away as problem:
            raise TryLater(f"a file of Meta's: {problem}") from problem
        if not answer.ok or not answer.body:
            # An address has run out after minutes; the next try asks for a new one by the id.
            raise TryLater(f"a file of Meta's: status {answer.status}")
        return answer.body

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _file_call(self, media: str) -> dict[str, object]:
        answer = self._ask("GET", media, fields={"phone_number_id": self.account.id})
        problem = judged(answer)
        if problem is None:
            return answer.json()
        if code_of(answer) == NOT_THERE:
            raise FileGone("its id has run out")
        raise TryLater(str(problem)) if isinstance(problem, ChannelDown) else problem

    def _call(self, method: str, path: str, body: object = None, fields: dict[str, str] | None = None) -> Answer:
        answer = self._ask(method, path, body, fields)
        problem: SendingFailed | None = judged(answer)
        if problem is not None:
            raise problem
        return answer

    def _ask(self, method: str, path: str, body: object = None, fields: dict[str, str] | None = None) -> Answer:
        url, proof = f"{settings.LAPOR_META_GRAPH}/{path}", {"appsecret_proof": _proof(self.account.token)}
        headers = {"Authorization": f"Bearer {self.account.token}"}
        try:
            return self._http.ask(method, url, headers=headers, params={**(fields or {}), **proof}, json=body)
        except Away as problem:
            # A letter that may have arrived is tried again as one of ours; nothing there tells a repetition.
            raise (TryLater if problem.sent else ChannelDown)(f"Meta: {problem}") from problem


def _digests(content: bytes) -> tuple[str, str]:
    """Return the SHA-256 of a file in both ways in which Meta writes it: hexadecimal here, base64 in webhooks."""
    made = hashlib.sha256(content).digest()
    return made.hex(), base64.b64encode(made).decode()


def _proof(token: str) -> str:
    """Return the proof that a call comes from who holds the app's secret, not from who found a token."""
    return hmac.new(settings.LAPOR_META_APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def is_metas(url: str) -> bool:
    """Tell whether an address is on one of Meta's hosts, by https and the usual port."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip(".").lower(), parts.port
    except ValueError:
        return False
    ours = any(host == name or host.endswith(f".{name}") for name in settings.LAPOR_META_FILE_HOSTS)
    return parts.scheme == "https" and parts.username is None and port in (None, 443) and ours
