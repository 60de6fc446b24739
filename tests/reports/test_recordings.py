"""Sound and film: told by their bytes, kept without what their device noted, and refused where they are not whole."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.reports.recordings import PLACE, VOICE, film

from lapor.reports import files
from lapor.reports.files import LARGEST, FileRefused, accept, open_stored
from lapor.reports.recordings import RecordingBroken, bare, kind_of


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (VOICE, "audio/ogg"),
        (b"#!AMR\n" + bytes(20), "audio/amr"),
        (b"ID3\x04" + bytes(40), "audio/mpeg"),
        (film(b"M4A "), "audio/mp4"),
        (film(), "video/mp4"),
        (film(b"3gp4"), "video/3gpp"),
        (film(b"qt  "), "video/quicktime"),
        (b"RIFF\x00\x00\x00\x00AVI " + bytes(20), ""),
        (b"<html><video></video>", ""),
        (b"\xff\xd8\xff" + bytes(20), ""),
        (b"", ""),
    ],
)
def test_a_recording_is_told_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize("brand", [b"isom", b"3gp4", b"qt  ", b"M4A "])
def test_where_a_film_was_made_is_not_kept_and_everything_stays_in_its_place(brand: bytes) -> None:
    content = film(brand)
    assert content.count(PLACE) == 2

    stored = accept(io.BytesIO(content), "film.mp4", recordings=True)

    with open_stored(stored.sha256) as kept:
        written = kept.read()
    assert PLACE not in written
    assert len(written) == len(content) == stored.size
    assert written.index(b"picture") == content.index(b"picture")


def test_who_made_a_sound_is_not_kept() -> None:
    sound = b"\xff\xfb\x90\x00" + bytes(400)
    tagged = b"ID3\x04\x00\x00\x00\x00\x00\x05Budi!" + sound + b"TAG" + b"Budi".ljust(125, b"\0")

    assert bare(tagged, "audio/mpeg") == sound


@pytest.mark.parametrize("cut", [1, 9, 40])
def test_a_film_that_is_not_whole_is_refused(cut: int) -> None:
    with pytest.raises(FileRefused, match=r"film\.mp4"):
        accept(io.BytesIO(film()[:-cut]), "film.mp4", recordings=True)


@pytest.mark.parametrize("size", [0, 1, 7, 2**32 - 1])
def test_a_box_that_lies_about_its_size_keeps_nobody_busy(size: int) -> None:
    content = film() + size.to_bytes(4, "big") + b"moov"
    if size == 0:
        assert bare(content, "video/mp4").endswith(b"moov")
    else:
        with pytest.raises(RecordingBroken):
            bare(content, "video/mp4")


def test_boxes_in_boxes_without_end_are_refused() -> None:
    deep = b""
    for _ in range(2000):
        deep = (8 + len(deep)).to_bytes(4, "big") + b"moov" + deep
    with pytest.raises(RecordingBroken):
        bare(deep, "video/mp4")


def test_a_form_takes_none_and_a_message_none_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileRefused, match="adalah video"):
        accept(io.BytesIO(film()), "film.mp4")
    monkeypatch.setattr(files, "LARGEST", len(VOICE) - 1)
    assert files.LARGEST < LARGEST
    with pytest.raises(FileRefused, match="terlalu besar"):
        accept(io.BytesIO(VOICE), "suara.ogg", recordings=True)
