"""Nothing of a published release can be altered, added to or taken away: not by the web server, and not by the owner."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from config.columns import BUILD
from core.text import Text
from partners.audit import Actor
from stats.models import (
    PUBLIC,
    DraftChange,
    DraftSumCoverage,
    DraftSumTable,
    DraftSumTold,
    PublishedChange,
    PublishedSumCoverage,
    PublishedSumTable,
    PublishedSumTold,
    PublishedTable,
    Release,
    ReviewSign,
    ScheduledPublication,
    ScheduleEnd,
)
from stats.staff import approval
from tests.callers import as_web_server
from tests.stats.drafts import built, exact
from tests.stats.published import editor, say_erratum, staff
from tests.stats.records import partner

pytestmark = pytest.mark.django_db
# All that a release is made of, with a column that a forger would like to change.
OF_RELEASES = {
    "statistics.Release": "change_notes_en = 'Nothing.'",
    "statistics.ReleaseTable": "counts = '{9}'",
    "statistics.ProtectedTable": "counts = '{43}'",
    "statistics.SnapshotRecord": "month = '2023-02-01'",
    "statistics.Proof": "passed = true, report = '{}'",
    "statistics.DraftChange": "change = '{1,1}'",
    "statistics.DraftTold": "most = '{1}'",
    "statistics.PublishedTold": "most = '{1}'",
    "statistics.DraftSumTable": "counts = '{43}'",
    "statistics.DraftSumTold": "most = '{1}'",
    "statistics.DraftSumCoverage": "came = 3",
    "statistics.SumLeaf": "value = 31",
    "statistics.PublishedSumTable": "counts = '{43}'",
    "statistics.PublishedSumTold": "most = '{1}'",
    "statistics.PublishedSumCoverage": "came = 3",
    "statistics.PublishedTable": "counts = '{43}'",
    "statistics.PublishedChange": "change = '{1,1}'",
    "statistics.Certificate": "body = '[]'",
    "statistics.Publication": "published_at = now() - interval '1 year'",
    "statistics.Withdrawal": "reason = 'None.'",
    "statistics.Erratum": "text_en = 'None.'",
    "statistics.PreReleaseAccess": "looks = 7",
    "statistics.ScheduledPublication": "due_at = now()",
    "statistics.DraftRefusal": "reason = 'No.'",
    "statistics.WithdrawalRequest": "reason = 'No.'",
    "statistics.ReviewSign": "put_at = now()",
}
EACH = pytest.mark.parametrize("label", OF_RELEASES)


def table(label: str) -> str:
    """A model's table with its schema."""
    return f"{'build' if label in BUILD else 'public'}.{apps.get_model(label)._meta.db_table}"


@pytest.fixture
def released() -> None:
    """Two vintages of a year, the first withdrawn and with an erratum, and an exact release."""
    approver = staff("approver")
    approver.user_permissions.add(Permission.objects.get(codename="approve_release"))
    against: list[str] = []
    reporting = partner()
    for vintage in (1, 2):
        draft = built(PUBLIC, "2023", user=staff("builder"), vintage=vintage, against=against, sums_of=reporting)
        plan = ScheduledPublication.objects.create(release=draft, due_at=timezone.now(), user=approver)
        ScheduleEnd.objects.create(schedule=plan, outcome="TAKEN_BACK", user=approver)
        approval.publish(by=Actor.of(approver), release_id=draft.pk)
        against.append(draft.pk)
    say_erratum("2023.p1")
    ReviewSign.objects.create(release_id="2023.p2", user=approver)
    reason = Text("Sene afgørelser manglede.", "Late decisions were missing.")
    approval.ask_withdrawal(by=Actor.of(approver), release_id="2023.p2", reason=reason)
    refused_draft = built(PUBLIC, "2020", user=staff("builder"))
    approval.refuse(by=Actor.of(approver), release_id=refused_draft.pk, reason="The total cannot be right.")
    approval.withdraw(by=Actor.of(approver), release_id="2023.p1", replacement="2023.p2", reason=reason)
    exact()
    with connection.cursor() as cursor:
        # No table can be emptied while checks of it are still to come.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(statement: str, why: str) -> None:
    """The database refuses a statement."""
    with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@EACH
def test_the_owner_is_refused(released: None, label: str) -> None:
    name = table(label)
    assert apps.get_model(label)._default_manager.exists()
    refused(f"UPDATE {name} SET {OF_RELEASES[label]}", "append-only: UPDATE refused")
    refused(f"DELETE FROM {name}", "append-only: DELETE refused")
    refused(f"TRUNCATE {name} CASCADE", "append-only: TRUNCATE refused")


@EACH
def test_the_web_server_is_refused(released: None, label: str) -> None:
    name = table(label)
    for statement in (f"UPDATE {name} SET {OF_RELEASES[label]}", f"DELETE FROM {name}", f"TRUNCATE {name} CASCADE"):
        with as_web_server():
            refused(statement, "permission denied")


