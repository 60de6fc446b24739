"""The explanation in words: the same facts in Indonesian and English, for the reporter and for the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.sop.days import at, indonesia, on

from lapor.sop.calendar import WorkingCalendar, arm, counting_every_day, pause, resume
from lapor.sop.calendar_change import CalendarChange, PauseSpan, declare_holiday, revoke_holiday, shift_for
from lapor.sop.dates import long_date, long_moment, short_date, weekday
from lapor.sop.deadline import Explanation, Mark, explain, explain_minutes
from lapor.sop.deadline_text import render, row_text, summary
from lapor.sop.holiday_names import holiday_name, holiday_parts
from lapor.sop.profile import Counting, Profile, shipped_profiles
from lapor.sop.vocabulary import Action, Clock

MATARAM = shipped_profiles().get("kota-mataram", "2023")


def first_response(
    start: date,
    due: int | None,
    *,
    calendar: WorkingCalendar | None = None,
    profile: Profile = MATARAM,
    remaining: int | None = None,
    pauses: tuple[PauseSpan, ...] = (),
    promised_on: date | None = None,
) -> Explanation:
    """Explain a first response of ten days."""
    limit = profile.limit(Clock.FIRST_RESPONSE)
    assert limit
    return explain(
        clock=Clock.FIRST_RESPONSE,
        event=Action.DISPOSE,
        start_day=start,
        limit=limit,
        calendar=calendar or indonesia(),
        profile=profile,
        due_ordinal=due,
        remaining=remaining,
        pauses=pauses,
        promised_on=promised_on,
    )


def test_the_whole_explanation_reads_in_indonesian() -> None:
    start = on("Fri 9 Jan 2026")
    assert render(first_response(start, arm(indonesia(), start, 10))) == (
        "Respon awal: batas 10 hari kerja setelah langkah “Mendisposisikan” pada Jumat, 9 Januari 2026 (hari ke-0).\n"
        "Jatuh tempo Senin, 26 Januari 2026 pukul 23.59 WITA.\n"
        "Baru dianggap lewat ketika hari kerja berikutnya mulai, Selasa, 27 Januari 2026.\n"
        "Tidak dihitung: 6 hari akhir pekan; Isra Mikraj Nabi Muhammad (16 Januari 2026).\n"
        "Dasar hari libur: SKB Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, Nomor 5 Tahun 2025.\n"
        "Dasar: SOP LAPOR! Pemerintah Kota Mataram, versi 2023, nomor 000.8.3.3/281/Diskominfo/II/2023; "
        "aturan S31, S62, C6.\n"
        "\n"
        "Jumat, 9 Januari 2026: hari kejadian (hari ke-0)\n"
        "Sabtu, 10 Januari 2026: tidak dihitung: akhir pekan\n"
        "Minggu, 11 Januari 2026: tidak dihitung: akhir pekan\n"
        "Senin, 12 Januari 2026: hari ke-1 dari 10\n"
        "Selasa, 13 Januari 2026: hari ke-2 dari 10\n"
        "Rabu, 14 Januari 2026: hari ke-3 dari 10\n"
        "Kamis, 15 Januari 2026: hari ke-4 dari 10\n"
        "Jumat, 16 Januari 2026: tidak dihitung: Isra Mikraj Nabi Muhammad "
        "(SKB Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, Nomor 5 Tahun 2025)\n"
        "Sabtu, 17 Januari 2026: tidak dihitung: akhir pekan\n"
        "Minggu, 18 Januari 2026: tidak dihitung: akhir pekan\n"
        "Senin, 19 Januari 2026: hari ke-5 dari 10\n"
        "Selasa, 20 Januari 2026: hari ke-6 dari 10\n"
        "Rabu, 21 Januari 2026: hari ke-7 dari 10\n"
        "Kamis, 22 Januari 2026: hari ke-8 dari 10\n"
        "Jumat, 23 Januari 2026: hari ke-9 dari 10\n"
        "Sabtu, 24 Januari 2026: tidak dihitung: akhir pekan\n"
        "Minggu, 25 Januari 2026: tidak dihitung: akhir pekan\n"
        "Senin, 26 Januari 2026: hari ke-10 dari 10\n"
    )


def test_the_same_facts_read_in_english() -> None:
    start = on("Fri 9 Jan 2026")
    told = first_response(start, arm(indonesia(), start, 10))

    assert summary(told, "en") == (
        "First response: limit of 10 working days after the step “Dispose” on Friday, 9 January 2026 (day 0).",
        "Due Monday, 26 January 2026 at 23:59 WITA.",
        "It counts as passed only when the next working day begins, Tuesday, 27 January 2026.",
        "Not counted: weekend days: 6; Ascension of the Prophet Muhammad (16 January 2026).",
        "Holidays by decree: SKB Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, Nomor 5 Tahun 2025.",
        "Based on: LAPOR! SOP of the City of Mataram, version 2023, number 000.8.3.3/281/Diskominfo/II/2023; "
        "rule S31, S62, C6.",
    )
    assert row_text(told, told.rows[3], "en") == "day 1 of 10"


def test_a_pause_and_the_move_it_caused_are_told() -> None:
    calendar, start = indonesia(), on("Mon 5 Jan 2026")
    span = PauseSpan(on("Wed 7 Jan 2026"), on("Mon 12 Jan 2026"), "question")
    due = resume(calendar, pause(calendar, arm(calendar, start, 10), span.since), on("Mon 12 Jan 2026"))
    told = first_response(start, due, pauses=(span,), promised_on=on("Tue 20 Jan 2026"))

    for sentence in (
        "Jam berhenti sejak Rabu, 7 Januari 2026 sampai Senin, 12 Januari 2026: menunggu jawaban pelapor.",
        "Semula dijanjikan Selasa, 20 Januari 2026.",
        "Tanggal mundur karena jam berhenti 3 hari kerja.",
    ):
        assert sentence in summary(told)
    paused = next(row for row in told.rows if row.mark is Mark.PAUSED)
    assert row_text(told, paused) == "tidak dihitung: jam berhenti, menunggu jawaban pelapor"
    assert row_text(told, paused, "en") == ("not counted: the clock stood still, waiting for the reporter's answer")


@pytest.mark.parametrize(
    ("remaining", "indonesian", "english"),
    [
        (8, "Jam sedang berhenti; sisa 8 hari kerja.", "The clock stands still, with 8 working days left."),
        (-1, "Jam berhenti setelah lewat 1 hari kerja.", "The clock stopped 1 working day past the deadline."),
    ],
)
def test_a_clock_that_stands_still_says_what_is_left(remaining: int, indonesian: str, english: str) -> None:
    spans = (PauseSpan(on("Wed 7 Jan 2026"), None, "return"),)
    told = first_response(on("Mon 5 Jan 2026"), None, remaining=remaining, pauses=spans)

    assert indonesian in summary(told)
    assert english in summary(told, "en")
    assert "Jam berhenti sejak Rabu, 7 Januari 2026: laporan berada di meja lain." in summary(told)
    assert "Jatuh tempo" not in render(told)


def test_a_holiday_declared_later_is_told_with_its_decree() -> None:
    day, start = on("Mon 18 Aug 2025"), on("Wed 6 Aug 2025")
    before = revoke_holiday(indonesia(), day)
    due = arm(before, start, 10)
    after = declare_holiday(before, day, "Cuti Bersama Hari Kemerdekaan", "SKB 933/2025", declared=on("Thu 7 Aug 2025"))
    told = first_response(start, due, calendar=after, promised_on=before.day_of(due))

    assert (
        "Tanggal mundur karena Cuti Bersama Hari Kemerdekaan (SKB 933/2025), Senin, 18 Agustus 2025, "
        "yang ditetapkan Kamis, 7 Agustus 2025." in summary(told)
    )


def test_a_kept_promise_and_an_estimated_holiday_are_told() -> None:
    start, day = on("Mon 1 Mar 2027"), on("Mon 8 Mar 2027")
    change = CalendarChange(indonesia(), revoke_holiday(indonesia(), day))
    told = first_response(start, shift_for(change, start, arm(indonesia(), start, 10)), calendar=change.after)

    assert "Kalender berubah kemudian; tanggal yang sudah dijanjikan tidak dimajukan." in summary(told)
    estimated = next(sentence for sentence in summary(told) if "perkiraan" in sentence)
    assert estimated.startswith("Tanggal Hari Raya Idul Fitri; Hari Raya Idul Fitri, hari kedua masih perkiraan;")
    assert "Hari Raya Idul Fitri (perkiraan)" in render(told)


def test_C2_calendar_days_are_called_so() -> None:
    calendar, start = counting_every_day(indonesia()), on("Thu 12 Mar 2026")
    profile = replace(MATARAM, counting=Counting.CALENDAR)
    told = first_response(start, arm(calendar, start, 10), calendar=calendar, profile=profile)

    assert "batas 10 hari kalender" in summary(told)[0]
    assert "limit of 10 days after" in summary(told, "en")[0]
    assert "Setiap hari dihitung, termasuk hari libur." in summary(told)


def test_minutes_of_service_are_a_target_told_by_the_clock() -> None:
    limit = MATARAM.limit(Clock.ACCEPT)
    assert limit
    told = explain_minutes(
        clock=Clock.ACCEPT,
        event=Action.DISPOSE,
        started_at=at("Fri 9 Jan 2026 18:00 WITA"),
        limit=limit,
        calendar=indonesia(),
        profile=MATARAM,
    )
    assert summary(told)[:2] == (
        "Penerimaan disposisi: target 10 menit jam layanan setelah langkah “Mendisposisikan” "
        "pada Jumat, 9 Januari 2026 pukul 18.00 WITA.",
        "Jatuh tempo Senin, 12 Januari 2026 pukul 07.40 WITA.",
    )
    assert row_text(told, told.rows[0]) == "tidak dihitung: di luar jam layanan"
    assert row_text(told, told.rows[-1]) == "10 dari 10 menit sampai akhir hari"


def test_what_no_document_says_is_practice_in_both_languages() -> None:
    limit = MATARAM.limit(Clock.REOPEN_WINDOW)
    assert limit
    start = on("Mon 5 Jan 2026")
    told = explain(
        clock=Clock.REOPEN_WINDOW,
        event=Action.CONFIRM,
        start_day=start,
        limit=limit,
        calendar=indonesia(),
        profile=MATARAM,
        due_ordinal=arm(indonesia(), start, 10),
    )
    assert summary(told)[-1].endswith("aturan praktik.")
    assert summary(told, "en")[-1].endswith("rule practice.")


def test_dates_are_written_as_people_write_them() -> None:
    day = on("Thu 12 Mar 2026")
    assert (weekday(day), weekday(day, "en")) == ("Kamis", "Thursday")
    assert (long_date(day), long_date(day, "en-GB")) == ("Kamis, 12 Maret 2026", "Thursday, 12 March 2026")
    assert short_date(day) == "12 Maret 2026"
    assert long_moment(at("Thu 12 Mar 2026 07:05 WITA")) == "Kamis, 12 Maret 2026 pukul 07.05 WITA"
    assert long_moment(at("Thu 12 Mar 2026 07:05 WIT"), "en") == "Thursday, 12 March 2026 at 07:05 WIT"


def test_every_seeded_holiday_has_an_english_name() -> None:
    names = {day.why for day in indonesia().days if day.why}
    assert not [name for name in names if not holiday_name(name, "en").isascii() or holiday_name(name, "en") == name]
    assert not [name for name in names if any(word in holiday_name(name, "en") for word in ("Hari", "Cuti", "Raya"))]
    assert holiday_name("Cuti Bersama Hari Suci Nyepi", "en") == "Joint leave: Day of Silence (Nyepi)"
    assert holiday_name("Hari Raya Idul Fitri; Kenaikan Yesus Kristus", "en") == "Eid al-Fitr; Ascension Day"
    assert holiday_name("Hari Jadi Kota", "en") == "Hari Jadi Kota"
    assert holiday_parts("Hari Jadi Kota; Hari Raya Natal", "en") == [("Hari Jadi Kota", "id"), ("Christmas", "en")]
    assert holiday_parts("Cuti Bersama Hari Jadi Kota", "en") == [("Cuti Bersama Hari Jadi Kota", "id")]
    assert holiday_name("Hari Raya Natal", "id") == "Hari Raya Natal"
