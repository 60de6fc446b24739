"""One process of a replay: `python -m lapor.ops.replay school|stage|shard ORDER`; started by `theatre.py` only."""

import sys

from lapor.ops.runtime import configure


def main() -> None:
    """Configure Django first: the parts import tables."""
    configure()
    from lapor.ops.replay import school, shard, stage

    parts = {"school": school.main, "stage": stage.main, "shard": shard.main}
    parts[sys.argv[1]](sys.argv[2])


main()
