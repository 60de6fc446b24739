"""Logs for operators: what broke and where, never who wrote what."""

import logging
import traceback
from typing import Any


class NoAddresses(logging.Filter):
    """Replace the address of a request by the name of its route: tracking codes stand in addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None:
            found = getattr(request, "resolver_match", None)
            route = found.view_name if found else "unknown route"
            method = getattr(request, "method", "")
            record.msg, record.args = f"{record.levelname.lower()} answer on {method} {route}", ()
        return True


class DiscreetFormatter(logging.Formatter):
    """Write the place and the kind of an error without its message, which may quote what a person typed."""

    def __init__(self, *, show_messages: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.show_messages = show_messages

    def formatException(self, ei: Any) -> str:
        """Return the whole traceback while debugging, else its frames and the kinds of error only."""
        if self.show_messages:
            return super().formatException(ei)
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
