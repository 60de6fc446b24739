"""Invented people and reports for the styleguide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lapor.sop.calendar import ZONES, WorkingCalendar, arm
from lapor.sop.calendar_change import PauseSpan
from lapor.sop.deadline import Explanation, explain
from lapor.sop.holiday_seed import seed_days
from lapor.sop.profile import load_profiles
from lapor.sop.vocabulary import Action, Clock, Holder, Role, Status

RECEIVED = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Card:
    """A report in a list."""

    code: str
    title: str
    status: Status
    lateness: str | None
    due_on: date | None
    agency_name: str = "Dinas PUPR Kota Mataram"
    unit_name: str = "Dinas PUPR"
    desk_name: str = "Kota Mataram"
    category: str = "Jalan dan drainase"
    district: str = "Kecamatan Ampenan"
    text: str = ""
    received_at: datetime = RECEIVED
    is_secret: bool = False
    is_anonymous: bool = False
    zone: str = "WITA"


@dataclass(frozen=True)
class Tab:
    """One tab of the inbox."""

    key: str
    label: str
    count: int | None
    colour: str = ""


@dataclass(frozen=True)
class File:
    """A piece of evidence."""

    name: str
    media_type: str
    url: str = "#"
    is_public: bool = True


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline."""

    at: datetime
    lane: Holder | Role
    actor: str
    action: Action
    text: str = ""
    is_public: bool = True
    evidence: tuple[File, ...] = field(default=())


@dataclass(frozen=True)
class Leg:
    """One holder of the report."""

    holder: Holder
    desk_name: str
    started_at: datetime
    gross: timedelta
    net_days: int | None
    ended_at: datetime | None = None


CARDS = [
    Card(
        "7K3FM9T2XB4",
        "Lampu jalan mati di Jalan Pabean sejak dua minggu, malam sangat gelap",
        Status.IN_PROGRESS,
        "soon",
        date(2026, 11, 25),
        text="Sejak awal bulan enam lampu di Jalan Pabean padam. Anak-anak pulang mengaji lewat sini dan sudah ada "
        "yang terserempet motor. Mohon segera diperbaiki.",
    ),
    Card(
        "M2C8ZJ0H5DR",
        "Sampah menumpuk di depan SDN 12",
        Status.CLOSED,
        "on_time",
        None,
        district="Kecamatan Cakranegara",
    ),
    Card(
        "4W9N6KX1PGA", "Permintaan data jadwal vaksinasi hewan", Status.PENDING, "paused", None, category="Peternakan"
    ),
]

ROWS = [
    Card(
        "7K3FM9T2XB4",
        "Lampu jalan mati di Jalan Pabean sejak dua minggu, malam sangat gelap",
        Status.DISPOSED,
        "late",
        date(2026, 11, 18),
    ),
    Card(
        "M2C8ZJ0H5DR",
        "Sampah menumpuk di depan SDN 12",
        Status.DISPOSED,
        "soon",
        date(2026, 11, 24),
        unit_name="Dinas Lingkungan Hidup",
    ),
    Card(
        "4W9N6KX1PGA",
        "Dugaan pungutan pada pengurusan surat pindah",
        Status.DISPOSED,
        "on_time",
        date(2026, 12, 2),
        unit_name="Dinas Dukcapil",
        is_secret=True,
    ),
    Card(
        "0RTB5E7V3HY",
        "Drainase tersumbat, air masuk rumah warga RT 03 setiap hujan deras",
        Status.IN_PROGRESS,
        "on_time",
        date(2026, 12, 4),
    ),
    Card(
        "C6S1YD8M4ZF",
        "Permintaan data jadwal vaksinasi hewan",
        Status.PENDING,
        "paused",
        None,
        unit_name="Dinas Pertanian",
    ),
    Card("9XH2GA6N0KT", "Trotoar rusak di Jalan Pejanggik", Status.CLOSED, None, None),
    Card(
        "E5P7WB1R8MJ",
        "Air PDAM keruh tiga hari berturut-turut",
        Status.ESCALATED,
        "late",
        date(2026, 8, 3),
        unit_name="Perumda Air Minum",
    ),
    Card(
        "B8D4VZ2C6XS",
        "usul taman baca",
        Status.UNVERIFIED,
        "on_time",
        date(2026, 11, 26),
        unit_name="",
        desk_name="Kota Mataram",
    ),
    Card("K1F9TN3Y7GH", "PROMO PINJAMAN CEPAT", Status.ARCHIVED, None, None, unit_name=""),
]

TABS = [
    Tab("unverified", "Belum Terverifikasi", 12, "unverified"),
    Tab("disposed", "Belum Ditindaklanjuti", 38, "disposed"),
    Tab("in_progress", "Sedang Diproses", 141, "in_progress"),
    Tab("pending", "Tertunda", 7, "pending"),
    Tab("returned", "Bukan Kewenangan", 2),
    Tab("closing", "Permintaan Penutupan", 0),
    Tab("escalated", "Eskalasi", 3, "escalated"),
    Tab("closed", "Selesai", 2210, "closed"),
    Tab("archived", "Arsip", 96, "archived"),
]

