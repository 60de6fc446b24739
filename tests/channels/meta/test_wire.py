"""Meta's webhooks taken apart: recorded shapes, and whatever else may come."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.channels.meta.fake_meta import GRAM, PAGE, changed, comment_on_page, private, status, whatsapp

from lapor.channels.meta.parts import is_greeting, kept, part_of, position_of, says_something, words_of
from lapor.channels.meta.wire import Incoming, News, Unknown, events_of


def events(payload: Any) -> list[Any]:
    """Return what a webhook brings."""
    return list(events_of(json.dumps(payload).encode()))


def test_a_comment_has_its_own_name_and_its_authors() -> None:
    [comment] = events(comment_on_page("1_77", "Jalan rusak"))

    assert isinstance(comment, Incoming)
    assert (comment.channel, comment.account, comment.provider_id, comment.sender) == (
        "facebook",
        PAGE,
        "public:1_77",
        "4242",
    )


def test_an_edited_comment_is_another_word_in_public() -> None:
    [comment] = events(comment_on_page("1_77", "Jalan sangat rusak", verb="edited"))

    assert comment.provider_id == "public:1_77:1772413200"


def test_receipts_carry_our_key_and_metas_error() -> None:
    [sent, failed] = events(
        whatsapp(statuses=[status("wamid.1", "sent", "k1"), status("wamid.1", "failed", "k1", 131026)])
    )

    assert sent == News("whatsapp", "sent", "wamid.1", "k1")
    assert failed == News("whatsapp", "failed", "wamid.1", "k1", "WhatsApp error 131026")


def test_messenger_tells_of_delivery_and_instagram_of_reading() -> None:
    delivered = {"sender": {"id": "1"}, "delivery": {"mids": ["m.1", "m.2"], "watermark": 1}}
    seen = {"sender": {"id": "1"}, "read": {"mid": "m.3"}}

    assert events({"object": "page", "entry": [{"id": PAGE, "messaging": [delivered]}]}) == [
        News("facebook", "delivered", "m.1"),
        News("facebook", "delivered", "m.2"),
    ]
    assert events({"object": "instagram", "entry": [{"id": GRAM, "messaging": [seen]}]}) == [
        News("instagram", "read", "m.3")
    ]


def test_reading_up_to_a_watermark_names_no_letter() -> None:
    seen = {"sender": {"id": "1"}, "read": {"watermark": 1458668856253}}

    assert events({"object": "page", "entry": [{"id": PAGE, "messaging": [seen]}]}) == [Unknown("facebook: read")]


def test_instagrams_comments_and_mentions() -> None:
    [comment] = events(
        changed(GRAM, "comments", id="178", text="Lampu padam", **{"from": {"id": "9", "username": "warga"}})
    )
    [mention] = events(changed(GRAM, "mentions", media_id="17918", comment_id="17894"))

    assert (comment.provider_id, comment.sender, words_of(kept(comment.raw)["value"])) == (
        "public:178",
        "9",
        "Lampu padam",
    )
    assert (mention.provider_id, mention.sender) == ("public:17894", "")


PLACE = {"latitude": -8.5, "longitude": 116.1}


def pressed(id: str) -> dict[str, Any]:
    """Return a pressed button."""
    return {"type": "button_reply", "button_reply": {"id": id, "title": "Kirim"}}


def test_every_kind_of_whatsapp_message() -> None:
    table: list[tuple[dict[str, Any], tuple[str, int, bool, str, str]]] = [
        ({"type": "text", "text": {"body": "Halo"}}, ("Halo", 0, False, "", "")),
        ({"type": "image", "image": {"id": "1", "caption": "Ini"}}, ("Ini", 1, False, "", "")),
        ({"type": "document", "document": {"id": "1", "filename": "a.pdf"}}, ("", 1, False, "", "")),
        ({"type": "location", "location": {**PLACE, "name": "Pasar"}}, ("Pasar", 0, True, "", "")),
        ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, ("", 0, False, "", "")),
        ({"type": "audio", "audio": {"id": "1", "voice": True}}, ("", 1, False, "", "")),
        ({"type": "video", "video": {"id": "1", "caption": "Lihat"}}, ("Lihat", 1, False, "", "")),
        ({"type": "sticker", "sticker": {"id": "1"}}, ("", 0, False, "", "sticker")),
        ({"type": "reaction", "reaction": {"message_id": "x", "emoji": "👍"}}, ("", 0, False, "", "reaction")),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, ("", 0, False, "", "unsupported")),
        ({"type": "interactive", "interactive": pressed("send")}, ("Kirim", 0, False, "send", "")),
        ({"type": "interactive", "interactive": pressed("rm")}, ("Kirim", 0, False, "", "")),
        ({"type": "text", "text": "not an object"}, ("", 0, False, "", "")),
        ({}, ("", 0, False, "", "unknown")),
    ]  # fmt: skip
    for message, expected in table:
        part = part_of("whatsapp", {"message": message})
        assert (part.text, len(part.files), part.position is not None, part.press, part.other) == expected, message


def test_messengers_attachments() -> None:
    photo = {"type": "image", "payload": {"url": "https://scontent.xx.fbcdn.net/a.jpg"}}
    place = {"type": "location", "payload": {"coordinates": {"lat": -8.5, "long": 116.1}}}
    voice = {"type": "audio", "payload": {"url": "https://cdn.fbsbx.com/a.mp4"}}
    link = {"type": "fallback", "payload": {"url": "https://warga.example"}}
    [event] = events(private(PAGE, "1", {"mid": "m.1", "text": "Ini", "attachments": [photo, place, voice, link]}))

    part = part_of("facebook", kept(event.raw))

    assert [(file.url, file.is_sound) for file in part.files] == [
        ("https://scontent.xx.fbcdn.net/a.jpg", False),
        ("https://cdn.fbsbx.com/a.mp4", True),
    ]
    assert (part.position is not None, part.other) == (True, "fallback")


def test_a_greeting_is_no_report() -> None:
    assert is_greeting("Assalamualaikum, selamat pagi min 🙏")
    assert not says_something("Halo min, saya mau lapor ya")
    assert says_something("Lampu padam")
    assert not is_greeting("Mataram")


def test_half_a_character_and_nul_are_made_storable() -> None:
    message = {"id": "x", "from": "\ud800", "type": "text", "text": {"body": "a\0\ud83d"}}
    raw = json.dumps(whatsapp(messages=[message])).encode()
    [event] = events_of(raw)

    assert isinstance(event, Incoming)
    event.sender.encode()
    assert part_of("whatsapp", kept(event.raw)).text == "a?"


def test_a_position_is_on_earth_or_none() -> None:
    assert position_of("NaN", 1) is None
    assert position_of("1e999", 1) is None
    assert position_of(None, 1) is None
    assert position_of(-8.583333, 116.116667) is not None


NAMES = st.sampled_from(
    """
    object entry changes field value messages statuses metadata contacts messaging message sender id from text type
    image location interactive button_reply attachments payload coordinates delivery mids read postback item verb errors
    """.split()  # noqa: SIM905
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=6), inner, max_size=6),
    max_leaves=30,
)
OBJECTS = st.sampled_from(["whatsapp_business_account", "page", "instagram", "else"])
FIELDS = st.sampled_from(["messages", "feed", "mention", "comments", "mentions", "account_update"])


@given(OBJECTS, FIELDS, ANYTHING, ANYTHING)
def test_nothing_signed_breaks_it(object_: str, field: str, value: Any, event: Any) -> None:
    entry = {"id": "1", "changes": [{"field": field, "value": value}], "messaging": [event]}
    for found in events({"object": object_, "entry": [entry, value]}):
        if isinstance(found, Incoming):
            part = part_of(found.channel, kept(found.raw))
            part.text.encode()
            found.sender.encode()


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    with contextlib.suppress(ValueError):
        list(events_of(body))
    kept(body)
