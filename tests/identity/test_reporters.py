"""Reporters: shadow accounts (C24), what is kept of them, and who looked."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from tests.sop.days import at

from lapor.identity.contacts import ContactInput
from lapor.identity.models import Account, Contact, Reporter, Unmasking
from lapor.identity.queries.contacts import addresses_for_sending, masked_contacts
from lapor.identity.queries.reporters import consent_to, names_of, reporter_ref_of, unmaskings_of
from lapor.identity.usecases.consent import record_consent
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.identity.usecases.reveal import reveal
from lapor.identity.vault import SealBroken
from lapor.kernel.errors import InvalidInput

NOW = at("Mon 5 Jan 2026 09:00 WITA")
PHONE, MAIL = "0812-3456-7890", "budi@contoh.example"
pytestmark = pytest.mark.django_db


def reporter_of(
    typed: str = "", name: str = "Budi Contoh", channel: str = "web", account: Account | None = None
) -> Reporter:
    """Return the reporter of an address as typed."""
    contact = ContactInput("email" if "@" in typed else "phone", typed) if typed else None
    return find_or_make_reporter(contact=contact, name=name, channel=channel, account=account, now=NOW)


def account_of(login: str) -> Account:
    return Account.objects.create(login=login, email=f"{login}@contoh.example")


# --- C24: shadow accounts ------------------------------------------------------------------------


def test_C24_the_same_phone_typed_in_three_ways_finds_the_same_reporter() -> None:
    ways = [("0812-3456-7890", "web"), ("+62 812 3456 7890", "sms"), ("6281234567890", "whatsapp")]

    found = {reporter_of(typed, channel=channel).ref for typed, channel in ways}

    assert len(found) == 1
    assert Contact.objects.get().channel == "sms"


def test_C24_another_address_is_another_reporter() -> None:
    assert len({reporter_of(typed).ref for typed in (PHONE, "0812-3456-7891", MAIL)}) == 3


def test_C24_a_social_account_is_a_shadow_account_of_its_channel() -> None:
    def on(channel: str) -> Reporter:
        contact = ContactInput("handle", f"{channel}:@warga")
        return find_or_make_reporter(contact=contact, name="", channel=channel, now=NOW)

    assert on("x") == on("x") != on("instagram")
    assert [address.channel for address in addresses_for_sending(on("x").ref)] == ["x"]


def test_C24_without_any_address_each_report_has_a_reporter_of_its_own() -> None:
    assert reporter_of().ref != reporter_of().ref
    assert addresses_for_sending(reporter_of().ref) == []


def test_C24_an_account_is_one_reporter_with_all_its_addresses() -> None:
    account = account_of("budi")

    assert reporter_ref_of(account) is None
    reporter = reporter_of(PHONE, account=account)

    assert reporter_of(MAIL, account=account) == reporter_of(account=account) == reporter
    assert reporter_ref_of(account) == reporter.ref
    assert [address.address for address in addresses_for_sending(reporter.ref)] == ["+6281234567890", MAIL]


def test_C24_typing_another_person_s_address_leads_to_neither_their_reporter_nor_their_messages() -> None:
    theirs = reporter_of(PHONE)

    mine = reporter_of(PHONE, account=account_of("sari"))

    assert mine != theirs
    assert [address.address for address in addresses_for_sending(mine.ref)] == ["sari@contoh.example"]
    assert Contact.objects.get().reporter == theirs


def test_C24_a_known_name_stays_and_a_missing_one_is_filled_in_by_the_account_only() -> None:
    nameless = reporter_of(PHONE, name="")
    reporter_of(PHONE, name="Orang Lain")
    assert names_of([nameless.ref]) == {}

    account = account_of("budi")
    known = reporter_of(name="", account=account)
    reporter_of(name="Budi Contoh", account=account)
    reporter_of(name="Orang Lain", account=account)

    assert names_of([known.ref, uuid4()]) == {known.ref: "Budi Contoh"}


@pytest.mark.django_db(transaction=True)
def test_C24_two_messages_at_once_from_a_new_address_make_one_reporter() -> None:
    ready, found = threading.Barrier(2), []

    def arrive() -> None:
        ready.wait(timeout=5)
        found.append(reporter_of(PHONE).ref)
        connection.close()

    threads = [threading.Thread(target=arrive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert len(found) == 2
    assert found[0] == found[1]
    assert (Reporter.objects.count(), Contact.objects.count()) == (1, 1)


# --- What is kept --------------------------------------------------------------------------------


def test_no_row_holds_a_name_or_an_address_in_clear() -> None:
    reporter_of(PHONE, account=account_of("pelapor-1"))
    with connection.cursor() as cursor:
        rows = []
        for table in ("identity_reporter", "identity_contact"):
            cursor.execute(f"SELECT row_to_json(t)::text, t::text FROM {table} t")
            rows += [column for row in cursor.fetchall() for column in row]
    kept = " ".join(rows)

    for secret in ("Budi", "Contoh", "81234567890", "3456"):
        assert secret not in kept
        assert secret.encode().hex() not in kept
    assert names_of(Reporter.objects.values_list("ref", flat=True))  # the row does hold the name


def test_a_contact_moved_to_another_reporter_does_not_open() -> None:
    mine, theirs = reporter_of(PHONE), reporter_of(MAIL)
    Contact.objects.filter(reporter=theirs).update(sealed=Contact.objects.get(reporter=mine).sealed)

    assert addresses_for_sending(mine.ref)
    with pytest.raises(SealBroken):
        addresses_for_sending(theirs.ref)


def test_a_name_changed_in_the_database_is_noticed() -> None:
    reporter = reporter_of(PHONE)
    Reporter.objects.update(sealed_name=bytes(Reporter.objects.get().sealed_name or b"")[:-1] + b"x")

    with pytest.raises(SealBroken):
        names_of([reporter.ref])


# --- Reaching ------------------------------------------------------------------------------------


def test_messages_go_where_the_address_is_reached_and_in_its_language() -> None:
    reporter = find_or_make_reporter(
        contact=ContactInput("email", MAIL), name="", channel="web", language="en", now=NOW
    )

    [address] = addresses_for_sending(reporter.ref)

    assert (address.kind, address.channel, address.address, address.language) == ("email", "email", MAIL, "en")


def test_who_wants_no_messages_gets_none() -> None:
    reporter = reporter_of(PHONE, account=account_of("budi"))
    Contact.objects.update(stopped_at=NOW)

    assert addresses_for_sending(reporter.ref) == []
    assert [contact.shown for contact in masked_contacts(reporter.ref)] == ["+62812•••890"]


# --- Looking and agreeing ------------------------------------------------------------------------


def test_each_look_at_a_reporter_is_written_down_for_the_reporter() -> None:
    reporter = reporter_of(PHONE)

    seen = reveal(
        reporter_ref=reporter.ref,
        report_code="ABCDEFGHJK7",
        appointment=5,
        role="agency_admin",
        desk_name="Kota Mataram",
        reason="  Menelepon pelapor\nkarena alamat tidak jelas ",
        now=NOW,
    )

    assert (seen.name, seen.contacts) == ("Budi Contoh", (("phone", "+6281234567890"),))
    [look] = unmaskings_of(reporter.ref, "ABCDEFGHJK7")
    assert (look.desk_name, look.reason, look.at) == (
        "Kota Mataram",
        "Menelepon pelapor karena alamat tidak jelas",
        NOW,
    )
    assert unmaskings_of(reporter.ref, "ANOTHERCODE") == unmaskings_of(uuid4(), "ABCDEFGHJK7") == []


@pytest.mark.parametrize("reason", ["", "   \n ", "perlu", "x" * 501])
def test_without_a_reason_nobody_looks(reason: str) -> None:
    reporter = reporter_of(PHONE)

    with pytest.raises(InvalidInput) as refused:
        reveal(
            reporter_ref=reporter.ref,
            report_code="ABCDEFGHJK7",
            appointment=5,
            role="agency_admin",
            desk_name="Kota Mataram",
            reason=reason,
            now=NOW,
        )

    assert refused.value.field == "reason"
    assert not Unmasking.objects.exists()


def test_C8_the_newest_answer_to_a_request_for_consent_counts() -> None:
    ref = reporter_of(PHONE).ref
    assert consent_to(ref, "ABCDEFGHJK7", "ombudsman") is None

    for given in (True, False):
        record_consent(ref=ref, report_code="ABCDEFGHJK7", purpose="ombudsman", given=given, now=NOW)
        assert consent_to(ref, "ABCDEFGHJK7", "ombudsman") is given
    assert consent_to(ref, "ANOTHERCODE", "ombudsman") is None
