"""`lapor train`: learns from each institution's own past dispositions where its reports belong."""

from pathlib import Path

import click

from lapor.ops.runtime import ready


@click.command()
@click.option(
    "--institution", "codes", multiple=True, metavar="CODE", help="Only this institution; default: every one."
)
@click.option(
    "--export",
    type=click.Path(file_okay=False, path_type=Path),
    help="Copy the newest models of one --institution to this folder instead of learning; nothing else copies them.",
)
def command(codes: tuple[str, ...], export: Path | None) -> None:
    """Learn suggestions for units, categories and kinds, and say how good they are on the newest fifth.

    Models stay in the state folder, each in a version of its own. Nothing is shown to officers before an admin
    switches it on ("Saran mesin" on the desk).
    """
    if export and len(codes) != 1:
        raise click.UsageError("--export takes the models of one institution: name it with --institution.")
    with ready():
        from lapor.ops.training_command import export_models, run

        if export:
            export_models(codes[0], export)
        else:
            run(codes)
