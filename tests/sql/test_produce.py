"""`henvis_produce`: the audit event of a production, and the releases that counted the person."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from partners.models import AuditEvent
from stats.models import PUBLIC, SnapshotRecord
from tests.callers import as_web_server
from tests.oversight.rights.world import staff
from tests.sql.calls import refusal, rows
from tests.stats.published import draft

pytestmark = pytest.mark.django_db
PRODUCE = "SELECT * FROM henvis_produce(%s, %s::uuid[])"


@pytest.fixture
def officer(db: None) -> User:
    """Who may produce, and not erase."""
    return staff("officer", "produce_case")


def test_a_production_is_logged_and_names_the_releases_that_counted_the_person(officer: User) -> None:
    person, other = uuid4(), uuid4()
    for period, record in (("2022", person), ("2023", person), ("2024", uuid4())):
        row = {"dataset": "persons", "month": date(2023, 1, 1), "codes": ["F"]}
        SnapshotRecord.objects.create(release_id=f"{period}.p1", record=record, **row)
        draft(PUBLIC, period, {}, user=officer)
    with as_web_server():
        assert rows(PRODUCE, officer.pk, [person, other]) == [("2022.p1",), ("2023.p1",)]
    event = AuditEvent.objects.get(action="case.produce")
    assert (event.user_id, event.subject, event.detail) == (officer.pk, str(person), {"cases": 2})


@pytest.mark.parametrize("rights", [(), ("erase_case", "decide_links")])
def test_without_the_right_nothing_is_produced_or_logged(rights: tuple[str, ...]) -> None:
    for user in (staff("other", *rights).pk, None):
        with refusal("PRODUCER_RIGHT_MISSING"), as_web_server():
            rows(PRODUCE, user, [uuid4()])
    assert not AuditEvent.objects.filter(action="case.produce").exists()
