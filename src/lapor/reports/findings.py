"""What a verification found: the checklist of M2."""

from __future__ import annotations

from dataclasses import dataclass, field

QUESTIONS = ("what", "when", "where", "who", "why", "how")  # 5W1H, S42


@dataclass(frozen=True)
class Findings:
    """The three ticks of S40, the answers found of 5W1H (True, False, or None where not needed), and S45 to S47."""

    relevant: bool
    complete: bool
    clear: bool
    answers: dict[str, bool | None] = field(default_factory=dict)
    language_ok: bool = True
    tone_ok: bool = True
    competence_ok: bool = True
