"""Finding what happened to a case, a delivery or a decision by the eight characters by which lists show it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from core.text import range_of
from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from partners.screens.event_filters import one_for_each_subject
from tests.callers import Browser
from tests.people.test_auditor import EVENTS, LANGUAGES, auditor, page, rows
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db
__all__ = ["auditor"]
PAGE = f"{EVENTS}find/"


def find(browser: Browser, characters: str, language: str = "en") -> Any:
    """The answer to what was typed."""
    return browser.post(PAGE, {"characters": characters}, headers={"Accept-Language": language})


def test_who_saw_a_case_is_asked_by_its_characters(auditor: Browser) -> None:
    case = uuid4()
    for name in ("ida", "ole"):
        audit.record(by=Actor.of(staff(name)), action="case.view", subject=str(case))
    audit.record(by=Actor.of(staff("eva")), action="case.view", subject=str(uuid4()))
    listed = page(auditor, EVENTS)
    assert f'href="{PAGE}"' in listed and "below" in listed and 'name="characters"' in page(auditor, PAGE)
    assert f'href="{PAGE}"' not in page(auditor, "/admin/partners/recordread/")
    answer = find(auditor, f" {str(case)[:8].upper()}…")
    assert answer.status_code == 302 and str(case)[:8] not in answer["Location"]
    about = rows(page(auditor, answer["Location"]))
    assert about.count("Person seen") == 2 and "ida" in about and "ole" in about and "eva" not in about


@LANGUAGES
def test_what_is_not_found_is_said(auditor: Browser, language: str) -> None:
    one, other = UUID("02eae3e0-0000-4000-8000-000000000001"), UUID("02eae3e0-ffff-4000-8000-000000000002")
    for key in (one, other):
        audit.record(by=COMMAND, action="case.view", subject=str(key))
    refusals = {
        "02eae3e1": ("Ingen hændelse", "No event"),
        "02eae3e0": ("Flere begynder sådan", "Several begin like this"),
        "ida": ("Skriv otte tegn", "Write eight characters"),
        "%" * 8: ("Skriv otte tegn", "Write eight characters"),
        "x" * 13: ("12", "12"),
        "": ("errorlist", "errorlist"),
    }
    for characters, words in refusals.items():
        answer = find(auditor, characters, language)
        assert answer.status_code == 200 and words[language == "en"] in answer.content.decode(), characters


def test_only_readers_of_the_audit_find(db: None) -> None:
    assert find(signed_in(staff("ida", "case_manager")), "02eae3e0").status_code == 403


def test_finding_reads_the_index_of_subjects(db: None) -> None:
    AuditEvent.objects.bulk_create(AuditEvent(action="a", subject=str(uuid4()), detail={}) for _ in range(2000))
    keys = range_of("02eae3e0")
    assert keys
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_auditevent")
        # Of so few rows either way costs the same: this asks whether the index serves.
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = one_for_each_subject(keys).explain()
    assert "auditevent_of_subject" in plan and "Index Cond: (((subject)::text >=" in plan
