"""The guarded functions by which the web server's role reads exact figures: for a purpose, with a log row in the same statement."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from partners.models import AuditEvent
from stats.models import PUBLIC, Release, ReleaseTable
from tests.callers import as_web_server
from tests.stats.drafts import built, exact
from tests.stats.published import staff
from tests.stats.web_role import as_web, draft

EXACT = "SELECT release_id, axes, codes, counts FROM henvis_exact(1, NULL, %s, 'a query', 'persons', %s, '{}', %s)"
CHANGES = "SELECT * FROM henvis_exact_changes(1, NULL, %s, 'a query', %s, %s, NULL, NULL)"
pytestmark = pytest.mark.django_db
__all__ = ["draft"]


def test_exact_cells_come_with_their_log_row_in_one_statement() -> None:
    exact(count=7)
    assert as_web(EXACT, "research", ["2025.v1"], [""]) == [("2025.v1", "", "", "7")]
    event = AuditEvent.objects.get(action="statistics.exact")
    assert (event.client_id, event.user_id, event.subject) == (1, None, "persons")
    assert event.detail == {
        "purpose": "research",
        "query": "a query",
        "releases": ["2025.v1"],
        "compared_with": [],
        "tables": [""],
    }


@pytest.mark.parametrize("purpose", ["", None])
def test_without_a_purpose_no_cell_and_no_row(purpose: str | None) -> None:
    exact()
    with pytest.raises(DatabaseError, match="EXACT_REQUEST_INCOMPLETE"), transaction.atomic():
        as_web(EXACT, purpose, ["2025.v1"], [""])
    with pytest.raises(DatabaseError, match="EXACT_REQUEST_INCOMPLETE"), transaction.atomic():
        as_web("SELECT * FROM henvis_exact_totals(1, NULL, %s, '2025.v1')", purpose)
    assert not AuditEvent.objects.exists()


def test_the_door_to_exact_cells_shows_no_draft(draft: Release) -> None:
    assert as_web(EXACT, "research", [draft.pk], ["gender"]) == []
    assert as_web("SELECT * FROM henvis_exact_totals(1, NULL, 'research', %s)", draft.pk) == []


def test_totals_come_with_their_log_row() -> None:
    exact(count=7)
    ((records, cells, digest),) = as_web("SELECT * FROM henvis_exact_totals(1, NULL, 'research', '2025.v1')")
    assert (json.loads(records), json.loads(cells), digest) == ({"persons": 7}, {"persons": 1}, "d" * 64)
    assert AuditEvent.objects.get(action="statistics.exact").subject == "2025.v1"


def test_exact_changes_come_with_their_log_row() -> None:
    exact(count=7)
    later = Release.objects.get(pk="2025.v1")
    ReleaseTable.objects.create(release_id="2025.v2", dataset="persons", axes="", codes=[""], counts=[9])
    later.pk, later.vintage, later.change_notes_da, later.change_notes_en = "2025.v2", 2, "Nyt.", "News."
    later.save(force_insert=True)
    assert as_web(CHANGES, "research", "2025.v2", "2025.v1") == [("persons", "", "", "7", "9")]
    event = AuditEvent.objects.get(action="statistics.exact")
    assert (event.client_id, event.subject, event.detail) == (
        1,
        "2025.v2",
        {"purpose": "research", "query": "a query", "releases": ["2025.v2"], "compared_with": ["2025.v1"]},
    )
    for purpose, release, since in (
        ("", "2025.v2", "2025.v1"),
        (None, "2025.v2", "2025.v1"),
        ("research", "x y", "2025.v1"),
    ):
        with pytest.raises(DatabaseError, match="EXACT_REQUEST_INCOMPLETE"), transaction.atomic():
            as_web(CHANGES, purpose, release, since)
    assert AuditEvent.objects.filter(action="statistics.exact").count() == 1


def test_the_door_to_exact_changes_shows_no_draft(draft: Release) -> None:
    built(PUBLIC, "2023", vintage=2, user=staff("builder"))
    assert as_web(CHANGES, "research", "2023.p2", "2023.p1") == []


def test_a_table_of_the_same_name_does_not_come_in_between() -> None:
    exact(count=7)
    # The role may make none, so the owner does, in the same session: the functions do not rest on that refusal.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE partners_auditevent (LIKE public.partners_auditevent) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY TABLE auth_user (id int, is_active bool, is_staff bool) ON COMMIT DROP")
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        with as_web_server():
            cursor.execute(EXACT, ["research", ["2025.v1"], [""]])
            assert cursor.fetchall() == [("2025.v1", "", "", "7")]
        cursor.execute("SELECT count(*) FROM pg_temp.partners_auditevent")
        assert cursor.fetchone() == (0,)


def test_who_rolls_the_log_row_back_leaves_a_line_in_the_server_s_log() -> None:
    exact()
    lines: list[str] = []
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = log")  # what the server's log gets comes here too
        cursor.connection.add_notice_handler(lambda line: lines.append(line.message_primary))
        with transaction.atomic():
            cursor.execute(EXACT, ["research", ["2025.v1"], [""]])
            transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
    assert "henvis: exact figures of persons read by client 1, user <NULL>" in lines
