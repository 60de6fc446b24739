"""News on a phone: sealed for one browser, told beside the letter, and never a way into our own network."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from pytest_django import Settings
from tests.builders import Case
from tests.messaging.provider import Provider
from tests.messaging.push_server import Browser, LocalPush, PushService, claims_of, serving, text
from tests.messaging.test_mail import letter

from lapor.identity.contacts import EMAIL, ContactInput
from lapor.identity.models import Device
from lapor.identity.subscriptions import Subscription, unpadded
from lapor.identity.usecases.devices import MOST_DEVICES, drop_device, forget_devices_of, keep_device
from lapor.kernel.errors import InvalidInput
from lapor.messaging import drain, webpush
from lapor.messaging.channel import AddressGone, Refused, TryLater
from lapor.messaging.letters import NO_DEVICE
from lapor.messaging.models import ChannelDay, Delivery
from lapor.messaging.outward import NotPublic, Outward
from lapor.messaging.push import LONGEST_BODY, Push, content
from lapor.messaging.texts import Rendered
from lapor.reports.models import OutgoingMessage
from lapor.sop.vocabulary import Told

ADDRESS = "https://push.contoh.example/send/abc?x=1"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PushService]:
    with serving(tmp_path, "push.contoh.example") as service:
        yield service


@pytest.fixture
def phone() -> Browser:
    return Browser(ADDRESS)


class TestTheSealedMessage:
    def test_is_the_one_of_the_standard(self) -> None:
        """RFC 8291, 5: the whole example, byte by byte."""
        own = ec.derive_private_key(
            int.from_bytes(unpadded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
        )
        to = Subscription(
            "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        message = b"When I grow up, I want to be a watermelon"

        sealed = webpush.sealed(message, to, own=own, salt=unpadded("DGv6ra1nlYgDCS1FRnbzlw"), block=1)

        assert text(sealed) == (
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
            "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        )

    def test_tells_little_by_its_length(self, phone: Browser) -> None:
        assert len(webpush.sealed(b"x", phone.subscription)) == len(webpush.sealed(b"x" * 900, phone.subscription))

    def test_fits_into_one_record_whatever_is_told(self, phone: Browser) -> None:
        long = letter()
        long = type(long)(**{**long.__dict__, "text": Rendered("J" * 200, "🚧" * 5000)})

        body = webpush.sealed(content(long), phone.subscription)

        assert len(body) <= webpush.RECORD
        assert len(phone.opens(body)["body"]) == LONGEST_BODY


class TestABell:
    def test_reaches_the_browser_sealed_and_signed(self, service: PushService, phone: Browser) -> None:
        LocalPush().send(letter(), (phone.subscription.written(),))

        ((path, headers, body),) = service.taken
        assert path == "/send/abc?x=1"
        assert claims_of(headers["Authorization"])["aud"] == "https://push.contoh.example"
        assert claims_of(headers["Authorization"])["sub"] == "mailto:lapor@localhost"
        assert (headers["Topic"], headers["Content-Encoding"]) == ("k1", "aes128gcm")
        assert phone.opens(body) == {
            "title": "Laporan baru menunggu verifikasi",
            "body": "Ada laporan baru di meja Anda.",
            "tag": "k1",
            "lang": "id",
            "link": "/lacak/",
        }

    def test_shows_no_code_on_a_locked_screen(self) -> None:
        assert "ABCDE" not in content(letter()).decode()

    def test_of_a_secret_report_does_not_even_say_what_happened(self) -> None:
        secret = type(letter())(**{**letter().__dict__, "title": ""})

        assert json.loads(content(secret))["title"] == "Ada kabar untuk laporan Anda"
        assert "meja" not in content(secret).decode()

    @pytest.mark.parametrize(
        ("status", "problem"),
        [
            *((status, AddressGone) for status in (404, 410)),
            *((status, TryLater) for status in (429, 500, 503)),
            *((status, Refused) for status in (301, 307, 400, 401, 403, 413)),
        ],
    )
    def test_that_fails_says_whether_it_may_ring_later(
        self, service: PushService, phone: Browser, status: int, problem: type[Exception]
    ) -> None:
        service.says = status

        with pytest.raises(problem):
            LocalPush().send(letter(), (phone.subscription.written(),))

        assert [path for path, _, _ in service.taken] == ["/send/abc?x=1"]  # and no redirect was followed

    def test_with_nobody_there_rings_later(self, service: PushService, phone: Browser) -> None:
        service.shutdown()
        service.server_close()

        with pytest.raises(TryLater):
            LocalPush().send(letter(), (phone.subscription.written(),))

    def test_that_drips_is_left_after_a_while(
        self, service: PushService, phone: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A subscription names any host in the world: it must not keep the worker for ever, byte by byte."""
        over = threading.Event()

        def drips(request: BaseHTTPRequestHandler) -> None:
            request.wfile.write(b"HTTP/1.1 201 Created\r\n")
            with suppress(OSError):
                while not over.wait(0.05):
                    request.wfile.write(b"X: y\r\n"[:1])

        monkeypatch.setattr(service.RequestHandlerClass, "do_POST", drips)
        monkeypatch.setattr(LocalPush, "whole", 0.5)
        try:
            with pytest.raises(TryLater):
                LocalPush().send(letter(), (phone.subscription.written(),))
        finally:
            over.set()

    def test_goes_only_to_the_host_that_the_certificate_names(self, tmp_path: Path, phone: Browser) -> None:
        with serving(tmp_path, "another.contoh.example") as impostor:
            with pytest.raises(TryLater):
                LocalPush().send(letter(), (phone.subscription.written(),))
            assert impostor.taken == []


