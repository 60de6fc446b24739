"""`lapor doctor`: what is wrong, in plain words, and what to do."""

import dataclasses
import json
import sys
from collections.abc import Iterator

import click

from lapor.ops.doctor import Finding, ill
from lapor.ops.localdb.errors import LocalDatabaseError
from lapor.ops.runtime import configure, ready


@click.command()
@click.option("--language", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Of the report.")
@click.option("--json", "as_json", is_flag=True, help="Print findings as JSON, for programs.")
def command(language: str, as_json: bool) -> None:
    """Look the installation over; exit with 1 when something needs attention."""
    configure()
    from django.utils import translation

    with translation.override(language):
        findings = list(examine())
        if as_json:
            click.echo(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
        else:
            _show(findings)
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


def examine() -> Iterator[Finding]:
    """Yield every finding; what needs the database is left out when it does not answer."""
    from django.utils import timezone

    from lapor.ops.doctor import database, machine, work

    yield from machine.examine()
    try:
        with ready():
            about_database = list(database.examine())
            yield from about_database
            if all(finding.is_well for finding in about_database):
                yield from work.examine(timezone.now())
    except LocalDatabaseError as problem:
        yield ill("database", str(problem), "")


def _show(findings: list[Finding]) -> None:
    from django.utils.translation import gettext as _

    for finding in findings:
        mark = click.style("ok", fg="green") if finding.is_well else click.style("!!", fg="red", bold=True)
        click.echo(f"{mark}  {finding.seen}")
        if finding.advice:
            click.echo(f"    -> {finding.advice}")
    problems = sum(not finding.is_well for finding in findings)
    click.echo(_("All is well.") if not problems else _("Needs attention: %(count)s") % {"count": problems})
