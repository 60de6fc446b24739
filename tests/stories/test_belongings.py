"""Whose report it is: codes with a PIN, and reports that come to the account of who proved the address (C24)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import Case, World
from tests.messaging.push_server import Browser
from tests.sop.days import at

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Account, Contact, Device, OneTimeCode, Reporter
from lapor.identity.queries.reporters import names_of
from lapor.identity.usecases import codes
from lapor.identity.usecases.accounts import AnothersAddress, correct_name
from lapor.identity.usecases.devices import keep_device
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.kernel.actor import Actor, reporter_known, reporter_with_code
from lapor.kernel.codes import new_code
from lapor.ledger.book import problems_of
from lapor.reports import access
from lapor.reports.models import Comment, DoorTry, Follow, Report
from lapor.reports.queries.comments import comments_on
from lapor.reports.queries.mydata import comments_by, followed_by
from lapor.reports.refusals import InvalidInput, NotFound
from lapor.reports.usecases import belongings, door, pins, reply
from lapor.reports.usecases.belongings import NotYours
from lapor.reports.usecases.comment import publish_comment, reject_comment, write_comment
from lapor.reports.usecases.door import DoorShut, WaitAtDoor, open_by_code
from lapor.reports.usecases.follow import follow_report
from lapor.reports.usecases.forget import forget_person
from lapor.sop.vocabulary import Role

NOW = at("Mon 2 Mar 2026 09:00 WITA")
PHONE, MAIL = ContactInput("phone", "0812-3456-7890"), ContactInput("email", "sari@contoh.example")
PIN = "482615"
DAY = timedelta(days=1)


def enters(contact: ContactInput, *, now: Any = NOW) -> tuple[Account, Reporter]:
    """Sign in with a code sent to the address."""
    code = codes.make_code(contact=contact, purpose=codes.SIGN_IN, now=now)
    proved = belongings.enter_by_code(code_id=code.id, contact=contact, digits=code.digits, language="id", now=now)
    return proved.account, Reporter.objects.get(ref=proved.ref)


def adds(account: Account, contact: ContactInput) -> int:
    code = codes.make_code(contact=contact, purpose=codes.CONTACT, now=NOW)
    return belongings.add_address(account_id=account.pk, code_id=code.id, contact=contact, digits=code.digits, now=NOW)


def holding(case: Case, key: str = "", reporter: Reporter | None = None) -> Actor:
    return Actor(Role.REPORTER, holds_code=True, holds_key=key, reporter=reporter.ref if reporter else None)


def claims(case: Case, account: Account, reporter: Reporter, key: str = "") -> Report:
    return belongings.claim_report(code=case.code, actor=holding(case, key, reporter), account_id=account.pk, now=NOW)


# --- The PIN ---------------------------------------------------------------------------------------


def test_once_a_pin_is_set_the_code_alone_neither_reads_nor_acts(case: Case) -> None:
    case.is_submitted()
    before = open_by_code(typed=case.code, now=NOW)
    assert before.key == ""

    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)

    with pytest.raises(NotFound):
        access.find_report(reporter_with_code(before.key), case.code)
    with pytest.raises(NotFound):
        reply.reply(code=case.code, text="Halo", actor=reporter_with_code(before.key), now=NOW)
    with pytest.raises(DoorShut):
        open_by_code(typed=case.code, now=NOW)
    opened = open_by_code(typed=case.code.lower(), pin=PIN, now=NOW)
    assert reply.reply(code=case.code, text="Halo", actor=reporter_with_code(opened.key), now=NOW).code == case.code


def test_a_changed_pin_shuts_out_who_knew_the_old_one_and_a_removed_one_opens_to_the_code(case: Case) -> None:
    case.is_submitted()
    first = pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    second = pins.set_pin(code=case.code, pin="730912", actor=reporter_with_code(first), now=NOW)

    with pytest.raises(NotFound):
        access.find_report(reporter_with_code(first), case.code)
    with pytest.raises(DoorShut):
        open_by_code(typed=case.code, pin=PIN, now=NOW)
    pins.remove_pin(code=case.code, actor=reporter_with_code(second))

    assert open_by_code(typed=case.code, now=NOW).key == ""


def test_a_key_opens_its_own_report_only(case: Case, world: World) -> None:
    case.is_submitted()
    other = Case(world).is_submitted()
    key = pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    pins.set_pin(code=other.code, pin=PIN, actor=reporter_with_code(), now=NOW)

    with pytest.raises(NotFound):
        access.find_report(reporter_with_code(key), other.code)


@pytest.mark.parametrize("pin", ["48261", "123456789", "12a456", "", "111111", "123456", "87654321", "٤٨٢٦١٥"])
def test_what_is_no_pin_or_everybodys_first_guess_is_refused(case: Case, pin: str) -> None:
    case.is_submitted()

    with pytest.raises(InvalidInput):
        pins.set_pin(code=case.code, pin=pin, actor=reporter_with_code(), now=NOW)

    assert case.report.pin_key == ""


def test_the_pin_is_kept_hashed_only(case: Case) -> None:
    case.is_submitted()
    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)

    assert PIN not in case.report.pin.hash


def test_no_officer_sets_or_removes_a_pin(case: Case) -> None:
    case.is_submitted()
    for who in ("admin-kota", "admin-pusat"):
        with pytest.raises(InvalidInput):
            pins.set_pin(code=case.code, pin=PIN, actor=case.world[who], now=NOW)


def guess(
    code: str, *, times: int = door.MOST_TRIES, now: Any = NOW, is_known: bool = False, origin: str = "8.8.8.0/24"
) -> list[str]:
    """Type wrong PINs; return how each was answered."""
    said = []
    for n in range(times):
        try:
            open_by_code(typed=code, pin=f"9007{n % 100:02d}", is_known=is_known, origin=origin, now=now)
        except (DoorShut, WaitAtDoor) as refusal:
            said.append(f"{type(refusal).__name__}: {refusal.sentence}")
    return said


def opens(case: Case, *, now: Any = NOW, is_known: bool = False, origin: str = "8.8.8.0/24") -> bool:
    """Type code and PIN; tell whether the report opens. A wait is told by the exception."""
    return open_by_code(typed=case.code, pin=PIN, is_known=is_known, origin=origin, now=now).code == case.code


def with_pin(case: Case) -> Case:
    """Submit a report and give its code a PIN."""
    case.is_submitted()
    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    return case


def test_guessing_a_pin_is_stopped_and_the_right_one_from_there_waits_too(case: Case) -> None:
    with_pin(case)

    guess(case.code)

    with pytest.raises(WaitAtDoor, match="15"):
        opens(case)
    assert opens(case, now=NOW + timedelta(minutes=15))


def test_who_guesses_makes_only_their_own_network_wait(case: Case) -> None:
    with_pin(case)
    for hours in range(0, 30 * 24, 4):  # a month without a pause, from two networks
        for origin in ("8.8.8.0/24", "9.9.9.0/24"):
            guess(case.code, now=NOW + timedelta(hours=hours), origin=origin)

    assert opens(case, now=NOW + timedelta(days=30), origin="1.1.1.0/24")


def guesses_looked_at(code: str, *, days: int, networks: int) -> int:
    """Guess as fast as the door allows, from ever new networks; return how many guesses were looked at."""
    looked_at = 0
    for day in range(days):
        for n in range(networks):
            now = NOW + timedelta(days=day)
            said = guess(code, now=now, origin=f"network {day} {n}")
            looked_at += sum(one.startswith("DoorShut") for one in said)
    return looked_at


def test_all_strangers_together_have_a_hundred_tries_and_ten_more_each_day(case: Case) -> None:
    with_pin(case)

    looked_at = guesses_looked_at(case.code, days=4, networks=22)

    assert looked_at == door.MOST_OF_ALL + 3 * 10
    with pytest.raises(WaitAtDoor, match="3"):
        opens(case, now=NOW + timedelta(days=3), origin="1.1.1.0/24")
    assert opens(case, now=NOW + timedelta(days=3) + door.ONE_COMES_BACK, origin="1.1.1.0/24")
    assert opens(case, now=NOW + timedelta(days=3), is_known=True)


def test_a_year_of_guessing_from_everywhere_finds_one_pin_of_six_digits_in_two_hundred_and_fifty() -> None:
    a_year = door.MOST_OF_ALL + timedelta(days=365) / door.ONE_COMES_BACK

    assert a_year / 10**6 < 1 / 250


def test_a_right_pin_costs_the_next_one_nothing(case: Case) -> None:
    with_pin(case)

    assert all(opens(case) for _ in range(door.MOST_OF_ALL + 10))


def test_neither_code_nor_network_stands_in_what_is_counted(case: Case) -> None:
    with_pin(case)
    guess(case.code)

    kept = [bytes(row.index) for row in DoorTry.objects.all()]

    assert len(kept) == 2
    assert len({len(index) for index in kept}) == 1
    assert not any(case.code.encode() in index or b"8.8.8" in index for index in kept)


def test_the_waiting_time_grows_but_never_beyond_a_day_so_nobody_is_locked_out_for_good(case: Case) -> None:
    case.is_submitted()
    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    now = NOW
    for _ in range(12):
        guess(case.code, now=now)
        with pytest.raises(WaitAtDoor):
            opens(case, now=now)
        now += door.LONGEST_WAIT

    assert opens(case, now=now)


def test_who_guesses_does_not_keep_out_a_browser_that_passed_before_nor_the_account(case: Case) -> None:
    case.is_submitted()
    account, reporter = enters(MAIL)
    claims(case, account, reporter)
    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    guess(case.code)

    assert open_by_code(typed=case.code, pin=PIN, is_known=True, now=NOW).code == case.code
    assert access.find_report(reporter_known(reporter.ref), case.code).code == case.code


def test_an_unknown_code_is_answered_and_made_to_wait_exactly_like_a_known_one(case: Case) -> None:
    case.is_submitted()
    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)

    assert guess(case.code, times=8) == guess(new_code(), times=8)


def test_tries_with_no_pin_are_not_held_against_the_code(case: Case) -> None:
    case.is_submitted()
    pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    for _ in range(20):
        with pytest.raises(DoorShut):
            open_by_code(typed=case.code, now=NOW)

    assert open_by_code(typed=case.code, pin=PIN, now=NOW)


# --- Accounts and what belongs to them -------------------------------------------------------------


def test_C24_a_report_by_sms_is_in_the_account_of_who_proves_the_number(case: Case) -> None:
    case.is_submitted(channel="sms", contact=PHONE)

    account, reporter = enters(PHONE)

    assert case.report.reporter_ref == reporter.ref
    assert (account.is_citizen, account.has_usable_password()) == (True, False)
    assert Contact.objects.get().confirmed_at == NOW


def test_C24_a_proved_second_address_brings_its_shadows_reports_along_and_says_so_in_the_ledger(
    case: Case, world: World
) -> None:
    case.is_submitted(channel="sms", contact=PHONE, name="Sari Contoh", anonymous=True)
    second = Case(world).is_submitted(channel="sms", contact=PHONE)
    account, reporter = enters(MAIL)

    assert adds(account, PHONE) == 2

    for one in (case, second):
        assert one.report.reporter_ref == reporter.ref
        assert one.ledger[-1] == "C24 claim by reporter"
        assert problems_of(one.report.pk) == []
    assert case.report.is_anonymous
    assert Reporter.objects.count() == 1


def test_C24_a_report_without_any_address_is_claimed_with_its_code(case: Case) -> None:
    case.is_submitted(name="Sari Contoh")
    account, reporter = enters(MAIL)

    claims(case, account, reporter)
    claims(case, account, reporter)  # twice is once

    assert case.report.reporter_ref == reporter.ref
    assert sum("claim" in line for line in case.ledger) == 1


def test_C24_with_a_pin_the_code_alone_claims_nothing(case: Case) -> None:
    case.is_submitted()
    key = pins.set_pin(code=case.code, pin=PIN, actor=reporter_with_code(), now=NOW)
    account, reporter = enters(MAIL)

    with pytest.raises(NotFound):
        claims(case, account, reporter)

    assert claims(case, account, reporter, key).reporter_ref == reporter.ref


def test_C24_nobody_claims_a_report_filed_with_another_address_or_by_another_account(case: Case, world: World) -> None:
    case.is_submitted(contact=PHONE)
    owned = Case(world)
    owner, theirs = enters(ContactInput("email", "budi@contoh.example"))
    owned.reporter = reporter_known(theirs.ref)
    owned.is_submitted()
    thief, reporter = enters(MAIL)

    for one in (case, owned):
        before = one.report.reporter_ref
        with pytest.raises(NotYours):
            claims(one, thief, reporter)
        assert one.report.reporter_ref == before
    assert owner.is_active


def test_C24_a_proved_address_stays_with_its_account_and_a_merely_typed_one_goes_over(world: World) -> None:
    budi, _ = enters(MAIL)
    sari, reporter = enters(ContactInput("email", "lain@contoh.example"))
    with pytest.raises(AnothersAddress):
        adds(sari, MAIL)

    find_or_make_reporter(contact=PHONE, name="", channel="web", account=budi, now=NOW)  # typed, never proved
    adds(sari, PHONE)

    assert Contact.objects.get(kind="phone").reporter == reporter


def types(account: Account, contact: ContactInput, case: Case, **changes: Any) -> None:
    """File as a signed-in citizen who gives this address, the way the portal does it."""
    reporter = find_or_make_reporter(contact=contact, name="Pengetik", channel="web", account=account, now=NOW)
    case.reporter = reporter_known(reporter.ref)
    case.is_submitted(contact=contact, **changes)


@pytest.mark.parametrize("contact", [PHONE, MAIL])
@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("secret", [False, True])
def test_C24_who_types_anothers_address_first_is_never_given_their_report(
    world: World, contact: ContactInput, channel: str, secret: bool
) -> None:
    squatter, theirs = enters(ContactInput("email", "pengetik@contoh.example"))
    typed, real = Case(world), Case(world)
    types(squatter, contact, typed)
    real.is_submitted(channel=channel, contact=contact, name="Pemilik", secret=secret)

    assert real.report.reporter_ref != theirs.ref
    with pytest.raises(NotFound):
        access.find_report(reporter_known(theirs.ref), real.code)
    with pytest.raises(NotYours):
        claims(real, squatter, theirs)
    _, owner = enters(contact)

    assert real.report.reporter_ref == owner.ref
    assert names_of([owner.ref]) == {owner.ref: "Pemilik"}
    assert typed.report.reporter_ref == theirs.ref
    with pytest.raises(NotFound):
        access.find_report(reporter_known(owner.ref), typed.code)
    assert [row.reporter for row in Contact.objects.filter(kind=contact.kind, confirmed_at__gt=NOW - DAY)].count(owner)
    assert not Contact.objects.filter(is_aside=True).exists()


@pytest.mark.parametrize("contact", [PHONE, MAIL])
def test_C24_an_account_that_proves_what_it_typed_gets_what_guests_filed_with_it(
    world: World, contact: ContactInput
) -> None:
    account, owner = enters(ContactInput("email", "pemilik@contoh.example"))
    own, guests, later = Case(world), Case(world), Case(world)
    types(account, contact, own)
    guests.is_submitted(contact=contact, name="Tamu")
    assert guests.report.reporter_ref != owner.ref

    assert adds(account, contact) == 1
    later.is_submitted(contact=contact, name="Tamu")

    assert {each.report.reporter_ref for each in (own, guests, later)} == {owner.ref}
    assert names_of([owner.ref]) == {owner.ref: "Pengetik"}


def test_C24_an_account_that_proves_what_it_alone_typed_keeps_its_wish_for_silence(world: World) -> None:
    account, owner = enters(MAIL)
    types(account, PHONE, Case(world))
    Contact.objects.filter(reporter=owner, kind="phone").update(stopped_at=NOW)

    assert adds(account, PHONE) == 0

    row = Contact.objects.get(kind="phone")
    assert (row.reporter, row.is_aside, row.confirmed_at, row.stopped_at) == (owner, False, NOW, NOW)


def test_C24_the_owners_first_own_name_wins_over_what_a_guest_typed(world: World) -> None:
    Case(world).is_submitted(contact=MAIL, name="Orang Iseng")
    Case(world).is_submitted(contact=MAIL, name="Sari")
    account, owner = enters(MAIL)

    types(account, MAIL, Case(world))
    find_or_make_reporter(contact=None, name="Nama Kedua", channel="web", account=account, now=NOW)

    assert names_of([owner.ref]) == {owner.ref: "Pengetik"}
    Case(world).is_submitted(contact=PHONE, name="Orang Iseng")
    correct_name(account_id=account.pk, name="")
    assert adds(account, PHONE) == 1
    assert names_of([owner.ref]) == {}


def test_an_officers_account_is_never_opened_by_a_code(world: World) -> None:
    officer = Account.objects.get(login="admin-kota")
    find_or_make_reporter(contact=MAIL, name="", channel="web", account=officer, now=NOW)

    account, _ = enters(MAIL)

    assert account != officer
    assert account.is_citizen
    assert not officer.is_citizen


def test_an_erased_account_is_forgotten_and_its_reports_stay(case: Case) -> None:
    case.is_submitted(contact=MAIL, name="Sari Contoh")
    account, reporter = enters(MAIL)

    phone = Browser("https://push.contoh.example/a").subscription
    keep_device(report_code=case.code, subscription=phone, language="id", now=NOW)
    neighbours = Case(case.world).is_in_progress()
    for address in (MAIL.address, "tetangga@contoh.example"):
        follow_report(number=neighbours.number, address=address, language="id", now=NOW)
    assert [one["number"] for one in followed_by(account.pk)] == [neighbours.number]

    forget_person(account_id=account.pk, now=NOW)

    assert not Device.objects.exists()
    assert Follow.objects.count() == 1
    reporter.refresh_from_db()
    account.refresh_from_db()
    assert (reporter.sealed_name, reporter.account, reporter.erased_at) == (None, None, NOW)
    assert not Contact.objects.exists()
    assert not account.is_active
    assert case.report.reporter_ref == reporter.ref
    again, other = enters(MAIL)
    assert again != account
    with pytest.raises(NotYours):
        claims(case, again, other)


def test_erasing_an_account_erases_its_comments_and_keeps_that_they_stood_there(case: Case) -> None:
    case.is_submitted(contact=MAIL)
    account, _reporter = enters(MAIL)
    report = Case(case.world).is_in_progress()
    desk = case.world["admin-kota"]
    for text, who in (("Rumah saya di depannya.", account.pk), ("Belum dibaca.", account.pk), ("Saya juga.", None)):
        person = f"account {who}" if who else "peramban"
        write_comment(number=report.number, text=text, name="Sari", person=person, account_id=who, now=NOW)
    mine, unread, theirs = Comment.objects.order_by("pk")
    for comment in (mine, theirs):
        publish_comment(comment=comment.pk, actor=desk, now=NOW)
    assert [one["text"] for one in comments_by(account.pk)] == [mine.text, unread.text]

    forget_person(account_id=account.pk, now=NOW)

    shown = comments_on(report.report.pk)
    assert [(one.name, one.text, one.is_erased) for one in shown] == [("Sari", theirs.text, False), ("", "", True)]
    assert not Comment.objects.filter(pk=unread.pk).exists()
    mine.refresh_from_db()
    assert (mine.owner, bytes(mine.author), mine.decided_at) == (None, b"", NOW)
    assert comments_by(account.pk) == []


def test_a_rejected_comment_is_erased_and_the_officers_reason_stays(case: Case) -> None:
    case.is_submitted(contact=MAIL)
    account, _reporter = enters(MAIL)
    report = Case(case.world).is_in_progress()
    write_comment(number=report.number, text="Kasar.", name="", person="a", account_id=account.pk, now=NOW)
    reject_comment(comment=Comment.objects.get().pk, reason="Menghina.", actor=case.world["admin-kota"], now=NOW)

    forget_person(account_id=account.pk, now=NOW)

    kept = Comment.objects.get()
    assert (kept.text, kept.state, kept.reason) == ("", "rejected", "Menghina.")


# --- One-time codes --------------------------------------------------------------------------------


def use(code: codes.NewCode, digits: str, *, now: Any = NOW, contact: ContactInput = MAIL, purpose: str = "") -> None:
    codes.use_code(id=code.id, contact=contact, purpose=purpose or codes.SIGN_IN, digits=digits, now=now)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06d}"


def test_a_code_works_once_for_ten_minutes_one_purpose_and_one_address(db: None) -> None:
    code = codes.make_code(contact=MAIL, purpose=codes.SIGN_IN, now=NOW)
    for attempt in (
        {"now": NOW + codes.LIFE},
        {"contact": PHONE},
        {"purpose": codes.ERASE},
    ):
        with pytest.raises(codes.WrongCode):
            use(code, code.digits, **attempt)

    use(code, f"{code.digits[:3]} {code.digits[3:]}")

    with pytest.raises(codes.WrongCode):
        use(code, code.digits)


def test_after_five_wrong_tries_the_right_digits_are_wrong_too(db: None) -> None:
    code = codes.make_code(contact=MAIL, purpose=codes.SIGN_IN, now=NOW)
    for _ in range(codes.MOST_TRIES):
        with pytest.raises(codes.WrongCode):
            use(code, wrong(code.digits))

    with pytest.raises(codes.WrongCode):
        use(code, code.digits)


def test_neither_digits_nor_address_can_be_read_from_the_table(db: None) -> None:
    code = codes.make_code(contact=PHONE, purpose=codes.SIGN_IN, now=NOW)
    row = OneTimeCode.objects.get()

    kept = repr([bytes(value) if isinstance(value, memoryview) else value for value in vars(row).values()])

    assert code.digits not in kept
    assert "81234567890" not in kept


def test_codes_to_one_address_and_to_numbers_alike_are_limited(db: None) -> None:
    for _ in range(3):
        codes.make_code(contact=MAIL, purpose=codes.SIGN_IN, now=NOW)
    with pytest.raises(codes.TooManyCodes):
        codes.make_code(contact=MAIL, purpose=codes.SIGN_IN, now=NOW)
    codes.make_code(contact=MAIL, purpose=codes.SIGN_IN, now=NOW + timedelta(minutes=11))

    for n in range(20):
        codes.make_code(contact=ContactInput("phone", f"0812345678{n:02d}"), purpose=codes.SIGN_IN, now=NOW)
    with pytest.raises(codes.TooManyCodes):
        codes.make_code(contact=ContactInput("phone", "081234567899"), purpose=codes.SIGN_IN, now=NOW)


def test_old_codes_are_forgotten(db: None) -> None:
    codes.make_code(contact=MAIL, purpose=codes.SIGN_IN, now=NOW)

    assert codes.forget_old_codes(now=NOW + timedelta(days=3)) == 1
