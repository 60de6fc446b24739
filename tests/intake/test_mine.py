"""What a person takes home of what they sent: everything of theirs, nothing of anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import Case
from tests.intake.phones import arrives
from tests.sop.days import at

from lapor.identity.contacts import PHONE, ContactInput
from lapor.identity.usecases.accounts import account_of_address
from lapor.intake.models import InboundMessage
from lapor.intake.queries.mine import messages_of
from lapor.intake.usecases import look
from lapor.intake.usecases.keep import keep
from lapor.intake.usecases.retention import forget_old

pytestmark = pytest.mark.usefixtures("phones")
NOW = at("Mon 2 Mar 2026 09:00 WITA")
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu"
BUDI, SITI = "081234567890", "081299998888"


def of(number: str) -> list[dict[str, Any]]:
    """Return what the owner of a telephone takes home."""
    proved = account_of_address(contact=ContactInput(PHONE, number), language="id", now=NOW)
    return list(messages_of(proved.account.pk, proved.ref))


def test_each_takes_home_their_own_words_and_nobody_elses(
    case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    filed = arrives(NOW, BUDI, **{"is": "report", "text": HOLE, "agency": "kota-uji"})
    arrives(NOW, BUDI, **{"is": "command", "verb": "status"})
    keep(channel="sms", account="1708", provider_id="unread", raw=b"{}", sender=BUDI, now=NOW)
    arrives(NOW, SITI, **{"is": "report", "text": "Lampu di depan rumah saya padam", "agency": "kota-uji"})
    # Siti's words about Budi's report, which an officer put there, are hers; the report stays Budi's alone.
    witness = arrives(NOW, SITI, **{"is": "person", "text": "Saya saksinya", "agency": "kota-uji"})
    assert filed.report is not None
    look.attach(message=witness.pk, number=filed.report.number, actor=case.world["admin-kota"], now=NOW)

    mine = of(BUDI)
    assert [(one["text"], one["became"], one["report"]) for one in mine] == [
        (HOLE, "report", filed.report.number),
        ("", "command", filed.report.number),
        ("", "", ""),
    ]
    assert {one["from"] for one in mine} == {BUDI}
    hers = of(SITI)
    assert [one["text"] for one in hers] == ["Lampu di depan rumah saya padam", "Saya saksinya"]
    assert hers[1]["report"] == ""

    for _ in range(5):
        arrives(NOW, BUDI, **{"is": "command", "verb": "help"})
    proved = account_of_address(contact=ContactInput(PHONE, BUDI), language="id", now=NOW)
    with django_assert_num_queries(5):
        assert len(list(messages_of(proved.account.pk, proved.ref))) == 8


def test_who_has_not_proved_the_number_and_what_is_forgotten(case: Case) -> None:
    message = arrives(NOW, BUDI, **{"is": "command", "verb": "help"})
    assert of(SITI) == []
    assert len(of(BUDI)) == 1

    InboundMessage.objects.filter(pk=message.pk).update(received_at=at("Mon 3 Feb 2025 09:00 WITA"))
    while forget_old(now=NOW):
        pass
    assert of(BUDI) == []
