"""`manage.py add_partner`: create a partner with a client and its first secret, and a test client beside a live one.

A command on the server shows a new credential once, with a line that fetches a token when pasted.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from partners.audit import COMMAND
from partners.credentials import LIFETIME, CredentialError, add_client, add_partner, issue_secret, live_secrets
from partners.kinds import (
    DUE_DAYS,
    MOST_DUE_DAYS,
    SCOPES_OF_KIND,
    AgreementKind,
    Calendar,
    Kind,
    Mode,
    Reporting,
    Scope,
)
from partners.models import Client, Partner
from partners.organisations import agreements
from partners.organisations.names import add_twin


def base_url() -> str:
    """Where this installation answers, as far as its settings tell."""
    if settings.INSECURE_LOOPBACK:
        return f"http://127.0.0.1:{settings.LOOPBACK_PORT}"
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"]
    return f"https://{hosts[0].lstrip('.') if hosts else 'henvis.example'}"


def credential(client_id: str, secret: str, expires: datetime, scopes: list[str], base: str | None) -> str:
    """The credential as text for the person who hands it over."""
    return (
        f"client_id:     {client_id}\n"
        f"client_secret: {secret}\n"
        f"scopes:        {' '.join(scopes)}\n"
        f"expires:       {timezone.localtime(expires):%Y-%m-%d %H:%M}\n"
        "The secret is shown this once. A token:\n"
        f"  curl -sS -u '{client_id}:{secret}' -d grant_type=client_credentials {(base or base_url()).rstrip('/')}/oauth/token"
    )


LONGEST_NAME = 120
AWAITED = (
    "Nothing live is stored before the agreement is confirmed: invite a manager (`manage.py invite --role MANAGER "
    "--partner …`), who reads and confirms it at /account/agreement/."
)
MONTH = re.compile(r"2\d{3}-(0[1-9]|1[0-2])", re.ASCII)


class Command(BaseCommand):
    """Adds one organisation and hands its credentials over."""

    help = (
        "Create a partner with a client and a first secret, which is shown once. A live one gets a test client as well."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The partner, and what its client may do."""
        parser.add_argument("name", help="the organisation's name")
        parser.add_argument("--kind", required=True, type=str.upper, choices=[str(kind) for kind in Kind])
        parser.add_argument("--mode", default="live", choices=[mode.lower() for mode in Mode])
        parser.add_argument(
            "--scopes",
            nargs="+",
            metavar="SCOPE",
            choices=[str(scope) for scope in Scope],
            help="default: all of its kind",
        )
        parser.add_argument(
            "--expires-days", type=int, default=LIFETIME.days, help="life of the secret (default: %(default)s)"
        )
        parser.add_argument("--base-url", help="for the line that fetches a token")
        parser.add_argument(
            "--agreement", type=str.upper, choices=[str(each) for each in AgreementKind],
            help="which agreement it confirms (default: the operator's choice, HENVIS_AGREEMENT)",
        )  # fmt: skip
        add_calendar(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Create partner, client and secret in one transaction."""
        name = str(options["name"]).strip()
        kind, mode = Kind(options["kind"]), Mode(options["mode"].upper())
        check_name(name, mode)
        calendar = calendar_of(options)
        try:
            with transaction.atomic():
                partner = add_partner(
                    by=COMMAND, name=name, kind=kind, mode=mode, calendar=calendar, agreement=options["agreement"]
                )
                scopes = options["scopes"] or SCOPES_OF_KIND[kind]
                lifetime = timedelta(days=options["expires_days"])
                client, secret = add_client(by=COMMAND, partner=partner, scopes=scopes, lifetime=lifetime)
                test_client = add_twin(by=COMMAND, partner=partner, scopes=scopes)
                test_secret = issue_secret(by=COMMAND, client=test_client, lifetime=lifetime) if test_client else ""
        except CredentialError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{partner} ({kind}) is added.")
        self.stdout.write(text_of_secret(client, secret, options["base_url"]))
        if not agreements.needs_none(partner):
            self.stdout.write(f"\n{AWAITED}")
        if test_client:
            self.stdout.write(f"\nTo begin with, {test_client.partner}: whatever it sends is never counted.")
            self.stdout.write(text_of_secret(test_client, test_secret, options["base_url"]))


def add_calendar(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--reporting",
        default=Reporting.NONE.lower(),
        choices=[each.lower() for each in Reporting],
        help="how often it reports, or says that there was nothing (default: %(default)s)",
    )
    parser.add_argument(
        "--due-days",
        type=int,
        default=DUE_DAYS,
        metavar="DAYS",
        help="days after the end of a period, in Copenhagen, until its report is due (default: %(default)s)",
    )
    parser.add_argument(
        "--reporting-since", metavar="YYYY-MM", help="the first month that is expected (default: this one)"
    )


def calendar_of(options: Mapping[str, Any]) -> Calendar:
    """The calendar that the options ask for. Raises `CommandError`."""
    frequency, days, since = Reporting(options["reporting"].upper()), options["due_days"], options["reporting_since"]
    if not 0 <= days <= MOST_DUE_DAYS:
        raise CommandError(f"A report is due between 0 and {MOST_DUE_DAYS} days after the end of its period.")
    if frequency == Reporting.NONE:
        if since is not None:
            raise CommandError("--reporting-since needs --reporting.")
        return Calendar(due_days=days)
    return Calendar(frequency, days, month(since) if since is not None else timezone.localdate().replace(day=1))


def month(text: str) -> date:
    """A month's first day. Raises `CommandError`."""
    if not MONTH.fullmatch(text):
        raise CommandError("--reporting-since is a month from 2000-01 on, such as 2026-01.")
    return date.fromisoformat(f"{text}-01")


def check_name(name: str, mode: Mode) -> None:
    """Raise `CommandError` for a name that cannot be had."""
    if not 1 <= len(name) <= LONGEST_NAME:
        raise CommandError(f"A name has between 1 and {LONGEST_NAME} characters.")
    if Partner.objects.filter(name=name, mode=mode).exists():
        raise CommandError(
            f"There is a partner {name} in mode {mode.lower()} already; `partner_secret` gives it secrets."
        )


def text_of_secret(client: Client, secret: str, base: str | None) -> str:
    """The new credential as text."""
    expires = live_secrets(client).latest("created_at").expires_at
    return credential(client.client_id, secret, expires, list(client.scopes), base)
