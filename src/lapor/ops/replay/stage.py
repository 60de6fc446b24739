"""Set the stage of a replay in an empty database: tables, seeds, the agencies of the file, an officer at every desk."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command

from lapor.agencies.seeds import plant
from lapor.agencies.usecases.adopt import follow_profile
from lapor.agencies.usecases.extras import man_every_desk
from lapor.ops.importing.files import open_source
from lapor.ops.importing.problems import RowRefusedError
from lapor.ops.importing.run import survey
from lapor.ops.replay.shard import Order, chosen

_MARGIN = timedelta(days=800)  # officers serve as long as anybody may still act


def set_stage(order: Order, profile: str) -> None:
    """Fill the database in which the shares will play; `profile` is followed by every institution of the file."""
    call_command("migrate", verbosity=0, skip_checks=True)
    plant()
    _, directory = survey(open_source(Path(order.file)))
    rows = [directory.settle(row) for row in chosen(order) if not isinstance(row, RowRefusedError)]
    follow_profile(profile, {row.institution for row in rows if row.institution})
    first, last = order.days
    man_every_desk(first - timedelta(days=1), last + _MARGIN)


def main(order: str) -> None:
    """Read the order and the profile (JSON), and set the stage."""
    content: dict[str, Any] = json.loads(order)
    profile = content.pop("profile")
    set_stage(Order(**{**content, "sources": tuple(content["sources"])}), profile)
