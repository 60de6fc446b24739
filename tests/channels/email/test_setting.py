"""How e-mail comes in, as an operator writes it, and what is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from lapor.channels.email import setting as email_in


def test_a_door_for_the_mail_server() -> None:
    assert email_in.listener("lmtp://127.0.0.1:8024") == email_in.Listener("lmtp", "127.0.0.1", 8024)
    assert email_in.listener("smtp://[::1]:25") == email_in.Listener("smtp", "::1", 25)
    assert email_in.listener("") is None


@pytest.mark.parametrize(
    "url", ["lmtp://0.0.0.0:24", "lmtp://8.8.8.8:24", "lmtp://mail:24", "http://127.0.0.1:24", "lmtp://127.0.0.1"]
)
def test_a_door_to_the_street_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        email_in.listener(url)


def test_a_mailbox_with_a_difficult_password() -> None:
    box = email_in.mailbox("imaps://lapor:p%40ss@mail.example.go.id/Masuk/Aduan?every=30")

    assert box == email_in.Mailbox("mail.example.go.id", 993, True, "lapor", "p@ss", "Masuk/Aduan", 30)
    assert "p@ss" not in repr(box)
    assert email_in.mailbox("") is None


@pytest.mark.parametrize(
    "url",
    ["imap://a:b@mail.example.go.id", "imaps://mail.example.go.id", "pop3://a:b@localhost", "imaps://a:b@h?every=1"],
)
def test_a_mailbox_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        email_in.mailbox(url)


@pytest.mark.parametrize("written", ["lapor", "a b@c.id", "lapor+x@c.id", "x" * 21 + "@c.id", "Lapor <lapor@c.id>"])
def test_an_address_that_cannot_grow_reply_addresses_is_refused(written: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        email_in.address(written)


def test_an_address_is_kept_in_lower_case() -> None:
    assert (email_in.address("Lapor@Aduan.example.go.id"), email_in.address("")) == ("lapor@aduan.example.go.id", "")
