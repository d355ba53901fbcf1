"""An installation that sends mail."""

from tests.mail.conftest import mail_on

__all__ = ["mail_on"]
