"""A PDF as it may be kept: only what its pages show (docs/adr/0012)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).with_name("pdf_rewriter.py")
LONGEST = 25  # seconds on the clock; the program's own limit of CPU time is lower


class NotRewritten(Exception):
    """The file is locked or broken, or cost more than any honest one."""


def bare_pdf(content: bytes, largest: int) -> bytes:
    """Return the PDF written anew, of at most `largest` bytes; raises NotRewritten.

    The work is done by a process of its own with limits of CPU time and memory: the worst that a hostile file does to
    us is that it is refused.
    """
    command = [sys.executable, "-I", str(PROGRAM), str(largest)]
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(
                command, input=content, stdout=out, stderr=subprocess.DEVNULL, env={}, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise NotRewritten from late
        out.seek(0)
        written = out.read(largest + 1)
    if done.returncode or not written.startswith(b"%PDF-") or len(written) > largest:
        raise NotRewritten
    return written
