"""The settings of mail: a server with TLS, or the console, or none, and what the check says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured

from config.env import mailers
from partners.mail.hooks import mail_can_be_sent


def options(url: str) -> dict[str, Any]:
    """The options of a server."""
    found: dict[str, Any] = mailers(url)["default"]["OPTIONS"]
    return found


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "starttls"),
    [
        ("smtps://mx.example", "mx.example", 465, True, False),
        ("smtp://mx.example", "mx.example", 587, False, True),
        ("smtp://mx.example:2525", "mx.example", 2525, False, True),
        ("smtps://localhost", "localhost", 465, True, False),
        ("smtp://localhost", "localhost", 25, False, False),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
    ],
)
def test_a_server_is_reached_with_tls_but_on_this_machine(
    url: str, host: str, port: int, ssl: bool, starttls: bool
) -> None:
    found = options(url)
    assert (found["host"], found["port"], found["use_ssl"], found["use_tls"]) == (host, port, ssl, starttls)
    assert found["timeout"] == 20


def test_a_name_and_a_password_are_decoded() -> None:
    found = options("smtps://henvis%40centre.example:p%3A%2F%40@mx.example")
    assert (found["username"], found["password"]) == ("henvis@centre.example", "p:/@")


@pytest.mark.parametrize(
    "url",
    [
        "http://u:geheim@mx.example",
        "smtp:///geheim",
        "smtps://mx/geheim",
        "smtps://mx?tls=geheim",
        "smtp://u:p@mx:geheim",
    ],
)
def test_what_cannot_be_meant_is_refused_without_a_word_of_it(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="HENVIS_MAIL") as error:
        mailers(url)
    assert "geheim" not in str(error.value)


def test_the_console_and_none() -> None:
    assert mailers("console")["default"]["BACKEND"].endswith("console.EmailBackend")
    assert mailers("")["default"]["BACKEND"].endswith("dummy.EmailBackend")


@pytest.mark.parametrize(
    ("sender", "server", "address", "ids"),
    [
        ("", False, "", ["henvis.I002"]),
        ("Henvis <henvis@centre.example>", True, "https://henvis.example", []),
        ("Henvis", True, "https://henvis.example", ["henvis.E002"]),
        ("h@centre.example", False, "https://henvis.example", ["henvis.E003"]),
        ("h@centre.example", True, "", ["henvis.E004"]),
    ],
)
def test_the_check_says_what_is_missing(settings: Any, sender: str, server: bool, address: str, ids: list[str]) -> None:
    settings.HENVIS_MAIL_FROM, settings.HENVIS_MAIL_SERVER, settings.HENVIS_ADDRESS = sender, server, address
    assert [each.id for each in mail_can_be_sent()] == ids


def test_the_pages_name_each_variable_and_the_web_server_gets_no_password() -> None:
    root = Path(project.BASE_DIR)
    names = set(re.findall(r'"(HENVIS_MAIL\w*)"', (root / "config/settings.py").read_text()))
    assert len(names) == 4
    for page in ("docs/mail.md", "docs/deploying.md"):
        assert {name for name in names if f"`{name}`" not in (root / page).read_text()} == set()
    files = {path.name: path.read_text() for path in (root / "deploy/environment").glob("*.env")}
    assert [name for name, text in files.items() if "HENVIS_MAIL=" in text] == ["commands.env"]
