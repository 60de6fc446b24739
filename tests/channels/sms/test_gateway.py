"""The two sides to Kannel: who may knock, what a retry makes, and what its answers mean."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from pytest_django import Settings
from tests.builders import Case
from tests.channels.life import NOW
from tests.channels.sms.kannel import ACCEPTED, Answer, Gateway, Telephone, knock
from tests.sop.days import at

from lapor.channels.sms import outbound
from lapor.channels.sms.catch_up import catch_up
from lapor.channels.sms.compose import MOST_PARTS, compose, fitted, plain
from lapor.channels.sms.wire import LONGEST_QUERY
from lapor.intake.models import InboundMessage
from lapor.intake.seals import raw_of
from lapor.intake.usecases.understand import understand_due
from lapor.language.sms import GSM7, sms_of
from lapor.messaging import drain
from lapor.messaging.channel import Letter
from lapor.messaging.models import ChannelDay, ChannelHealth, Delivery
from lapor.messaging.texts import Rendered
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases.ask import ask_reporter

pytestmark = pytest.mark.usefixtures("case", "gateway")
State = OutgoingMessage.State
ID = "7e5eb451-e523-421b-9cb9-63ac004f4d97"
HOLE = "UJI jalan di depan pasar berlubang"


class TestComingIn:
    @pytest.mark.parametrize("secret", ["", "guessed", "sécret"])
    def test_without_the_secret_nothing_is_kept(self, secret: str) -> None:
        assert knock(text=HOLE, secret=secret, **{"from": "0812345678"}).status_code == 403
        assert not InboundMessage.objects.exists()

    def test_from_another_address_nothing_is_kept(self, settings: Settings) -> None:
        settings.LAPOR_KANNEL_HOSTS = ["192.0.2.1"]
        assert knock(text=HOLE, **{"from": "0812345678"}).status_code == 403

    def test_without_a_secret_of_ours_the_door_is_shut(self, settings: Settings) -> None:
        settings.LAPOR_KANNEL_SECRET = ""
        assert knock(text=HOLE, secret="", **{"from": "0812345678"}).status_code == 403

    def test_the_answer_is_empty_for_kannel_would_send_it_to_the_citizen(self) -> None:
        assert knock(text=HOLE, **{"from": "0812345678"}).content == b""

    def test_a_retry_by_kannel_is_the_same_message_and_a_redelivery_by_the_network_the_same_report(
        self, budi: Telephone
    ) -> None:
        for id_ in ("one", "one", "two"):
            knock(text=HOLE, id=id_, **{"from": budi.number})
        budi.hears(NOW)

        assert InboundMessage.objects.count() == 2
        assert Report.objects.count() == 1

    def test_the_secret_is_not_kept(self, budi: Telephone) -> None:
        budi.writes(HOLE, NOW)
        assert b"secret" not in raw_of(InboundMessage.objects.get())

    def test_no_keyword_goes_to_the_national_desk(self, budi: Telephone) -> None:
        budi.writes("Jalan di depan pasar berlubang sejak lama", NOW)

        report = Report.objects.get()
        assert report.agency is None
        assert report.desk is not None
        assert report.desk.code == "nasional"

    def test_too_long_a_request_is_refused(self) -> None:
        assert knock(text="x" * LONGEST_QUERY, **{"from": "0812345678"}).status_code == 413

    def test_a_name_as_sender_is_kept_for_a_person_and_never_answered(self, gateway: Gateway) -> None:
        knock(text="Promo!", **{"from": "TELKOMSEL"})
        understand_due(now=NOW, worker="test")

        assert InboundMessage.objects.get().state == "for_person"
        assert gateway.sent == []


class TestGoingOut:
    @pytest.fixture
    def owed(self, budi: Telephone) -> OutgoingMessage:
        """A promise to Budi's telephone."""
        knock(text=HOLE, **{"from": budi.number})
        understand_due(now=NOW, worker="test")
        return OutgoingMessage.objects.get(told="reporter")

    def test_what_leaves(self, owed: OutgoingMessage, gateway: Gateway) -> None:
        drain(now=NOW, worker="test")

        (sent,) = gateway.sent
        assert (sent["from"], sent["to"], sent["coding"], sent["dlr-mask"]) == ("1708", "+6281234567890", "0", "19")
        delivery = Delivery.objects.get()
        assert f"key={delivery.key}" in sent["dlr-url"]
        assert (delivery.parts, delivery.cost) == (1, 350)
        assert ChannelDay.objects.values_list("sent", "parts", "cost").get() == (1, 1, 350)

    @pytest.mark.parametrize(
        ("answer", "state"),
        [
            ((202, "0: Accepted for delivery"), State.SENT),
            ((202, "3: Queued for later delivery"), State.SENT),
            ((200, "Temporal failure, try again later."), State.WAITING),
            ((503, "Temporal failure, try again later."), State.WAITING),
            ((500, ""), State.WAITING),
            ((400, "Missing parameter"), State.DEAD),
        ],
    )
    def test_what_kannel_answers_is_told_apart(
        self, owed: OutgoingMessage, gateway: Gateway, answer: Answer, state: str
    ) -> None:
        gateway.script = lambda _fields: answer
        drain(now=NOW, worker="test")

        owed.refresh_from_db()
        assert (owed.state, owed.attempts) == (state, 1)

    def test_a_wrong_password_is_nobodys_fault_and_everything_waits(
        self, owed: OutgoingMessage, gateway: Gateway
    ) -> None:
        gateway.script = lambda _fields: (403, "Authorization failed for sendsms")
        drain(now=NOW, worker="test")

        owed.refresh_from_db()
        assert (owed.state, owed.attempts) == (State.WAITING, 0)
        assert ChannelHealth.objects.get().down_since == NOW
        gateway.script = lambda _fields: ACCEPTED
        later = NOW + timedelta(minutes=2)
        drain(now=later, worker="test")
        assert len(gateway.sent) == 1
        assert ChannelHealth.objects.get().down_since is None

    def test_a_gateway_that_hangs_means_queued(
        self, owed: OutgoingMessage, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        over = threading.Event()
        monkeypatch.setattr(outbound, "TIMEOUT", (0.5, 0.2))

        def hangs(_fields: dict[str, str]) -> Answer:
            over.wait(60)
            return 500, ""

        gateway.script = hangs
        try:
            drain(now=NOW, worker="test")
        finally:
            over.set()

        owed.refresh_from_db()
        assert (owed.state, owed.attempts, owed.problem) == (State.WAITING, 0, "Kannel takes too long")
        assert ChannelHealth.objects.get().down_since == NOW

    def test_a_gateway_that_is_away_means_queued(self, owed: OutgoingMessage, gateway: Gateway) -> None:
        gateway.close()
        drain(now=NOW, worker="test")

        owed.refresh_from_db()
        assert (owed.state, owed.attempts, owed.problem) == (State.WAITING, 0, "Kannel does not answer")

    def test_nobody_is_woken_by_news_but_whoever_has_just_written_is_answered(
        self, case: Case, budi: Telephone, gateway: Gateway
    ) -> None:
        night, morning = at("Mon 2 Mar 2026 22:30 WITA"), at("Tue 3 Mar 2026 06:00 WITA")
        assert "Kode:" in budi.writes(HOLE, night)
        ask_reporter(code=Report.objects.get().code, question="Di mana?", actor=case.world["admin-kota"], now=night)

        assert budi.hears(night) == ""
        assert budi.hears(morning - timedelta(seconds=1)) == ""
        assert "Di mana?" in budi.hears(morning)

    def test_a_minute_has_room_for_so_many(self, settings: Settings, gateway: Gateway) -> None:
        settings.LAPOR_SMS_PER_MINUTE = 2
        phones = [Telephone(gateway, f"+62812345678{n:02d}") for n in range(5)]
        for phone in phones:
            knock(text=HOLE, **{"from": phone.number})
        phones[0].hears(NOW)
        assert len(gateway.sent) == 2
        phones[0].hears(NOW + timedelta(minutes=1, seconds=1))
        assert len(gateway.sent) == 4


class TestReceipts:
    @pytest.fixture
    def delivery(self, budi: Telephone) -> Delivery:
        """The confirmation on its way to Budi."""
        budi.writes(HOLE, NOW)
        return Delivery.objects.get()

    def test_the_furthest_state_stays(self, delivery: Delivery) -> None:
        for state, then in (
            ("4", "sent"),
            ("8", "sent"),
            ("1", "delivered"),
            ("2", "delivered"),
            ("junk", "delivered"),
        ):
            assert knock("laporan", key=delivery.key, state=state).status_code == 200
            delivery.refresh_from_db()
            assert delivery.state == then
        assert ChannelDay.objects.values_list("delivered", "failed").get() == (1, 0)

    def test_news_of_nothing_that_we_sent_is_counted_and_harmless(self, delivery: Delivery) -> None:
        for key in ("", "unknown", delivery.key + "x"):
            assert knock("laporan", key=key, state="1").status_code == 200

        delivery.refresh_from_db()
        assert delivery.state == "sent"
        assert ChannelDay.objects.get().unknown == 3

    def test_without_the_secret_no_receipt_counts(self, delivery: Delivery) -> None:
        assert knock("laporan", key=delivery.key, state="1", secret="guessed").status_code == 403
        delivery.refresh_from_db()
        assert delivery.state == "sent"

    def test_a_failure_days_later_promises_it_anew_and_says_so_when_there_is_no_other_address(
        self, delivery: Delivery, gateway: Gateway
    ) -> None:
        knock("laporan", key=delivery.key, state="2")
        message = OutgoingMessage.objects.get(deliveries=delivery)
        assert message.state == State.WAITING

        drain(now=NOW + timedelta(days=2), worker="test")
        message.refresh_from_db()
        assert message.state == State.NOWHERE
        assert len(gateway.sent) == 1


class TestCatchingUp:
    """What was in hand when smsbox was killed stands in bearerbox's access log only."""

    def line(self, what: str, name: str, fate: int, letter: str = "", text: str = "halo") -> str:
        """Return a line as Kannel 1.4.5 writes it with our access-log-format."""
        about = f"[coding:0] [letter:{letter}] [name:{name}] [fate:{fate}] [text:{text}]"
        return f"2026-03-02 09:00:01 {what} lapor [id:{ID}] [smsc:tri] [from:+6281234567890] [to:1708] {about}\n"

    def test_a_message_is_kept_once(self, budi: Telephone) -> None:
        knock(text=HOLE, id=ID, smsc="tri", **{"from": budi.number})
        other = self.line("Receive SMS", "", -1, text="lain").replace(ID, ID[::-1])
        found = catch_up([self.line("Receive SMS", "", -1, text=HOLE), other], now=NOW)

        assert (found.read, found.missing) == (2, 1)
        assert catch_up([other], now=NOW).missing == 0
        assert InboundMessage.objects.count() == 2

    def test_a_receipt_leads_to_its_letter_in_whichever_order_they_are_written(self, budi: Telephone) -> None:
        budi.writes(HOLE, NOW)
        key = Delivery.objects.get().key
        lines = [self.line("Receive DLR", "tri-7", 1), self.line("Sent SMS", "tri-7", 19, key)]

        assert catch_up(lines, now=NOW).receipts == 1
        assert Delivery.objects.get().state == "delivered"
        assert catch_up(lines, now=NOW).receipts == 0

    def test_words_of_a_message_are_no_receipt(self, budi: Telephone) -> None:
        budi.writes(HOLE, NOW)
        key = Delivery.objects.get().key
        told = self.line("Receive DLR", "tri-7", 1).strip()
        lines = [self.line("Sent SMS", "tri-7", 19, key), self.line("Receive SMS", "", -1, text=told)]
        waits = self.line("Receive DLR", "tri-7", 8)

        assert catch_up([*lines, waits], now=NOW).receipts == 0
        assert Delivery.objects.get().state == "sent"


class TestWording:
    def letter(self, short: str = "", words: str = "") -> Letter:
        """Return a letter with these words."""
        code, number = "ABCDE-FGHJK-7", "UJI-2026-000001"
        return Letter("k", "id", Rendered("Perihal", "Isi"), code, number, "", "", short=short, words=words)

    def test_one_strange_character_does_not_double_the_price(self) -> None:
        text = plain("“Jalan sudah ditambal” – terima kasih… 👍 café Łódź")
        assert sms_of(text).alphabet == GSM7 or "Ł" in text
        assert plain("“Sudah” – selesai… 👍") == '"Sudah" - selesai... '

    def test_another_script_stays_what_it_is(self) -> None:
        assert plain("ꦲꦏ ꦱꦫ") == "ꦲꦏ ꦱꦫ"

    def test_long_words_are_cut_and_say_how_to_read_on(self) -> None:
        text = compose(self.letter(short="LAPOR! Jawaban:", words="kata " * 400))
        assert sms_of(text).parts == MOST_PARTS
        assert text.endswith("... BACA ABCDE-FGHJK-7")

    def test_what_fits_is_not_cut(self) -> None:
        assert fitted("a" * 160, "...") == "a" * 160

    def test_without_a_short_wording_the_subject_is_said(self) -> None:
        assert compose(self.letter()) == "LAPOR! ABCDE-FGHJK-7 Perihal"
