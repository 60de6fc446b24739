"""`lapor manage ...`: Django's own commands, for those who know them."""

import click

from lapor.ops.runtime import ready


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Run one of Django's own commands (migrate, shell, ...)."""
    with ready():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["lapor manage", *words])
