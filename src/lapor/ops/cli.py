"""The `lapor` command. Each module in `lapor.ops.commands` is one subcommand, named after its file."""

import importlib
import pkgutil
import sys

import click
from django.core.exceptions import ImproperlyConfigured

from lapor.ops import commands
from lapor.ops.localdb.errors import LocalDatabaseError


class Subcommands(click.Group):
    """Find subcommands by file name and import one only when it is asked for: `--help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names; a trailing underscore in a file name (`import_`) is Python's, not ours."""
        return sorted(module.name.rstrip("_") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the module's `command`, or None when there is no such module."""
        for module in pkgutil.iter_modules(commands.__path__):
            if module.name.rstrip("_") == cmd_name:
                found: click.Command = importlib.import_module(f"{commands.__name__}.{module.name}").command
                return found
        return None


@click.command(cls=Subcommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lapor")
def lapor() -> None:
    """LAPOR!: run, feed and examine an installation."""


def main() -> None:
    """Run the command; problems an operator can solve end in one sentence and exit code 1."""
    try:
        lapor()
    except (ImproperlyConfigured, LocalDatabaseError) as problem:
        sys.exit(f"lapor: {problem}")
    except PermissionError as problem:
        sys.exit(f"lapor: {problem.filename} belongs to another user. Run this as the user who started LAPOR! first.")


if __name__ == "__main__":
    main()
