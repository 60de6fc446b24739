"""The same words sent again from the same browser lead to the receipt they have, and nothing is lost on the way."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.builders import World
from tests.portal.test_filing import TEXT, photo, send

from lapor.kernel.codes import show_code
from lapor.reports.models import Evidence, Report


class TestTheSameWordsAgain:
    """Going back after filing restores the words into a form that has another key."""

    def test_lead_to_the_receipt_they_have_and_say_so(self, citizen: Client, world: World) -> None:
        send(citizen, text=TEXT, agency="kota-uji")
        again = send(citizen, text=TEXT, agency="kota-uji")
        receipt = citizen.get(again["Location"]).content.decode()

        assert again["Location"] == "/lapor/terima-kasih/"
        assert "sudah kami terima sebelumnya" in receipt
        assert show_code(Report.objects.get().code) in receipt

    def test_are_told_to_the_device_under_the_key_it_used(self, citizen: Client, world: World) -> None:
        send(citizen)
        key = str(uuid.uuid4())
        send(citizen, key=key)

        assert f'data-receipt="{key}"' in citizen.get("/lapor/terima-kasih/").content.decode()

    @pytest.mark.parametrize("change", [{"title": "Lagi"}, {"place_note": "Di gang lain"}, {"agency": "kota-uji"}])
    def test_with_one_fact_changed_are_another_report(self, citizen: Client, world: World, change: Any) -> None:
        send(citizen)
        send(citizen, **change)

        assert Report.objects.count() == 2

    def test_without_the_photo_that_browsers_do_not_restore_are_the_same(self, citizen: Client, world: World) -> None:
        send(citizen, photos=[photo()])
        send(citizen)

        assert Report.objects.count() == 1

    def test_with_a_new_photo_are_another_report_so_that_it_is_not_lost(self, citizen: Client, world: World) -> None:
        send(citizen)
        send(citizen, photos=[photo()])

        assert Report.objects.count() == 2
        assert Evidence.objects.count() == 1

    def test_of_another_browser_or_after_it_was_closed_here_are_another_report(
        self, citizen: Client, world: World
    ) -> None:
        send(citizen)
        send(Client())
        citizen.post("/lacak/tutup/")
        send(citizen)

        assert Report.objects.count() == 3

    def test_after_the_hour_are_another_report(self, citizen: Client, world: World) -> None:
        send(citizen)
        with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
            send(citizen)

        assert Report.objects.count() == 2
