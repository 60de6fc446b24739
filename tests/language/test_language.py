"""What the language help sees in a text, on examples of our own, and what it keeps to on any text at all."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import missing, names_writer, oversight_signs, propose_title, secret_signs, suggest_categories

TODAY = date(2026, 3, 2)
FULL = (
    "Kemarin malam petugas parkir di Jalan Pejanggik meminta uang dua kali karena katanya karcis habis. "
    "Mohon ditertibkan."
)


def answered(text: str, kind: str = "complaint") -> dict[str, str]:
    """Return the words that answer each question, empty for those that are still open."""
    return {q.rule: q.found.of(text) if q.found else "" for q in missing(text, kind, TODAY)}


def test_a_full_complaint_leaves_nothing_open() -> None:
    assert all(answered(FULL).values())
    assert answered(FULL)["where"] == "di Jalan Pejanggik"
    assert answered(FULL)["when"] == "Kemarin malam"
    assert answered(FULL)["who"] == "petugas"


def test_an_empty_text_answers_nothing_and_every_question_can_be_read_in_both_languages() -> None:
    questions = missing("", "complaint", TODAY)

    assert [q.rule for q in questions] == ["what", "where", "when", "who", "why", "how"]
    assert all(q.found is None and q.ask.id.endswith(("?", ".")) and q.ask.en for q in questions)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("aspiration", ["what", "where", "who", "why", "how"]),
        ("information", ["what", "where", "why"]),
        ("oversight", ["what", "where", "when", "who", "why", "how"]),
        ("?", ["what", "where", "when", "who", "why", "how"]),
    ],
)
def test_a_kind_of_report_is_asked_what_matters_for_it(kind: str, asked: list[str]) -> None:
    assert [q.rule for q in missing("x", kind, TODAY)] == asked


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Lampu padam sejak dua minggu", "sejak dua minggu"),
        ("air mati sudah 3 hari", "sudah 3 hari"),
        ("rusak sejak Maret 2025", "sejak Maret 2025"),
        ("terjadi 15/8/2025 pagi", "15/8/2025"),
        ("kejadian jam 10 malam", "jam 10 malam"),
        ("setiap hujan banjir", "setiap hujan"),
        ("mati semalaman, hari Senin", "hari Senin"),
        ("the light is out since Monday", "since Monday"),
        ("ada 5 lubang di jalan", ""),
        ("nomor 99/99/9999", ""),
        ("tahun 3025/1/1 nanti", ""),
    ],
)
def test_when(text: str, seen: str) -> None:
    assert answered(text)["when"] == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("lampu mati di jl mawar", "di jl mawar"),
        ("lampu mati di depan masjid", "di depan"),
        ("got mampet dibelakang pasar", "dibelakang pasar"),
        ("macet di Cakranegara", "di Cakranegara"),
        ("warga RT 05 kebanjiran", "RT 05"),
        ("mohon segera di perbaiki", ""),
        ("jangan di mana-mana", ""),
        ("tolong di bantu pak", ""),
        ("saya lihat di sana", ""),
        ("sudah dua kali kami lapor", ""),
        ("anak ke 3 dari 5 bersaudara", ""),
        ("lampu mati di pasar Kedurus, kondisi gelap", "di pasar Kedurus"),
        ("anak kami tidak bisa sekolah", ""),
        ("bau dari kali dan sekolah", "kali"),
    ],
)
def test_where_tells_a_place_from_a_passive_verb_written_apart(text: str, seen: str) -> None:
    assert answered(text)["where"] == seen


def test_sorry_is_no_wish_every_resident_no_time_and_at_night_is_one() -> None:
    assert answered("Mohon maaf, pungutan liar di samsat")["how"] == ""
    assert answered("Setiap warga diminta iuran 50 ribu")["when"] == ""
    assert answered("Lampu mati pada malam hari")["when"] == "malam hari"
    assert answered("Guru honorer belum digaji 4 bulan")["when"] == "belum digaji 4 bulan"


def test_who_only_opens_the_message_is_not_yet_who_it_is_about() -> None:
    assert answered("Saya mau melaporkan jalan rusak")["who"] == ""
    assert answered("Saya terjatuh di jalan rusak")["who"] == "Saya"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Selamat pagi Pak Wali. Lampu jalan di depan sekolah padam. Mohon dicek.",
            "Lampu jalan di depan sekolah padam",
        ),
        ("saya ingin melaporkan bahwa jalan di Gang Melati rusak", "Jalan di Gang Melati rusak"),
        ("JALAN PEJANGGIK RUSAK PARAH, WARGA RT 05 JATUH", "Jalan Pejanggik rusak parah, warga RT 05 jatuh"),
        ("Sampah menumpuk di Jl. Mawar. Bau sekali.", "Sampah menumpuk di Jl. Mawar"),
        ("Assalamualaikum wr wb.\n\nPohon tumbang menutup jalan", "Pohon tumbang menutup jalan"),
        ("Nama saya Wati Contoh, 0812 3456 7890. Lampu mati di pasar.", "Lampu mati di pasar"),
        ("Kalian semua goblok. Lampu jalan mati di Jalan Mawar.", "Lampu jalan mati di Jalan Mawar"),
        ("Petugas goblok itu pergi", "Petugas … itu pergi"),
        ("Sudah berkali-kali saya sampaikan. Sampah menumpuk di Jl. Mawar", "Sampah menumpuk di Jl. Mawar"),
        ("Jalan rusak. Mohon dibantu. Jalan rusak di depan Pasar Contoh", "Jalan rusak di depan Pasar Contoh"),
        ("Warga resah sekali. Padahal sampah di Jalan Mawar banyak.", "Warga resah sekali"),
        ("BANJIR RT 05", "Banjir RT 05"),
        ("Selamat pagi. Apakah membuat KTP gratis? Terima kasih.", "Apakah membuat KTP gratis?"),
        ("Bagaimana mengurus KTP yang hilang? Apakah ke kelurahan dulu?", "Bagaimana mengurus KTP yang hilang?"),
        ("KAPAN LAMPU JALAN DI PASAR DIPERBAIKI?!", "Kapan lampu jalan di pasar diperbaiki?"),
        ("I lost my wallet at the bus stop. Sampah is everywhere in the terminal.", "I lost my wallet at the bus stop"),
        ("Siang.", ""),
        ("", ""),
    ],
)
def test_the_title_is_what_the_text_says_first(text: str, title: str) -> None:
    assert propose_title(text) == title


def test_a_long_first_sentence_is_cut_at_a_word_that_can_end_a_title() -> None:
    text = (
        "Trotoar di sepanjang jalan menuju pasar besar rusak berat dan licin sekali ketika hujan deras sehingga bahaya"
    )

    assert propose_title(text) == "Trotoar di sepanjang jalan menuju pasar besar rusak berat dan licin sekali"


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Hubungi 0812-3456-7890 ya", "phone", "0812-3456-7890"),
        ("WA +62 812 3456 7890", "phone", "+62 812 3456 7890"),
        ("surel wati@contoh.example saja", "email", "wati@contoh.example"),
        ("NIK 5271 0112 3456 7890", "nik", "5271 0112 3456 7890"),
        ("motor DR 1234 AB saya", "plate", "DR 1234 AB"),
        ("Nama saya Wati Contoh, warga", "name", "Nama saya Wati Contoh"),
        ("nama saya wati", "name", "nama saya wati"),
        ("Nama saya Wati. Lampu mati", "name", "Nama saya Wati"),
        ("Lampu mati. Saya Wati dari Ampenan", "name", "Saya Wati"),
        ("lapor a.n. Budi Contoh", "name", "a.n. Budi Contoh"),
        ("Saya guru di sekolah itu", "role", "Saya guru"),
        ("saya selaku bendahara desa", "role", "saya selaku bendahara"),
        ("persis di depan rumah saya", "home", "depan rumah saya"),
        ("anak saya bernama Budi dipukul", "kin", "anak saya bernama Budi"),
    ],
)
def test_what_names_the_writer_is_found_with_its_place(text: str, rule: str, words: str) -> None:
    assert [(found.rule, found.span.of(text)) for found in names_writer(text)] == [(rule, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Saya Minta jalan diperbaiki",
        "Lubang di Jl. Mawar No. 12 RT 05 RW 07",
        "Sejak 2024 ada 150 lubang, rugi Rp 2.500.000",
        "SAYA WARGA SEKITAR MINTA LAMPU",
        "Sudah Saya Cek Lewat Aplikasi Tetap Tidak Bisa",
        "Lewat SP4N, di rumah BB 5 B",
        "Tinggi air 12345678 mm",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert names_writer(text) == ()


def test_a_category_is_suggested_with_the_words_that_speak_for_it() -> None:
    first, *rest = suggest_categories("Selokan mampet dan sampah menumpuk, jadi banjir dan genangan")

    assert first.code == "saluran-air"
    assert first.because == ("selokan", "banjir", "genangan")
    assert [one.code for one in rest] == ["sampah"]


def test_a_category_that_is_not_offered_is_not_suggested() -> None:
    assert suggest_categories("Sampah menumpuk", offered={"taman"}) == ()


def test_signs_of_corruption_are_seen_as_words_not_as_parts_of_words() -> None:
    assert [found.span.of("Ada PUNGLI di loket") for found in oversight_signs("Ada PUNGLI di loket")] == ["PUNGLI"]
    assert oversight_signs("Lampu jalan padam, tolong; mahasiswa KKN membantu orang dalam gangguan jiwa") == ()


@given(st.text(max_size=400))
def test_on_any_text_every_place_lies_inside_and_the_title_has_only_whole_words(text: str) -> None:
    places = [found.span for found in (*names_writer(text), *oversight_signs(text))]
    places += [q.found for kind in ("complaint", "information") for q in missing(text, kind, TODAY) if q.found]
    title = propose_title(text)

    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert len(title) <= 80
    assert "\n" not in title


WORDS = ["jalan", "RUSAK", "Pejanggik", "lampu", "di", "depan", "pasar", "sejak", "kemarin", "rt", "banjir", "pohon"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
def test_a_title_takes_whole_words_from_the_text_in_their_order(words: list[str]) -> None:
    said = iter(" ".join(words).lower().split())

    assert all(word in said for word in propose_title(" ".join(words)).lower().split())


@pytest.mark.parametrize(
    "piece",
    ["a", "a@", "08", "0 8.", "saya ", "Saya A ", "nama saya ", "di ", "1/", "😀", "A1", "minta uang ", "wr. ", "\n"],
)
def test_twice_the_text_takes_about_twice_the_work(piece: str) -> None:
    def work(n: int) -> int:
        text, calls = piece * (n // len(piece)), 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            for check in (names_writer, propose_title, suggest_categories, oversight_signs):
                check(text)
            missing(text, "complaint", TODAY)
        finally:
            sys.setprofile(None)
        return calls

    work(1_000)  # the words are read once
    assert work(8_000) <= 3 * work(4_000) + 1_000
    assert work(400_000) <= 3 * work(40_000) + 1_000  # and nothing beyond a report's length is looked at


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Nama saya Budi Contoh, NIK 5271011234567890, belum dapat bantuan.", "NIK …, belum dapat bantuan"),
        ("Uang saya dikirim ke 081234567890 lalu hilang.", "Uang saya dikirim ke … lalu hilang"),
        ("Saya ingin mengadukan terkait dengan biaya pasang baru PDAM", "Biaya pasang baru PDAM"),
        ("Kpd Yth Kepala Dinas PUPR, jembatan gantung putus", "Jembatan gantung putus"),
        ("Nenek saya belum dapat bantuan, namanya Inaq Sahni.", "Nenek saya belum dapat bantuan, namanya Inaq …"),
        ("Bapak saya Lalu Muhammad Zaini belum dapat BPJS.", "Bapak saya … belum dapat BPJS"),
        ("Pagi, sy lalu ahmad dari Monjok. Air pdam mati.", "Air pdam mati"),
        ('Anak saya dihina "cina babi" oleh guru.', 'Anak saya dihina "…" oleh guru'),
        ("Kami akan bakar kantor desa kalau BLT tidak dibagikan.", "… kantor desa kalau BLT tidak dibagikan"),
    ],
)
def test_a_title_from_the_only_sentence_hides_who_wrote_it_and_shows_that_something_is_left_out(
    text: str, title: str
) -> None:
    assert propose_title(text) == title


def test_an_animal_in_an_insult_is_no_matter_of_animals() -> None:
    assert suggest_categories("Bupati itu anjing lah, sudah dua kali lapor.") == ()
    assert [one.code for one in suggest_categories("Anjing liar menggigit, dasar anjing!")] == ["hewan"]


def test_no_title_holds_a_tracking_code() -> None:
    assert propose_title("Kode 8gzyc kewab 4 dan 8GZYC-KEWAB-4: lampu jalan mati") == "Kode … dan …: lampu jalan mati"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jalan di depan rumah kami rusak parah.", "jalan-rusak"),
        ("jalannya rusak semua", "jalan-rusak"),
        ("Rurung leq Ampenan rusak", "jalan-rusak"),
        ("Lampu di gang kami sudah seminggu mati", "penerangan-jalan"),
        ("Air di rumah kami tidak mengalir", "air-bersih"),
        ("Lampu lalu lintas di simpang itu mati", "lalu-lintas"),
    ],
)
def test_a_matter_is_known_where_its_words_stand_apart(text: str, code: str) -> None:
    assert suggest_categories(text)[0].code == code


def test_words_apart_say_so_and_name_no_matter_of_others() -> None:
    assert suggest_categories("Jalan di depan pasar induk rusak")[0].because == ("jalan … rusak",)
    assert suggest_categories("Jalan kami bagus tapi pasar induk rusak")[0].because == ("pasar",)  # a matter between
    assert suggest_categories("Jalan depan rumah kami rusak parah")[0].because == ("jalan … rusak",)
    assert suggest_categories("Pagar rusak di jalan kami") == ()
    assert suggest_categories("Jalan kami bagus. Pagar rusak.") == ()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Preman minta setoran. Mohon rahasiakan nama saya.", ["minta setoran", "rahasiakan"]),
        ("Tolong jangan sebut nama saya", ["jangan sebut nama"]),
        ("Guru itu mencabuli murid", ["mencabuli"]),
        ("Saya diancam kalau melapor", ["Saya diancam"]),
        ("Lampu jalan mati", []),
    ],
)
def test_what_is_safer_kept_secret(text: str, seen: list[str]) -> None:
    assert [found.span.of(text) for found in secret_signs(text)] == seen


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mohon rahasiakan nama saya, saya takut. Sampah menumpuk.", "Sampah menumpuk"),
        ("TOLONG PAK!!! JALAN RUSAK PARAH, SAYA SITI ROHMAH HP 081234567890", "Jalan rusak parah, … HP …"),
        ("Kepada Yth. Bapak Wali Kota Mataram di tempat. Pohon di depan SD tumbang.", "Pohon di depan SD tumbang"),
        ("Petugas di loket bilang 'besok saja'.", "Petugas di loket bilang 'besok saja'"),
        ("Mohon tidak ada pungutan uang komite di SD.", "Mohon tidak ada pungutan uang komite di SD"),
        ("Tetangga saya Lalu Samsul Contoh membakar sampah.", "Tetangga saya … membakar sampah"),
        ("Nama saya Ni Luh Putu Ayu, sampah menumpuk di pasar.", "Sampah menumpuk di pasar"),
        ("Mohon perbaikan jalan di Ampenan.", "Perbaikan jalan di Ampenan"),
        ("Mohon dinas terkait menebang pohon.", "Mohon dinas terkait menebang pohon"),
        ("Mohon bantuannya untuk menebang pohon.", "Mohon bantuannya untuk menebang pohon"),
        ("Yth. Dinas Lingkungan Hidup, pohon tumbang di jalan.", "Pohon tumbang di jalan"),
        ("Ibu saya belum dapat bansos.", "Ibu saya belum dapat bansos"),
        ("Ibu, saya belum dapat bansos.", "Saya belum dapat bansos"),
        ("Bapak saya mau melaporkan jalan rusak parah.", "Jalan rusak parah"),
        ("Bu guru memukul anak saya.", "Bu guru memukul anak saya"),
        ("Malam hari banyak anak mabuk di taman.", "Malam hari banyak anak mabuk di taman"),
        ("Kepala dusun minta uang Rp. 50.000 untuk surat.", "Kepala dusun minta uang Rp. 50.000 untuk surat"),
        ("Lampu mati di RT. 03 Monjok. Terima kasih.", "Lampu mati di RT. 03 Monjok"),
        ("Saya bayar ke rekening BCA 1234567890 untuk izin usaha.", "Saya bayar ke rekening BCA … untuk izin usaha"),
    ],
)
def test_a_title_leaves_out_what_is_for_officers_and_keeps_quotations_whole(text: str, title: str) -> None:
    assert propose_title(text) == title


def test_an_account_and_a_plate_in_small_letters_lead_to_somebody() -> None:
    text = "no rek mandiri 161-00-0123456-7 dan mobil dr1234ab, bukan no12 atau rt001rw"
    assert [(one.rule, one.span.of(text)) for one in names_writer(text)] == [
        ("account", "161-00-0123456-7"),
        ("plate", "dr1234ab"),
    ]


def test_a_street_with_the_number_of_the_house_leads_to_its_writer() -> None:
    text = "Lampu mati, alamat Jl. Merpati No 7 Rembiga"
    assert [(one.rule, one.span.of(text)) for one in names_writer(text)] == [("home", "alamat Jl. Merpati No 7")]
