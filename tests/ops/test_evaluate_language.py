"""The measures of the text help: what each counts as right, wrong or lost, on a folder invented here."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lapor.language import spelling
from lapor.ops.evaluate.measures import capitals, covers, five_w, language, sasak, tone, wording
from lapor.ops.evaluate.row import AbsentError, Data

SAID = {
    "indonesian": "Jalan di depan rumah saya sudah lama rusak tetapi belum ada yang memperbaiki nomor {}",
    "javanese": "Dalan ngarep omahku wis suwe rusak nanging durung ana sing ndandani nomer {}",
    "english": "The street in front of my house has been broken for months, number {}",
}


def table(path: Path, rows: Sequence[dict[str, str]], delimiter: str = ",") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def stream(folder: Path, *bodies: str) -> None:
    (folder / "replay").mkdir(parents=True)
    lines = [json.dumps({"title": None, "body": body}) for body in bodies]
    (folder / "replay" / "replay_dev.jsonl").write_text("\n".join(lines), encoding="utf-8")


def figures(measure: object, folder: Path) -> dict[tuple[str, str], float]:
    return {(row.subject, row.figure): row.value for row in measure(Data(folder))}  # type: ignore[operator]


def test_the_languages_part_for_testing_is_asked_and_a_text_of_another_language_counts_as_wrong(tmp_path: Path) -> None:
    rows = [
        {"text": said.format(n), "lang": lang, "split": split}
        for lang, said in SAID.items()
        for split, count in (("train", 12), ("test", 2))
        for n in range(count)
    ]
    table(tmp_path / "regional" / "nusax_x.csv", [*rows, {**rows[0], "lang": "javanese", "split": "test"}])
    stream(tmp_path, SAID["indonesian"], SAID["javanese"])

    found = figures(language.measure, tmp_path)

    assert found["Language, 12 of NusaX", "right, by the lexicon"] == pytest.approx(6 / 7)
    assert found["Language, 12 of NusaX", "right, learned"] == pytest.approx(6 / 7)
    assert found["Language, told to officers", "told and right"] == pytest.approx(4 / 5)
    assert found["Language, told to officers", "told and wrong"] == 0
    assert found["Language, complaints", "said to be in another"] == 0.5


def test_tone_is_right_by_label_and_complaints_are_counted_by_what_they_are_called(tmp_path: Path) -> None:
    none = dict.fromkeys(("HS", "Abusive", "HS_Religion", "HS_Race"), "0")
    rows = [
        {"Tweet": "dasar goblok", **none, "Abusive": "1", "HS": "1"},
        {"Tweet": "goblok", **none},
        {"Tweet": "selamat pagi", **none, "Abusive": "1"},
    ]
    table(tmp_path / "tone" / "hate_x.csv", rows)
    stream(tmp_path, "Petugasnya goblok", "Lampu mati", "Jalan rusak", "Air keruh")

    found = figures(tone.measure, tmp_path)

    assert (
        found["Tone, insults", "precision"] == found["Tone, insults", "recall"] == found["Tone, insults", "F1"] == 0.5
    )
    assert (found["Tone, hate", "precision"], found["Tone, hate", "recall"]) == (0.5, 1.0)
    assert (found["Tone, complaints", "called insult"], found["Tone, complaints", "called hate"]) == (0.25, 0)


def test_an_edit_is_right_where_people_wrote_its_words(tmp_path: Path) -> None:
    rows = [
        {"split": "train", "informal": "jalan yg rusak", "formal": "jalan yang rusak"},
        {"split": "train", "informal": "gabisa lewat krn banjir", "formal": "tidak bisa lewat akibat banjir"},
        {"split": "train", "informal": "air yg keruh", "formal": "air yg keruh"},
        {"split": "train", "informal": "lampu mati", "formal": "lampu mati"},
    ]
    table(tmp_path / "normalisation" / "stif_x.csv", rows)
    words = [("yg", "yang"), ("krn", "sebab"), ("rusak", "rusak")]
    listed = [{"informal": informal, "formal": formal} for informal, formal in words]
    table(tmp_path / "normalisation" / "indocollex_x.tsv", listed, "\t")

    found = figures(wording.measure, tmp_path)

    stif, words_of = "Wording, STIF sentences", "Wording, IndoCollex words"
    assert found[stif, "precision of edits"] == 0.5
    assert found[stif, "precision where people wrote another word too"] == pytest.approx(2 / 3)
    assert found[stif, "sentences with an edit"] == 0.75
    assert (found[words_of, "precision of edits"], found[words_of, "words with an edit"]) == (0.5, pytest.approx(2 / 3))
    assert found[stif, "changed negations"] == found[words_of, "changed negations"] == 0


def test_what_people_typed_with_capitals_is_asked_after_the_text_was_put_in_capitals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "_stems", lambda: frozenset({"lampu", "mati", "dekat", "lalu", "warga"}))
    stream(tmp_path, "Lampu di Jalan Mawarsari mati, warga lapor ke PDAM lalu XIQU dekat [NAMA].", "LAMPU MATI SEMUA")

    found = figures(capitals.measure, tmp_path)

    subject = capitals.SUBJECT
    assert (found[subject, "places kept"], found[subject, "abbreviations kept"]) == (1, 0.5)
    assert found[subject, "ordinary words with a capital"] == 0


def test_the_capital_of_one_writer_among_many_is_no_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_stems", lambda: frozenset({"lampu", "mati", "dekat", "lalu", "warga", "lubang"}))
    many = ["Warga lalu lewat jalan berlubang dekat akte."] * 9
    stream(tmp_path, "Warga lalu lewat jalan Berlubang dekat AKTE.", "Warga di Jalan XIQU mati.", *many)

    found = figures(capitals.measure, tmp_path)

    assert found[capitals.SUBJECT, "places kept"] == found[capitals.SUBJECT, "abbreviations kept"] == 0
    asked = list(capitals.pairs_of(["Warga lalu lewat jalan Berlubang dekat AKTE.", *many]))
    assert not [kind for _before, _after, kind in asked if kind in ("place", "acronym")]


def test_a_lost_no_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = {"informal": "tdk ada air", "formal": "tidak ada air"}
    table(tmp_path / "normalisation" / "stif_x.csv", [pair])
    table(tmp_path / "normalisation" / "indocollex_x.tsv", [pair], "\t")
    monkeypatch.setattr(wording, "apply_edits", lambda _text, _edits: "ada air")

    assert figures(wording.measure, tmp_path)["Wording, STIF sentences", "changed negations"] == 1


@pytest.mark.parametrize("measure", [language.measure, tone.measure, wording.measure])
def test_an_empty_folder_is_told_by_the_file_that_is_absent(measure: object, tmp_path: Path) -> None:
    with pytest.raises(AbsentError):
        figures(measure, tmp_path)


def test_the_own_reports_were_read_twice_and_every_place_lies_inside_its_text() -> None:
    texts = five_w.read()

    assert (len(texts), sum(one.held_out for one in texts), len({one.text for one in texts})) == (200, 100, 200)
    for one in texts:
        for told in (one.first, one.second, one.agreed):
            assert told.keys() <= set(five_w.SLOTS)
            for start, end, *_value in (place for places in told.values() for place in places):
                assert 0 <= int(start) < int(end) <= len(one.text)


def test_an_answer_is_right_where_it_meets_the_words_a_reader_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    marked: five_w.Told = {"where": [[12, 26]], "when": [[27, 34, "2026-03-01"]]}
    one = five_w.Read(
        "Lampu mati  di Jalan Mawar kemarin",
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        True,
        marked,
        {"where": [[0, 5]]},
        marked,
    )
    monkeypatch.setattr(five_w, "read", lambda: [one, replace(one, text="Halo", held_out=False)])

    found = {(row.subject, row.figure): row.value for row in five_w.measure(Data(Path()))}

    assert found["5W1H, where", "F1, held out"] == found["5W1H, when", "F1 of dates and spans of time, held out"] == 1
    assert found["5W1H, where", "F1, worked on"] == found["5W1H, when", "F1, worked on"] == 0
    assert found["5W1H, all six", "F1 of what is left open, worked on"] == pytest.approx(2 * 4 / (6 + 4))
    assert found["5W1H, where", "agreement of two readings, kappa"] == 1
    assert found["5W1H, where", "agreement of two readings, F1 of places"] == 0
    assert found["5W1H, when", "agreement of two readings, kappa"] == 0


def test_what_was_redacted_is_filled_and_asked_and_other_masks_are_counted(tmp_path: Path) -> None:
    stream(
        tmp_path, "Kata Bu [NAMA], hubungi [TELP].", "Salam [NAMA], lampu mati", "Saya guru di sana. Pak Budi marah."
    )

    found = figures(covers.measure, tmp_path)

    assert found[covers.SUBJECT, "numbers and addresses covered"] == 1
    assert found[covers.SUBJECT, "what was redacted as a name, covered"] == 0.5
    assert found[covers.SUBJECT, "with a mask beside, as of an anonymous writer"] == pytest.approx(1 / 3)
    assert found[covers.SUBJECT, "of these for the writer"] == pytest.approx(1 / 3)


def test_sasak_texts_count_where_they_are_called_so_and_others_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sasak.read()
    assert sum(one.is_sasak for one in texts) >= 60 <= sum(not one.is_sasak for one in texts)
    said = "Lampuq leq rurung dasan tiang wah telu kelem mate, ndeqman araq saq tepiaq."
    known = [sasak.Text(said, "whole", True, True), sasak.Text("Lampu mati", "whole", True, True)]
    monkeypatch.setattr(sasak, "read", lambda: [*known, sasak.Text(said, "near miss", False, True)])

    found = {row.figure: row.value for row in sasak.measure(Data(Path()))}

    assert found["found, whole, held out"] == 0.5
    assert found["others called Sasak, held out"] == 1.0
    assert found["others called Sasak, worked on"] == 0.0
