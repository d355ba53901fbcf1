"""An installation that sends mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

FROM = "Henvis <henvis@centre.example>"


@pytest.fixture
def mail_on(settings: Any) -> list[EmailMessage]:
    """Mail is configured and goes into this list."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.HENVIS_MAIL_FROM, settings.HENVIS_MAIL_SERVER = FROM, True
    settings.HENVIS_MAIL_BOUNCES, settings.HENVIS_MAIL_REPLY_TO = "returns@centre.example", "help@centre.example"
    settings.HENVIS_ADDRESS = "https://henvis.example"
    box: list[EmailMessage] = mail.outbox
    box.clear()
    return box
