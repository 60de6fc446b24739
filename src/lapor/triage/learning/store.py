"""Models in the state folder: one file of arrays and one of facts for each version, never anything that can run.

state/models/<institution>/<kind>-<version>.npz holds arrays, the .json beside it their SHA-256 and what it was
learned from. The newest version that can be read is in use; older ones stay until somebody deletes them. Readable to
the installation's user alone: the words of past reports are in it. `lapor train --export` copies one out; nothing else
ever does.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from lapor.kernel import state
from lapor.triage.learning.model import Block, Doubt, Model
from lapor.triage.learning.territory import Territories

FORMAT = 2
MOST_LOADED = 24  # models in memory, three for an institution, 5 to 30 MB each: eight institutions in half a gigabyte
TONES_HOME = "_tone"  # where tones lie beside the institutions, whose codes begin with a letter
MOST_TONES = 4  # as many as there are: each is asked about every report, so no institution's model may push one out
_END = "\n"
log = logging.getLogger(__name__)


class BrokenModelError(Exception):
    """A model's file is not what its facts say, or cannot be read; it is not used. Train again."""


@dataclass(frozen=True)
class Kept:
    """A version that is kept: its kind ("unit", "category", "kind"), number, arrays' path and facts."""

    kind: str
    version: int
    path: Path
    facts: Mapping[str, Any]


def folder(institution: str) -> Path:
    """Return where the models of an institution (code) are kept; it need not exist yet."""
    return state.folder() / "models" / institution


def kinds(institution: str) -> list[str]:
    """Return what was learned for an institution, or the names of the tones that were, by what lies there."""
    return sorted({path.stem.rpartition("-")[0] for path in folder(institution).glob("*-*.json")})


def newest(institution: str, kind: str) -> Kept | None:
    """Return the newest version, None where nothing was learned. Reads the small file; raises BrokenModelError."""
    found = max(_versions(institution, kind), default=None)
    return _kept(kind, *found) if found else None


def in_use(institution: str, kind: str) -> tuple[Kept, Model] | None:
    """Return the newest version that can be read and its model; None where there is none. A broken one is logged."""
    for version, path in sorted(_versions(institution, kind), reverse=True):
        try:
            kept = _kept(kind, version, path)
            return kept, load(kept)
        except BrokenModelError:
            log.exception("model not used")
    return None


def _kept(kind: str, version: int, path: Path) -> Kept:
    try:
        return Kept(kind, version, path.with_suffix(".npz"), dict(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError) as unreadable:
        raise BrokenModelError(str(path)) from unreadable


def _versions(institution: str, kind: str) -> list[tuple[int, Path]]:
    """Return the number and the facts' path of each version, of the broken ones too."""
    kept = folder(institution).glob(f"{kind}-*.json")
    return [(int(match[1]), path) for path in kept if (match := re.search(r"-(\d+)$", path.stem))]


def save(model: Model, institution: str, kind: str, facts: Mapping[str, Any]) -> Kept:
    """Keep a new version. It is in use as soon as its facts are written, which is the last step.

    Waits for another training of the same institution: each takes a number of its own.
    """
    place = state.make(folder(institution), mode=0o700)
    with _alone_in(place):
        version = 1 + max((number for number, _path in _versions(institution, kind)), default=0)
        path = place / f"{kind}-{version}.npz"
        with _whole(path) as draft:
            write_arrays(model, draft)
        told = {**facts, "format": FORMAT, "version": version, "kind": kind, "sha256": _digest(path), **_odds(model)}
        written = json.dumps(told, indent=1, ensure_ascii=False)
        with _whole(path.with_suffix(".json")) as draft:
            draft.write_text(written, encoding="utf-8")
    return Kept(kind, version, path, json.loads(written))


@contextmanager
def _alone_in(place: Path) -> Iterator[None]:
    held = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give the name of a draft, which takes the file's own only when it is whole; its owner alone may read it."""
    draft = path.with_name(f"{path.name}.new")
    yield draft
    draft.chmod(0o600)
    state.hand_over(draft)
    draft.rename(path)


def write_arrays(model: Model, path: Path) -> None:
    """Write a model's arrays to a file that its owner alone may read."""
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as stream:
        np.savez_compressed(stream, **_arrays(model))


def load(kept: Kept) -> Model:
    """Return the model of a version; the last MOST_LOADED stay in memory, tones beside. Raises BrokenModelError."""
    read = _load_tone if kept.path.parent.name == TONES_HOME else _load
    try:
        return read(kept.path, kept.version, str(kept.facts.get("sha256")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise BrokenModelError(str(kept.path)) from unreadable


def _read(path: Path, version: int, digest: str) -> Model:
    if not path.is_file() or _digest(path) != digest:
        raise BrokenModelError(str(path))
    facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    if facts.get("format") != FORMAT:
        raise BrokenModelError(str(path))
    with np.load(path, allow_pickle=False) as arrays:
        blocks = tuple(
            Block(name, _lines(arrays[f"{name}_features"]), arrays[f"{name}_idf"], float(weight))
            for name, weight in facts["blocks"].items()
        )
        return Model(
            blocks=blocks,
            weights=arrays["weights"],
            offsets=arrays["offsets"],
            labels=tuple(facts["labels"]),
            heat=float(facts["heat"]),
            doubt=Doubt(float(facts["slope"]), float(facts["lift"])),
            territories=Territories({code: (a, b) for code, (a, b) in facts["places"].items()}, facts["seen"]),
        )


_load = lru_cache(maxsize=MOST_LOADED)(_read)
_load_tone = lru_cache(maxsize=MOST_TONES)(_read)


def _arrays(model: Model) -> dict[str, Any]:
    found: dict[str, Any] = {"weights": model.weights, "offsets": model.offsets}
    for block in model.blocks:
        written = _END.join(block.features).encode()
        found[f"{block.name}_features"] = np.frombuffer(written, dtype=np.uint8)
        found[f"{block.name}_idf"] = block.idf
    return found


def _odds(model: Model) -> dict[str, Any]:
    return {
        "labels": list(model.labels),
        "heat": model.heat,
        "slope": model.doubt.slope,
        "lift": model.doubt.lift,
        "blocks": {block.name: block.weight for block in model.blocks},
        "places": model.territories.places,
        "seen": dict(model.territories.seen),
    }


def _lines(array: Any) -> tuple[str, ...]:
    return tuple(bytes(array).decode().split(_END))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
