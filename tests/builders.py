"""Plain functions that build valid things with defaults: a small world of desks and officers, and a report in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from lapor.agencies.models import Agency, Appointment, Calendar, Decree
from lapor.agencies.queries import calendars
from lapor.identity.models import Account
from lapor.kernel.actor import Actor, reporter_with_code
from lapor.ledger.models import Entry
from lapor.reports.drafts import Draft
from lapor.reports.models import Deadline, Disposition, OutgoingMessage, Report
from lapor.reports.usecases import accept, ask, dispose, forward, respond
from lapor.reports.usecases.submit import submit_report
from lapor.reports.usecases.sweep import SweepResult, sweep_all
from lapor.sop.vocabulary import Clock, Holder, Role, Status
from tests.sop.days import at

_keys = count(1)


@dataclass
class World:
    """The national desk, the Ombudsman, one city with two units and one ministry, with an officer in every role."""

    actors: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        """Return the actor known by this name, for example "admin-kota"."""
        return self.actors[name]

    def agency(self, code: str) -> Agency:
        """Return a desk of this world."""
        return Agency.objects.get(code=code)


def build_world() -> World:
    """Make the world; codes of desks and names of actors are what the stories use."""
    wib, wita = Calendar.objects.get(code="wib"), Calendar.objects.get(code="wita")
    national = _desk("nasional", "national", wib, prefix="NAS")
    ombudsman = _desk("ombudsman", "oversight", wib)
    panrb = _desk("panrb", "oversight", wib)
    city = _desk("kota-uji", "institution", wita, prefix="UJI", profile="kota-mataram")
    roads = _desk("dinas-pupr", "unit", wita, parent=city)
    health = _desk("dinas-kesehatan", "unit", wita, parent=city)
    paving = _desk("bidang-bina-marga", "subunit", wita, parent=roads)
    ministry = _desk("lembaga-uji", "institution", wib, prefix="LBG", profile="kementerian-vertikal")
    bureau = _desk("biro-layanan", "unit", wib, parent=ministry)
    branch = _desk("kantor-wilayah", "subunit", wib, parent=bureau)
    people = {
        "admin-pusat": (national, Role.NATIONAL_ADMIN),
        "admin-pusat-2": (national, Role.NATIONAL_ADMIN),
        "ombudsman": (ombudsman, Role.OMBUDSMAN),
        "panrb": (panrb, Role.PANRB),
        "admin-kota": (city, Role.AGENCY_ADMIN),
        "inspektorat": (city, Role.INSPECTORATE),
        "pp-pupr": (roads, Role.LIAISON),
        "pimpinan-pupr": (roads, Role.HEAD),
        "petugas-bina-marga": (paving, Role.UNIT_OFFICER),
        "pp-kesehatan": (health, Role.LIAISON),
        "pimpinan-kesehatan": (health, Role.HEAD),
        "admin-lembaga": (ministry, Role.AGENCY_ADMIN),
        "pp-biro": (bureau, Role.LIAISON),
        "pimpinan-biro": (bureau, Role.HEAD),
        "petugas-wilayah": (branch, Role.UNIT_OFFICER),
    }
    return World(_seated(people))


def officer_at(desk: Agency, role: Role, login: str) -> Actor:
    """Return a new officer with a decree in force from 2014 to 2031."""
    return _seated({login: (desk, role)})[login]


def _seated(people: dict[str, tuple[Agency, Role]]) -> dict[str, Actor]:
    """Appoint everybody at once: nearly every test begins with this world."""
    desks = {desk.pk: desk for desk, _role in people.values()}
    decrees = {pk: _decree(desk.institution or desk) for pk, desk in desks.items()}
    accounts = Account.objects.bulk_create(
        Account(login=login, name=login.title(), email=f"{login}@contoh.example") for login in people
    )
    seats = Appointment.objects.bulk_create(
        Appointment(account=account, agency=desk, role=str(role), decree=decrees[desk.pk])
        for account, (desk, role) in zip(accounts, people.values(), strict=True)
    )
    return {
        account.login: Actor(Role(seat.role), desk=seat.agency_id, appointment=seat.pk, account=account.pk)
        for account, seat in zip(accounts, seats, strict=True)
    }


def _decree(institution: Agency) -> Decree:
    return Decree.objects.get_or_create(
        institution=institution,
        number="1/SK/UJI",
        defaults={"signed_on": date(2014, 1, 1), "valid_from": date(2014, 1, 1), "valid_to": date(2031, 12, 31)},
    )[0]


def _desk(code: str, kind: str, calendar: Calendar, parent: Agency | None = None, **fields: Any) -> Agency:
    institution = None if parent is None else parent.institution or parent
    if planted := Agency.objects.filter(code=code).first():
        return planted
    desk = Agency.objects.create(
        code=code, name=code.replace("-", " ").title(), kind=kind, calendar=calendar, parent=parent,
        institution=institution, profile=fields.pop("profile", parent.profile if parent else "nasional"), **fields,
    )  # fmt: skip
    if kind == "institution":
        desk.institution = desk
        desk.save()
    return desk


def draft(**changes: Any) -> Draft:
    """Return a draft that anybody might file."""
    fields: dict[str, Any] = {
        "text": "Jalan di depan pasar berlubang sejak bulan lalu dan membahayakan pengendara motor.",
        "title": "Jalan berlubang di depan pasar",
        "agency": "kota-uji",
        "classification": "complaint",
    }
    return Draft(**{**fields, **changes})


class Case:
    """One report in the world, told in the words of the stories. `now` is the virtual clock; `on` sets it."""

    def __init__(self, world: World, now: str = "Mon 2 Mar 2026 09:00 WITA") -> None:
        self.world, self.now, self.code = world, at(now), ""
        self.reporter = reporter_with_code()

    def on(self, moment: str) -> Case:
        """Set the virtual clock."""
        self.now = at(moment)
        return self

    @property
    def number(self) -> str:
        """The human number, by which a desk names the report."""
        return self.report.number

    def act(self, usecase: Any, who: str, **fields: Any) -> Report:
        """Let an officer (or "reporter") do something with the report."""
        actor = self.reporter if who == "reporter" else self.world[who]
        done: Report = usecase(code=self.code, actor=actor, now=self.now, **fields)
        return done

    def sweep(self, moment: str = "") -> SweepResult:
        """Let the clock do all that is due."""
        if moment:
            self.on(moment)
        return sweep_all(now=self.now)

    def is_submitted(self, on: str = "", **changes: Any) -> Case:
        """File the report."""
        if on:
            self.on(on)
        receipt = submit_report(draft(**changes), actor=self.reporter, now=self.now, key=f"key-{next(_keys)}")
        self.code = receipt.code
        return self

    def is_disposed(self, to: str = "dinas-pupr", by: str = "admin-kota", on: str = "") -> Case:
        """File it if need be, and dispose it to a unit."""
        if not self.code:
            self.is_submitted(on=on)
        if on:
            self.on(on)
        self.act(dispose.dispose_report, by, to=to)
        return self

    def is_in_progress(self, to: str = "dinas-pupr", on: str = "", by: str = "pp-pupr") -> Case:
        """Dispose it, accept it and give the first response."""
        self.is_disposed(to=to, on=on)
        self.act(accept.accept_disposition, by)
        self.act(respond.respond_first, by, text="Terima kasih, laporan Anda sedang kami periksa di lapangan.")
        return self

    def is_followed_up(self, on: str = "", by: str = "pp-pupr") -> Case:
        """Bring it to a substantive follow-up."""
        if not self.code:
            self.is_in_progress(on=on)
        if on:
            self.on(on)
        done = {"done_on": self.today, "done_by": "Tim Bina Marga", "field_work": True}
        self.act(respond.follow_up, by, text="Lubang sudah ditambal oleh tim kami.", **done)
        return self

    def is_pending(self, on: str = "", by: str = "admin-kota") -> Case:
        """Ask the reporter for what is missing."""
        if not self.code:
            self.is_submitted(on=on)
        self.act(ask.ask_reporter, by, question="Di jalan apa lubang itu?")
        return self

    def is_with_unit_officer(self, on: str = "") -> Case:
        """Dispose it and forward it to a satuan kerja."""
        self.is_disposed(on=on)
        self.act(forward.forward_report, "pp-pupr", to="bidang-bina-marga", text="Mohon diperiksa.")
        return self

    @property
    def today(self) -> date:
        """The local day of the virtual clock."""
        return calendars.today(self.calendar, self.now)

    @property
    def calendar(self) -> Calendar:
        """The calendar of the coordinating institution."""
        report = self.report
        return report.agency.calendar if report.agency else Calendar.objects.get(code="wib")

    @property
    def report(self) -> Report:
        """The report as it is in the database."""
        return Report.objects.select_related("agency__calendar", "unit", "desk").get(code=self.code)

    @property
    def status(self) -> Status:
        """Its status."""
        return Status(self.report.status)

    @property
    def holder(self) -> tuple[Holder, str]:
        """Its holder and the code of the desk."""
        report = self.report
        return Holder(report.holder), report.desk.code if report.desk else ""

    def clock(self, clock: Clock) -> Deadline:
        """Return the newest deadline of a clock."""
        return Deadline.objects.filter(report__code=self.code, clock=str(clock)).latest("epoch")

    def due(self, clock: Clock) -> date:
        """Return the local day on which a running clock ends."""
        deadline = self.clock(clock)
        assert deadline.due_ordinal is not None, f"{clock} does not run: {deadline.state}"
        return calendars.day_of(deadline.calendar_id, deadline.due_ordinal)

    @property
    def running(self) -> set[Clock]:
        """The clocks that run."""
        rows = Deadline.objects.filter(report__code=self.code, state="running")
        return {Clock(row.clock) for row in rows}

    @property
    def told(self) -> set[str]:
        """Who was told of the newest step that told anybody: desks by code, "reporter", heads as "head of <desk>"."""
        newest = OutgoingMessage.objects.filter(report__code=self.code).latest("seq").seq
        rows = OutgoingMessage.objects.filter(report__code=self.code, seq=newest).select_related("desk")
        return {_name_of(row) for row in rows}

    @property
    def ledger(self) -> list[str]:
        """The ledger as the stories quote it."""
        return [str(entry) for entry in Entry.objects.filter(subject=self.report.pk).order_by("seq")]

    @property
    def legs(self) -> list[Disposition]:
        """The lead custody chain."""
        return list(Disposition.objects.filter(report__code=self.code, is_lead=True).order_by("seq"))


def _name_of(row: OutgoingMessage) -> str:
    if row.desk is None:
        return row.told if row.account is None else f"account {row.account}"
    return f"head of {row.desk.code}" if row.role == "head" else row.desk.code
