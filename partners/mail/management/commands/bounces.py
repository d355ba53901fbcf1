"""`manage.py bounces < REPORT`: read a mail server's report that a mail could not be delivered (RFC 3464, docs/mail.md).

It prints how many addresses are marked, and nothing of the report. What is no report, or of no mail of ours, is ignored.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from partners.mail import sending


class Command(BaseCommand):
    """Read a report from standard input."""

    help = __doc__ or ""

    def handle(self, *_: Any, **__: Any) -> None:
        number = sending.read(sys.stdin.buffer.read(sending.LARGEST))
        self.stdout.write(f"{number} addresses marked")
