"""Whatever comes, it is read as something: the parser raises nothing, and loses no mail to an exception."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.channels.email.mails import OURS, mail, received, returned, understood

from lapor.channels.email import envelope as around
from lapor.channels.email.inbound import read
from lapor.channels.email.plain import clean, from_flowed, from_html
from lapor.channels.email.quoting import only_own_words, own_words

pytestmark = pytest.mark.django_db
any_case = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

NAMES = ["From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Message-ID",
         "Auto-Submitted", "Received", "Delivered-To", "Content-ID", "Reply-To", "Date"]  # fmt: skip
VALUES = ["multipart/mixed; boundary=x",
          "multipart/alternative; boundary=\"x", "text/html; charset=utf-7", "message/rfc822",
          "multipart/report; report-type=delivery-status; boundary=x", "message/delivery-status", "base64", "uuencode",
          "quoted-printable", "attachment; filename*=utf-8''%ff%00", "=?utf-8?b?////?=", "text/plain; charset*=x''y",
          OURS, "lapor+r.uji-2026-000001.aaaaaaaaaaaaaaaa@aduan.contoh.go.id", "Re: [UJI-2026-000001]"]  # fmt: skip
piece = st.one_of(
    st.binary(max_size=60),
    st.tuples(st.sampled_from(NAMES), st.one_of(st.sampled_from(VALUES), st.text(max_size=30))).map(
        lambda line: f"{line[0]}: {line[1]}\r\n".encode("utf-8", "surrogatepass")
    ),
    st.sampled_from(
        [b"\r\n", b"\n\n", b"--x\r\n", b"--x--\r\n", b"begin 644 a\n", b"\xff\xfe", b"\0", b"Status: 5.1.1\r\n"]
    ),
)


@any_case
@given(pieces=st.lists(piece, max_size=30), known=st.booleans())
def test_any_bytes_are_read_as_something(pieces: list[bytes], known: bool) -> None:
    raw = b"".join(pieces)
    envelope = around.Envelope("", OURS) if known else around.Envelope()
    assert read(received(around.wrap(raw, envelope))).text is not None
    assert read(received(raw)).text is not None
    assert around.name_of(raw).startswith("mail:")


@any_case
@given(st.data())
def test_a_real_mail_with_bytes_changed_is_read_as_something(data: st.DataObject) -> None:
    raw = bytearray(
        data.draw(st.sampled_from([mail().as_bytes(), returned(key="a" * 32, action="failed", status="5.0.0")]))
    )
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert understood(bytes(raw)).text is not None


@any_case
@given(st.text(max_size=400), st.booleans())
def test_texts_are_trimmed_without_a_word_invented(text: str, del_sp: bool) -> None:
    plain = clean(text)
    assert set(own_words(plain)) <= set(plain)
    assert len(only_own_words(plain)) <= len(plain)
    from_flowed(plain, del_sp=del_sp)
    assert "<p" not in from_html(f"<p>{plain.replace('<', '').replace('&', '')}</p>")
