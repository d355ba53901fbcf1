"""The only way to exact figures: `henvis_exact`, `henvis_exact_totals`, `henvis_exact_changes`. Each leaves a row and a line."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from partners.models import AuditEvent
from stats.models import PUBLIC, Release, ReleaseTable
from tests.callers import as_web_server
from tests.sql.calls import refusal, rows, undone
from tests.stats.drafts import built, exact
from tests.stats.published import staff

pytestmark = pytest.mark.django_db
EXACT = "SELECT * FROM henvis_exact(1, NULL, %s, 'q', %s, %s, %s, %s)"
TOTALS = "SELECT * FROM henvis_exact_totals(1, NULL, %s, %s)"
CHANGES = "SELECT * FROM henvis_exact_changes(1, NULL, %s, 'q', %s, %s, %s, %s)"
FULL: dict[str, tuple[str, tuple[Any, ...]]] = {
    "figures": (EXACT, ("research", "persons", ["2025.v1"], [], [""])),
    "totals": (TOTALS, ("research", "2025.v1")),
    "changes": (CHANGES, ("research", "2025.v2", "2025.v1", None, None)),
}


@pytest.fixture(autouse=True)
def _two_vintages(db: None) -> None:
    """A year that was counted twice: 7 and 9, with two tables; and the draft of a protected release."""
    exact(count=7)
    ReleaseTable.objects.create(release_id="2025.v2", dataset="persons", axes="", codes=[""], counts=[9])
    ReleaseTable.objects.create(release_id="2025.v2", dataset="persons", axes="gender", codes=["F"], counts=[9])
    later = Release.objects.get(pk="2025.v1")
    later.pk, later.vintage, later.change_notes_da, later.change_notes_en = "2025.v2", 2, "Nyt.", "News."
    later.save(force_insert=True)
    built(PUBLIC, "2023", user=staff("builder"))


def web(statement: str, *parameters: Any) -> list[Any]:
    """What the web server's role reads."""
    with as_web_server():
        return rows(statement, *parameters)


def test_tables_come_as_they_are_asked_for() -> None:
    assert web(EXACT, "research", "persons", ["2025.v1"], ["2025.v2"], [""]) == [
        ("2025.v1", "", "", "7"),
        ("2025.v2", "", "", "9"),
    ]
    assert web(EXACT, "research", "persons", ["2025.v2"], [], ["gender"]) == [("2025.v2", "gender", "F", "9")]
    assert web(EXACT, "research", "referrals", ["2025.v2"], [], ["gender"]) == []


def test_totals_are_of_exact_releases_alone() -> None:
    assert len(web(TOTALS, "research", "2025.v1")) == 1
    assert web(TOTALS, "research", "2023.p1") == []


def test_changes_are_of_tables_that_both_have() -> None:
    assert web(CHANGES, "research", "2025.v2", "2025.v1", None, None) == [("persons", "", "", "7", "9")]
    assert web(CHANGES, "research", "2025.v2", "2025.v1", "persons", "gender") == []
    assert web(CHANGES, "research", "2025.v1", "2025.v1", None, None) == [("persons", "", None, None, None)]


@pytest.mark.parametrize("name", FULL)
def test_each_leaves_a_row_and_a_line_in_the_log(name: str) -> None:
    lines: list[str] = []
    with undone():
        rows("SET LOCAL client_min_messages = log")
        connection.connection.add_notice_handler(lambda line: lines.append(line.message_primary))
        web(FULL[name][0], *FULL[name][1])
        event = AuditEvent.objects.get(action="statistics.exact")
        assert (event.client_id, event.user_id, event.detail["purpose"]) == (1, None, "research")
    assert any("client 1, user <NULL>" in line for line in lines)


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("purpose", ["", None])
def test_without_a_purpose_there_is_no_figure_and_no_row(name: str, purpose: str | None) -> None:
    statement, given = FULL[name]
    with refusal("EXACT_REQUEST_INCOMPLETE"):
        web(statement, purpose, *given[1:])
    assert not AuditEvent.objects.filter(action="statistics.exact").exists()


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("readers", ["NULL, NULL", "1, 1"])
def test_who_reads_is_one_client_or_one_member_of_staff(name: str, readers: str) -> None:
    """An audit event of nobody would say nothing, and one of two would leave open who it was."""
    statement, given = FULL[name]
    with refusal("EXACT_READER_MISSING"):
        web(statement.replace("1, NULL", readers, 1), *given)
    with undone():
        assert web(statement.replace("1, NULL", "NULL, 1", 1), *given)
    assert not AuditEvent.objects.filter(action="statistics.exact").exists()


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (EXACT, ("research", "persons; x", ["2025.v1"], [], [""])),
        (EXACT, ("research", "persons", None, [], [""])),
        (EXACT, ("research", "persons", ["2025.v1"], None, [""])),
        (EXACT, ("research", "persons", ["2025.v1"], [], None)),
        (TOTALS, ("research", "a name")),
        (CHANGES, ("research", "a name", "2025.v1", None, None)),
        (CHANGES, ("research", "2025.v2", "a name", None, None)),
    ],
)
def test_what_cannot_be_logged_is_not_read(statement: str, given: tuple[Any, ...]) -> None:
    with refusal("EXACT_REQUEST_INCOMPLETE"):
        web(statement, *given)
