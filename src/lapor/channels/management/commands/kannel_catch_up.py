"""`lapor manage kannel_catch_up FILE`: keep what Kannel received and never handed over: messages and receipts."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lapor.channels.sms.catch_up import catch_up


class Command(BaseCommand):
    """Safe to run at any time and again: what is known already is not kept twice."""

    help = "Keep every short message and receipt in Kannel's access log that was never handed over. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the path of bearerbox's access log."""
        parser.add_argument("log", type=Path)

    def handle(self, *args: Any, log: Path, **options: Any) -> None:
        """Read the log and say how many were missing."""
        with log.open(encoding="utf-8", errors="replace") as lines:
            found = catch_up(lines, now=timezone.now())
        self.stdout.write(
            f"{found.read} messages read, {found.missing} had been missing and are kept now; "
            f"{found.receipts} receipts had been missing."
        )
