"""Which reader a file gets."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from lapor.ops.importing.jsonl import JsonLines
from lapor.ops.importing.problems import FileRefusedError
from lapor.ops.importing.rows import Source
from lapor.ops.importing.table import Table


def open_source(path: Path) -> Source:
    """Return the reader for a file by its ending. Raises FileRefusedError for anything else, and for an empty file."""
    if path.stat().st_size == 0:
        raise FileRefusedError(_("%(file)s is empty.") % {"file": path.name})
    match path.suffix.lower():
        case ".jsonl" | ".ndjson":
            return JsonLines(path)
        case ".xlsx" | ".csv":
            return Table(path)
    raise FileRefusedError(_("%(file)s: only .jsonl, .xlsx and .csv files can be read.") % {"file": path.name})
