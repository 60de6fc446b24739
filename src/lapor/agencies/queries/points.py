"""Where places lie on a map, roughly: the points of `seeds/data/points.csv`, by official code."""

from __future__ import annotations

from functools import cache

from lapor.agencies.seeds import tables

Point = tuple[float, float]  # latitude, longitude


@cache
def points() -> dict[str, Point]:
    """Return the points that are known."""
    return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in tables.rows("points")}


def point_of(code: str) -> Point | None:
    """Return the point of a place, else of what it lies in ("52.71.03" in "52.71" in "52"), else None."""
    known = points()
    parts = code.split(".")
    above = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((known[one] for one in above if one in known), None)
