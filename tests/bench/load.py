"""Load synthetic reports fast: rows made by the database itself, a few statements for a million.

The rows are shaped like real ones (statuses, custody, clocks, history), but their ledger is not chained: they are there
for the size of tables and indexes, not to be read as history.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

from lapor.agencies.models import Agency, Appointment, Calendar, CalendarDay, Category, Decree, Place
from lapor.identity.models import Account
from lapor.reports.models import Report
from lapor.reports.usecases.counts import recount
from lapor.reports.usecases.listing import list_again
from lapor.reports.usecases.words import index_again
from lapor.sop.vocabulary import Role

INSTITUTIONS, UNITS = 40, 10
SHARES = "ARRAY[0.010, 0.025, 0.045, 0.050, 0.052, 0.870, 1.0]"  # cumulated, in the order of STATUSES
STATUSES = "ARRAY['unverified', 'disposed', 'in_progress', 'pending', 'escalated', 'closed', 'archived']"
ALPHABET = "0123456789ABCDEFGHJKMNPRSTVWXYZ"

_REPORTS = f"""
INSERT INTO reports_report (code, number, status, holder, agency_id, unit_id, desk_id, due_ordinal, version, channel, title,
    classification, tags, place_note, is_anonymous, is_secret, is_blocked, profile, profile_version, received_at, followed_up_at,
    last_follow_up_on, escalated_at, ended_at, close_reason, archive_reason, answer_waiting, back_status, back_holder,
    unit_returns, agency_returns, restored, reopened, objections, breaches_noticed, source, source_ref, set_aside_why,
    category_id, place_id)
SELECT code, 'BNC-2025-' || lpad(n::text, greatest(6, length(n::text)), '0'), status,
    CASE WHEN ended THEN 'nobody' WHEN status = 'unverified' THEN 'agency' WHEN status = 'escalated' THEN 'ombudsman'
         WHEN status = 'pending' OR followed THEN 'reporter' ELSE 'unit' END,
    agency, CASE WHEN status = 'unverified' THEN NULL ELSE unit END,
    CASE WHEN ended OR status = 'pending' OR followed THEN NULL WHEN status = 'unverified' THEN agency
         WHEN status = 'escalated' THEN %(ombudsman)s ELSE unit END,
    CASE WHEN status IN ('unverified', 'disposed') THEN %(today)s + 1 + n %% 10 END, 4, 'web',
    'Laporan sintetis nomor ' || n || ' tentang jalan dan lampu',
    'complaint', '[]', '', n %% 9 = 0, n %% 20 = 0, false, 'kota-mataram', '2023', at, CASE WHEN followed THEN at + interval '5 day' END,
    CASE WHEN followed THEN (at + interval '5 day')::date END, CASE WHEN status = 'escalated' THEN at + interval '90 day' END,
    CASE WHEN ended THEN at + interval '20 day' END,
    CASE WHEN status = 'closed' THEN (ARRAY['confirmed', 'silence', 'request'])[1 + n %% 3] ELSE '' END,
    CASE WHEN status = 'archived' THEN 'unclear' ELSE '' END, false, '', '', 0, 0, 0, 0, 0, (n %% 12 = 0)::int, '', '', '',
    (%(categories)s::bigint[])[1 + n %% %(category_count)s], (%(places)s::bigint[])[1 + (n * 7) %% %(place_count)s]
