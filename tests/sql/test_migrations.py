"""The way back of our migrations: what they did beside Django's models is undone, so that the way forth begins with nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations import CreateModel, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.models import CASCADE, AutoField, ForeignKey

from config.columns import ours
from config.env import WEB_ROLE
from core.install import CreateModels
from tests.sql.calls import rows

pytestmark = pytest.mark.django_db
# There are 137, and what a library alters is rendered again. With each model by itself it were 24,604.
MOST_RENDERED = 1_000
PAIR = CreateModels(
    *(
        CreateModel(name, [("id", AutoField(primary_key=True)), ("other", ForeignKey(f"tried.{other}", CASCADE))])
        for name, other in (("One", "Two"), ("Two", "One"))
    )
)
LEFT = """
SELECT 'function', proname::text FROM pg_proc WHERE proname LIKE 'henvis%%'
UNION ALL SELECT 'trigger', tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE 'procrastinate%%'
UNION ALL SELECT 'schema', nspname::text FROM pg_namespace WHERE nspname = 'build' OR nspacl::text LIKE '%%' || %s || '%%'
UNION ALL SELECT 'relation', relname::text FROM pg_class
WHERE relacl::text LIKE '%%' || %s || '%%' OR relkind IN ('r', 'S', 'i') AND split_part(relname, '_', 1) = ANY (%s)
UNION ALL SELECT 'column', attname::text FROM pg_attribute WHERE attacl::text LIKE '%%' || %s || '%%'
"""


def left() -> list[tuple[str, str]]:
    """What the database has of ours: functions, triggers, schemas and relations, and what the web server's role may do."""
    found: list[tuple[str, str]] = rows(LEFT, WEB_ROLE, WEB_ROLE, list(ours()), WEB_ROLE)
    return found


def our_migrations() -> list[Migration]:
    """Our migrations in the order in which they run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [migration for migration, _ in plan if migration.app_label in ours()]


def undo(app: str, step: Operation) -> None:
    """Undo a step. Of a model Django drops the table; here that is said in SQL, which takes a hundredth of the time."""
    if isinstance(step, RunSQL):
        assert step.reversible
        assert isinstance(step.reverse_sql, str)
        if step.reverse_sql:
            rows(step.reverse_sql)
    elif isinstance(step, CreateModels):
        for each in step.models:
            if each.options.get("managed", True):
                rows(f"DROP TABLE {each.options.get('db_table', f'{app}_{each.name.lower()}')} CASCADE")


def test_the_way_back_leaves_nothing_of_ours() -> None:
    """In one transaction, which is rolled back."""
    migrations = our_migrations()
    assert len(migrations) >= 10
    assert {kind for kind, _ in left()} == {"function", "trigger", "schema", "relation", "column"}
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    for migration in reversed(migrations):
        for step in reversed(migration.operations):
            undo(migration.app_label, step)
    assert left() == []


def test_models_that_refer_to_each_other_come_and_go_together() -> None:
    before = ProjectState()
    assert before.apps  # rendered, as it is while migrations run
    after = before.clone()
    PAIR.state_forwards("tried", after)
    assert after.apps.get_model("tried", "One")._meta.related_objects[0].related_model._meta.object_name == "Two"
    with connection.schema_editor() as editor:
        PAIR.database_forwards("tried", editor, before, after)
    assert {"tried_one", "tried_two"} <= set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        PAIR.database_backwards("tried", editor, after, before)
    assert not {"tried_one", "tried_two"} & set(connection.introspection.table_names())


def test_a_database_begins_without_rendering_models_over_and_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine tenths of the time of `migrate` went into that."""
    rendered, render = list[ModelState](), ModelState.render

    def count(self: ModelState, apps: StateApps) -> object:
        rendered.append(self)
        return render(self, apps)

    monkeypatch.setattr(ModelState, "render", count)
    executor = MigrationExecutor(connection)
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True):
        assert state.apps
        migration.mutate_state(state, preserve=False)
    assert len(state.models) <= len(rendered) <= MOST_RENDERED, len(rendered)
