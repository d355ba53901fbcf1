"""An erasure blocks every writer, so it never reads a whole table that grows with use."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from cases.linking.decisions import merge
from partners import audit
from partners.audit import COMMAND
from partners.models import AuditEvent
from tests.callers import Caller
from tests.oversight.rights.world import arrive, erase_person

pytestmark = pytest.mark.django_db
BODY = "SELECT prosrc FROM pg_proc WHERE proname = 'henvis_rename_in_logs'"
FEW = "SELECT proname, prorows FROM pg_proc WHERE proname IN ('henvis_referrals_of', 'henvis_assessments_of')"


def test_the_audit_is_asked_by_an_index() -> None:
    AuditEvent.objects.bulk_create(AuditEvent(action="a", subject=str(uuid4()), detail={}) for _ in range(2000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_auditevent")
        # Whether it pays for so few rows is the planner's to say, and depends on what has not yet been merged into the index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(BODY)
        (body,) = cursor.fetchone()
        where = body[body.index("WHERE") :].split(";")[0].replace("person::text", f"'{uuid4()}'")
        # Of 2000 rows either way costs the same, after what other tests left in the index; this asks whether the index serves.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT FROM partners_auditevent {where}")
        assert "Bitmap Index Scan on auditevent_named" in str(cursor.fetchall())


def test_a_person_is_known_to_have_few_records() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FEW)
        assert {rows for _, rows in cursor.fetchall()} == {10}


def test_every_event_that_names_a_case_is_found_wherever_it_names_it(ngo: Caller, police: Caller) -> None:
    one, two, other = arrive(ngo), arrive(police), arrive(ngo)
    case, hers, kept = (str(each.case.pk) for each in (one, two, other))
    merge(by=COMMAND, cases=[one.case.pk, two.case.pk], reason_code="CONFIRMED")
    audit.record(by=COMMAND, action="a", subject=case, among=[kept, {"deep": f"case:{hers}, {kept}"}])
    audit.record(by=COMMAND, action="b", subject=kept, **{case: hers})
    audit.record(by=COMMAND, action="c", subject=f"{kept} and {case}")
    stone = str(erase_person(one))
    told = {event.action: (event.subject, event.detail) for event in AuditEvent.objects.filter(action__in="abc")}
    assert told == {
        "a": (stone, {"among": [kept, {"deep": f"case:{stone}, {kept}"}]}),
        "b": (kept, {stone: stone}),
        "c": (f"{kept} and {stone}", {}),
    }
