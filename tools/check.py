"""Run every check of the house, show what fails, and end with one line per check."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str | Path]] = {
    "style": [BIN / "ruff", "check", "--no-cache", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "templates": [BIN / "djade", "--check", "--target-version", "5.2", *TOP.glob("src/lapor/**/*.html")],
    "types": [BIN / "mypy"],
    "architecture": [BIN / "lint-imports"],
    "migrations": [BIN / "lapor", "manage", "makemigrations", "--check", "--dry-run"],
    "django": [BIN / "lapor", "manage", "check", "--fail-level", "WARNING"],
    "catalogue": [BIN / "python", "tools/catalogue.py", "check"],
    "documents": [BIN / "python", "tools/docs.py", "--check"],
    "news": [BIN / "towncrier", "build", "--draft", "--version", "next"],
}


@dataclass(frozen=True)
class Outcome:
    """How one check ended."""

    name: str
    passed: bool
    said: str
    seconds: float


def main() -> int:
    """Run the checks side by side; return 1 when one of them fails."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        outcomes = list(pool.map(run, CHECKS))
    for outcome in outcomes:
        if not outcome.passed:
            print(f"--- {outcome.name}\n{outcome.said}")
    for outcome in outcomes:
        print(f"  {'ok    ' if outcome.passed else 'FAILED'} {outcome.name:<13} {outcome.seconds:4.0f} s")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def run(name: str) -> Outcome:
    """Run one check and keep what it says."""
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=TOP, capture_output=True, text=True, check=False)
    return Outcome(name, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
