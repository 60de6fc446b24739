"""People: no officer without a decree (S16 to S18), and no report without an officer who can act on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.agencies.people import appointed, away, decree_of, office, person, unit_of
from tests.sop.days import at, on

from lapor.agencies.models import Absence, Agency, Appointment, Decree
from lapor.agencies.queries.decrees import decrees_expiring, decrees_of, seats_of
from lapor.agencies.queries.roles import actors_of, officers_of
from lapor.agencies.queries.vacancies import desks_without_officer
from lapor.agencies.refusals import (
    AbsenceOverlaps,
    AlreadyAppointed,
    AppointmentEnded,
    DecreeKnown,
    DecreeNotInForce,
    DecreeOfAnother,
    DecreeOver,
    DeputyAway,
    DeputyNotAtDesk,
    LastOfficer,
    LoginTaken,
    NotYours,
    RoleDoesNotFit,
    SamePerson,
    StandsInForAnother,
    UnknownAgency,
    UnknownAppointment,
    UnknownDecree,
    UnknownPerson,
)
from lapor.agencies.usecases.absences import return_early, set_absence
from lapor.agencies.usecases.appointments import appoint, end_appointment, enrol, hand_over
from lapor.agencies.usecases.decrees import new_decree
from lapor.identity.models import Account
from lapor.identity.usecases.passwords import InvitationOver, choose_password, invitation
from lapor.kernel.actor import CLOCK, Actor, reporter_with_code
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.sop.vocabulary import Role

NATIONAL = Actor(Role.NATIONAL_ADMIN, desk=0, appointment=0, account=0)
NOW = at("Mon 10 Mar 2025 09:00 WITA")
TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Agency:
    return office()


@pytest.fixture
def roads(city: Agency) -> Agency:
    return unit_of(city)


@pytest.fixture
def decree(city: Agency) -> Decree:
    return decree_of(city)


@pytest.fixture
def admin(city: Agency, decree: Decree) -> Actor:
    seat = appointed(person("Rudi Peraga"), city, Role.AGENCY_ADMIN, decree)
    return Actor(Role.AGENCY_ADMIN, desk=city.pk, appointment=seat.pk, account=seat.account_id)


@pytest.fixture
def budi() -> Account:
    return person("Budi Contoh")


@pytest.fixture
def sari() -> Account:
    return person("Sari Teladan")


def roles_on(account: Account, day: date | datetime) -> list[Role]:
    return [actor.role for actor in actors_of(account, day)]


# --- S16, S17: appointed by a decree -------------------------------------------------------------


@pytest.mark.parametrize(
    ("desk", "role"),
    [
        ("kota-contoh", Role.AGENCY_ADMIN),
        ("kota-contoh-jalan", Role.LIAISON),
        ("kota-contoh-jalan", Role.HEAD),
    ],
)
def test_S16_S17_an_officer_is_appointed_by_a_decree_and_acts_while_it_is_in_force(
    desk: str, role: Role, decree: Decree, admin: Actor, budi: Account
) -> None:
    assert roles_on(budi, NOW) == []

    appoint(account=budi.pk, agency=desk, role=role, decree=decree.pk, actor=admin, now=NOW)

    assert roles_on(budi, NOW) == [role]
    assert roles_on(budi, at("Wed 31 Dec 2025 23:59 WITA")) == [role]
    assert roles_on(budi, at("Thu 1 Jan 2026 00:00 WITA")) == []


def test_S16_nobody_is_given_a_role_for_days_that_are_over(decree: Decree, admin: Actor, budi: Account) -> None:
    appoint(account=budi.pk, agency="kota-contoh-jalan", role=Role.LIAISON, decree=decree.pk, actor=admin, now=NOW)

    assert roles_on(budi, on("Sun 9 Mar 2025")) == []
    assert roles_on(budi, TODAY) == [Role.LIAISON]


def test_S18_next_year_s_decree_may_be_entered_and_used_ahead(city: Agency, admin: Actor, budi: Account) -> None:
    coming = new_decree(
        institution=city.code,
        number="12/I/2026",
        signed_on=on("Mon 22 Dec 2025"),
        valid_from=on("Thu 1 Jan 2026"),
        valid_to=on("Thu 31 Dec 2026"),
        actor=admin,
        now=at("Tue 23 Dec 2025 09:00 WITA"),
    )
    appoint(
        account=budi.pk,
        agency="kota-contoh-jalan",
        role=Role.LIAISON,
        decree=coming.pk,
        actor=admin,
        now=at("Tue 23 Dec 2025 09:00 WITA"),
    )

    assert roles_on(budi, at("Wed 31 Dec 2025 23:59 WITA")) == []
    assert roles_on(budi, at("Thu 1 Jan 2026 00:00 WITA")) == [Role.LIAISON]


def test_S16_a_decree_that_is_over_appoints_nobody(city: Agency, admin: Actor, budi: Account) -> None:
    last = decree_of(city, on("Mon 1 Jan 2024"), on("Sun 9 Mar 2025"))
    seat: dict[str, Any] = {"account": budi.pk, "agency": "kota-contoh-jalan", "role": Role.LIAISON, "decree": last.pk}

    with pytest.raises(DecreeOver):
        appoint(**seat, actor=admin, now=at("Mon 10 Mar 2025 00:00 WITA"))
    appoint(**seat, actor=admin, now=at("Sun 9 Mar 2025 23:59 WITA"))

    assert Appointment.objects.filter(account=budi).count() == 1


def test_S16_a_decree_names_officers_of_its_own_institution_only(roads: Agency, decree: Decree, budi: Account) -> None:
    other = decree_of(office("kota-lain"))
    seat: dict[str, Any] = {
        "account": budi.pk,
        "agency": roads.code,
        "role": Role.LIAISON,
        "actor": NATIONAL,
        "now": NOW,
    }

    with pytest.raises(DecreeOfAnother):
        appoint(**seat, decree=other.pk)
    with pytest.raises(UnknownDecree):
        appoint(**seat, decree=0)
    appoint(**seat, decree=decree.pk)


@pytest.mark.parametrize(
    ("desk", "fits"),
    [
        ("nasional", {Role.NATIONAL_ADMIN, Role.HEAD}),
        ("ombudsman", {Role.OMBUDSMAN}),
        ("ksp", {Role.KSP}),
        ("panrb", {Role.PANRB}),
        ("kota-mataram", {Role.AGENCY_ADMIN, Role.HEAD, Role.INSPECTORATE}),
        ("mataram-dinas-pupr", {Role.LIAISON, Role.HEAD, Role.INSPECTORATE}),
        ("mataram-bidang-bina-marga", {Role.UNIT_OFFICER}),
    ],
)
def test_S16_S17_each_kind_of_desk_has_its_own_roles_and_refuses_every_other(desk: str, fits: set[Role]) -> None:
    agency = Agency.objects.get(code=desk)
    by = decree_of(agency.institution or agency)
    seat: dict[str, Any] = {"agency": desk, "decree": by.pk, "actor": NATIONAL, "now": NOW}

    for role in fits:
        assert appoint(account=person().pk, role=role, **seat).role == role
    for role in set(Role) - fits:
        with pytest.raises(RoleDoesNotFit) as refused:
            appoint(account=person().pk, role=role, **seat)
        assert refused.value.field == "role"


def test_S17_nobody_holds_the_same_role_at_the_same_desk_twice(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account
) -> None:
    seat: dict[str, Any] = {"account": budi.pk, "agency": roads.code, "role": Role.LIAISON, "actor": admin, "now": NOW}
    appoint(**seat, decree=decree.pk)
    overlapping = decree_of(city, on("Wed 31 Dec 2025"), on("Thu 31 Dec 2026"))
    following = decree_of(city, on("Thu 1 Jan 2026"), on("Thu 31 Dec 2026"))

    for again in (decree, overlapping):
        with pytest.raises(AlreadyAppointed):
            appoint(**seat, decree=again.pk)
    appoint(**seat, decree=following.pk)
    appoint(**{**seat, "role": Role.HEAD}, decree=decree.pk)

    assert sorted(roles_on(budi, NOW)) == sorted([Role.LIAISON, Role.HEAD])


def test_S17_somebody_who_left_may_come_back_by_the_same_decree(
    roads: Agency, decree: Decree, admin: Actor, budi: Account
) -> None:
    seat: dict[str, Any] = {
        "account": budi.pk,
        "agency": roads.code,
        "role": Role.LIAISON,
        "decree": decree.pk,
        "actor": admin,
    }
    first = appoint(**seat, now=NOW)
    end_appointment(appointment=first.pk, ended_on=on("Tue 1 Apr 2025"), even_if_last=True, actor=admin, now=NOW)

    with pytest.raises(AlreadyAppointed):
        appoint(**seat, now=at("Mon 31 Mar 2025 09:00 WITA"))
    appoint(**seat, now=at("Tue 1 Apr 2025 09:00 WITA"))

    assert len(actors_of(budi, on("Tue 1 Apr 2025"))) == 1


def test_S16_only_an_account_in_use_is_appointed(roads: Agency, decree: Decree, admin: Actor, budi: Account) -> None:
    Account.objects.filter(pk=budi.pk).update(is_active=False)

    for account in (budi.pk, 0):
        with pytest.raises(UnknownPerson):
            appoint(account=account, agency=roads.code, role=Role.LIAISON, decree=decree.pk, actor=admin, now=NOW)


def test_S16_an_admin_appoints_in_the_own_institution_and_nobody_below_admin_does(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account
) -> None:
    other = office("kota-lain")
    liaison = Actor(Role.LIAISON, desk=roads.pk, appointment=1, account=1)
    head = Actor(Role.HEAD, desk=roads.pk, appointment=2, account=2)
    ombudsman = Actor(Role.OMBUDSMAN, desk=1, appointment=3, account=3)
    seat: dict[str, Any] = {"account": budi.pk, "role": Role.LIAISON, "now": NOW}

    for actor in (liaison, head, ombudsman, reporter_with_code()):
        with pytest.raises(NotYours):
            appoint(**seat, agency=roads.code, decree=decree.pk, actor=actor)
    for desk in (unit_of(other), other, Agency.objects.get(code="nasional")):
        with pytest.raises(NotYours):
            appoint(**seat, agency=desk.code, decree=decree_of(desk.institution or desk).pk, actor=admin)
    with pytest.raises(UnknownAgency):
        appoint(**seat, agency="tidak-ada", decree=decree.pk, actor=admin)
    appoint(**seat, agency=roads.code, decree=decree.pk, actor=admin)
    appoint(**seat, agency=unit_of(other).code, decree=decree_of(other).pk, actor=NATIONAL)


def test_S16_the_first_admin_of_an_installation_is_appointed_by_its_operator(budi: Account) -> None:
    national = Agency.objects.get(code="nasional")
    by = new_decree(
        institution="nasional",
        number="1/2025",
        signed_on=TODAY,
        valid_from=TODAY,
        valid_to=on("Wed 31 Dec 2025"),
        actor=CLOCK,
        now=NOW,
    )

    appoint(account=budi.pk, agency="nasional", role=Role.NATIONAL_ADMIN, decree=by.pk, actor=CLOCK, now=NOW)

    assert [actor.desk for actor in actors_of(budi, NOW)] == [national.pk]


# --- S16: user name and password -----------------------------------------------------------------


def test_S16_an_officer_chooses_the_password_by_an_invitation_that_works_once(roads: Agency, admin: Actor) -> None:
    officer = enrol(
        agency=roads.code, login=" Maya.Contoh ", name="Maya  Contoh", email="Maya@Contoh.example", actor=admin, now=NOW
    )
    assert (officer.get_username(), str(officer)) == ("maya.contoh", "Maya Contoh")
    assert not officer.has_usable_password()
    token = invitation(officer.pk)

    with pytest.raises(InvalidInput) as weak:
        choose_password(account_id=officer.pk, token=token, password="12345")
    assert weak.value.field == "password"
    chosen = choose_password(account_id=officer.pk, token=token, password="hujan-di-sore-hari")

    assert chosen.check_password("hujan-di-sore-hari")
    with pytest.raises(InvitationOver):
        choose_password(account_id=officer.pk, token=token, password="kata-sandi-yang-lain")


def test_S16_an_invitation_serves_nobody_else(budi: Account, sari: Account) -> None:
    token = invitation(budi.pk)

    for account, forged in ((sari.pk, token), (budi.pk, "x" + token), (budi.pk, ""), (0, token)):
        with pytest.raises(InvitationOver):
            choose_password(account_id=account, token=forged, password="hujan-di-sore-hari")
    Account.objects.filter(pk=budi.pk).update(is_active=False)
    with pytest.raises(InvitationOver):
        choose_password(account_id=budi.pk, token=token, password="hujan-di-sore-hari")
    with pytest.raises(InvitationOver):
        invitation(budi.pk)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"login": "RUDI"}, LoginTaken, "login"),
        ({"login": " "}, InvalidInput, "login"),
        ({"login": "x" * 151}, InvalidInput, "login"),
        ({"name": "\0"}, InvalidInput, "name"),
        ({"email": "bukan surel"}, InvalidInput, "email"),
        ({"agency": "tidak-ada"}, UnknownAgency, "agency"),
        ({"agency": "mataram-dinas-pupr"}, NotYours, ""),
    ],
)
def test_S16_an_officer_s_account_is_refused_at_the_field_at_fault(
    changes: dict[str, str], refusal: type[Refusal], field: str, roads: Agency, admin: Actor
) -> None:
    Account.objects.create(login="rudi")
    before = Account.objects.count()
    typed: dict[str, Any] = {
        "agency": roads.code,
        "login": "maya",
        "name": "Maya Contoh",
        "email": "maya@contoh.example",
        **changes,
    }

    with pytest.raises(refusal) as refused:
        enrol(**typed, actor=admin, now=NOW)

    assert refused.value.field == field
    assert Account.objects.count() == before


# --- S18: the decrees ----------------------------------------------------------------------------


def test_S18_a_decree_is_kept_with_number_date_and_validity(city: Agency, admin: Actor) -> None:
    new_decree(
        institution=city.code,
        number=" 382/IV/2025 ",
        about="Penunjukan pengelola pengaduan",
        signed_on=on("Thu 6 Mar 2025"),
        valid_from=on("Mon 10 Mar 2025"),
        valid_to=on("Mon 10 Mar 2025"),
        actor=admin,
        now=NOW,
    )

    newest = decrees_of(city.pk, on=TODAY)[0]
    assert (newest.number, newest.signed_on, newest.valid_to) == ("382/IV/2025", on("Thu 6 Mar 2025"), TODAY)
    assert (newest.officers, newest.days_left) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"number": " "}, InvalidInput, "number"),
        ({"number": "1" * 101}, InvalidInput, "number"),
        ({"about": "x" * 301}, InvalidInput, "about"),
        ({"valid_to": on("Tue 31 Dec 2024")}, InvalidInput, "valid_to"),
        ({"number": "403/iii/2025"}, DecreeKnown, "number"),
        ({"institution": "kota-contoh-jalan"}, UnknownAgency, "institution"),
        ({"institution": "tidak-ada"}, UnknownAgency, "institution"),
        ({"institution": "kota-mataram"}, NotYours, ""),
    ],
)
def test_S18_a_decree_is_refused_at_the_field_at_fault(
    changes: dict[str, Any], refusal: type[Refusal], field: str, city: Agency, admin: Actor
) -> None:
    decree_of(city, number="403/III/2025")
    before = Decree.objects.count()
    typed: dict[str, Any] = {
        "institution": city.code,
        "number": "404/III/2025",
        "signed_on": on("Wed 1 Jan 2025"),
        "valid_from": on("Wed 1 Jan 2025"),
        "valid_to": on("Wed 31 Dec 2025"),
        **changes,
    }

    with pytest.raises(refusal) as refused:
        new_decree(**typed, actor=admin, now=NOW)

    assert refused.value.field == field
    assert Decree.objects.count() == before


def test_S18_a_decree_s_number_may_return_in_another_year(city: Agency, admin: Actor) -> None:
    decree_of(city, number="12/SK")

    new_decree(
        institution=city.code,
        number="12/SK",
        signed_on=on("Thu 1 Jan 2026"),
        valid_from=on("Thu 1 Jan 2026"),
        valid_to=on("Thu 31 Dec 2026"),
        actor=admin,
        now=NOW,
    )

    assert Decree.objects.filter(institution=city, number="12/SK").count() == 2


def test_S18_a_decree_warns_before_it_ends_until_its_officers_are_named_anew(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account
) -> None:
    appointed(budi, roads, Role.LIAISON, decree)

    def warned(day: str, within: int = 60) -> list[str]:
        return [one.number for one in decrees_expiring(within, on(day)) if one.institution_id == city.pk]

    assert warned("Fri 31 Oct 2025") == []
    assert warned("Sat 1 Nov 2025") == [decree.number]
    assert warned("Wed 31 Dec 2025", within=0) == [decree.number]
    assert warned("Thu 1 Jan 2026") == []
    following = decree_of(city, on("Thu 1 Jan 2026"), on("Thu 31 Dec 2026"))
    appointed(budi, roads, Role.LIAISON, following)
    assert warned("Sat 1 Nov 2025") == [decree.number]  # the admin of the city is not named yet

    appointed(Account.objects.get(appointments=admin.appointment or 0), city, Role.AGENCY_ADMIN, following)
    assert warned("Sat 1 Nov 2025") == []


def test_S18_who_left_needs_no_warning(roads: Agency, city: Agency, budi: Account) -> None:
    appointed(budi, roads, decree=decree_of(city), ended_on=on("Mon 1 Dec 2025"))

    assert [one for one in decrees_expiring(60, on("Sat 1 Nov 2025")) if one.institution_id == city.pk] == []


def test_S18_the_officers_page_lists_each_seat_with_its_decree(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account, sari: Account
) -> None:
    away(appointed(budi, roads, Role.LIAISON, decree), sari, "Wed 12 Mar 2025", "Fri 14 Mar 2025")
    appointed(sari, roads, Role.LIAISON, decree, ended_on=on("Sat 1 Mar 2025"))
    appointed(sari, roads, Role.LIAISON, decree_of(city, on("Thu 1 Jan 2026"), on("Thu 31 Dec 2026")))
    appointed(person(), unit_of(office("kota-lain")))

    seats = seats_of(city.pk, on=TODAY)

    assert [(seat.desk_name, seat.name, seat.state) for seat in seats] == [
        ("Dinas jalan", "Sari Teladan", "coming"),
        ("Dinas jalan", "Budi Contoh", "serving"),
        ("Dinas jalan", "Sari Teladan", "over"),
        ("Kota-Contoh", "Rudi Peraga", "serving"),
    ]
    assert [(one.first_day, one.last_day, one.deputy) for one in seats[1].away] == [
        (on("Wed 12 Mar 2025"), on("Fri 14 Mar 2025"), "Sari Teladan")
    ]


# --- Leaving and handing over --------------------------------------------------------------------


def test_a_successor_takes_over_on_the_day_the_officer_leaves(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account, sari: Account
) -> None:
    seat = appointed(budi, roads, Role.LIAISON, decree)
    named = decree_of(city)
    change = at("Tue 1 Apr 2025 00:00 WITA")

    taken = hand_over(
        appointment=seat.pk, successor=sari.pk, decree=named.pk, ended_on=change.date(), actor=admin, now=NOW
    )

    before = at("Mon 31 Mar 2025 23:59 WITA")
    assert (roles_on(budi, before), roles_on(sari, before)) == ([Role.LIAISON], [])
    assert (roles_on(budi, change), roles_on(sari, change)) == ([], [Role.LIAISON])
    seat.refresh_from_db()
    assert seat.successor == taken
    for day in (before, change):
        assert roads.pk not in {desk.agency_id for desk in desks_without_officer(day)}


def test_a_colleague_in_the_same_role_takes_over_without_another_decree(
    roads: Agency, decree: Decree, admin: Actor, budi: Account, sari: Account
) -> None:
    seat, colleague = (appointed(one, roads, Role.LIAISON, decree) for one in (budi, sari))

    assert hand_over(appointment=seat.pk, successor=sari.pk, ended_on=TODAY, actor=admin, now=NOW) == colleague
    assert Appointment.objects.filter(account=sari).count() == 1


def test_a_successor_stands_in_where_the_one_who_left_was_to(
    roads: Agency, decree: Decree, admin: Actor, budi: Account, sari: Account
) -> None:
    wati = person("Wati Umpama")
    seat, sari_s, wati_s = (appointed(one, roads, Role.LIAISON, decree) for one in (budi, sari, wati))
    away(sari_s, budi, "Mon 10 Mar 2025", "Fri 21 Mar 2025")
    away(wati_s, budi, "Mon 7 Apr 2025", "Fri 11 Apr 2025")
    away(sari_s, budi, "Mon 3 Mar 2025", "Wed 5 Mar 2025")

    hand_over(appointment=seat.pk, successor=wati.pk, ended_on=on("Mon 17 Mar 2025"), actor=admin, now=NOW)

    def deputies(day: str) -> list[str]:
        return [officer.name for officer in officers_of(roads.pk, on=on(day)) if officer.stands_in_for]

    assert deputies("Wed 5 Mar 2025") == deputies("Fri 14 Mar 2025") == ["Budi Contoh"]
    assert deputies("Mon 17 Mar 2025") == deputies("Fri 21 Mar 2025") == ["Wati Umpama"]
    assert deputies("Mon 7 Apr 2025") == []  # nobody stands in for themselves


def test_a_seat_is_handed_over_only_by_a_decree_in_force_on_that_day(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account, sari: Account
) -> None:
    seat = appointed(budi, roads, Role.LIAISON, decree)
    later = decree_of(city, on("Tue 15 Apr 2025"))
    change: dict[str, Any] = {"appointment": seat.pk, "ended_on": on("Tue 1 Apr 2025"), "actor": admin, "now": NOW}

    for successor, by, refusal in [
        (sari.pk, None, UnknownDecree),
        (sari.pk, later.pk, DecreeNotInForce),
        (sari.pk, decree_of(office("kota-lain")).pk, DecreeOfAnother),
        (budi.pk, decree.pk, SamePerson),
        (0, decree.pk, UnknownPerson),
    ]:
        with pytest.raises(refusal):
            hand_over(**change, successor=successor, decree=by)

    seat.refresh_from_db()
    assert (seat.ended_on, seat.successor) == (None, None)
    assert not Appointment.objects.filter(account=sari).exists()


def test_no_report_is_left_without_an_officer_who_can_act(
    roads: Agency, decree: Decree, admin: Actor, budi: Account, sari: Account
) -> None:
    seat = appointed(budi, roads, Role.LIAISON, decree)
    leave: dict[str, Any] = {"appointment": seat.pk, "ended_on": TODAY, "actor": admin, "now": NOW}
    appointed(sari, roads, Role.HEAD, decree)  # may not take dispositions

    with pytest.raises(LastOfficer):
        end_appointment(**leave)
    appointed(sari, roads, Role.LIAISON, decree)
    end_appointment(**leave)

    assert roles_on(budi, NOW) == []
    assert roads.pk not in {desk.agency_id for desk in desks_without_officer(NOW)}


def test_the_last_officer_may_go_when_that_is_meant_and_the_desk_is_named_as_empty(
    roads: Agency, decree: Decree, admin: Actor, budi: Account
) -> None:
    seat = appointed(budi, roads, Role.LIAISON, decree)

    end_appointment(appointment=seat.pk, ended_on=TODAY, even_if_last=True, actor=admin, now=NOW)

    assert roads.pk in {desk.agency_id for desk in desks_without_officer(NOW)}


def test_what_was_done_until_today_was_done_by_the_officer_then(
    city: Agency, roads: Agency, decree: Decree, admin: Actor, budi: Account
) -> None:
    seat = appointed(budi, roads, Role.LIAISON, decree)
    over = appointed(budi, roads, Role.HEAD, decree_of(city, valid_to=on("Sun 9 Mar 2025")))
    leave: dict[str, Any] = {"even_if_last": True, "actor": admin, "now": NOW}

    with pytest.raises(InvalidInput) as refused:
        end_appointment(appointment=seat.pk, ended_on=on("Sun 9 Mar 2025"), **leave)
    assert refused.value.field == "ended_on"
    with pytest.raises(AppointmentEnded):
        end_appointment(appointment=over.pk, ended_on=TODAY, **leave)
    with pytest.raises(UnknownAppointment):
        end_appointment(appointment=0, ended_on=TODAY, **leave)
    with pytest.raises(NotYours):
        end_appointment(
            appointment=seat.pk, ended_on=TODAY, actor=Actor(Role.LIAISON, desk=roads.pk, account=budi.pk), now=NOW
        )
    end_appointment(appointment=seat.pk, ended_on=TODAY, **leave)
    with pytest.raises(AppointmentEnded):
        end_appointment(appointment=seat.pk, ended_on=TODAY, **leave)


# --- Being away ----------------------------------------------------------------------------------


@pytest.fixture
def seat(roads: Agency, decree: Decree, budi: Account, sari: Account) -> Appointment:
    appointed(sari, roads, Role.HEAD, decree)
    return appointed(budi, roads, Role.LIAISON, decree)


def leave(seat: Appointment, deputy: Account, first: str, last: str, actor: Actor, now: datetime = NOW) -> Absence:
    return set_absence(
        appointment=seat.pk, deputy=deputy.pk, first_day=on(first), last_day=on(last), why="Cuti", actor=actor, now=now
    )


def themself(seat: Appointment) -> Actor:
    return Actor(Role(seat.role), desk=seat.agency_id, appointment=seat.pk, account=seat.account_id)


def test_a_deputy_stands_in_while_an_officer_is_away(seat: Appointment, sari: Account, admin: Actor) -> None:
    leave(seat, sari, "Tue 11 Mar 2025", "Wed 12 Mar 2025", admin)

    assert [roles_on(sari, on(day)) for day in ("Mon 10 Mar 2025", "Tue 11 Mar 2025", "Thu 13 Mar 2025")] == [
        [Role.HEAD],
        [Role.HEAD, Role.LIAISON],
        [Role.HEAD],
    ]


def test_officers_note_their_own_absence_and_nobody_else_s(
    roads: Agency, decree: Decree, seat: Appointment, sari: Account
) -> None:
    stranger = appointed(person(), roads, Role.LIAISON, decree)

    with pytest.raises(NotYours):
        leave(seat, sari, "Tue 11 Mar 2025", "Wed 12 Mar 2025", themself(stranger))
    with pytest.raises(NotYours):
        leave(seat, sari, "Tue 11 Mar 2025", "Wed 12 Mar 2025", reporter_with_code())
    leave(seat, sari, "Tue 11 Mar 2025", "Wed 12 Mar 2025", themself(seat))


def test_a_deputy_serves_the_same_desk_on_every_day_of_the_absence(
    city: Agency, roads: Agency, seat: Appointment, admin: Actor, budi: Account
) -> None:
    elsewhere, leaving = person(), person()
    appointed(elsewhere, unit_of(city, "air"))
    appointed(leaving, roads, Role.LIAISON, ended_on=on("Wed 12 Mar 2025"))

    with pytest.raises(DeputyNotAtDesk):
        leave(seat, elsewhere, "Tue 11 Mar 2025", "Tue 11 Mar 2025", admin)
    with pytest.raises(DeputyNotAtDesk):
        leave(seat, leaving, "Tue 11 Mar 2025", "Wed 12 Mar 2025", admin)
    with pytest.raises(SamePerson):
        leave(seat, budi, "Tue 11 Mar 2025", "Tue 11 Mar 2025", admin)
    leave(seat, leaving, "Tue 11 Mar 2025", "Tue 11 Mar 2025", admin)


def test_a_deputy_named_anew_each_year_stands_in_over_the_turn_of_the_year(
    city: Agency, roads: Agency, seat: Appointment, sari: Account, admin: Actor
) -> None:
    with pytest.raises(DeputyNotAtDesk):
        leave(seat, sari, "Tue 30 Dec 2025", "Fri 2 Jan 2026", admin)
    appointed(sari, roads, Role.HEAD, decree_of(city, on("Thu 1 Jan 2026"), on("Thu 31 Dec 2026")))

    leave(seat, sari, "Tue 30 Dec 2025", "Fri 2 Jan 2026", admin)


def test_one_officer_is_away_once_at_a_time(seat: Appointment, sari: Account, admin: Actor) -> None:
    leave(seat, sari, "Tue 11 Mar 2025", "Fri 14 Mar 2025", admin)

    for first, last in [
        ("Fri 14 Mar 2025", "Mon 17 Mar 2025"),
        ("Mon 10 Mar 2025", "Tue 11 Mar 2025"),
        ("Wed 12 Mar 2025", "Wed 12 Mar 2025"),
    ]:
        with pytest.raises(AbsenceOverlaps):
            leave(seat, sari, first, last, admin)
    leave(seat, sari, "Sat 15 Mar 2025", "Mon 17 Mar 2025", admin)
    leave(seat, sari, "Mon 10 Mar 2025", "Mon 10 Mar 2025", admin)


def test_two_officers_are_not_away_for_each_other(
    roads: Agency, decree: Decree, seat: Appointment, budi: Account, sari: Account, admin: Actor
) -> None:
    head = Appointment.objects.get(account=sari)
    leave(seat, sari, "Tue 11 Mar 2025", "Fri 14 Mar 2025", admin)
    wati = person("Wati Umpama")
    third = appointed(wati, roads, Role.LIAISON, decree)

    with pytest.raises(DeputyAway):
        leave(head, budi, "Fri 14 Mar 2025", "Mon 17 Mar 2025", admin)
    with pytest.raises(StandsInForAnother):
        leave(head, wati, "Fri 14 Mar 2025", "Mon 17 Mar 2025", admin)
    with pytest.raises(DeputyAway):
        leave(third, budi, "Tue 11 Mar 2025", "Tue 11 Mar 2025", admin)
    leave(head, wati, "Sat 15 Mar 2025", "Mon 17 Mar 2025", admin)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Wed 12 Mar 2025", "Tue 11 Mar 2025"),
        ("Fri 7 Mar 2025", "Sun 9 Mar 2025"),
        ("Tue 11 Mar 2025", "Fri 13 Mar 2026"),
    ],
)
def test_impossible_days_of_absence_are_refused(
    first: str, last: str, seat: Appointment, sari: Account, admin: Actor
) -> None:
    with pytest.raises(InvalidInput) as refused:
        leave(seat, sari, first, last, admin)

    assert refused.value.field == "last_day"
    assert not Absence.objects.exists()


def test_who_no_longer_serves_is_not_away(
    city: Agency, roads: Agency, sari: Account, seat: Appointment, admin: Actor
) -> None:
    gone = appointed(person(), roads, Role.LIAISON, ended_on=TODAY)

    with pytest.raises(AppointmentEnded):
        leave(gone, sari, "Mon 10 Mar 2025", "Tue 11 Mar 2025", admin)


def test_who_comes_back_early_has_the_desk_again(seat: Appointment, sari: Account, admin: Actor) -> None:
    absence = leave(seat, sari, "Tue 11 Mar 2025", "Fri 14 Mar 2025", admin)
    noon = at("Thu 13 Mar 2025 12:00 WITA")

    for day in ("Wed 12 Mar 2025", "Sat 15 Mar 2025"):
        with pytest.raises(InvalidInput):
            return_early(absence=absence.pk, back_on=on(day), actor=admin, now=noon)
    with pytest.raises(NotYours):
        return_early(absence=absence.pk, back_on=on("Thu 13 Mar 2025"), actor=reporter_with_code(), now=noon)
    return_early(absence=absence.pk, back_on=on("Thu 13 Mar 2025"), actor=themself(seat), now=noon)

    assert roles_on(sari, on("Wed 12 Mar 2025")) == [Role.HEAD, Role.LIAISON]
    assert roles_on(sari, on("Thu 13 Mar 2025")) == [Role.HEAD]


def test_an_absence_that_has_not_begun_may_be_called_off(seat: Appointment, sari: Account, admin: Actor) -> None:
    absence = leave(seat, sari, "Tue 11 Mar 2025", "Fri 14 Mar 2025", admin)

    return_early(absence=absence.pk, back_on=on("Mon 10 Mar 2025"), actor=admin, now=NOW)

    assert not Absence.objects.exists()