@pytest.mark.parametrize("setting", ["purge", "erase"])
def test_what_lets_records_go_lets_nothing_of_a_release_through(released: None, setting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL henvis.{setting} = 'on'")
    for label, change in OF_RELEASES.items():
        refused(f"DELETE FROM {table(label)}", "append-only: DELETE refused")
        refused(f"UPDATE {table(label)} SET {change}", "append-only: UPDATE refused")


def test_every_table_that_names_a_release_is_among_them() -> None:
    """But an order, which only says what it came to."""
    naming = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.fields
        if field.name.startswith("release")
    }
    # What is ordered is not released yet, and what an erasure keeps comes after. A note on coverage stands beside a release, and
    # an observation of a plan quotes one.
    beside = {"reporting.CoverageNote", "plans.PlanObservation"}
    assert naming - set(OF_RELEASES) == {"statistics.BuildOrder", "statistics.ErasedCount", *beside}


def test_emptying_partners_or_users_does_not_reach_releases(released: None) -> None:
    """TRUNCATE … CASCADE takes every table that refers to one."""
    for name in ("auth_user", "partners_client", "partners_partner"):
        refused(f"TRUNCATE {name} CASCADE", "append-only: TRUNCATE refused")


@pytest.mark.parametrize(
    ("copied", "why"),
    [
        ("build.statistics_protectedtable", "is sealed"),
        ("build.statistics_draftchange", "is sealed"),
        ("build.statistics_drafttold", "is sealed"),
        ("build.statistics_draftsumtable", "is sealed"),
        ("build.statistics_draftsumtold", "is sealed"),
        ("public.statistics_publishedsumtable", "is published"),
        ("public.statistics_publishedsumtold", "is published"),
        ("public.statistics_publishedtable", "is published"),
        ("public.statistics_publishedchange", "is published"),
        ("public.statistics_publishedtold", "is published"),
    ],
)
def test_nothing_is_added_to_what_is_sealed(released: None, copied: str, why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE more ON COMMIT DROP AS SELECT * FROM {copied}")
        cursor.execute("UPDATE more SET axes = 'region'")
    refused(f"INSERT INTO {copied} SELECT * FROM more", why)


@pytest.mark.parametrize(
    ("copied", "why"),
    [
        ("build.statistics_draftsumcoverage", "is sealed"),
        ("build.statistics_sumleaf", "is sealed"),
        ("public.statistics_publishedsumcoverage", "is published"),
    ],
)
def test_no_reports_are_added_to_what_is_sealed(released: None, copied: str, why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE more ON COMMIT DROP AS SELECT * FROM {copied}")
        cursor.execute("UPDATE more SET dataset = 'hotline.calls'")
    refused(f"INSERT INTO {copied} SELECT * FROM more", why)


@pytest.mark.parametrize(
    ("drafted", "published"),
    [(DraftSumTable, PublishedSumTable), (DraftSumTold, PublishedSumTold), (DraftSumCoverage, PublishedSumCoverage)],
)
def test_publishing_copies_the_sums(released: None, drafted: type[Model], published: type[Model]) -> None:
    names = [field.attname for field in published._meta.local_concrete_fields]
    stored = [list(model._default_manager.order_by("pk").values(*names)) for model in (drafted, published)]
    assert stored[0] == stored[1]
    assert [row["release_id"] for row in stored[1]] == ["2023.p1", "2023.p2"]


def test_publishing_copies_what_changed(released: None) -> None:
    names = [field.attname for field in PublishedChange._meta.local_concrete_fields]
    (drafted,), (published,) = (model._default_manager.values(*names) for model in (DraftChange, PublishedChange))
    assert drafted == published
    assert (published["release_id"], published["since_id"]) == ("2023.p2", "2023.p1")


def test_a_later_vintage_without_notes_cannot_be_stored(released: None) -> None:
    made = Release.objects.get(pk="2023.p2")
    made.pk, made.vintage = "2023.p3", 3
    for notes in (("", ""), ("Nyt.", ""), ("", "News."), ("Nyt.", " \n")):
        made.change_notes_da, made.change_notes_en = notes
        with pytest.raises(DatabaseError, match="release_change_notes_of_vintages"), transaction.atomic():
            made.save(force_insert=True)


def test_an_erratum_is_of_what_was_read(released: None) -> None:
    draft = built(PUBLIC, "2022", user=staff("builder"))
    values = f"'{draft.pk}', 'Fejl.', 'Error.', {editor('builder').pk}"
    refused(
        f"INSERT INTO statistics_erratum (release_id, text_da, text_en, user_id) VALUES ({values})", "NOT_PUBLISHED"
    )
    assert not PublishedTable.objects.filter(release=draft).exists()


def test_the_moment_of_an_erratum_is_the_database_s(released: None) -> None:
    values = f"'2023.p2', 'Fejl.', 'Error.', false, {editor('builder').pk}, '2001-01-01T00:00Z'"
    columns = "release_id, text_da, text_en, of_total, user_id, written_at"
    with as_web_server(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO statistics_erratum ({columns}) VALUES ({values}) RETURNING written_at = now()")
        assert cursor.fetchone() == (True,)
