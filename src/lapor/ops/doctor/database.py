"""Whether the database answers, is new enough, and has the tables of this version."""

from collections.abc import Iterator

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.ops.doctor import Finding, ill, well

_OLDEST = 15


def examine() -> Iterator[Finding]:
    """Look at the server, then at the migrations; the second needs the first."""
    try:
        connection.ensure_connection()
    except OperationalError as refusal:
        reason = str(refusal).strip().splitlines()[0]
        yield ill("database", _("The database does not answer: %(reason)s") % {"reason": reason}, _check_address())
        return
    yield _version()
    yield _migrations()


def _check_address() -> str:
    return _("Check that PostgreSQL runs and that DATABASE_URL names it rightly.")


def _version() -> Finding:
    major = connection.cursor().connection.info.server_version // 10_000
    seen = _("PostgreSQL %(version)s answers") % {"version": major}
    if major < _OLDEST:
        return ill("database", seen, _("Move to PostgreSQL %(oldest)s or newer.") % {"oldest": _OLDEST})
    return well("database", seen)


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        seen = ngettext("%(count)s migration is missing", "%(count)s migrations are missing", len(plan))
        return ill("migrations", seen % {"count": len(plan)}, _("Run: lapor manage migrate"))
    return well("migrations", _("The tables are those of this version"))
