"""`manage.py partner_secret list|issue|rotate|revoke CLIENT_ID`: the secrets of a partner's client."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partners.audit import COMMAND
from partners.credentials import LIFETIME, OVERLAP, CredentialError, issue_secret, live_secrets, revoke, rotate
from partners.management.commands.add_partner import text_of_secret
from partners.models import Client, Secret


class Command(BaseCommand):
    """Lists, issues, rotates and revokes."""

    help = "List, issue, rotate with overlap, or revoke the secrets of a client. A new secret is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One subcommand for each thing that can be done."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="the client's secrets, by their last four characters")
        issue = actions.add_parser("issue", help="a secret beside the present one; two at most are live")
        issue.add_argument("--expires-days", type=int, default=LIFETIME.days, help="default: %(default)s")
        turn = actions.add_parser("rotate", help="a new secret; the present ones end after the overlap")
        turn.add_argument(
            "--overlap-days", type=int, default=OVERLAP.days, help="default: %(default)s; 0 ends them now"
        )
        end = actions.add_parser("revoke", help="end a secret now, with every token of the client")
        which = end.add_mutually_exclusive_group(required=True)
        which.add_argument("--hint", help="the last four characters of the secret")
        which.add_argument("--all", action="store_true", help="every live secret")
        for action in (issue, turn):
            action.add_argument("--base-url", help="for the line that fetches a token")
        for action in actions.choices.values():
            action.add_argument("client_id")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run one action."""
        client = Client.objects.select_related("partner").filter(client_id=options["client_id"]).first()
        if client is None:
            raise CommandError("There is no such client.")
        actions: dict[str, Callable[[Client, dict[str, Any]], None]] = {
            "list": self.show,
            "issue": self.issue,
            "rotate": self.rotate,
            "revoke": self.revoke,
        }
        try:
            actions[options["action"]](client, options)
        except CredentialError as error:
            raise CommandError(str(error)) from None

    def show(self, client: Client, _options: dict[str, Any]) -> None:
        """Every secret that the client has had, the newest first."""
        self.stdout.write(f"{client.partner} ({client.partner.kind}): {' '.join(client.scopes)}")
        for secret in Secret.objects.filter(client=client):
            self.stdout.write(f"  …{secret.hint}  {state(secret)}")

    def issue(self, client: Client, options: dict[str, Any]) -> None:
        """A secret beside the present one."""
        secret = issue_secret(by=COMMAND, client=client, lifetime=timedelta(days=options["expires_days"]))
        self.stdout.write(text_of_secret(client, secret, options["base_url"]))

    def rotate(self, client: Client, options: dict[str, Any]) -> None:
        """A new secret; the present ones end after the overlap."""
        if options["overlap_days"] < 0:
            raise CommandError("An overlap is not negative.")
        secret = rotate(by=COMMAND, client=client, overlap=timedelta(days=options["overlap_days"]))
        self.stdout.write(text_of_secret(client, secret, options["base_url"]))

    def revoke(self, client: Client, options: dict[str, Any]) -> None:
        """End one live secret, or all."""
        secrets = list(live_secrets(client) if options["all"] else live_secrets(client).filter(hint=options["hint"]))
        if not secrets:
            raise CommandError("There is no such live secret; `list` shows them.")
        for secret in secrets:
            revoke(by=COMMAND, secret=secret)
            self.stdout.write(f"…{secret.hint} is revoked, with every token of the client.")


def state(secret: Secret) -> str:
    """Whether a secret is live, and until when or since when not."""
    if secret.revoked_at is not None:
        return f"revoked {timezone.localtime(secret.revoked_at):%Y-%m-%d %H:%M}"
    word = "live until" if secret.expires_at > timezone.now() else "expired"
    use = f", used {timezone.localtime(secret.last_used_at):%Y-%m-%d %H:%M}" if secret.last_used_at else ", never used"
    return f"{word} {timezone.localtime(secret.expires_at):%Y-%m-%d %H:%M}{use}"
