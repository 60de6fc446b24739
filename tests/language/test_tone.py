"""Tone: insults, hate and threats are found, anger and complaints about hate are not; danger is told with a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import emergencies, harsh_words
from lapor.language.tone import hated_for


def found(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.span.of(text)) for one in harsh_words(text)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Petugasnya goblok.", [("insult", "goblok")]),
        ("Dasar anjing, tidak becus!", [("insult", "Dasar anjing")]),
        ("Awas, monyet kau!", [("insult", "monyet kau")]),
        ("Kalau tidak, saya akan bakar kantor itu.", [("threat", "saya akan bakar")]),
        ("Usir semua orang Jawa dari sini", [("hate", "Usir semua orang Jawa")]),
        ("Ganyang cina!", [("hate", "Ganyang cina")]),
        ("Mulut babi! Petugas bolot.", [("insult", "Mulut babi"), ("insult", "bolot")]),
        ("Dasar kafir, pergi sana", [("hate", "Dasar kafir")]),
        ("Yahudi itu memang penjajah dan licik.", [("hate", "Yahudi itu memang penjajah")]),
        ("Perangi semua orang Batak di kampung ini", [("hate", "Perangi semua orang Batak")]),
    ],
)
def test_S46_what_insults_threatens_or_calls_for_hate_is_found(text: str, seen: list[tuple[str, str]]) -> None:
    assert found(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "Anjing liar menggigit anak di Pasar Cina.",  # an animal, a market
        "Peternakan babi di dekat masjid baunya menyengat.",
        "Ada orang gila di pasar, mohon Dinas Sosial.",
        "Saya sangat kecewa dan marah, sudah tiga kali lapor tidak ada hasil!",
        "Saya dihina karena agama saya. Anak saya yang Kristen tidak boleh sekolah.",
        "Warga bakar sampah setiap sore.",
        "Jalan Gunung Jati. Bunuh nyamuk dengan fogging.",
        "Babi masuk kebun, anjing tetangga menggonggong, air berbau seperti tai.",
        "Ia menyebut saya kafir di depan murid.",
        "Warung itu menjual babi di dekat rumah warga muslim.",
        "Ada ajaran yang disebut sesat di kampung kami, warga Kristen dan Islam resah.",
        "Warga Tionghoa dipersulit mengurus KTP; saya disuruh pulang karena orang Papua.",
        "Lapak Arab di Pasar Cina menimbun minyak.",
        "Pipa bocor kena bego waktu pemasangan saluran.",  # as people write "backhoe"
        "",
    ],
)
def test_S46_anger_animals_names_and_complaints_about_hate_are_not(text: str) -> None:
    assert found(text) == []


def test_hate_says_whether_it_is_for_faith_or_for_descent() -> None:
    said = {text: hated_for(text) for text in ("Dasar kafir", "Ganyang cina", "Yahudi itu penista", "orang udik")}

    assert list(map(sorted, said.values())) == [["religion"], ["people"], ["people", "religion"], []]


def test_a_people_scolded_as_such_is_hate_and_the_base_of_a_law_is_none() -> None:
    assert [one.rule for one in harsh_words("Dasar cina, toko mereka tutup trotoar.")] == ["hate"]
    assert [one.rule for one in harsh_words("Kotor semua, dasar Jawa!")] == ["hate"]
    assert harsh_words("Hukum dasar Islam diajarkan di masjid, tolong gurunya ditambah.") == ()


def test_danger_is_told_once_for_each_kind_with_the_number_to_call() -> None:
    text = "Rumah terbakar! Kebakaran di pasar, tetangga tidak sadarkan diri."
    assert [(one.kind, one.call) for one in emergencies(text)] == [("fire", "113"), ("illness", "119")]
    assert emergencies("Jalan berlubang, lampu mati.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Warga Kampung Bugis bakar sampah tiap sore.",
        "Di depan masjid orang bakar sampah.",
        "Restoran Padang bakar ikan, asapnya masuk rumah.",
        "Saya ditolak karena saya orang Cina, dibilang usir saja.",
        "Sapi berkeliaran, kambing semua milik Pak RT.",
        "Anjing lah yang bikin kotor.",
    ],
)
def test_places_food_and_animals_are_no_hate_and_no_insult(text: str) -> None:
    assert harsh_words(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Mobil pemadam kebakaran tidak bisa lewat.",
        "Daerah ini rawan begal.",
        "Kalau ada kebakaran, gang ini tertutup.",
        "Kami khawatir tanah longsor.",
    ],
)
def test_what_is_feared_or_only_named_is_no_danger_now(text: str) -> None:
    assert emergencies(text) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Banjir setinggi dada, nenek saya masih terjebak di atap rumah.", ["disaster"]),
        ("rumah nenek kebanjiran, beliau masih di atap", ["disaster"]),
        ("rumah tetangga kebakar tolong", ["fire"]),
        ("Mobil box di jalan lingkar terbakar.", ["fire"]),
        ("api besar di gudang, belum ada damkar", ["fire"]),
        ("Kabel listrik ikut jatuh dan masih keluar api", ["fire", "disaster"]),
        ("saya pengen mati aja", ["suicide"]),
        ("suami saya mukul saya tiap hari", ["violence", "harm"]),
        ("Gurunya meraba raba murid perempuan.", ["harm"]),
        ("Ada guru mencabuli murid.", ["harm"]),
        ("Pohon itu ditakutkan tumbang kena kabel listrik.", []),
        ("Pohonnya sudah miring, takutnya jatuh ke kabel PLN.", []),
        ("Rumah itu kosong. Sampah terbakar tiap sore.", []),
        ("Rumah warga rawan terbakar.", []),
        ("Bantuan gempa belum cair.", []),
        ("Tanah longsor 2018 belum dibangun lagi.", []),
        ("Rehab rumah korban gempa 2018 berhenti.", []),
        ("Hidran kebakaran rusak.", []),
        ("Minta dipotong sebelum menimpa orang.", []),
        ("Ada gempa! Rumah kami retak.", ["disaster"]),
        ("Ada anak kecil hanyut di sungai barusan.", ["disaster"]),
        ("Sandal saya hanyut di kali.", []),
        ("Tolong kirim ambulan ke Monjok.", ["illness"]),
        ("Ada korban kecelakaan di simpang.", ["illness"]),
        ("Ada orang mau lompat dari jembatan.", ["suicide"]),
        ("Dia mengamuk bawa parang.", ["violence"]),
        ("Saya meraba-raba dalam gelap karena lampu mati.", []),
    ],
)
def test_plain_words_of_danger_are_heard_however_they_stand(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in emergencies(text)] == kinds


def test_a_fear_in_another_sentence_or_of_ones_own_death_hides_no_danger() -> None:
    assert emergencies("Aturan ini bunuh diri karier bagi guru honorer.") == ()
    assert [one.kind for one in emergencies("Saya khawatir. Kebakaran di pasar!")] == ["fire"]
    assert [one.kind for one in emergencies("Kalau begini saya lebih baik mati, mau bunuh diri")] == ["suicide"]


@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    places = [one.span for one in harsh_words(text)] + [one.span for one in emergencies(text)]
    assert all(place.of(text) for place in places)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Suami saya sering memukul saya, saya takut pulang.", ["violence", "harm"]),
        ("Saya dipukuli suami tadi malam.", ["violence", "harm"]),
        ("Anak tetangga dianiaya ayahnya.", ["violence", "harm"]),
        ("Gurunya memukuli anak kami di kelas.", ["violence", "harm"]),
        ("Warga dianiaya preman. Suami saya melihatnya.", ["violence"]),
        ("Kemarin lusa terjadi kebakaran di pasar.", []),
        ("Pejabat kebakaran jenggot karena berita itu.", []),
        ("Pasar buka sampai matahari tenggelam.", []),
        ("Kebakaran di pasar! Jenggot saya kena api.", ["fire"]),
        ("Bulan lalu terjadi kebakaran di pasar, ganti rugi belum dibayar.", []),
        ("Kebakaran tiga tahun yang lalu menghabiskan kios kami.", []),
        ("Sejak bulan lalu longsor menutup jalan.", ["disaster"]),
        ("Bulan lalu jalan rusak. Kebakaran di pasar!", ["fire"]),
        ("Tabrakan motor dan truk, korban tergeletak berdarah belum ada ambulans.", ["illness"]),
        ("Air sungai meluap, rumah kami terendam, ada bayi dan lansia butuh evakuasi.", ["disaster"]),
    ],
)
def test_who_needs_help_now_is_in_danger_and_a_saying_or_the_past_is_not(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in emergencies(text)] == kinds
