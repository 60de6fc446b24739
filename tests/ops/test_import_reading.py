"""What each cell of an export means, what is mended, what is refused: the rules of docs/howto/import-and-replay.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.ops.exports import RECORD

from lapor.insights.ringkas_words import (
    ARCHIVE_TEXTS,
    EXPIRED_TEXT,
    STANDINGS,
    WITHDRAWN_TEXT,
    Standing,
    channel_of,
    channel_text,
    classification_of,
    reason_text,
    secrecy_of,
    secrecy_text,
    standing_of,
    status_text,
)
from lapor.ops.importing.problems import RowRefusedError
from lapor.ops.importing.reading import Reading, read
from lapor.ops.importing.rows import Row
from lapor.ops.importing.times import read_clock, read_day, read_moment
from lapor.sop.calendar import ZONES
from lapor.sop.vocabulary import (
    Action,
    ArchiveReason,
    Channel,
    Classification,
    CloseReason,
    Status,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def reading(**changes: str) -> Reading:
    cells = {key: value or "" for key, value in RECORD.items()} | changes
    return read(Row(7, cells), now=NOW)


def refusal(**changes: str) -> tuple[str, str]:
    with pytest.raises(RowRefusedError) as refused:
        reading(**changes)
    return refused.value.column, str(refused.value)


@pytest.mark.parametrize(
    "text", ["3 Jan 2026", "3 Januari 2026", "03 jan 2026", "2026-01-03", "3/1/2026", "3-Jan-2026", "3 Jan. 2026"]
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 Mei 2025", 5),
        ("1 May 2025", 5),
        ("1 Agt 2025", 8),
        ("1 Aug 2025", 8),
        ("1 Okt 2025", 10),
        ("1 Des 2025", 12),
    ],
)
def test_months_are_indonesian_or_english(text: str, month: int) -> None:
    assert read_day(text) == date(2025, month, 1)


@pytest.mark.parametrize("text", ["", "31 Feb 2026", "3 Foo 2026", "2026", "45123", "32/1/2026", "3 Jan 26"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_day(text)


def test_a_time_may_have_dots() -> None:
    assert read_clock("07.05.09") == read_clock("07:05:09") == time(7, 5, 9)


def test_a_moment_keeps_its_own_zone_or_takes_the_one_given() -> None:
    assert read_moment("2015-03-01T09:00:00+07:00")[0] == datetime(2015, 3, 1, 2, tzinfo=UTC)
    assert read_moment("1/3/2015 09:00:00", ZONES["WIB"])[0] == datetime(2015, 3, 1, 2, tzinfo=UTC)
    assert read_moment("2022-03-01 09:00:00")[0] == datetime(2022, 3, 1, 9, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_written_by_python_is_read_back(moment: datetime) -> None:
    assert read_moment(moment.isoformat())[0] == moment


def test_a_row_keeps_its_own_times() -> None:
    report = reading(responded_at="2022-03-04T05:06:07").report
    assert report.received_at == datetime(2022, 3, 1, 2, tzinfo=UTC)
    assert report.answered_at == report.ended_at == datetime(2022, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_an_answer_without_a_zone_is_in_the_zone_of_the_entry() -> None:
    report = reading(received_at="2015-03-01T09:00:00+07:00", responded_at="2/3/2015 10:00:00").report
    assert report.answered_at == datetime(2015, 3, 2, 3, tzinfo=UTC)


def test_without_a_status_the_answer_decides() -> None:
    answered = reading(responded_at="2022-03-04T05:06:07").report
    assert (answered.status, answered.close_reason) == (Status.CLOSED, CloseReason.SETTLED)
    assert reading().report.status is Status.DISPOSED


def test_the_status_of_a_row_is_taken_at_its_word() -> None:
    report = reading(status="Belum Terverifikasi", responded_at="2022-03-04T05:06:07").report
    assert (report.status, report.ended_at) == (Status.UNVERIFIED, None)


def test_blocked_content_goes_to_the_archive_and_stays_blocked() -> None:
    report = reading(status="Konten Terblokir").report
    assert (report.status, report.is_blocked) == (Status.ARCHIVED, True)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"ref": ""}, "ref"),
        ({"ref": "x" * 81}, "ref"),
        ({"body": " \n "}, "body"),
        ({"body": "\x00\x00"}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"received_at": "kemarin"}, "received_at"),
        ({"received_at": ""}, "date"),
        ({"received_at": "1999-01-01T00:00:00Z"}, "received_at"),
        ({"received_at": "2027-01-01T00:00:00Z"}, "received_at"),
        ({"responded_at": "besok"}, "responded_at"),
        ({"responded_at": "2022-02-28T00:00:00"}, "responded_at"),
        ({"responded_at": "2030-02-28T00:00:00"}, "responded_at"),
        ({"status": "Entah"}, "status"),
    ],
)
def test_a_row_that_cannot_be_a_report_is_refused_for_its_column(changes: dict[str, str], column: str) -> None:
    assert refusal(**changes)[0] == column


def test_a_refusal_never_quotes_the_row() -> None:
    assert "rahasia" not in refusal(status="rahasia")[1]
    assert "rahasia" not in refusal(received_at="rahasia")[1]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"body": "Jalan\x00 rusak\x07 parah"}, "body"),
        ({"body": "Jalan rusak \ud83d parah"}, "body"),
        ({"title": "kata " * 60}, "title"),
        ({"address": "x" * 400}, "address"),
        ({"channel": "Merpati pos"}, "channel"),
        ({"classification": "Lain"}, "classification"),
        ({"anonymous": "mungkin"}, "secrecy"),
        ({"rating": "9"}, "rating"),
    ],
)
def test_what_can_be_mended_is_mended_and_told(changes: dict[str, str], column: str) -> None:
    assert [repaired for repaired, _ in reading(**changes).repairs] == [column]


def test_mended_values_follow_the_rules() -> None:
    mended = reading(
        body="Jalan\x00 rusak", title="kata " * 60, channel="Merpati pos", anonymous="mungkin", rating="9"
    ).report
    assert mended.text == "Jalan rusak"
    assert mended.title.endswith("kata…")
    assert len(mended.title) <= 150
    assert (mended.channel, mended.anonymous, mended.secret, mended.rating) == (Channel.OTHER, True, True, None)


def test_a_row_in_order_needs_no_mending() -> None:
    assert reading().repairs == ()


def test_a_missing_title_is_taken_from_the_text() -> None:
    assert reading(title="").report.title.startswith("Lampu jalan di depan balai warga")


def test_line_ends_emoji_and_arabic_stay_as_they_were_written() -> None:
    text = "Baris satu\nBaris dua 🚧\nالسلام عليكم"
    assert reading(body=text.replace("\n", "\r\n")).report.text == text


@pytest.mark.parametrize("text", STANDINGS)
def test_every_status_is_read_whatever_its_case(text: str) -> None:
    assert standing_of(text.upper()) == standing_of(text) == STANDINGS[text]


@pytest.mark.parametrize("standing", dict.fromkeys(STANDINGS.values()))
def test_a_standing_is_read_back_from_what_is_written(standing: Standing) -> None:
    assert standing_of(status_text(standing), reason_text(standing)) == standing


@pytest.mark.parametrize("reason", [reason for reason in ArchiveReason if reason is not ArchiveReason.WITHDRAWN])
def test_why_an_admin_archived_is_read_back(reason: ArchiveReason) -> None:
    standing = Standing(Status.ARCHIVED, None, reason, Action.ARCHIVE)
    assert standing_of(status_text(standing), reason_text(standing)) == standing


def test_every_archive_reason_has_a_text() -> None:
    assert set(ARCHIVE_TEXTS.values()) == set(ArchiveReason)


def test_the_national_texts_say_who_archived() -> None:
    assert reason_text(Standing(Status.ARCHIVED, None, ArchiveReason.UNCLEAR, Action.LAPSE_PENDING)) == EXPIRED_TEXT
    assert reason_text(Standing(Status.ARCHIVED, None, ArchiveReason.WITHDRAWN, Action.WITHDRAW)) == WITHDRAWN_TEXT


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_is_read_back_from_what_is_written(channel: Channel) -> None:
    assert channel_of(channel_text(channel)) is channel


@pytest.mark.parametrize("text", ["Website - pemerintah-kota-contoh", "Website Institusi"])
def test_an_agencys_widget_is_the_agencys_channel(text: str) -> None:
    assert channel_of(text) is Channel.AGENCY_WEB


@pytest.mark.parametrize("kind", Classification)
def test_every_classification_is_read_back(kind: Classification) -> None:
    assert classification_of(kind.id) is kind


@pytest.mark.parametrize(("anonymous", "secret"), [(False, False), (True, False), (False, True), (True, True)])
def test_secrecy_is_read_back(anonymous: bool, secret: bool) -> None:
    assert secrecy_of(secrecy_text(anonymous=anonymous, secret=secret)) == (anonymous, secret)
