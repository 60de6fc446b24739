"""The yardstick: `pgbench -N` and `-S` on the same cluster in the same run; elsewhere our figures mean nothing."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCALE = 50


@dataclass(frozen=True)
class Yardstick:
    """Transactions per second of pgbench: writes (-N) and reads (-S), with as many clients as our own runs."""

    clients: int
    writes: float
    reads: float


def measure(bin_folder: Path, environment: dict[str, str], clients: int, seconds: int) -> Yardstick:
    """Run pgbench in a database of its own on the cluster that `environment` (PGHOST, ...) points to."""
    pgbench = str(bin_folder / "pgbench")
    here = {**environment, "PGDATABASE": "yardstick"}
    subprocess.run([pgbench, "-i", "-q", "-s", str(SCALE)], env=here, check=True, capture_output=True)
    return Yardstick(
        clients,
        *(
            _tps([pgbench, "-n", kind, "-c", str(clients), "-j", "2", "-T", str(seconds)], here)
            for kind in ("-N", "-S")
        ),
    )


def _tps(command: list[str], environment: dict[str, str]) -> float:
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found = re.search(r"tps = ([0-9.]+)", said)
    if found is None:
        raise RuntimeError(f"pgbench said no figure: {said}")
    return float(found[1])