FROM (
    SELECT n, agency, unit, status, status IN ('closed', 'archived') AS ended, status = 'in_progress' AND n %% 2 = 0 AS followed,
        %(begin)s::timestamptz + n * (interval '700 day' / %(many)s) AS at,
        (SELECT string_agg(substr('{ALPHABET}', 1 + get_byte(h, i) %% 31, 1), '') FROM generate_series(0, 10) i) AS code
    FROM (
        SELECT n, agencies[1 + (power(random(), 2) * {INSTITUTIONS - 1})::int] AS agency, status, sha256(n::text::bytea) AS h
        FROM (
            SELECT n, %(agencies)s::bigint[] AS agencies,
                ({STATUSES})[1 + (SELECT count(*) FROM unnest({SHARES}) share WHERE share < r)] AS status
            FROM (SELECT n, random() AS r FROM generate_series(1, %(many)s) n) drawn
        ) chosen
    ) placed
    JOIN LATERAL (SELECT id AS unit FROM agencies_agency WHERE parent_id = agency AND kind = 'unit' ORDER BY id
                  OFFSET n %% {UNITS} LIMIT 1) its_unit ON true
) made
"""
_BESIDE = (
    """INSERT INTO reports_reporttext (report_id, original_title, original, published)
       SELECT id, title, body, body FROM (SELECT id, title, 'Sudah sebulan lampu jalan padam dan jalan berlubang. '
           || repeat('Mohon segera diperbaiki karena banyak anak sekolah lewat di sini. ', (id %% 7)::int)
           || (SELECT string_agg((%(words)s::text[])[1 + floor(power(random(), 4) * %(word_count)s)::int], ' ') FROM generate_series(1, 8) WHERE id > 0)
           || CASE WHEN id %% 100000 = 7 THEN ' terowongan' ELSE '' END AS body FROM reports_report) t""",
    """INSERT INTO reports_disposition (report_id, seq, is_lead, holder, desk_id, by_action, reason, named_body, started_at, ended_at, ended_by)
       SELECT id, 1, true, 'agency', agency_id, 'submit', '', '', received_at,
           CASE WHEN status = 'unverified' THEN NULL ELSE received_at + interval '1 day' END, 'dispose' FROM reports_report""",
    """INSERT INTO reports_disposition (report_id, seq, is_lead, holder, desk_id, by_action, reason, named_body, started_at, ended_at, ended_by)
       SELECT id, 2, true, CASE WHEN ended_at IS NULL THEN holder ELSE 'unit' END, unit_id, 'dispose', '', '',
           received_at + interval '1 day', ended_at, '' FROM reports_report WHERE status <> 'unverified'""",
    """INSERT INTO ledger_entry (subject, seq, rule, action, role, at, facts, previous, digest)
       SELECT id, seq, 'S29', (ARRAY['submit', 'dispose', 'respond_first', 'follow_up'])[seq], 'agency_admin',
           received_at + seq * interval '1 day', '{"status": "in_progress", "holder": "unit"}', '\\x00', '\\x00'
       FROM reports_report, generate_series(1, 4) seq""",
    """INSERT INTO reports_deadline (report_id, clock, epoch, state, calendar_id, event, started_at, start_day, "limit", unit,
           due_ordinal, paused_why, pauses, desk_id)
       SELECT r.id, 'first_response', 1, CASE WHEN status = 'disposed' THEN 'running' ELSE 'met' END, a.calendar_id, 'dispose',
           received_at, received_at::date, 10, 'workdays', %(today)s + 1 + r.id %% 10, '', '[]', r.unit_id
       FROM reports_report r JOIN agencies_agency a ON a.id = r.agency_id WHERE status <> 'unverified'""",
    """INSERT INTO reports_deadline (report_id, clock, epoch, state, calendar_id, event, started_at, start_day, "limit", unit,
           due_ordinal, paused_why, pauses, desk_id)
       SELECT r.id, 'silence', 1, CASE WHEN r.holder = 'reporter' AND status = 'in_progress' THEN 'running' ELSE 'met' END,
           a.calendar_id, 'follow_up', received_at, received_at::date, 10, 'workdays', %(today)s + 1 + r.id %% 10, '', '[]', r.unit_id
       FROM reports_report r JOIN agencies_agency a ON a.id = r.agency_id WHERE last_follow_up_on IS NOT NULL OR status = 'closed'""",
)


def prepare(many: int, today: int, say: Callable[[str], None]) -> None:
    """Make the institutions and `many` reports; `today` is the working-day ordinal of today."""
    begun = time.perf_counter()
    desks = _institutions()
    numbers: dict[str, Any] = {
        "many": many,
        "today": today,
        "agencies": desks,
        "begin": "2024-12-01",
        "ombudsman": _ombudsman(),
        **_subjects(),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'")
        say(f"loading {many:,} reports")
        cursor.execute(_REPORTS, numbers)
        for statement in _BESIDE:
            cursor.execute(statement, numbers)
        say("counting and analysing")
        recount()
        listed = time.perf_counter()
        say(f"{list_again():,} public reports listed in {time.perf_counter() - listed:.0f} s")
        listed = time.perf_counter()
        say(f"{index_again():,} reports' words for officers in {time.perf_counter() - listed:.0f} s")
        cursor.execute("ANALYZE; RESET synchronous_commit")
    say(f"{Report.objects.count():,} reports loaded in {time.perf_counter() - begun:.0f} s")


def _subjects() -> dict[str, Any]:
    """Return the categories and places of the reports, and the words of their texts: names of places, most used first."""
    categories = list(Category.objects.exclude(parent=None).order_by("pk").values_list("pk", flat=True))
    places = list(Place.objects.exclude(level="province").order_by("-pk").values_list("pk", flat=True)[:150])
    words = [name.split()[-1].lower() for name in Place.objects.order_by("pk").values_list("name", flat=True)]
    return {
        "categories": categories, "category_count": len(categories), "places": places, "place_count": len(places),
        "words": words, "word_count": len(words),
    }  # fmt: skip


def _institutions() -> list[int]:
    calendar = Calendar.objects.get(code="wita")
    found = []
    for number in range(INSTITUTIONS):
        code = f"kota-bench-{number}"
        city = Agency.objects.create(
            code=code, name=f"Kota Bench {number}", kind="institution", calendar=calendar, prefix=f"B{number}",
            profile="kota-mataram",
        )  # fmt: skip
        city.institution = city
        city.save()
        units = [
            Agency(
                code=f"{code}-dinas-{u}", name=f"Dinas {u}", kind="unit", parent=city, institution=city,
                calendar=calendar, profile="kota-mataram",
            )
            for u in range(UNITS)
        ]  # fmt: skip
        Agency.objects.bulk_create(units)
        found.append(city.pk)
    _officer("bench-admin", Agency.objects.get(code="kota-bench-0"), Role.AGENCY_ADMIN)
    _officer("bench-national", Agency.objects.get(code="nasional"), Role.NATIONAL_ADMIN)
    _officer("bench-liaison", Agency.objects.get(code="kota-bench-0-dinas-0"), Role.LIAISON)
    return found


def _officer(login: str, desk: Agency, role: Role) -> None:
    account = Account.objects.create(login=login, name="Petugas Bench")
    decree = Decree.objects.create(
        institution=desk.institution or desk, number=f"SK {login}", signed_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1), valid_to=date(2030, 12, 31),
    )  # fmt: skip
    Appointment.objects.create(account=account, agency=desk, role=str(role), decree=decree)


def _ombudsman() -> int:
    return Agency.objects.get(code="ombudsman").pk


def ordinal_of(day: date) -> int:
    """Return the working-day ordinal of a day in the bench's calendar."""
    return CalendarDay.objects.get(calendar__code="wita", day=day).ordinal
