"""What gunicorn is told that is no option of its command line (`--config=python:lapor.config.server`).

Kannel hands a whole message over in one address, and one of 255 parts with a single emoji in it has 102,510 characters
there ("%00J" is a J). gunicorn's ceiling for an address is 8,190, whatever one asks for. What is over it is refused
before we see it, Kannel would come with the same message for a week, and every other citizen's SMS waits behind it.
"""

from importlib import import_module

LONGEST_LINE = 128 * 1024  # bytes; "0", gunicorn's other choice, is no bound at all

setattr(import_module("gunicorn.http.message"), "MAX_REQUEST_LINE", LONGEST_LINE)  # noqa: B010 - untyped
limit_request_line = LONGEST_LINE
