"""`lapor signon`: lets officers of an institution come in by its own sign-on (OpenID Connect)."""

import click

from lapor.ops.runtime import ready


@click.command()
@click.option("--institution", required=True, help="Code of the institution.")
@click.option("--issuer", default="", help="Address of its OpenID provider, beginning with https://.")
@click.option("--client", default="", help="Client id that the provider gave this installation.")
@click.option("--secret", default="", help="Client secret; asked for when not given.")
@click.option("--loopback", is_flag=True, help="Let the provider be one on this machine, over http: to try it out.")
@click.option("--remove", is_flag=True, help="Take the institution's sign-on away, with all that it linked.")
def command(institution: str, issuer: str, client: str, secret: str, loopback: bool, remove: bool) -> None:
    """Set up, change or remove an institution's own sign-on; it signs in appointed officers and appoints nobody."""
    with ready():
        from django.utils import timezone

        from lapor.agencies.queries.tree import get_agency
        from lapor.identity.usecases.sign_on import keep_sign_on, remove_sign_on
        from lapor.kernel.errors import Refusal

        try:
            house = get_agency(institution)
            if house.kind != "institution":
                raise click.ClickException(f"{house.name} is no institution.")
            known = {"institution": house.code, "home": house.id, "now": timezone.now()}
            if remove:
                remove_sign_on(**known)  # type: ignore[arg-type]
                click.echo(f"{house.name} signs in by password again.")
                return
            words = {"issuer": issuer, "client_id": client, "secret": secret or click.prompt("Secret", hide_input=True)}
            keep_sign_on(**known, **words, name=house.name, loopback=loopback)  # type: ignore[arg-type]
        except Refusal as refusal:
            raise click.ClickException(str(refusal.sentence)) from None
        click.echo(f"Officers of {house.name} may now sign in by {issuer}.")
