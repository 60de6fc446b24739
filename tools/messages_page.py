"""Write docs/reference/messages.md: who is told what, and how a message travels, from the code itself."""

from collections.abc import Iterator

from lapor.messaging.texts import LANGUAGES, Text, all_texts
from lapor.sop.table import STEPS
from lapor.sop.vocabulary import Action, Told

PAGE = "docs/reference/messages.md"
HEAD = """\
# Messages

<!-- Made from src/lapor/messaging/texts.toml and the SOP's table by `make docs`. Change those, not this page. -->

Each step of the SOP says whom it tells. The promise to tell is a row (`OutgoingMessage`) written in the same
transaction as the step; `lapor worker` keeps it. Messages to a desk are read in the desk's inbox whatever happens
outside; besides, they go by e-mail to the officers of that desk who have an address. Messages to a reporter go to
the reporter's first address that a channel serves; without one they are read on the tracking page. Beside that letter
every phone rings that asked for news of the report (web push, ADR 9), each as a message of its own.

A mail carries the subject and the sentences below, the code, the human number, the title (unless the report is
secret or blocked, or the title holds a web address) and a link. It never carries a name or an address, and an officer's
words only for a report that came by e-mail and is not secret. A phone shows the subject and the sentences only; of a
report whose title must not travel it shows that there is news, and no more.

## How far a promise is kept

| State | Meaning |
|---|---|
| `waiting` | Owed. `attempts` counts the tries, `problem` says what went wrong last, `next_try_at` when it goes on. |
| `sent` | The provider took it at `sent_at`. |
| `nowhere` | There is no address that a channel serves; `problem` says which of the two is missing. |
| `dead` | Refused for good, or tried eight times. It is kept for ever, and `lapor doctor` tells of it. |

A sender leases up to fifty messages for five minutes; the attempt is committed before the work. One whose sender
died is taken up alone when the lease has run out. Pauses grow from a minute to a day and are spread by the
message's id. While the mail server is away altogether no attempt is counted. Every try of a message bears the same
`Message-ID`.

## Settings

| Variable | Meaning | Without it |
|---|---|---|
| `LAPOR_MAIL` | `console:`, `file:///folder` or `smtp://user:password@host:port` | `console:` |
| `LAPOR_MAIL_FROM` | the sender | `LAPOR! <lapor@localhost>` |
| `LAPOR_EMAIL_ADDRESS` | our address for mail that comes in; mails to reporters can be answered then | they cannot |
| `LAPOR_PUSH_KEY` | what phones know us by, 32 characters or more, for ever | drawn once; in production no push |
| `LAPOR_BASE_URL` | what links in messages begin with | `http://localhost:8000` |

A new channel is one class that keeps the contract of `lapor.messaging.channel.Channel`, named in `LAPOR_CHANNELS`.

## Who is told what

Words in braces are filled in; a sentence is left out when what it names is not known.
"""


def documents() -> dict[str, str]:
    """Return the page by its path."""
    return {PAGE: HEAD + "".join(_sections())}


def _sections() -> Iterator[str]:
    texts = all_texts()
    for action in Action:
        told = {who for step in STEPS if step.action is action for who in step.tells}
        if told:
            yield f"\n### {action.en} ({action.id})\n"
            yield from (_entry(who, texts[str(action), str(who)]) for who in Told if who in told)


def _entry(told: Told, text: Text) -> str:
    lines = [f"\n**{told.en}** ({told.id})\n\n"]
    for language in LANGUAGES:
        subject, *sentences = text.words[language]
        lines.append(f"- `{language}` **{subject}**: {' '.join(sentences)}\n")
    return "".join(lines)
