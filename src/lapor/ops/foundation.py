"""What must be there before anything can be filed: the tables, calendars that reach far enough, the national desk."""

from __future__ import annotations

from collections.abc import Callable

_FIRST_YEAR = 2014  # the oldest reports that are imported


def prepare_database(say: Callable[[str], None]) -> None:
    """Bring the database up to date, and lay the foundation where it is empty; never undo what people changed."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    _lay_foundation(say)


def _lay_foundation(say: Callable[[str], None]) -> None:
    from django.utils import timezone

    from lapor.agencies.queries.health import calendars_end
    from lapor.agencies.seeds import lay_foundation
    from lapor.agencies.usecases.calendars import seed_calendars

    year = timezone.now().year
    end = calendars_end()
    if end is None:
        say("Preparing calendars, places and the national desk ...")
        lay_foundation()
    elif end.year < year + 2:
        seed_calendars(_FIRST_YEAR, year + 5)
