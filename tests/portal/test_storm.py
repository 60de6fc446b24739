"""A bad network sends the same form many times at once: one report, and everybody is told the same code."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from tests.builders import build_world
from tests.portal.test_filing import filled

from lapor.reports.models import IdempotencyKey, Report

TRIES = 8


def sent(form: dict[str, str]) -> tuple[int, str]:
    """Send the form as a browser of its own; return the status and the code on the receipt."""
    try:
        client = Client()
        answer = client.post("/lapor/", form)
        return answer.status_code, client.session.get("receipt", "")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_once_by_several_tries_makes_one_report() -> None:
    build_world()
    form = filled(key=str(uuid.uuid4()), agency="kota-uji")

    with ThreadPoolExecutor(TRIES) as tries:
        answers = set(tries.map(sent, [form] * TRIES))

    report = Report.objects.get()
    assert answers == {(302, report.code)}
    assert IdempotencyKey.objects.count() == 1
