"""What was done to one thing is found in an audit of many rows without reading them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from partners.jobs import attempts
from partners.models import AuditEvent

pytestmark = pytest.mark.django_db
ACTION = "report.file_failure"


def test_failures_are_looked_for_by_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    AuditEvent.objects.bulk_create(AuditEvent(action="case.view", subject=str(n), detail={}) for n in range(5000))
    attempts.note_failure(ACTION, "2025", ValueError())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_auditevent")
    plans: list[str] = []
    values_list = QuerySet.values_list

    def explained(rows: QuerySet[AuditEvent], *fields: str, flat: bool = False) -> object:
        plans.append(rows.explain())
        return values_list(rows, *fields, flat=flat)

    monkeypatch.setattr(QuerySet, "values_list", explained)
    assert len(attempts.failures(ACTION, "2025", timezone.now() - timedelta(days=1))) == 1
    assert "auditevent_of_subject" in plans[0]
