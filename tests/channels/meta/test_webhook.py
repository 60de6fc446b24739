"""Meta's webhook: signature before everything, each part kept by itself, nothing twice however often it is brought."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings
from tests.channels.meta.fake_meta import (
    GRAM,
    NUMBER,
    PAGE,
    VERIFY,
    WEBHOOK,
    FakeMeta,
    Person,
    comment_on_page,
    everything_runs,
    private,
    status,
    whatsapp,
)

from lapor.channels.meta import views
from lapor.intake.models import InboundMessage
from lapor.intake.seals import raw_of, sender_of
from lapor.intake.usecases.keep import keep
from lapor.messaging.models import ChannelDay
from lapor.reports.models import Report

pytestmark = pytest.mark.usefixtures("case")
HOLE = "Uji: Jalan di depan pasar berlubang sejak bulan lalu"


def question(**fields: str) -> Any:
    """Ask as Meta does when the address is entered in the app."""
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY, **fields}
    return Client().get(WEBHOOK, asked)


def test_the_challenge_is_answered_to_who_knows_the_token(meta: FakeMeta) -> None:
    answer = question()

    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "wrong",
    [{"hub.verify_token": "no"}, {"hub.verify_token": ""}, {"hub.mode": "unsubscribe"}, {"hub.challenge": "1" * 201}],
)
def test_any_other_question_is_refused(meta: FakeMeta, wrong: dict[str, str]) -> None:
    assert question(**wrong).status_code == 403


def test_nothing_comes_in_while_nothing_is_set(meta: FakeMeta, budi: Person, settings: Settings) -> None:
    payload = budi.payload(budi.message("text", {"body": HOLE}))
    settings.LAPOR_META_APP_SECRET = settings.LAPOR_META_VERIFY_TOKEN = ""

    assert meta.brings(payload, secret="") == 403
    assert question(**{"hub.verify_token": ""}).status_code == 403


def test_a_wrong_signature_is_refused_before_anything_is_read(meta: FakeMeta, budi: Person) -> None:
    payload = budi.payload(budi.message("text", {"body": HOLE}))

    assert meta.brings(payload, secret="another") == 403
    body = json.dumps(payload).encode()
    for header in ("", "sha256=", "sha1=abc", "sha256=" + "0" * 64, "é"):
        answer = Client().post(WEBHOOK, body, content_type="application/json", headers={"X-Hub-Signature-256": header})
        assert answer.status_code == 403
    assert not InboundMessage.objects.exists()


def test_one_byte_changed_on_the_way_is_no_longer_metas(
    meta: FakeMeta, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    check = views.is_signed

    def changed(body: bytes, header: str) -> bool:
        seen.append(body)
        return check(body + b" ", header)

    monkeypatch.setattr(views, "is_signed", changed)

    assert meta.brings(budi.payload(budi.message("text", {"body": HOLE}))) == 403
    assert len(seen) == 1
    assert not InboundMessage.objects.exists()


def test_what_is_too_large_is_refused(meta: FakeMeta) -> None:
    assert meta.brings(None, body=b"{" + b" " * views.LARGEST) == 413


def test_several_entries_and_messages_are_each_kept_for_themselves(meta: FakeMeta, budi: Person) -> None:
    siti = Person(meta, "6285711112222", "Siti")
    one = budi.payload(
        budi.message("text", {"body": "satu"}, id="wamid.A"), budi.message("text", {"body": "dua"}, id="wamid.B")
    )
    two = siti.payload(siti.message("text", {"body": "tiga"}, id="wamid.C"))
    one["entry"] += two["entry"]

    assert meta.brings(one) == 200

    messages = InboundMessage.objects.order_by("pk")
    assert [(m.provider_id, m.account, sender_of(m)) for m in messages] == [
        ("wamid.A", NUMBER, "+6281234567890"),
        ("wamid.B", NUMBER, "+6281234567890"),
        ("wamid.C", NUMBER, "+6285711112222"),
    ]
    assert [json.loads(raw_of(m))["message"]["text"]["body"] for m in messages] == ["satu", "dua", "tiga"]
    assert b"dua" not in raw_of(messages[0])


def test_what_is_brought_again_for_36_hours_makes_nothing_twice(
    meta: FakeMeta, budi: Person, today: time_machine.Traveller
) -> None:
    payload = budi.payload(budi.photo(b"no photo", caption=HOLE), budi.place())
    meta.heard[NUMBER, budi.number] = None
    for _ in range(12):
        assert meta.brings(payload) == 200
        everything_runs()
        today.shift(timedelta(hours=3))

    assert InboundMessage.objects.count() == 2
    assert Report.objects.count() == 1


def test_a_webhook_that_fails_in_the_middle_is_brought_again_and_nothing_is_lost_or_twice(
    meta: FakeMeta, budi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = budi.payload(*(budi.message("text", {"body": f"pesan {n}"}) for n in range(5)))
    kept: list[str] = []

    def fails_at_third(**fields: Any) -> Any:
        kept.append(fields["provider_id"])
        if len(kept) == 3:
            raise ConnectionError("the database went away")
        return keep(**fields)

    monkeypatch.setattr(views, "keep", fails_at_third)
    with pytest.raises(ConnectionError):  # the test client shows what the server turns into 500
        meta.brings(payload)
    assert InboundMessage.objects.count() == 2

    assert meta.brings(payload) == 200
    assert InboundMessage.objects.count() == 5


def test_unknown_events_are_said_in_the_log_and_kept_out(meta: FakeMeta, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "lapor.channels.meta.views")
    echo = private(PAGE, PAGE, {"mid": "m.1", "text": "words of theirs", "is_echo": True})
    for payload in (
        {"object": "user", "entry": [{"id": "1"}]},
        {"object": "page", "entry": [{"id": PAGE, "changes": [{"field": "leadgen", "value": {}}]}]},
        {"object": "page", "entry": [{"id": PAGE, "messaging": [{"sender": {"id": "1"}, "typing": {}}]}]},
        {"object": "page", "entry": [{"id": PAGE, "standby": [{"x": 1}]}]},
        whatsapp(statuses=[status("wamid.X", "warp")]),
        whatsapp(errors=[{"code": 131000}]),
        echo,
        comment_on_page("1_2", "words of theirs", person=PAGE),
        comment_on_page("1_3", "words of theirs", verb="hide"),
    ):
        assert meta.brings(payload) == 200

    assert not InboundMessage.objects.exists()
    assert sum("not used" in line for line in caplog.messages) == 9
    assert "words of theirs" not in caplog.text


def test_a_signed_body_that_is_no_webhook_is_kept_for_a_person(meta: FakeMeta) -> None:
    for body in (b"", b"not json", b"\xff\xfe", b"[]", b"[" * 100_000, b'"text"'):
        assert meta.brings(None, body=body) == 200
    everything_runs()

    assert set(InboundMessage.objects.values_list("state", "why")) == {("for_person", "unreadable")}


def test_a_sender_that_is_no_number_is_kept_and_never_answered(meta: FakeMeta, budi: Person) -> None:
    message = budi.message("text", {"body": HOLE})
    message.pop("from")
    senders: list[dict[str, Any]] = [{"from_user_id": "ID.13491208655302741918"}, {"from": "TELKOMSEL"}, {"from": 42}]
    for number, sender in enumerate(senders):
        assert meta.brings(whatsapp(messages=[{**message, **sender, "id": f"wamid.{number}"}])) == 200
    everything_runs()

    assert set(InboundMessage.objects.values_list("state", "why")) == {("for_person", "no_reply_possible")}
    assert meta.posted == []


def test_receipts_for_nothing_of_ours_are_counted(meta: FakeMeta) -> None:
    assert (
        meta.brings(whatsapp(statuses=[status("wamid.unknown", "delivered"), status("wamid.2", "failed", code=131026)]))
        == 200
    )

    assert ChannelDay.objects.get(channel="whatsapp").unknown == 2


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(meta: FakeMeta, method: str) -> None:
    assert getattr(Client(), method)(WEBHOOK).status_code == 405


@pytest.mark.parametrize(
    "body", [b'{"object": "\xff\xfe"}', b"\xff", b'{"object": "\\ud800"}', b"[" * 100_000, b"", b"null"]
)
def test_a_signed_body_that_nobody_can_read_is_kept_for_a_person_or_said_in_the_log(
    meta: FakeMeta, body: bytes
) -> None:
    assert meta.brings(None, body=body) == 200
    everything_runs()

    assert not Report.objects.exists()
    assert set(InboundMessage.objects.values_list("state", "why")) <= {("for_person", "unreadable")}


def test_a_webhook_that_is_replayed_files_nothing_again(meta: FakeMeta, budi: Person) -> None:
    payload = budi.payload(budi.message("image", {"id": "1"}), budi.message("text", {"body": HOLE}))
    for _ in range(5):
        assert meta.brings(payload) == 200
        everything_runs(seconds=3600)

    assert Report.objects.count() == 1
    assert InboundMessage.objects.exclude(provider_id__startswith="guide:").count() == 2


def test_what_its_author_deletes_waits_for_nobody_and_keeps_no_word(meta: FakeMeta) -> None:
    deleted = comment_on_page("1_77", "", verb="remove")
    meta.brings(comment_on_page("1_77", HOLE))
    meta.brings(comment_on_page("1_77", f"{HOLE}, parah", verb="edited"))
    meta.brings(comment_on_page("1_78", "Uji: Lampu padam"))
    everything_runs()

    for _ in range(2):
        assert meta.brings(deleted) == 200

    gone, edit, other = InboundMessage.objects.order_by("pk")
    for row in (gone, edit):
        assert (row.state, row.became, row.deed) == ("understood", "nothing", "taken_back")
        assert (bytes(row.raw), row.sealed_text) == (b"", None)
    assert other.state == "for_person"


def test_what_was_deleted_before_it_came_is_not_put_before_anybody(meta: FakeMeta) -> None:
    meta.brings(comment_on_page("1_77", "", verb="remove"))
    meta.brings(comment_on_page("1_77", HOLE))
    everything_runs()

    [row] = InboundMessage.objects.all()
    assert (row.state, bytes(row.raw)) == ("understood", b"")


def test_an_unsent_message_that_is_a_report_already_stays_one(meta: FakeMeta) -> None:
    private_words = private(GRAM, "9001", {"mid": "m.1", "text": HOLE})
    meta.brings(private_words)
    everything_runs()

    meta.brings(private(GRAM, "9001", {"mid": "m.1", "is_deleted": True}))

    [row] = InboundMessage.objects.all()
    assert (row.became, Report.objects.count()) == ("report", 1)
    assert raw_of(row)
