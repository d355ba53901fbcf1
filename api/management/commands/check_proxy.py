"""`manage.py check_proxy https://henvis.example`: does what stands in front do what the program relies on?

A WSGI server hands a header's name on in capitals with underscores, so `X_Forwarded_For` and `X-Forwarded-For` are one there: only
who reads the wire tells them apart. And a proxy that redirects plain HTTP itself never shows us the secret that was sent with it.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import SSLCertVerificationError
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from cases.dimensions import PRINCIPAL

PUBLIC, TABLE = "/api/v1", f"/api/v1/statistics/{PRINCIPAL.id}"
# No purpose of ours: whoever is shown it as `Henvis-Purpose` answers 400.
FORGED = {"Henvis_Purpose": "forged"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class ProxyAnswer(NamedTuple):
    """An answer, with the code of the problem where it is one of the program's; the status is 0 where nobody answers.

    `certificate`: what is wrong with the one that was shown, where that is why.
    """

    status: int
    code: str = ""
    certificate: str = ""


class ProxyCheck(NamedTuple):
    """What is asked, where, and what a sound answer is."""

    wrong: str
    plain: bool
    method: str
    path: str
    headers: Mapping[str, str]
    sound: Callable[[ProxyAnswer], bool]


CHECKS = (
    ProxyCheck("The service does not answer by TLS.", False, "GET", PUBLIC, {}, lambda answer: answer.status == 200),
    ProxyCheck(
        "Header names with underscores are passed on: drop them (nginx: underscores_in_headers off).",
        False,
        "GET",
        TABLE,
        FORGED,
        lambda answer: answer.code != "invalid_header",
    ),
    ProxyCheck(
        "A request for a token is redirected from plain HTTP, secret and all: refuse it, or pass it on to be refused.",
        True,
        "POST",
        "/oauth/token",
        FORM,
        lambda answer: not 200 <= answer.status < 400,
    ),
    ProxyCheck(
        "A caller says itself that it came by TLS: set X-Forwarded-Proto, whatever came.",
        True,
        "GET",
        PUBLIC,
        {"X-Forwarded-Proto": "https", "X_Forwarded_Proto": "https"},
        lambda answer: answer.status != 200,
    ),
)


class Command(BaseCommand):
    """The proxy, from outside."""

    help = "Check that the proxy in front drops what could be forged and redirects no secret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two addresses of the service."""
        parser.add_argument("address", help="the address by TLS, such as https://henvis.example")
        parser.add_argument("--plain", help="the address without; http://HOST of the first one where it is not given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and end with a status of 1 where an answer is not sound."""
        address = options["address"]
        plain = options["plain"] or f"http://{urlsplit(address).hostname}"
        answers = [(each, ask(plain if each.plain else address, each)) for each in CHECKS]
        wrong = [in_words(each, answer) for each, answer in answers if not each.sound(answer)]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("The proxy is as it must be.")


def in_words(check: ProxyCheck, answer: ProxyAnswer) -> str:
    """What is wrong, and the certificate where that is why."""
    return f"{check.wrong} Its certificate is refused: {answer.certificate}." if answer.certificate else check.wrong


def ask(address: str, check: ProxyCheck) -> ProxyAnswer:
    """What comes back."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=10)
    try:
        connection.request(check.method, check.path, headers=dict(check.headers))
        response = connection.getresponse()
        problem = response.headers.get_content_type() == "application/problem+json"
        return ProxyAnswer(response.status, json.load(response)["code"] if problem else "")
    except SSLCertVerificationError as error:
        return ProxyAnswer(0, certificate=error.verify_message)
    except (OSError, HTTPException):
        return ProxyAnswer(0)
    finally:
        connection.close()
