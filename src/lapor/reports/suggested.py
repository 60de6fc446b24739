"""What is suggested to officers: the kinds there are, and one suggestion as it was made."""

from __future__ import annotations

from dataclasses import dataclass

UNIT, CATEGORY, CLASSIFICATION = "unit", "category", "classification"
KINDS = (UNIT, CATEGORY, CLASSIFICATION)


@dataclass(frozen=True)
class Advised:
    """What was suggested: codes, the likeliest first (none: not sure), the first one's chance, the model's version."""

    kind: str
    offered: tuple[str, ...]
    chance: float
    version: int
    was_shown: bool
