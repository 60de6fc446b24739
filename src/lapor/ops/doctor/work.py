"""Whether the work gets done: clock, messages, stuck reports, calendars, decrees, desks without an officer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.agencies.queries.decrees import decrees_expiring
from lapor.agencies.queries.health import calendars_end
from lapor.agencies.queries.vacancies import desks_without_officer
from lapor.intake.queries.health import health
from lapor.intake.usecases.retention import count_overdue
from lapor.kernel.heartbeat import find_beat
from lapor.ops.doctor import Finding, ill, well
from lapor.reports.queries.health import stuck
from lapor.triage.learned import broken_models

_SILENCE = timedelta(minutes=5)  # loops give a sign of life every ten seconds
_LATE = timedelta(hours=1)
_HORIZON = timedelta(days=400)  # the longest clock, sixty working days, and a year to notice
_DECREE_WARNING = 30  # days
_SHOWN = 5


def examine(now: datetime) -> Iterator[Finding]:
    """Look at everything that needs the tables; `now` is aware."""
    yield _loop("clock", _("deadlines"), now)
    yield _loop("worker", _("messages"), now)
    for channel in settings.LAPOR_LOOPS:
        yield _loop(channel, _("channel"), now, command=f"channel {channel}")
    yield from _away(now)
    yield from _stuck(now)
    yield _kept_too_long(now)
    yield _models()
    yield _calendars(now)
    yield _decrees(now)
    yield _desks(now)


def _loop(name: str, keeps: str, now: datetime, command: str = "") -> Finding:
    last, command = find_beat(name), f"lapor {command or name}"
    if last is not None and now - last <= _SILENCE:
        return well(name, _("%(loop)s is at work") % {"loop": command})
    since = date_format(last, "j F Y H:i") + " UTC" if last else _("it never was")
    seen = _("Nobody looks after the %(what)s; last time: %(since)s") % {"what": keeps, "since": since}
    return ill(name, seen, _("Start it with: lapor up (or %(loop)s)") % {"loop": command})


def _away(now: datetime) -> Iterator[Finding]:
    for channel in health(now).channels:
        if channel.down_since:
            since = date_format(channel.down_since, "j F Y H:i") + " UTC"
            seen = _("The channel %(name)s is away since %(since)s: %(why)s") % {
                "name": channel.channel,
                "since": since,
                "why": channel.problem,
            }
            yield ill(f"away_{channel.channel}", seen, _("What leaves by it waits. See how the channel was connected."))
        elif channel.unconfirmed_since:
            since = date_format(channel.unconfirmed_since, "j F Y H:i") + " UTC"
            seen = _("Nothing that left by %(name)s since %(since)s was confirmed") % {
                "name": channel.channel,
                "since": since,
            }
            yield ill(f"silent_{channel.channel}", seen, _("The operator behind the provider may be away: ask it."))


def _stuck(now: datetime) -> Iterator[Finding]:
    found = stuck(before=now - _LATE)
    dead, late, aside = found.dead_messages, found.late_messages, found.set_aside
    if dead:
        seen = ngettext("%(count)s message was given up", "%(count)s messages were given up", dead)
        yield ill("dead_messages", seen % {"count": dead}, _("See why in the officers' messages, and tell the people."))
    if late:
        seen = ngettext("%(count)s message waits for over an hour", "%(count)s messages wait for over an hour", late)
        yield ill("late_messages", seen % {"count": late}, _("Check the mail server named in LAPOR_MAIL."))
    if aside:
        seen = ngettext("%(count)s report was set aside", "%(count)s reports were set aside", aside)
        yield ill("set_aside", seen % {"count": aside}, _("The national desk sees them with the reason each."))
    if not dead + late + aside:
        yield well("stuck", _("No message and no report is stuck"))


def _kept_too_long(now: datetime) -> Finding:
    overdue = count_overdue(now)
    if not overdue:
        return well("messages_kept", _("No message from a channel is kept longer than it may be"))
    seen = ngettext(
        "%(count)s message from a channel should be forgotten", "%(count)s messages should be forgotten", overdue
    )
    return ill("messages_kept", seen % {"count": overdue}, _("The clock forgets them: start it with lapor up."))


def _models() -> Finding:
    """Look at the models in use: each is read whole, as a web server does that starts."""
    if broken := broken_models():
        seen = _("Learned suggestions cannot be read: %(list)s") % {"list": ", ".join(broken[:_SHOWN])}
        return ill("models", seen, _("Officers work without them. Learn them again: lapor train"))
    return well("models", _("All learned suggestions can be read"))


def _calendars(now: datetime) -> Finding:
    end = calendars_end()
    if end is None:
        advice = _("Run: lapor up")
        return ill("calendars", _("There is no working calendar yet"), advice)
    seen = _("The working calendars reach to %(day)s") % {"day": date_format(end, "j F Y")}
    if end < (now + _HORIZON).date():
        return ill("calendars", seen, _("Extend them, or deadlines beyond that day cannot be set."))
    return well("calendars", seen)


def _decrees(now: datetime) -> Finding:
    ending = decrees_expiring(_DECREE_WARNING, now.date())
    if not ending:
        return well("decrees", _("No decree of officers ends within a month"))
    shown = [f"{each.institution}: {each.number} ({date_format(each.valid_to, 'j F Y')})" for each in ending[:_SHOWN]]
    seen = _("Decrees that end soon: %(list)s") % {"list": "; ".join(shown)}
    return ill("decrees", seen, _("Enter the new decree, or its officers can no longer act."))


def _desks(now: datetime) -> Finding:
    empty = [vacancy.name for vacancy in desks_without_officer(now.date())]
    if not empty:
        return well("desks", _("Every desk has an officer who can act"))
    seen = ngettext("%(count)s desk has no officer: %(list)s", "%(count)s desks have no officer: %(list)s", len(empty))
    shown = ", ".join(empty[:_SHOWN]) + (" ..." if len(empty) > _SHOWN else "")
    return ill("desks", seen % {"count": len(empty), "list": shown}, _("Appoint somebody, or name a deputy."))
