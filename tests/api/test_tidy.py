"""`manage.py tidy` deletes what has served its time and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from api.http.idempotency import KEPT
from api.models import IdempotencyRecord
from tests.callers import Caller, issue_token, referral


def test_only_the_outdated_goes(ngo: Caller, capsys: pytest.CaptureFixture[str]) -> None:
    issue_token(ngo.client, minutes=-1)
    for key in ("0123456789abcdef-old", "0123456789abcdef-new"):
        assert ngo.post("/api/v1/referrals", referral(), Idempotency_Key=key).status_code == 201
    oldest = IdempotencyRecord.objects.earliest("created_at")
    IdempotencyRecord.objects.filter(pk=oldest.pk).update(created_at=timezone.now() - KEPT - timedelta(days=1))
    call_command("tidy")
    assert "Deleted 1 access tokens, 1 idempotency keys, 0 sessions, 0 jobs, 0 staged rows" in capsys.readouterr().out
    assert get_access_token_model().objects.count() == 1
    assert ngo.get("/api/v1/me").status_code == 200
    replayed = ngo.post("/api/v1/referrals", referral(), Idempotency_Key="0123456789abcdef-new")
    assert replayed.headers["Idempotency-Replayed"] == "true"
