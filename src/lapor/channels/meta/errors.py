"""What Meta's error codes mean for a letter. From the reference of Cloud API error codes and of Graph API errors.

`error.code` decides, as Meta advises; a code that is not known here is judged by the HTTP status.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from lapor.channels.http import Answer
from lapor.messaging.channel import ChannelDown, Refused, SendingFailed, TryLater

LATER = {
    1, 2,  # unknown, or a service is down for the moment
    131000, 131016, 131057, 133004,  # something went wrong; unavailable; the account is in maintenance; the server is
    131048, 131056,  # too much of it was called spam; too many to this one person
}  # fmt: skip
# Nothing of ours gets through just now: too many calls (of the app, the page, the account, the number) ...
SLOWER = {4, 17, 32, 341, 613, 80001, 80002, 80006, 80007, 130429}
# ... or we are not let in: token, permission, account locked or unpaid, number deleted or not registered.
OURS = {0, 3, 33, 102, 190, 368, 131005, 131031, 131042, 131045, 133010} | set(range(200, 300))
WINDOW = {131047}  # more than 24 hours since the person wrote: only a template gets through
MESSENGER_WINDOW = 2018278  # subcode of 10, the same on Messenger and Instagram
NO_PERMISSION = 10
NOT_THERE = 100  # an invalid parameter, and what is not, or no longer, there


class WindowClosed(Refused):
    """The person has not written for 24 hours (WhatsApp, Messenger, Instagram)."""


def judged(answer: Answer) -> SendingFailed | None:
    """Return what an answer means for the letter; None where it was taken. An error in a 200 is an error."""
    said = answer.json()
    error = said.get("error")
    if isinstance(error, dict):
        return _of_code(error, answer.status)
    if answer.ok:
        return None if said else TryLater("Meta answered something that is no answer")
    return _of_status(answer.status, f"Meta answered {answer.status}")


def code_of(answer: Answer) -> int:
    """Return the error's code; 0 for none."""
    error = answer.json().get("error")
    code = error.get("code") if isinstance(error, dict) else 0
    return code if isinstance(code, int) else 0


def _of_code(error: dict[str, Any], status: int) -> SendingFailed:
    code, subcode = error.get("code"), error.get("error_subcode")
    words = f"Meta error {code if isinstance(code, int) else 'unknown'}"
    if code in WINDOW or (code == NO_PERMISSION and subcode == MESSENGER_WINDOW):
        return WindowClosed(words)
    if code in SLOWER:
        return ChannelDown(f"{words}: too many calls")
    if code in OURS or code == NO_PERMISSION:
        return ChannelDown(words)
    if code in LATER:
        return TryLater(words)
    return _of_status(status, words)


def _of_status(status: int, words: str) -> SendingFailed:
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
        return ChannelDown(words)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.BAD_REQUEST:
        return TryLater(words)
    return Refused(words)
