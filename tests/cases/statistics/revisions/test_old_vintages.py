"""The migration that asks for change notes meets a database whose releases have second vintages without them.

All of it happens in one transaction, which is rolled back: the way back, the old releases, and the way forth.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.transaction import atomic

from cases.statistics.models import PUBLIC, Release
from tests.cases.statistics.drafts import built, exact

pytestmark = pytest.mark.django_db
BEFORE, AFTER = ("cases", "0008_duplicates"), ("cases", "0009_vintages")
OLD = "SELECT to_jsonb(r) - '{change_notes_da,change_notes_en,rule}'::text[] FROM statistics_release r ORDER BY id"
ENABLED = "SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'statistics_release'::regclass AND NOT tgisinternal"
NOTES = ("Fra før der blev skrevet noter om ændringer.", "From before change notes were written.")


def rows(statement: str) -> list[Any]:
    """The first column of what a statement yields."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def migrate(*targets: tuple[str, str]) -> Any:
    """Go there; the models as they are then. What is deferred to the end of a transaction is checked before, as if it had ended."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return MigrationExecutor(connection).migrate(list(targets)).apps


def newest() -> list[tuple[str, str]]:
    """The last migrations of all."""
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def second_vintages(apps: Any) -> None:
    """An exact release and a draft have a second vintage, as they were made then."""
    old = apps.get_model("cases", "Release")
    for release in list(old.objects.filter(vintage=1)):
        release.pk, release.vintage = f"{release.pk[:-1]}2", 2
        apps.get_model("cases", "ReleaseTable").objects.create(
            release_id=release.pk, dataset="persons", axes="", codes=[""], counts=[2]
        )
        release.save(force_insert=True)


def test_second_vintages_of_before_get_notes_that_say_so() -> None:
    exact()
    built(PUBLIC, "2023", user=None)
    apps = migrate(BEFORE)
    second_vintages(apps)
    before, triggers = rows(OLD), rows(ENABLED)
    assert len(before) == 4
    migrate(*newest())
    told = {r.pk: (r.change_notes_da, r.change_notes_en) for r in Release.objects.all()}
    assert told == {"2025.v1": ("", ""), "2025.v2": NOTES, "2023.p1": ("", ""), "2023.p2": NOTES}
    assert rows(OLD) == before
    assert set(rows(ENABLED)) == {"O"}
    assert len(rows(ENABLED)) == len(triggers) + 2  # never_emptied, set_moment


def test_from_then_on_a_second_vintage_says_what_changed_and_no_release_changes() -> None:
    exact()
    second_vintages(migrate(BEFORE))
    migrate(*newest())
    release = Release.objects.get(pk="2025.v2")
    with pytest.raises(IntegrityError, match="append-only"), atomic():
        Release.objects.filter(pk=release.pk).update(change_notes_da="Andet.")
    release.pk, release.vintage, release.change_notes_da = "2025.v3", 3, " "
    with pytest.raises(IntegrityError, match="release_change_notes_of_vintages"), atomic():
        release.save(force_insert=True)


def test_the_way_back_and_forth_again_loses_the_notes_alone() -> None:
    exact()
    second_vintages(migrate(BEFORE))
    migrate(AFTER)
    before = rows(OLD)
    migrate(BEFORE)
    migrate(*newest())
    assert rows(OLD) == before
