"""From a kept comment to what it means: everything on YouTube is public, so it is for a person."""

from __future__ import annotations

import json

from lapor.intake.contract import ForPerson, Received, Why


def read(received: Received) -> ForPerson:
    """Read one comment (see `lapor.intake.contract`); its author is asked to go on where nobody else reads it."""
    try:
        snippet = json.loads(received.raw)["item"]["snippet"]
        text, name = str(snippet.get("textOriginal") or snippet["textDisplay"]), str(snippet.get("authorDisplayName"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ForPerson(why=Why.UNREADABLE)
    text, name = (words.replace("\0", "").encode("utf-8", "replace").decode() for words in (text, name))
    return ForPerson(why=Why.PUBLIC_WORDS, text=text, name=name)
