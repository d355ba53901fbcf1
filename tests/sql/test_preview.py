"""`henvis_preview`: the tables of a draft for those who order and those who approve, before anything is final."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection, transaction

from partners.models import AuditEvent
from partners.roles import STAFF_ROLES
from stats.models import AUTHORITY, PUBLIC, Publication
from tests.callers import as_web_server
from tests.people.visitors import staff as staff_of_role
from tests.sql.calls import refusal, rows, undone
from tests.stats.drafts import CELLS, built, exact
from tests.stats.facts_decided import decide
from tests.stats.published import staff
from tests.stats.records import partner
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
PREVIEW = "SELECT axes, codes, counts, hidden, symbol, within, offered, told FROM henvis_preview(%s, %s)"
WITH_MEASURES = PREVIEW.replace("axes", "dataset, measure, axes")
TABLE = {**CELLS, "hidden": ["X", "_U"], "offered": False}
# What the draft tells of itself, and of an earlier release.
INTERVALS: dict[tuple[str, str], dict[str, tuple[int, int | None]]] = {
    ("2023.p2", "gender"): {"X": (0, 9), "_U": (10, None)},
    ("2023.p1", "gender"): {"X": (3, 4)},
}


@pytest.fixture
def orderer(db: None) -> User:
    """Who may order builds."""
    return with_right("orderer", "add_buildorder")


def with_right(name: str, codename: str) -> User:
    """Active staff with one right."""
    user: User = staff(name)
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


def look(release: str, user: User | None, what: str = PREVIEW) -> list[Any]:
    """What the web server reads of a draft for a member of staff."""
    with transaction.atomic(), as_web_server():
        return rows(what, release, user.pk if user else None)


def test_a_draft_s_protected_cells_come_with_their_audit_row(orderer: User) -> None:
    published = built(PUBLIC, "2023", user=orderer)
    Publication.objects.create(release=published, user=orderer)
    built(PUBLIC, "2023", user=orderer, vintage=2, against=["2023.p1"], tables=[TABLE], intervals=INTERVALS)
    ((*cells, told),) = look("2023.p2", orderer)
    assert cells == ["gender", ["F"], [42], ["X", "_U"], 9, ["X"], False]
    assert json.loads(told) == {"X": [0, 9], "_U": [10, None]}
    event = AuditEvent.objects.get(action="release.preview")
    assert (event.client_id, event.user_id, event.subject, event.detail) == (None, orderer.pk, "2023.p2", {})


def test_a_table_of_sums_comes_with_its_measure(orderer: User) -> None:
    built(PUBLIC, "2023", user=orderer, sums_of=partner())
    persons, (dataset, measure, axes, *cells, told) = sorted(
        look("2023.p1", orderer, WITH_MEASURES), key=lambda row: row[1]
    )
    assert persons[:3] == ("persons", "", "gender")
    assert (dataset, measure, axes) == ("outreach.contacts", "contacts", "region")
    assert cells == [["DK01"], [30], ["DK02"], None, [], True]
    assert json.loads(told) == {"DK02": [0, 9]}


def test_a_release_for_authorities_tells_nothing_of_what_it_hides(orderer: User) -> None:
    built(AUTHORITY, "2023-Q4", user=orderer, intervals={})
    ((*_, told),) = look("2023-Q4.a1", orderer)
    assert told is None


def test_it_answers_with_protected_cells_and_nothing_else_of_the_draft() -> None:
    columns = rows("SELECT unnest(proargnames), unnest(proargmodes) FROM pg_proc WHERE proname = 'henvis_preview'")
    assert {name for name, mode in columns if mode == "t"} == {
        "dataset", "measure", "axes", "codes", "counts", "hidden", "symbol", "within", "offered", "told"
    }  # fmt: skip


@pytest.mark.parametrize("role", [*STAFF_ROLES, None])
def test_of_all_roles_those_who_order_and_those_who_approve_look(role: str | None) -> None:
    built(PUBLIC, "2023", user=staff("builder"))
    user = staff_of_role(f"one-{role}", role)
    if role in {"statistician", "approver"}:
        assert len(look("2023.p1", user)) == 1
    else:
        with refusal("PREVIEW_RIGHT_MISSING"):
            look("2023.p1", user)
        assert not AuditEvent.objects.filter(action="release.preview").exists()


def test_who_is_no_active_staff_sees_no_draft(orderer: User) -> None:
    built(PUBLIC, "2023", user=orderer)
    assert len(look("2023.p1", User.objects.create_superuser("boss"))) == 1
    with refusal("PREVIEW_RIGHT_MISSING"):
        look("2023.p1", None)
    for change in ({"is_active": False}, {"is_active": True, "is_staff": False}):
        User.objects.filter(pk=orderer.pk).update(**change)
        with refusal("PREVIEW_RIGHT_MISSING"):
            look("2023.p1", orderer)


def test_what_cannot_be_published_is_not_shown(orderer: User) -> None:
    """The cells of a draft that failed are no better than exact ones, and beside a new publication those of a stale one may be."""
    exact()
    built(PUBLIC, "2022", user=orderer, passed=False)
    built(PUBLIC, "2021", user=orderer, against=["2020.p1"])
    Publication.objects.create(release=built(PUBLIC, "2020", user=orderer), user=orderer)
    for release, code, subject in (
        ("2025.v1", "NO_PROTECTED_RELEASE", ""),
        ("1999.p1", "NO_PROTECTED_RELEASE", ""),
        ("2022.p1", "PROOF_NOT_PASSED", "2022.p1"),
        ("2020.p1", "ALREADY_PUBLISHED", "2020.p1"),
    ):
        with refusal(code, subject):
            look(release, orderer)
    assert len(look("2021.p1", orderer)) == 1
    with undone():
        decide("f")
        rows("SET CONSTRAINTS ALL IMMEDIATE")
        rows("ALTER TABLE statistics_release DISABLE TRIGGER append_only")
        rows("UPDATE statistics_release SET built_at = built_at - interval '1 hour' WHERE id = '2021.p1'")
        with refusal("PROOF_STALE", "2021.p1"):
            look("2021.p1", orderer)
    Publication.objects.create(release=built(PUBLIC, "2019", user=orderer), user=orderer)
    with refusal("PROOF_STALE", "2021.p1"):
        look("2021.p1", orderer)


def test_there_is_no_other_way_to_a_draft(orderer: User) -> None:
    built(PUBLIC, "2023", user=orderer)
    of_sums = ("draftsumtable", "draftsumtold", "draftsumcoverage", "sumleaf")
    for table in ("protectedtable", "drafttold", "draftchange", "proof", "snapshotrecord", *of_sums):
        refused(f"SELECT FROM build.statistics_{table}")


def test_who_rolls_the_audit_row_back_leaves_a_line_in_the_server_s_log(orderer: User) -> None:
    built(PUBLIC, "2023", user=orderer)
    lines: list[str | None] = []
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = log")
        cursor.connection.add_notice_handler(lambda line: lines.append(line.message_primary))
        with transaction.atomic():
            cursor.execute(PREVIEW, ["2023.p1", orderer.pk])
            transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
    assert f"henvis: draft 2023.p1 looked at by user {orderer.pk}" in lines