class TestOurOwnNetwork:
    @pytest.mark.parametrize(
        "endpoint",
        ["http://push.contoh.example/x", "https://127.0.0.1/x", "https://[::1]/x", "https://127.1/x", "https://localhost/x",
         "https://10.0.0.1/x", "https://0x7f000001/x", "https://meta.internal/x", "https://printer.local/x", "ftp://a.b/x",
         "https://a:b@push.contoh.example/x", "https://push.contoh.example:8443/x", "https://push.contoh.example:x/y",
         "https://push.contoh.example/\r\nHost: x", "", "https://", "https://push.contoh.example/" + "x" * 1000],
    )  # fmt: skip
    def test_is_no_address_to_subscribe_with(self, phone: Browser, endpoint: str) -> None:
        good = phone.subscription

        with pytest.raises(InvalidInput):
            Subscription(endpoint, good.p256dh, good.auth)

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",  # noqa: S104
         "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "224.0.0.1", "ff02::1",
         "fe80::1%eth0"],
    )  # fmt: skip
    def test_is_not_reached_by_a_name_that_leads_there(self, address: str) -> None:
        assert not Outward().may_reach(address)

    def test_is_not_reached_by_a_name_of_this_machine(self) -> None:
        with pytest.raises(NotPublic):
            Outward().post("https://localhost/x", b"", {})

    def test_makes_the_bell_fail_for_good(self, service: PushService, phone: Browser) -> None:
        class Guarded(LocalPush):
            may_reach = Push.may_reach

        with pytest.raises(Refused):
            Guarded().send(letter(), (phone.subscription.written(),))
        assert service.taken == []

    def test_while_the_internet_is(self) -> None:
        assert Outward().may_reach("8.8.8.8")
        assert Outward().may_reach("2001:4860:4860::8888")


@pytest.mark.parametrize(("p256dh", "auth"), [("AAAA", None), (None, "AAAA"), ("é", None), ("B" * 87, None)])
def test_keys_that_are_none_are_refused(phone: Browser, p256dh: str | None, auth: str | None) -> None:
    good = phone.subscription

    with pytest.raises(InvalidInput):
        Subscription(ADDRESS, p256dh or good.p256dh, auth or good.auth)


