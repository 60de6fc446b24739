"""A model learned from invented reports: it knows its desks, its place, its doubt; its file is checked before use."""

from __future__ import annotations

import fcntl
import json
import os
import string
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest

from lapor.agencies.names import plain
from lapor.triage.learning import store
from lapor.triage.learning.duties import work_of
from lapor.triage.learning.example import LONGEST, Example, pieces
from lapor.triage.learning.features import BLOCKS, concept_words
from lapor.triage.learning.fitting import NothingToLearnError, fit
from lapor.triage.learning.measures import macro_f1, measure
from lapor.triage.learning.model import Doubt, Guess, Model
from lapor.triage.learning.territory import Territories

NAMES = {
    "pu": "Dinas Pekerjaan Umum",
    "sosial": "Dinas Sosial",
    "utara": "Kecamatan Utara",
    "selatan": "Kecamatan Selatan",
    "timur": "Kecamatan Timur",  # never had a report
}
SAID = {
    "pu": ("jalan berlubang parah dekat {}", "aspal rusak dan jalan amblas di {}", "lubang jalan belum ditambal {}"),
    "sosial": ("bantuan sembako belum turun untuk {}", "bansos tidak merata kata {}", "kapan bantuan tunai cair {}"),
    "utara": ("antrean surat pengantar kecamatan lama {}", "pelayanan kantor camat lambat {}", "loket tutup {}"),
}
WHO = ("pasar", "sekolah", "gang mawar", "warga", "lansia", "balai", "terminal", "masjid", "lapangan", "jembatan")


def past() -> list[Example]:
    """Return ninety invented reports in the order of days, a third for each desk."""
    found = [
        Example(said.format(who), label=unit, places=("utara",) if unit == "utara" else (), category=unit, day=700_000)
        for who, i in product(WHO, range(3))
        for unit, sentences in SAID.items()
        for said in sentences[i : i + 1]
    ]
    return [replace(one, day=one.day + i) for i, one in enumerate(found)]


@pytest.fixture(scope="module")
def model() -> Model:
    """Return a model of the invented past."""
    examples = past()
    return fit(examples, Territories.of(NAMES, "Pemerintah Kota Uji", [one.label for one in examples]), NAMES)


