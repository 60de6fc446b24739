"""The register of a replay as people read it: JSON that is the same to the byte every time, or a workbook."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from lapor.insights.register import Figures, rate

SECTIONS = ("received", "standing", "closed", "archived", "escalated", "breaches", "clocks", "steps", "told")


@dataclass
class Result:
    """What was played (the settings that decide everything), the figures, and what was refused or overtaken."""

    played: dict[str, Any]
    figures: Figures
    refused: dict[str, int] = field(default_factory=dict)
    overtaken: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0
    # Of a replay in shadow; not in the register, which is the same with and without it.
    suggested: list[dict[str, Any]] = field(default_factory=list)
    lessons: list[dict[str, Any]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data; rates have four decimals."""
        return {
            "played": self.played,
            "refused": self.refused,
            "overtaken": self.overtaken,
            "set_aside": self.set_aside,
            "on_time_rate": self.rates(),
            **{section: self.section(section) for section in SECTIONS},
        }

    def as_json(self) -> str:
        """Return the register as text, keys in order, one line end at the end."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def digest(self) -> str:
        """Return the SHA-256 of the JSON text: two replays agree when these agree."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    def section(self, section: str) -> dict[str, dict[str, int]]:
        """Return one section as institution to "key / key" to count; institution "" is the national desk."""
        found: dict[str, dict[str, int]] = {}
        for (name, institution, *keys), n in self.figures.items():
            if name == section:
                found.setdefault(institution or "-", {})[" / ".join(key for key in keys if key) or "all"] = n
        return found

    def total(self, section: str, which: int = 0) -> dict[str, int]:
        """Return one section over all institutions by its first (0) or second (1) key, largest first."""
        sums: dict[str, int] = {}
        for (name, _, *keys), n in self.figures.items():
            if name == section:
                sums[keys[which]] = sums.get(keys[which], 0) + n
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))

    def rates(self) -> dict[str, dict[str, float | None]]:
        """Return the on-time rate of each clock, over all and by institution (S5)."""
        clocks = sorted({keys[0] for section, _, *keys in self.figures if section == "clocks"})
        institutions = sorted({institution for section, institution, *_ in self.figures if section == "clocks"})
        return {
            clock: {
                "all": _rounded(rate(self.figures, clock)),
                **{each or "-": _rounded(rate(self.figures, clock, each)) for each in institutions},
            }
            for clock in clocks
        }

    def write(self, path: Path) -> None:
        """Write the register as JSON, or as a workbook with a sheet for each section when the name ends in .xlsx."""
        if path.suffix.lower() == ".xlsx":
            self._write_workbook(path)
        else:
            path.write_text(self.as_json(), encoding="utf-8")

    def _write_workbook(self, path: Path) -> None:
        book = Workbook(write_only=True)
        for section in SECTIONS:
            sheet = book.create_sheet(section)
            sheet.append(["institution", "", "", "reports" if section in {"received", "standing"} else "count"])
            for (name, institution, first, second), n in sorted(self.figures.items()):
                if name == section:
                    sheet.append([institution or "-", first, second, n])
        sheet = book.create_sheet("on_time_rate")
        sheet.append(["clock", "institution", "rate"])
        for clock, shares in self.rates().items():
            for institution, share in shares.items():
                sheet.append([clock, institution, share])
        book.save(path)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
