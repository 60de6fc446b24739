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
@click.option(
    "--tone",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Learn harsh words from this CSV instead: a column text, and insult, hate, religion or race with 0 and 1.",
)
def command(codes: tuple[str, ...], export: Path | None, tone: Path | None) -> None:
    """Learn suggestions for units, categories and kinds, and say how good they are on the newest fifth.

    Models stay in the state folder, each in a version of its own. Nothing is shown to officers before an admin
    switches it on ("Saran mesin" on the desk). What is learned with --tone is shown beside the lexicon's findings at
    once; delete models/_tone of the state folder to be rid of it.
    """
    if export and len(codes) != 1:
        raise click.UsageError("--export takes the models of one institution: name it with --institution.")
    if tone and (export or codes):
        raise click.UsageError("--tone is learned for the whole installation, alone.")
    with ready():
        from lapor.ops.training_command import export_models, run, run_tone

        if tone:
            run_tone(tone)
        elif export:
            export_models(codes[0], export)
        else:
            run(codes)
