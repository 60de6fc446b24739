"""Write the generated documents anew, or say which of them are stale (`--check`).

A generator is a function that returns each document's path below the checkout with its whole text.
"""

import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
GENERATORS = (
    "tools.glossary_page:pages",
    "tools.messages_page:documents",
    "tools.access_page:documents",
    "tools.sop_pages:documents",
    "tools.coverage_page:documents",
)  # "package.module:function"

Documents = Mapping[str, str]


def main(words: list[str]) -> int:
    """Write what changed; with `--check` write nothing and return 1 when something would change."""
    sys.path.insert(0, str(TOP))
    stale = {path: text for path, text in documents().items() if current(path) != text}
    for path, text in stale.items():
        if "--check" in words:
            print(f"{path} is stale; run: make docs")
        else:
            (TOP / path).parent.mkdir(parents=True, exist_ok=True)
            (TOP / path).write_text(text, encoding="utf-8")
            print(f"wrote {path}")
    return 1 if stale and "--check" in words else 0


def documents() -> dict[str, str]:
    """Return every generated document by its path."""
    found: dict[str, str] = {}
    for name in GENERATORS:
        module, _, function = name.partition(":")
        generate: Callable[[], Documents] = getattr(importlib.import_module(module), function)
        found.update(generate())
    return found


def current(path: str) -> str | None:
    """Return what the document says now, or None when there is none."""
    file = TOP / path
    return file.read_text(encoding="utf-8") if file.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
