"""What reporters do after filing."""

from __future__ import annotations

from lapor.ops.demo.life import Life
from lapor.reports.usecases import consent as consenting
from lapor.reports.usecases import reply as replying
from lapor.reports.usecases.complete import complete_report
from lapor.reports.usecases.confirm import confirm_done
from lapor.reports.usecases.reopen import reopen_report
from lapor.reports.usecases.restore import restore_report
from lapor.reports.usecases.withdraw import withdraw_report


def complete(life: Life) -> None:
    """Answer the question."""
    life.do(complete_report, life.reporter, text=life.words("completion"), files=life.photos(after=False))


def reply(life: Life) -> None:
    """Say thanks, or that one waits."""
    life.do(replying.reply, life.reporter, text=life.words("reply"))


def object(life: Life) -> None:
    """Say that it is not done. The name is the SOP's and the scenes'; nothing here needs the builtin."""
    life.do(replying.object_, life.reporter, text=life.words("object"), files=life.photos(after=False))


def confirm(life: Life, stars: str) -> None:
    """Say that it is done, with stars."""
    text = life.words("praise" if int(stars) > 2 else "complaint")
    life.do(confirm_done, life.reporter, rating=int(stars), text=text)


def withdraw(life: Life) -> None:
    """Take the report back."""
    life.do(withdraw_report, life.reporter, text=life.words("withdraw"))


def reopen(life: Life) -> None:
    """Say within the window that it broke again."""
    life.do(reopen_report, life.reporter, why=life.words("reopen"))


def restore(life: Life) -> None:
    """Bring the report back from the archive."""
    life.do(restore_report, life.reporter, text=life.words("restore"))


def consent(life: Life, answer: str) -> None:
    """Answer whether the Ombudsman may know who reported."""
    life.do(consenting.answer_consent, life.reporter, given=answer == "yes")
