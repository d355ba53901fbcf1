"""A token never outlives the secret that it was fetched with, and ends by the database's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from api.service.tidying import tidy
from partners import credentials
from partners.audit import COMMAND
from partners.models import Secret
from tests.api.asserts import body
from tests.callers import Caller


def test_a_token_ends_with_its_secret(ngo: Caller) -> None:
    ends = timezone.now() + timedelta(seconds=60)
    Secret.objects.filter(client=ngo.client).update(expires_at=ends)
    form = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    answer = body(ngo.browser.post("/oauth/token", form))
    assert 0 < answer["expires_in"] <= 60
    assert get_access_token_model().objects.latest("pk").expires <= ends + timedelta(seconds=1)


def test_a_token_lasts_ten_minutes_where_the_secret_lasts_longer(ngo: Caller) -> None:
    form = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    assert body(ngo.browser.post("/oauth/token", form))["expires_in"] == 600


@pytest.mark.parametrize("wrong_by", [timedelta(days=-2), timedelta(days=2)])
def test_a_web_server_whose_clock_is_wrong_changes_no_end(
    ngo: Caller, wrong_by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, tokens = timezone.now, get_access_token_model().objects
    Secret.objects.filter(client=ngo.client).update(expires_at=really() + timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: really() + wrong_by)
    form = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    told = body(ngo.browser.post("/oauth/token", form))
    assert told["expires_in"] == 600
    token, secret = tokens.latest("pk"), Secret.objects.get(client=ngo.client)
    assert timedelta(seconds=540) < token.expires - now() <= timedelta(seconds=600)
    assert secret.last_used_at and abs(now() - secret.last_used_at) < timedelta(minutes=1)
    tidy()
    assert tokens.filter(pk=token.pk).exists()
    credentials.rotate(by=COMMAND, client=ngo.client, overlap=timedelta(hours=3))
    fresh = Secret.objects.filter(client=ngo.client).latest("expires_at")
    secret.refresh_from_db()
    assert timedelta(hours=2) < secret.expires_at - now() <= timedelta(hours=3)
    assert timedelta(days=364) < fresh.expires_at - now() <= timedelta(days=365)
    credentials.revoke(by=COMMAND, secret=fresh)
    fresh.refresh_from_db()
    assert fresh.revoked_at and abs(now() - fresh.revoked_at) < timedelta(minutes=1)


def now() -> datetime:
    """What the clock of the database says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
