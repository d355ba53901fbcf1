"""An installation that sends mail."""

from __future__ import annotations

from tests.mail.conftest import mail_on

__all__ = ["mail_on"]
