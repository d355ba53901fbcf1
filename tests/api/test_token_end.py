"""A token never outlives the secret that it was fetched with."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from oauth2_provider.models import get_access_token_model

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