LEGS = [
    Leg(
        Holder.NATIONAL,
        "Admin Pusat",
        datetime(2026, 11, 2, 1, 0, tzinfo=UTC),
        timedelta(days=1, hours=3),
        1,
        datetime(2026, 11, 3, 4, 0, tzinfo=UTC),
    ),
    Leg(
        Holder.AGENCY,
        "Kota Mataram",
        datetime(2026, 11, 3, 4, 0, tzinfo=UTC),
        timedelta(days=2, hours=2),
        2,
        datetime(2026, 11, 5, 6, 0, tzinfo=UTC),
    ),
    Leg(
        Holder.UNIT,
        "Dinas PUPR",
        datetime(2026, 11, 5, 6, 0, tzinfo=UTC),
        timedelta(days=7),
        5,
        datetime(2026, 11, 12, 6, 0, tzinfo=UTC),
    ),
    Leg(
        Holder.UNIT_OFFICER,
        "Bidang Bina Marga",
        datetime(2026, 11, 12, 6, 0, tzinfo=UTC),
        timedelta(days=6),
        4,
        datetime(2026, 11, 18, 6, 0, tzinfo=UTC),
    ),
    Leg(Holder.UNIT, "Dinas PUPR", datetime(2026, 11, 18, 6, 0, tzinfo=UTC), timedelta(days=4, hours=20), None),
]

MOMENTS = [
    Moment(
        datetime(2026, 11, 2, 1, 0, tzinfo=UTC),
        Holder.REPORTER,
        "Pelapor",
        Action.SUBMIT,
        "Sejak awal bulan enam lampu di Jalan Pabean padam.\nMohon segera diperbaiki.",
        evidence=(File("lampu-mati.pdf", "application/pdf"),),
    ),
    Moment(datetime(2026, 11, 3, 4, 0, tzinfo=UTC), Holder.NATIONAL, "Admin Pusat", Action.DISPOSE),
    Moment(
        datetime(2026, 11, 5, 6, 0, tzinfo=UTC),
        Holder.AGENCY,
        "Admin Kota Mataram",
        Action.DISPOSE,
        "Mohon dicek bersama PLN.",
        is_public=False,
    ),
    Moment(
        datetime(2026, 11, 6, 2, 0, tzinfo=UTC),
        Holder.UNIT,
        "Dinas PUPR",
        Action.RESPOND_FIRST,
        "Terima kasih. Petugas kami memeriksa panel di lokasi pada Senin, 9 November 2026.",
    ),
    Moment(
        datetime(2026, 11, 12, 6, 0, tzinfo=UTC),
        Holder.UNIT_OFFICER,
        "Bidang Bina Marga",
        Action.ANSWER,
        "Panel rusak, suku cadang tiba 20 November.",
        is_public=False,
    ),
    Moment(
        datetime(2026, 11, 16, 6, 0, tzinfo=UTC), Holder.HEAD, "Pimpinan Dinas PUPR", Action.INSTRUCT, is_public=False
    ),
    Moment(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), Role.CLOCK, "Sistem", Action.REMIND_SILENCE),
]


def explanation() -> Explanation:
    """Explain a real clock over a holiday and a question to the reporter."""
    calendar = WorkingCalendar(seed_days(2026, 2027), ZONES["WITA"])
    profile = load_profiles().in_force("kota-mataram", date(2026, 11, 2))
    limit = profile.limit(Clock.FIRST_RESPONSE)
    if limit is None or limit.limit is None:
        raise LookupError("the shipped profile lost its limit of the first response")
    pause = PauseSpan(date(2026, 12, 21), date(2026, 12, 23), "question")
    due = arm(calendar, date(2026, 12, 15), limit.limit) + 2
    return explain(
        clock=Clock.FIRST_RESPONSE,
        event=Action.DISPOSE,
        start_day=date(2026, 12, 15),
        limit=limit,
        calendar=calendar,
        profile=profile,
        due_ordinal=due,
        pauses=(pause,),
    )


FACTS = [
    ("Kode", "7K3FM-9T2XB-4"),
    ("Nomor", "MTR-2026-000123"),
    ("Diterima", "Senin, 2 November 2026"),
    ("Instansi", "Kota Mataram"),
    ("Unit", "Dinas PUPR"),
    ("Kategori", "Penerangan jalan"),
]


def chair() -> dict[str, Any]:
    """Return what the desk's frame shows of the officer who sits there."""
    return {
        "unread": 4,
        "desk_me": {"name": "Sari Teladan", "role": Role.LIAISON, "desk": "Dinas PUPR"},
        "desk_roles": [
            {"id": 1, "role": Role.LIAISON, "desk": "Dinas PUPR", "current": True},
            {"id": 2, "role": Role.AGENCY_ADMIN, "desk": "Kota Mataram", "current": False},
        ],
        "desk_nav": [
            {
                "title": "",
                "items": [
                    {"label": "Laporan", "url": "#", "icon": "inbox", "count": 38, "current": True, "on_bar": True},
                    {"label": "Entri manual", "url": "#", "icon": "plus", "on_bar": True},
                    {"label": "Pesan", "url": "#", "icon": "bell", "count": 4, "on_bar": True},
                ],
            },
            {
                "title": "Pengawasan",
                "items": [
                    {"label": "Keterlambatan", "url": "#", "icon": "clock-exclamation", "count": 2, "urgent": True},
                    {"label": "Permintaan penutupan", "url": "#", "icon": "gavel"},
                    {"label": "Ombudsman", "url": "#", "icon": "scale", "count": 3},
                ],
            },
            {
                "title": "Pengaturan",
                "items": [
                    {"label": "Petugas dan SK", "url": "#", "icon": "certificate"},
                    {"label": "Kalender kerja", "url": "#", "icon": "calendar"},
                ],
            },
        ],
        "demo_cast": [
            {
                "title": "Kota Mataram",
                "people": [
                    {"id": 1, "name": "Budi Contoh", "role": Role.AGENCY_ADMIN, "desk": "Kota Mataram"},
                    {"id": 2, "name": "Sari Teladan", "role": Role.LIAISON, "desk": "Dinas PUPR", "current": True},
                ],
            }
        ],
    }
