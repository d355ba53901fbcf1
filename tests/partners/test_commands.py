"""`add_partner` and `partner_secret`: what they hand over works, and what they refuse leaves nothing behind."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partners.credentials import check_secret, live_secrets
from partners.management.commands import add_partner
from partners.models import AuditEvent, Client, Partner, Secret

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """A command's output."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def handed_over(output: str) -> tuple[Client, str]:
    """The client and the secret that a command shows."""
    found = re.search(r"client_id: +(\S+)\nclient_secret: (\S+)\n", output)
    assert found is not None, output
    client: Client = Client.objects.get(client_id=found[1])
    return client, found[2]


@pytest.fixture
def client_id() -> str:
    """The client of a new NGO."""
    client, _secret = handed_over(run("add_partner", "Havnehuset", "--kind", "NGO"))
    return str(client.client_id)


def test_a_partner_gets_a_secret_that_opens() -> None:
    out = run("add_partner", "  Night Line ", "--kind", "ngo", "--expires-days", "30")
    client, secret = handed_over(out)
    assert secret.startswith("hv_live_")
    found = check_secret(client, secret)
    assert found is not None
    assert abs(found.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)
    assert (client.partner.name, client.partner.kind, client.partner.mode) == ("Night Line", "NGO", "LIVE")
    assert client.scopes == ["referrals:write", "referrals:read"]
    assert f"curl -sS -u '{client.client_id}:{secret}' -d grant_type=client_credentials http" in out
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {"partner.add", "client.add", "secret.issue"}


def test_mode_and_scopes() -> None:
    out = run(
        "add_partner",
        "Police",
        "--kind",
        "POLICE",
        "--mode",
        "test",
        "--scopes",
        "referrals:read",
        "--base-url",
        "https://x.dk/",
    )
    client, secret = handed_over(out)
    assert client.scopes == ["referrals:read"]
    assert client.partner.mode == "TEST"
    assert secret.startswith("hv_test_")
    assert "https://x.dk/oauth/token" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Havnehuset", "--kind", "NGO", "--scopes", "statistics:exact"), "A client of kind NGO may have"),
        (("Havnehuset", "--kind", "NGO", "--expires-days", "0"), "A secret must be valid for between"),
        ((" ", "--kind", "NGO"), "A name has between"),
        (("x" * 121, "--kind", "NGO"), "A name has between"),
        (("Havnehuset", "--kind", "BAKERY"), "invalid choice"),
        (("Havnehuset", "--kind", "NGO", "--scopes", "all"), "invalid choice"),
        (("Havnehuset",), "--kind"),
    ],
)
def test_what_is_refused_leaves_nothing(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run("add_partner", *arguments)
    assert not Partner.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_name_is_taken_once_in_each_mode(client_id: str) -> None:
    with pytest.raises(CommandError, match="already"):
        run("add_partner", "Havnehuset", "--kind", "NGO")
    with pytest.raises(CommandError, match="already"):
        run("add_partner", "Havnehuset", "--kind", "NGO", "--mode", "test")
    assert Partner.objects.filter(name="Havnehuset").count() == 2


def test_a_live_partner_has_a_test_client_to_begin_with() -> None:
    _, test = run("add_partner", "Havnehuset", "--kind", "POLICE", "--scopes", "referrals:read").split("To begin with")
    client, secret = handed_over(test)
    assert secret.startswith("hv_test_")
    assert check_secret(client.client_id, secret) is not None
    assert (client.partner.mode, client.scopes) == ("TEST", ["referrals:read"])
    assert client.partner.twin_of == Partner.objects.get(mode="LIVE")
    assert "To begin with" not in run("add_partner", "Figures", "--kind", "POLICE", "--scopes", "statistics:authority")
    assert "To begin with" not in run("add_partner", "Tests", "--kind", "NGO", "--mode", "test")


def test_issue_until_two_are_live(client_id: str) -> None:
    client, secret = handed_over(run("partner_secret", "issue", client_id, "--expires-days", "10"))
    assert check_secret(client, secret) is not None
    with pytest.raises(CommandError, match="Two secrets are already valid"):
        run("partner_secret", "issue", client_id)


def test_rotate_with_overlap(client_id: str) -> None:
    before = Secret.objects.get(client__client_id=client_id)
    client, secret = handed_over(run("partner_secret", "rotate", client_id, "--overlap-days", "3"))
    before.refresh_from_db()
    assert check_secret(client, secret) is not None
    assert live_secrets(client).count() == 2
    assert abs(before.expires_at - timezone.now() - timedelta(days=3)) < timedelta(minutes=1)


def test_rotate_at_once(client_id: str) -> None:
    client, secret = handed_over(run("partner_secret", "rotate", client_id, "--overlap-days", "0"))
    assert [row.hint for row in live_secrets(client)] == [secret[-4:]]
    with pytest.raises(CommandError, match="not negative"):
        run("partner_secret", "rotate", client_id, "--overlap-days", "-1")


def test_revoke_one_by_its_hint(client_id: str) -> None:
    client, secret = handed_over(run("partner_secret", "rotate", client_id))
    assert f"…{secret[-4:]} is revoked" in run("partner_secret", "revoke", client_id, "--hint", secret[-4:])
    assert check_secret(client, secret) is None
    assert live_secrets(client).count() == 1


def test_revoke_all(client_id: str) -> None:
    run("partner_secret", "issue", client_id)
    assert run("partner_secret", "revoke", client_id, "--all").count("is revoked") == 2
    assert not live_secrets(Client.objects.get(client_id=client_id)).exists()
    with pytest.raises(CommandError, match="no such live secret"):
        run("partner_secret", "revoke", client_id, "--all")


def test_list_shows_states_and_never_a_secret(client_id: str) -> None:
    _client, secret = handed_over(run("partner_secret", "issue", client_id))
    first, second = Secret.objects.filter(client__client_id=client_id).order_by("created_at")
    Secret.objects.filter(pk=first.pk).update(
        expires_at=timezone.now() - timedelta(days=1), last_used_at=timezone.now()
    )
    out = run("partner_secret", "list", client_id)
    assert "Havnehuset (NGO): referrals:write referrals:read" in out
    assert re.search(rf"…{first.hint}  expired .*, used ", out)
    assert re.search(rf"…{second.hint}  live until .*, never used", out)
    assert secret not in out
    run("partner_secret", "revoke", client_id, "--hint", second.hint)
    assert f"…{second.hint}  revoked" in run("partner_secret", "list", client_id)


def test_an_unknown_client() -> None:
    with pytest.raises(CommandError, match="no such client"):
        run("partner_secret", "list", "nobody")


@pytest.mark.parametrize(
    ("hosts", "loopback", "url"),
    [
        (["henvis.dk"], True, "http://127.0.0.1:8123"),
        (["*", ".henvis.dk"], False, "https://henvis.dk"),
        (["*"], False, "https://henvis.example"),
    ],
)
def test_base_url(settings: Any, hosts: list[str], loopback: bool, url: str) -> None:
    settings.ALLOWED_HOSTS, settings.INSECURE_LOOPBACK, settings.LOOPBACK_PORT = hosts, loopback, 8123
    assert add_partner.base_url() == url