@pytest.fixture
def kept(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[store.Kept]:
    """Keep it in a state folder of its own."""
    monkeypatch.setenv("LAPOR_STATE", str(tmp_path))
    yield store.save(model, "kota-uji", "unit", {"examples": 90})
    store._load.cache_clear()


def test_it_knows_where_such_reports_went_and_names_the_words(model: Model) -> None:
    best = model.guesses(Example("tolong, jalan berlubang di depan toko"))[0]

    assert best.label == "pu"
    assert best.chance > 0.5
    assert {"jalan", "berlubang"} & set(best.words)


def test_a_slip_of_the_pen_is_still_understood(model: Model) -> None:
    assert model.guesses(Example("jalann berlubng parahh"))[0].label == "pu"


def test_two_texts_without_a_common_word_are_of_one_subject() -> None:
    """ "PKH" and "kartu sembako" share no letters worth naming; that both are social aid nobody has to decide first."""
    said = {"sosial": "pkh {}", "pu": "aspal {}", "sehat": "imunisasi {}"}
    examples = [Example(text.format(who), label=unit, day=1) for who in WHO for unit, text in said.items()]
    model = fit(examples, Territories({}), {})

    for asked, unit in (("bst, bpnt dan blt", "sosial"), ("hotmix", "pu"), ("stunting", "sehat")):
        assert model.guesses(Example(asked))[0].label == unit


def test_a_category_that_is_new_is_understood_by_its_words() -> None:
    said = {"sosial": "Bantuan Sosial {}", "pu": "Infrastruktur Jalan {}"}
    examples = [
        Example("mohon dibantu", category=c.format(who), label=u, day=1) for who in WHO for u, c in said.items()
    ]

    model = fit(examples, Territories({}), {})

    assert model.guesses(Example("mohon dibantu", category="Lainnya Terkait Infrastruktur"))[0].label == "pu"


@pytest.mark.parametrize(("place", "unit"), [("utara", "utara"), ("selatan", "selatan"), ("timur", "timur")])
def test_of_units_named_by_a_place_the_place_decides_even_without_a_past(model: Model, place: str, unit: str) -> None:
    assert model.guesses(Example("pelayanan kantor camat lambat", places=(place,)))[0].label == unit


def test_a_unit_that_takes_nothing_more_is_not_answered_and_its_chance_goes_to_nobody(model: Model) -> None:
    asked = Example("jalan berlubang parah")
    before = {one.label: one.chance for one in model.guesses(asked, most=9)}
    after = model.guesses(asked, most=9, among=frozenset({"sosial", "utara"}))

    assert {one.label for one in after} <= {"sosial", "utara"}
    assert all(one.chance == pytest.approx(before[one.label]) for one in after)


@pytest.mark.parametrize("text", ["", " ", "🙂🙂🙂", "zzz qqq", "\u0000", "a" * 10_000, "Ỳ̨̂" * 900])
def test_what_says_nothing_is_answered_without_being_sure(model: Model, text: str) -> None:
    assert all(one.chance < 0.8 for one in model.guesses(Example(text)))


def test_no_more_than_the_beginning_of_a_text_is_read() -> None:
    long = Example((string.ascii_lowercase + " ") * 20_000)

    assert sum(len(word) for word, _ in BLOCKS["words"](long)) <= 3 * LONGEST


def test_chances_of_all_labels_never_exceed_one(model: Model) -> None:
    assert sum(one.chance for one in model.guesses(Example("bantuan jalan"), most=20)) <= 1.0001


def test_learning_the_same_gives_the_same(model: Model) -> None:
    examples = past()
    again = fit(examples, Territories.of(NAMES, "Pemerintah Kota Uji", [one.label for one in examples]), NAMES)

    asked = Example("bansos belum cair")
    assert again.guesses(asked) == model.guesses(asked)


def test_one_label_alone_teaches_nothing() -> None:
    with pytest.raises(NothingToLearnError):
        fit([one for one in past() if one.label == "pu"], Territories({}), {})


def test_a_kept_model_answers_as_before_and_only_its_owner_may_read_it(model: Model, kept: store.Kept) -> None:
    asked = Example("aspal rusak", category="pu", places=("utara",))

    assert store.load(kept).guesses(asked) == model.guesses(asked)
    assert os.stat(kept.path).st_mode & 0o077 == 0
    assert os.stat(kept.path.with_suffix(".json")).st_mode & 0o077 == 0


def test_the_newest_version_is_in_use_and_the_older_one_stays(model: Model, kept: store.Kept) -> None:
    second = store.save(model, "kota-uji", "unit", {})

    assert (kept.version, second.version) == (1, 2)
    assert store.newest("kota-uji", "unit") == second
    assert kept.path.exists()


def test_a_training_has_the_folder_to_itself_from_the_number_to_the_facts(
    model: Model, kept: store.Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once would take one number: the facts of one beside the weights of the other."""
    plain_write, tried = store.write_arrays, []

    def asked_meanwhile(written: Model, path: Path) -> None:
        other = os.open(path.parent, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)
        tried.append(path.name)
        plain_write(written, path)

    monkeypatch.setattr(store, "write_arrays", asked_meanwhile)

    versions = [store.save(model, "kota-uji", "unit", {}).version for _n in range(2)]

    assert (versions, len(tried)) == ([2, 3], 2)
    assert not list(kept.path.parent.glob("*.new"))


def test_a_version_is_there_only_once_it_is_whole(
    model: Model, kept: store.Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(written: Model, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(store, "write_arrays", breaks_off)
    with pytest.raises(OSError, match="no space"):
        store.save(model, "kota-uji", "unit", {})

    assert store.newest("kota-uji", "unit") == kept
    assert not (kept.path.parent / "unit-2.npz").exists()


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_of_a_broken_newest_version_the_one_before_is_in_use(
    model: Model, kept: store.Kept, caplog: pytest.LogCaptureFixture, suffix: str
) -> None:
    store.save(model, "kota-uji", "unit", {}).path.with_suffix(suffix).write_bytes(b"broken")

    found = store.in_use("kota-uji", "unit")

    assert found is not None
    assert found[0] == kept
    assert "model not used" in caplog.text


def test_tones_push_no_model_of_an_institution_out_of_memory(model: Model, kept: store.Kept) -> None:
    store.load(kept)
    before = store._load.cache_info().currsize

    store.load(store.save(model, store.TONES_HOME, "insult", {}))

    assert store._load.cache_info().currsize == before


def test_a_file_that_was_touched_is_not_used(kept: store.Kept) -> None:
    kept.path.write_bytes(kept.path.read_bytes() + b"x")

    with pytest.raises(store.BrokenModelError):
        store.load(kept)


def test_a_file_of_another_format_is_not_used(kept: store.Kept) -> None:
    facts = json.loads(kept.path.with_suffix(".json").read_text())
    kept.path.with_suffix(".json").write_text(json.dumps(facts | {"format": 99}))

    with pytest.raises(store.BrokenModelError):
        store.load(kept)


def test_places_are_read_from_cells_and_from_words() -> None:
    assert pieces("Cakranegara", "Kel. Sapta Marga, Jl. Anu") == ("cakranegara", "kelurahan sapta marga", "jl anu")


def test_figures_of_four_answers() -> None:
    answers = [
        ([Guess("a", 0.9), Guess("b", 0.1)], "a"),
        ([Guess("a", 0.8), Guess("b", 0.2)], "b"),
        ([Guess("b", 0.7)], "b"),
        ([], "a"),
    ]
    figures = measure(answers)

    assert (figures.n, figures.top1, figures.top3) == (4, 0.5, 0.75)
    assert figures.coverage == 0.25  # the surest is right, with the second one half are
    assert figures.error == pytest.approx((0.1 + 0.8 + 0.3) / 4)
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b"), ("", "a")]) == pytest.approx((0.5 + 2 / 3 + 0) / 3)


def test_what_an_office_is_there_for_speaks_where_its_past_is_silent() -> None:
    """Both desks had reports that say nothing of what they do; of offices the name tells it, of other labels not."""
    names = {"a": "Dinas Kesehatan Hewan", "b": "Dinas Kesehatan"}
    examples = [Example(f"mohon dibantu {who}", label=unit, day=1) for who in WHO for unit in names]

    def asked(text: str, *, offices: bool) -> tuple[str, float]:
        best = fit(examples, Territories({}), names, offices=offices).guesses(Example(text))[0]
        return best.label, best.chance

    for text, unit in (("anjing liar dan rabies", "a"), ("posyandu dan imunisasi", "b")):
        (label, chance), (_other, before) = asked(text, offices=True), asked(text, offices=False)
        assert label == unit
        assert chance > before


def test_every_duty_is_a_concept_and_a_longer_name_is_another_office() -> None:
    assert "imunisasi" in work_of("Dinas Kesehatan Kota Uji")
    assert "imunisasi" not in work_of("Dinas Peternakan dan Kesehatan Hewan")
    assert work_of("Bagian Tata Usaha") == ""
    listed = tomllib.loads((files("lapor.triage.learning") / "duties.toml").read_text(encoding="utf-8"))
    assert {concept for found in listed.values() for concept in found} <= set(concept_words())
    assert all(part == plain(part) for part in listed)


def test_a_past_that_broke_its_word_makes_the_answers_less_sure() -> None:
    """Of the later reports about roads half went elsewhere, by no rule: no answer may claim to know which."""
    asked = Example("jalan berlubang dekat toko")

    def learned(elsewhere: bool) -> Guess:
        past = []
        for day, (i, who) in product(range(1, 9), enumerate(WHO)):
            to = "lain" if elsewhere and day > 3 and (day + i) % 2 else "pu"
            past.append(Example(f"jalan berlubang dekat {who}", label=to, day=day))
            past.append(Example(f"bansos {who} belum turun", label="sosial", day=day))
        return fit(past, Territories({}), {}).guesses(asked)[0]

    assert learned(elsewhere=False).chance > 0.9
    assert 0.3 < learned(elsewhere=True).chance < 0.75


@pytest.mark.parametrize(("slope", "lift"), [(1.0, 0.0), (0.4, 0.3), (0.3, -2.0), (2.0, 1.0), (0.0, 0.0)])
def test_honest_chances_keep_their_order_and_never_exceed_one(slope: float, lift: float) -> None:
    for claimed in ([("a", 0.6), ("b", 0.3), ("c", 0.1)], [("a", 0.2), ("b", 0.19), ("c", 0.05)], [("a", 1.0)], []):
        found = Doubt(slope, lift).spread(claimed)

        chances = [chance for _label, chance in found]
        assert [label for label, _ in found] == [label for label, _ in claimed]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1.0001


@pytest.mark.parametrize("text", ["", "🔥😡", "?!"])
def test_reports_without_a_word_are_refused_by_name(text: str) -> None:
    with pytest.raises(NothingToLearnError):
        fit([Example(text, label="ab"[i % 2], day=i + 1) for i in range(40)], Territories({}), {})
