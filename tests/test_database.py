"""The test database is as strict as the real one, and never empty."""

from __future__ import annotations

import pytest
from django.core.management.color import no_style
from django.core.management.sql import sql_flush
from django.db import DatabaseError, connection

from lapor.agencies.models import Calendar
from lapor.identity.models import Account


@pytest.mark.django_db(transaction=True)
def test_after_a_test_that_committed_the_guards_stand_again_and_the_seeds_are_back() -> None:
    Account.objects.create(login="budi")

    connection.ops.execute_sql_flush(sql_flush(no_style(), connection))

    assert not Account.objects.filter(login="budi").exists()
    assert Calendar.objects.exists()
    with pytest.raises(DatabaseError, match="TRUNCATE on ledger_entry is refused"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry CASCADE")
    # A superuser could switch ordinary triggers off; other roles may not even try.
    refused = "TRUNCATE on ledger_entry is refused|permission denied to set"
    with pytest.raises(DatabaseError, match=refused), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; TRUNCATE ledger_entry CASCADE")
    connection.close()  # the setting, where it was granted, ends with the session
