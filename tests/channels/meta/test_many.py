"""Many people at once, in mixed order, a fifth of everything brought again: counts are exact, none lost, none twice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone
from tests.channels.meta.fake_meta import NUMBER, FakeMeta, Person, everything_runs, whatsapp

from lapor.intake.models import Guide, InboundMessage
from lapor.reports.models import Report, Response

pytestmark = pytest.mark.usefixtures("case")
PEOPLE = int(os.environ.get("LAPOR_MANY", "24"))  # each sends six messages


def test_none_is_lost_and_none_is_twice(meta: FakeMeta) -> None:
    drawn, began = random.Random(5), time.perf_counter()
    people = [Person(meta, f"62812{number:08d}") for number in range(PEOPLE)]
    meta.heard = {(NUMBER, person.number): timezone.now() for person in people}
    rounds = [
        [person.message("text", {"body": f"Uji: Lampu jalan nomor {n} padam"}) for n, person in enumerate(people)],
        [person.message("interactive", {"button_reply": {"id": "skip", "title": "Lewati"}}) for person in people],
        [person.place() for person in people],
        [person.message("interactive", {"button_reply": {"id": "send", "title": "Kirim"}}) for person in people],
        [person.message("text", {"body": "STATUS"}) for person in people],
        [person.message("text", {"body": "BALAS lampunya masih padam sampai sekarang"}) for person in people],
    ]
    brought = 0
    for messages in rounds:
        coming = messages + drawn.sample(messages, len(messages) // 5)
        drawn.shuffle(coming)
        for few in batched_by(coming, 7):
            assert meta.brings(whatsapp(messages=few)) == 200
            brought += len(few)
        everything_runs()

    became = Counter(InboundMessage.objects.values_list("state", "became"))
    assert became == {
        ("understood", "nothing"): 3 * PEOPLE,
        ("understood", "report"): PEOPLE,
        ("understood", "command"): PEOPLE,
        ("understood", "reply"): PEOPLE,
    }
    assert (Report.objects.count(), Response.objects.count()) == (PEOPLE, PEOPLE)
    assert Guide.objects.filter(state="filed", linked=True).count() == PEOPLE
    codes = [body for path, body in meta.posted if path == f"{NUMBER}/messages" and "Kode:" in str(body)]
    assert Counter(body["to"] for body in codes) == {person.number: 1 for person in people}
    print(f"{brought} brought, {len(became)} outcomes, {brought / (time.perf_counter() - began):.0f}/s")  # noqa: T201


def batched_by(items: list[dict[str, Any]], size: int) -> list[list[dict[str, Any]]]:
    """Return the items in lists of this size."""
    return [items[at : at + size] for at in range(0, len(items), size)]
