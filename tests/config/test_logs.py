"""Logs say what broke and where, and never quote a person."""

import logging
import sys

from django.test import RequestFactory

from lapor.config.logs import DiscreetFormatter, NoAddresses


def failed_record() -> logging.LogRecord:
    """Return the record of an error whose message quotes what somebody typed, with a cause that does too."""
    try:
        try:
            raise KeyError("Siti Contoh")
        except KeyError as cause:
            raise ValueError("0812-0000-0000 is no number") from cause
    except ValueError:
        return logging.LogRecord("lapor", logging.ERROR, __file__, 1, "Could not send", (), sys.exc_info())


def test_errors_name_place_and_kind_without_their_message() -> None:
    line = DiscreetFormatter().format(failed_record())

    assert "builtins.ValueError" in line
    assert "builtins.KeyError" in line
    assert "in failed_record" in line
    assert "0812" not in line
    assert "Siti" not in line


def test_while_debugging_the_message_is_shown() -> None:
    assert "0812" in DiscreetFormatter(show_messages=True).format(failed_record())


def test_addresses_are_left_out_because_codes_stand_in_them() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, "Not Found: %s", ("/lacak/SECRET/",), None
    )
    record.request = RequestFactory().get("/lacak/SECRET/")

    assert NoAddresses().filter(record)
    assert record.getMessage() == "warning answer on GET unknown route"
