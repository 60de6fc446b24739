"""What people type, and what we take it for."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from tests.builders import Case
from tests.channels.life import NOW

from lapor.channels.addressed import addressed
from lapor.channels.commands import REPLY, code_in, find_command
from lapor.channels.sms.inbound import read
from lapor.channels.sms.wire import read_query
from lapor.identity.contacts import PHONE, ContactInput
from lapor.intake.contract import (
    Command,
    Courtesy,
    ForPerson,
    NewReport,
    Nothing,
    Proof,
    Received,
    Reply,
    Understood,
    Verb,
    Why,
)
from lapor.kernel.codes import check_character, read_code, show_code

CODE = "A0B1C2D3E4" + check_character("A0B1C2D3E4")
SHOWN = show_code(CODE)
TYPED = SHOWN.replace("0", "o").replace("1", "l").lower()


def said(text: str, sender: str | None = "+6281234567890") -> Understood:
    """Return what a message of this text is taken for."""
    contact = ContactInput(PHONE, sender) if sender else None
    raw = urlencode({"text": text.encode()}).encode()
    return read(Received("sms", "1708", "1", raw, NOW, sender=contact, sender_text=sender or "TELKOMSEL"))


@pytest.mark.parametrize(
    ("text", "verb", "code", "rest", "rating"),
    [
        (f"STATUS {SHOWN}", Verb.STATUS, CODE, "", None),
        (f"status{'  '}{TYPED}", Verb.STATUS, CODE, "", None),
        (f"Statsu {CODE}", Verb.STATUS, CODE, "", None),
        (f"STATUS: {SHOWN}.", Verb.STATUS, CODE, "", None),
        (f"cek#{SHOWN}", Verb.STATUS, CODE, "", None),
        ("status", Verb.STATUS, "", "", None),
        ("STATUS ABCDE-FGHJ1-7", Verb.STATUS, "ABCDE-FGHJ1-7", "", None),
        (f"BACA {SHOWN}", Verb.READ, CODE, "", None),
        (f"Balas {SHOWN} Jalan Mawar no. 5", REPLY, CODE, "Jalan Mawar no. 5", None),
        (f"BLS {SHOWN[:5]} {SHOWN[6:11]} {SHOWN[-1]} di Mawar", REPLY, CODE, "di Mawar", None),
        ("balas di Jalan Mawar", REPLY, "", "di Jalan Mawar", None),
        (f"TUTUP {SHOWN} 5", Verb.DONE, CODE, "", 5),
        (f"tutup {SHOWN} bintang 4/5 terima kasih", Verb.DONE, CODE, "terima kasih", 4),
        (f"SELESAI {SHOWN} lima", Verb.DONE, CODE, "", 5),
        (f"TUTUP {SHOWN}", Verb.DONE, CODE, "", None),
        (f"tutup {SHOWN} 7", Verb.DONE, CODE, "7", None),
        (f"BLM {SHOWN} masih rusak", Verb.NOT_DONE, CODE, "masih rusak", None),
        (f"CABUT {SHOWN}", Verb.WITHDRAW, CODE, "", None),
        ("Stop.", Verb.STOP, "", "", None),
        ("bantuaan", Verb.HELP, "", "", None),
        # As the help writes it, with what people put around it.
        ("STOP!", Verb.STOP, "", "", None),
        ("Bantuan 🙏", Verb.HELP, "", "", None),
        ("STOP SMS", Verb.STOP, "", "", None),
        (f"STATUS kode {SHOWN}", Verb.STATUS, CODE, "", None),
        (f"status {SHOWN[:5]} - {SHOWN[6:11]} - {SHOWN[-1]}", Verb.STATUS, CODE, "", None),
        (f"Tolong cek status laporan saya {SHOWN} dong pak", Verb.STATUS, CODE, "", None),
        ("Status laporan saya gimana ya?", Verb.STATUS, "", "", None),
        ("STATUS UJI-2026-000001", Verb.STATUS, "UJI-2026-000001", "", None),
        (f"BALAS kode {SHOWN} di Mawar", REPLY, CODE, "di Mawar", None),
        (f"TUTUP kode {SHOWN} 5", Verb.DONE, CODE, "", 5),
        ("sudah selesai, terima kasih", Verb.DONE, "", "", None),
        ("Belum selesai pak", Verb.NOT_DONE, "", "", None),
    ],
)
def test_commands_as_people_type_them(text: str, verb: str, code: str, rest: str, rating: int | None) -> None:
    typed = find_command(text)

    assert typed is not None
    assert (typed.verb, typed.code, typed.rest, typed.rating) == (verb, code, rest, rating)


@pytest.mark.parametrize(
    "text",
    [
        "Belum ada lampu di jalan kami sejak Januari",
        "Selesai hujan jalan di depan rumah selalu banjir",
        "Tutup got di depan sekolah hilang",
        "Status tanah kami belum jelas di kantor desa",
        "Stop pungli di terminal",
        "Info: jalan putus di Desa Sukamaju",
        "Bantuan sosial kami tidak turun bulan ini",
        "Bacaan meteran air salah terus",
        "Mohon bantuan beras untuk lansia di RW 5",
        "Laporan saya belum selesai sejak Maret padahal jalannya hancur",
    ],
)
def test_a_complaint_may_begin_with_the_word_of_a_command(db: None, text: str) -> None:
    assert find_command(text) is None
    assert isinstance(said(text), NewReport)


@pytest.mark.parametrize(
    ("text", "agency", "rest"),
    [
        ("UJI jalan rusak", "kota-uji", "jalan rusak"),
        ("uji: jalan rusak", "kota-uji", "jalan rusak"),
        ("Kab. Uji jalan rusak", "kota-uji", "jalan rusak"),
        ("KAB UJI#jalan rusak", "kota-uji", "jalan rusak"),
        ("lapor uji jalan rusak", "kota-uji", "jalan rusak"),
        ("LEMBAGA UJI: antrean panjang", "lembaga-uji", "antrean panjang"),
        ("Ujian sekolah bocor", "", "Ujian sekolah bocor"),
        ("Jalan di kab. uji rusak", "", "Jalan di kab. uji rusak"),
    ],
)
def test_the_longest_keyword_wins_whatever_its_dots_spaces_and_case(
    case: Case, text: str, agency: str, rest: str
) -> None:
    assert addressed(text) == (agency, rest)


def test_an_institution_that_receives_nothing_has_no_keyword(case: Case) -> None:
    agency = case.world.agency("lembaga-uji")
    agency.is_receiving = False
    agency.save()

    assert addressed("LEMBAGA UJI: antrean panjang") == ("", "LEMBAGA UJI: antrean panjang")


@pytest.mark.usefixtures("case")
class TestWhatAMessageIs:
    def test_words_with_a_code_are_a_reply(self) -> None:
        assert said(f"Untuk {SHOWN}, lubangnya ada dua") == Reply(
            text=f"Untuk {SHOWN}, lubangnya ada dua", code=CODE, proves=Proof.SENDER
        )

    def test_eleven_letters_of_a_word_are_no_code(self) -> None:
        assert code_in("Keterlambatan di Sukabumi, pemerintahan lama") == ""
        for word in ("penyebabnya", "Kemerdekaan", "MENGAJARKAN"):  # the check character fits by chance
            assert read_code(word)
            assert code_in(f"Mohon dijelaskan {word} kepada kami") == ""

    @pytest.mark.parametrize("text", ["Balai RW 9 kembali bocor", "BALAP liar di jalan raya"])
    def test_a_word_near_a_command_begins_a_sentence(self, text: str) -> None:
        assert said(text) == NewReport(text=text, may_be_answer=True, proves=Proof.SENDER)
        assert said(f"Balai {SHOWN} bocor") == Reply(text="bocor", code=CODE, proves=Proof.SENDER)

    def test_a_telephone_number_is_no_code(self) -> None:
        number = next(n for n in (f"0812{n:07d}" for n in range(100)) if read_code(n))
        assert isinstance(said(f"Lampu jalan padam, hubungi {number}"), NewReport)
        asked = said(f"STATUS {number}")
        assert isinstance(asked, Command)
        assert asked.code == number

    def test_a_quoted_message_is_not_read(self) -> None:
        reading = said("Sudah beres\n> LAPOR! Jalan di depan pasar sudah ditindaklanjuti.")
        assert isinstance(reading, NewReport)
        assert reading.text == "Sudah beres"

    def test_a_code_in_what_is_quoted_tells_which_report_is_answered(self) -> None:
        reading = said(f"Sudah beres\n> LAPOR! {SHOWN} sudah ditindaklanjuti.")
        assert reading == Reply(text="Sudah beres", code=CODE, proves=Proof.SENDER)

    @pytest.mark.parametrize("text", ["Terima kasih", "Makasih banyak pak 🙏", "ok", "Baik, terima kasih infonya"])
    def test_thanks_are_no_report(self, text: str) -> None:
        reading = said(text)
        assert isinstance(reading, Courtesy)
        assert not reading.greets

    @pytest.mark.parametrize("text", ["Assalamualaikum", "Halo admin, mau lapor", "LAPOR"])
    def test_a_greeting_begins_a_conversation(self, text: str) -> None:
        reading = said(text)
        assert isinstance(reading, Courtesy)
        assert reading.greets

    @pytest.mark.parametrize("text", ["", "   ", "\n", "\x00\x07"])
    def test_nothing_is_for_a_person(self, text: str) -> None:
        assert said(text) == ForPerson(why=Why.NO_WORDS, proves=Proof.SENDER)

    def test_a_keyword_alone_is_for_a_person_of_that_institution(self) -> None:
        reading = said("UJI")
        assert isinstance(reading, ForPerson)
        assert (reading.why, reading.agency) == (Why.NO_WORDS, "kota-uji")

    def test_a_name_for_a_sender_cannot_be_answered(self) -> None:
        reading = said("Promo paket data", sender=None)
        assert isinstance(reading, ForPerson)
        assert reading.why == Why.NO_REPLY_POSSIBLE

    @pytest.mark.parametrize(
        "text",
        [
            "Balasan otomatis: saya sedang rapat",
            "[Auto-Reply] I'm driving right now",
            "LAPOR! Pesan yang sama sudah kami terima. Kode laporan Anda X",
        ],
    )
    def test_a_robot_and_our_own_echo_are_nothing(self, text: str) -> None:
        assert isinstance(said(text), Nothing)

    @pytest.mark.parametrize(
        "text",
        [
            "Sopir bus sedang mengemudi sambil menelepon, plat DR 1234",
            "Pusat panggilan selalu berkata nomor yang Anda tuju tidak aktif",
            "Kami segera kembali kepada Anda. Pesan ini dijawab otomatis.",
        ],
    )
    def test_who_may_be_a_robot_or_a_citizen_is_for_a_person(self, text: str) -> None:
        assert said(text) == ForPerson(why=Why.MAYBE_ROBOT, text=text, proves=Proof.SENDER)

    def test_a_citizen_may_begin_with_the_name_of_the_service(self) -> None:
        assert isinstance(said("LAPOR! jalan rusak di depan pasar"), NewReport)

    def test_emoji_and_1600_characters_are_a_report(self) -> None:
        reading = said("Jalan rusak 😡 " * 115)
        assert isinstance(reading, NewReport)
        assert len(reading.text) > 1600

    def test_a_command_without_reason_keeps_its_own_words(self) -> None:
        reading = said(f"BELUM {SHOWN}")
        assert isinstance(reading, Command)
        assert reading.text == f"BELUM {SHOWN}"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (b"text=Jalan%20rusak&coding=0&charset=UTF-8", "Jalan rusak"),
        (b"text=caf%C3%A9&coding=0", "café"),
        (b"text=" + "".join(f"%{b:02X}" for b in "ꦲꦏ😡".encode("utf-16-be")).encode() + b"&coding=2", "ꦲꦏ😡"),
        (b"text=caf%C3%A9&coding=2&charset=UTF-8", "café"),
        (b"text=%FF%FE%00rusak", "\ufffd\ufffdrusak"),
        (b"text=" + bytes([0xFF]) + b"rusak", "\ufffdrusak"),
        (b"coding=2&text=%00", "\ufffd"),
        (b"&&=&text=a&time=99999999999999999999", "a"),
    ],
)
def test_bytes_become_words_or_marks_and_never_an_error(query: bytes, text: str) -> None:
    assert read_query(query).text == text
