"""`lapor admin`: appoints the first admin of an installation, who appoints everybody else in the browser."""

from datetime import date, datetime

import click

from lapor.ops.runtime import ready

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--agency", default="nasional", show_default=True, help="Code of the national desk or an institution.")
@click.option("--login", prompt=True, help="Name to sign in with.")
@click.option("--name", prompt=True, help="Name of the person.")
@click.option("--email", prompt=True, help="E-mail address of the person.")
@click.option("--decree", prompt="Decree (SK) number", help="Number of the decree that names the admin.")
@click.option("--signed", prompt="Signed on (YYYY-MM-DD)", type=_DAY, help="Day the decree was signed and began.")
@click.option("--until", prompt="Valid until (YYYY-MM-DD)", type=_DAY, help="Last day of the decree.")
@click.password_option(help="Password; asked for when not given.")
def command(
    agency: str, login: str, name: str, email: str, decree: str, signed: datetime, until: datetime, password: str
) -> None:
    """Appoint the admin of the national desk or of an institution by a decree (S16)."""
    with ready():
        from lapor.kernel.errors import Refusal

        try:
            by = _decree(agency, decree, signed.date(), until.date())
            _appoint(agency, login=login, name=name, email=email, decree=by, password=password)
        except Refusal as refusal:
            raise click.ClickException(str(refusal.sentence)) from None
        click.echo(f"{name} may now sign in as {login}, until {until:%Y-%m-%d}.")


def _decree(agency: str, number: str, signed: date, until: date) -> int:
    """Return the id of the institution's decree with this number, registered if need be."""
    from django.utils import timezone

    from lapor.agencies.queries.decrees import decrees_of
    from lapor.agencies.queries.tree import get_agency
    from lapor.agencies.usecases.decrees import new_decree
    from lapor.kernel.actor import CLOCK

    now = timezone.now()
    known = {found.number: found.id for found in decrees_of(get_agency(agency).id, on=now.date())}
    if number in known:
        return known[number]
    made = new_decree(
        institution=agency, number=number, signed_on=signed, valid_from=signed, valid_to=until, actor=CLOCK, now=now
    )
    return int(made.pk)


def _appoint(agency: str, *, login: str, name: str, email: str, decree: int, password: str) -> None:
    from django.db import transaction
    from django.utils import timezone

    from lapor.agencies.queries.tree import get_agency
    from lapor.agencies.usecases.appointments import appoint, enrol
    from lapor.identity.usecases.passwords import choose_password, invitation
    from lapor.kernel.actor import CLOCK
    from lapor.sop.vocabulary import Role

    role = Role.NATIONAL_ADMIN if get_agency(agency).kind == "national" else Role.AGENCY_ADMIN
    now = timezone.now()
    with transaction.atomic():
        account = enrol(agency=agency, login=login, name=name, email=email, actor=CLOCK, now=now)
        appoint(account=account.pk, agency=agency, role=role, decree=decree, actor=CLOCK, now=now)
        choose_password(account_id=account.pk, token=invitation(account.pk), password=password)