class TestBesideTheLetter:
    @pytest.fixture
    def told(self, case: Case, provider: type[Provider], service: PushService, settings: Settings) -> Case:
        """A report whose reporter gave an e-mail address; nothing is owed yet."""
        settings.LAPOR_CHANNELS = ["tests.messaging.provider.Provider", "tests.messaging.push_server.LocalPush"]
        case.is_submitted(contact=ContactInput(EMAIL, "warga@contoh.example"))
        OutgoingMessage.objects.all().delete()
        return case

    def listen(self, case: Case, phone: Browser, language: str = "id") -> None:
        keep_device(report_code=case.code, subscription=phone.subscription, language=language, now=case.now)

    def work(self, case: Case, after: timedelta = timedelta()) -> None:
        while drain(now=case.now + after, worker="test"):
            pass

    def bells(self) -> list[tuple[str, int, str]]:
        rows = OutgoingMessage.objects.filter(told=str(Told.REPORTER)).exclude(device=None)
        return list(rows.order_by("pk").values_list("state", "attempts", "problem"))

    def test_the_phone_rings_and_the_mail_goes(self, told: Case, phone: Browser, service: PushService) -> None:
        self.listen(told, phone)
        told.is_disposed()
        asked_for = OutgoingMessage.objects.filter(told="reporter", device=None).count()

        self.work(told)

        assert asked_for > 0
        assert len(service.taken) == asked_for
        assert [to for _, to in Provider.taken].count(("warga@contoh.example",)) == asked_for
        assert {state for state, _, _ in self.bells()} == {"sent"}

    def test_in_the_language_of_the_phone(self, told: Case, phone: Browser, service: PushService) -> None:
        self.listen(told, phone, language="en")
        told.is_disposed()

        self.work(told)

        assert {phone.opens(body)["lang"] for _, _, body in service.taken} == {"en"}

    def test_once_whoever_else_took_the_letter_up(self, told: Case, phone: Browser, service: PushService) -> None:
        self.listen(told, phone)
        told.is_disposed()
        Provider.script = staticmethod(lambda letter: (_ for _ in ()).throw(TryLater("not now")))
        self.work(told)
        Provider.script = staticmethod(lambda letter: None)

        self.work(told, after=timedelta(minutes=5))

        assert (
            len(service.taken)
            == len(self.bells())
            == OutgoingMessage.objects.filter(told="reporter", device=None).count()
        )

    def test_a_phone_out_of_reach_holds_up_no_mail(self, told: Case, phone: Browser, service: PushService) -> None:
        self.listen(told, phone)
        told.is_disposed()
        service.says = 503

        self.work(told)

        assert ("warga@contoh.example",) in [to for _, to in Provider.taken]
        assert set(self.bells()) == {("waiting", 1, "the push service answered 503")}
        service.says = 201
        self.work(told, after=timedelta(minutes=5))
        assert {state for state, _, _ in self.bells()} == {"sent"}

    def test_a_phone_that_is_gone_is_forgotten(self, told: Case, phone: Browser, service: PushService) -> None:
        self.listen(told, phone)
        told.is_disposed()
        service.says = 410

        self.work(told)

        assert not Device.objects.exists()
        assert {(state, problem) for state, _, problem in self.bells()} == {("nowhere", NO_DEVICE)}

    def receipts(self) -> set[tuple[str, str]]:
        return set(Delivery.objects.filter(channel="push").values_list("state", "problem"))

    def test_what_became_of_a_bell_is_kept_like_of_any_letter(
        self, told: Case, phone: Browser, service: PushService
    ) -> None:
        self.listen(told, phone)
        told.is_disposed()
        self.work(told)
        assert self.receipts() == {("sent", "")}
        keys = [phone.opens(body)["tag"] for _, _, body in service.taken]

        for state in ("delivered", "read", "delivered"):
            for key in keys:
                assert Client().post("/kanal/push/", {"key": key, "state": state}).status_code == 204

        assert self.receipts() == {("read", "")}
        assert sum(ChannelDay.objects.filter(channel="push").values_list("read", flat=True)) == len(keys)

    @pytest.mark.parametrize(
        ("says", "problem"),
        [
            (410, "the push service answered 410"),
            (404, "the push service answered 404"),
            (403, "the push service answered 403"),
        ],
    )
    def test_a_bell_that_never_rang_is_kept_as_failed_and_the_mail_goes(
        self, told: Case, phone: Browser, service: PushService, says: int, problem: str
    ) -> None:
        self.listen(told, phone)
        told.is_disposed()
        service.says = says

        self.work(told)

        assert self.receipts() == {("failed", problem)}
        letters = OutgoingMessage.objects.filter(told="reporter", device=None)
        assert {letter.state for letter in letters} == {"sent"}
        assert [to for _, to in Provider.taken].count(("warga@contoh.example",)) == letters.count()

    @pytest.mark.parametrize(
        ("key", "state", "status"),
        [
            ("0" * 32, "delivered", 204),  # nobody learns which keys there are
            ("0" * 32, "failed", 400),
            ("0" * 31, "read", 400),
            ("", "read", 400),
            ("é" * 32, "read", 400),
        ],
    )
    def test_nobody_else_tells_what_became_of_a_bell(
        self, told: Case, phone: Browser, service: PushService, key: str, state: str, status: int
    ) -> None:
        self.listen(told, phone)
        told.is_disposed()
        self.work(told)

        assert Client().post("/kanal/push/", {"key": key, "state": state}).status_code == status
        assert Client().get("/kanal/push/").status_code == 405
        assert self.receipts() == {("sent", "")}

    def test_a_report_to_which_nobody_listens_rings_nowhere(self, told: Case, phone: Browser) -> None:
        self.listen(told, phone)
        drop_device(report_code=told.code, endpoint=ADDRESS)
        told.is_disposed()

        self.work(told)

        assert self.bells() == []

    def test_the_newest_phones_of_a_report_are_told(self, told: Case) -> None:
        for n in range(MOST_DEVICES + 2):
            self.listen(told, Browser(f"https://push.contoh.example/{n}"))

        assert Device.objects.count() == MOST_DEVICES
        assert forget_devices_of(report_codes=[told.code]) == MOST_DEVICES

    def test_the_same_phone_counts_once(self, told: Case, phone: Browser) -> None:
        self.listen(told, phone)
        self.listen(told, phone)

        assert Device.objects.count() == 1

    def test_where_a_phone_is_reached_stands_nowhere_in_clear(self, told: Case, phone: Browser) -> None:
        self.listen(told, phone)
        row = Device.objects.values().get()

        assert b"contoh.example" not in bytes(row["sealed"])
        assert all(phone.subscription.auth not in str(value) for value in row.values())
