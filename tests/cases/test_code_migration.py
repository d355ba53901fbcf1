"""The migrations of a code-list change: their operations, and that they exchange a constraint without blocking writers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, NotSupportedError, OperationalError, connection, transaction
from django.db.migrations import AddConstraint, AddField, Migration, RemoveConstraint
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter
from django.db.models import CheckConstraint, IntegerField, Q, UniqueConstraint
from django.test.utils import CaptureQueriesContext

from cases import dictionary as d
from cases.models import Case, Referral
from tests.callers import make_caller
from tests.threads import Background
from tools.codechange import constraints, exchange
from tools.codechange.constraints import OtherChanges, exchanges, lists_by_constraint, name_of
from tools.codechange.exchange import ExchangeCheck

NAME = "referral_gender_code"
GENDERS = d.GENDER.allowed


def constraint_of(*codes: str, name: str = NAME) -> CheckConstraint:
    """The constraint of the gender with these codes."""
    return CheckConstraint(condition=Q(gender__in=list(codes)), name=name)


def run(constraint: CheckConstraint, *, backwards: bool = False) -> None:
    """Run the operation as a migration that is not atomic does; backwards it goes to the state of before."""
    operation = ExchangeCheck("referral", constraint)
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    operation.state_forwards("cases", after)
    with connection.schema_editor(atomic=False) as editor:
        if backwards:
            operation.database_backwards("cases", editor, after, before)
        else:
            operation.database_forwards("cases", editor, before, after)


@pytest.fixture
def table(transactional_db: None) -> Iterator[None]:
    """A table whose constraint is put back after the test: its structure outlives the transaction."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_referral, cases_case CASCADE")
    run(constraint_of(*GENDERS))
    assert list(constraints.differences()) == []


@pytest.mark.usefixtures("table")
def test_a_constraint_takes_the_place_of_the_other_and_back() -> None:
    ngo = make_caller("NGO")
    ngo.referral()
    assert list(constraints.differences()) == []
    run(constraint_of(*GENDERS, "Q"))
    assert list(constraints.differences()) == [(NAME, "has other codes than the source: run migrate")]
    run(constraint_of(*GENDERS, "Q"), backwards=True)
    assert list(constraints.differences()) == []


@pytest.mark.usefixtures("table")
def test_the_table_is_read_in_a_step_of_its_own_that_lets_writers_go_on() -> None:
    """The only lock that lasts as long as the table is long is that of VALIDATE, which no writer waits for."""
    with CaptureQueriesContext(connection) as seen:
        run(constraint_of(*GENDERS, "Q"))
    words = [query["sql"] for query in seen.captured_queries]
    start = words.index("BEGIN")
    steps = "\n".join(words[start:]).split("BEGIN\n")[1:]
    add, validate, exchanged = (each.splitlines() for each in steps)
    for each in (add, validate, exchanged):
        assert (each[0], each[-1]) == ("SET LOCAL lock_timeout = '500ms'", "COMMIT")
    assert add[2].startswith("ALTER TABLE")
    assert add[2].endswith(" NOT VALID")
    assert validate[1:-1] == ['ALTER TABLE "cases_referral" VALIDATE CONSTRAINT "referral_gender_code_next"']
    assert [each.split('"')[2] for each in exchanged[1:-1]] == [" DROP CONSTRAINT IF EXISTS ", " RENAME CONSTRAINT "]


@pytest.mark.usefixtures("table")
def test_what_a_broken_run_left_is_cleared_away() -> None:
    ngo = make_caller("NGO")
    ngo.referral(gender="F")
    left = f"{NAME}{exchange.SUFFIX}"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE cases_referral ADD CONSTRAINT {left} CHECK (gender = 'M') NOT VALID")
    assert list(constraints.differences()) == [(left, "is left of an interrupted migration: run it again")]
    run(constraint_of(*GENDERS))
    assert list(constraints.differences()) == []


@pytest.mark.usefixtures("table")
def test_a_constraint_that_stored_rows_break_leaves_nothing_behind() -> None:
    """Going back once a new code is stored: refused, and writers write on as before."""
    ngo = make_caller("NGO")
    ngo.referral(gender="F")
    with pytest.raises(IntegrityError):
        run(constraint_of("M", "X"))
    assert list(constraints.differences()) == []
    ngo.referral(gender="F")


@pytest.mark.usefixtures("table")
def test_a_missing_and_an_unvalidated_constraint_are_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE cases_referral DROP CONSTRAINT {NAME}")
        assert list(constraints.differences()) == [(NAME, "is missing: run migrate")]
        with connection.schema_editor(collect_sql=True) as editor:
            add = str(constraint_of(*GENDERS).create_sql(Referral, editor))
        cursor.execute(f"{add} NOT VALID")
    assert list(constraints.differences()) == [(NAME, "is not validated: run migrate")]


@pytest.mark.usefixtures("table")
def test_it_steps_back_for_who_holds_the_table_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that is open keeps the table; whoever comes meanwhile is let through after half a second."""
    held, done = Event(), Event()
    pauses: list[float] = []

    def hold() -> None:
        with transaction.atomic():
            list(Referral.objects.all())
            held.set()
            assert done.wait(60)

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        done.set()
        holding.result(timeout=60)

    monkeypatch.setattr(exchange, "time", SimpleNamespace(sleep=pause))
    with Background() as background:
        holding = background.start(hold)
        assert held.wait(60)
        run(constraint_of(*GENDERS, "Q"))
    assert pauses == [exchange.PAUSE]
    assert list(constraints.differences()) == [(NAME, "has other codes than the source: run migrate")]


@pytest.mark.usefixtures("table")
def test_it_gives_up_where_nobody_lets_go(monkeypatch: pytest.MonkeyPatch) -> None:
    held, done = Event(), Event()
    pauses: list[float] = []

    def hold() -> None:
        with transaction.atomic():
            list(Referral.objects.all())
            held.set()
            assert done.wait(60)

    monkeypatch.setattr(exchange, "TRIES", 2)
    monkeypatch.setattr(exchange, "LOCK_TIMEOUT", "10ms")
    monkeypatch.setattr(exchange, "time", SimpleNamespace(sleep=pauses.append))
    with Background() as background:
        holding = background.start(hold)
        assert held.wait(60)
        with pytest.raises(OperationalError):
            run(constraint_of(*GENDERS, "Q"))
        done.set()
        holding.result(timeout=60)
    assert len(pauses) == 1
    assert list(constraints.differences()) == []


@pytest.mark.django_db
def test_it_needs_a_migration_that_is_not_atomic() -> None:
    with pytest.raises(NotSupportedError):
        run(constraint_of(*GENDERS))


def test_it_is_written_as_an_exchange() -> None:
    operation = ExchangeCheck("referral", constraint_of("F"))
    assert operation.describe() == "Exchange constraint referral_gender_code of referral under running writers"
    name, args, words = operation.deconstruct()
    assert ExchangeCheck(*args, **words).constraint == operation.constraint
    assert name == "ExchangeCheck"


REMOVED, ADDED = RemoveConstraint("referral", NAME), AddConstraint("referral", constraint_of("F"))
UNIQUE = UniqueConstraint(fields=("token",), name="t")


def test_a_constraint_that_goes_and_comes_is_exchanged() -> None:
    (found,) = exchanges([REMOVED, ADDED])
    assert isinstance(found, ExchangeCheck)
    assert (found.model_name, found.constraint) == ("referral", ADDED.constraint)
    assert name_of([found]) == "codes_gender_1_0"


@pytest.mark.parametrize(
    "operations",
    [
        [REMOVED],
        [ADDED],
        [REMOVED, ADDED, AddField("referral", "n", IntegerField(null=True))],
        [RemoveConstraint("case", "t"), AddConstraint("case", UNIQUE)],
        [RemoveConstraint("referral", "other"), ADDED],
    ],
)
def test_other_changes_are_left_to_django(operations: list[Any]) -> None:
    with pytest.raises(OtherChanges):
        exchanges(operations)


def test_every_code_list_of_a_record_has_its_constraint() -> None:
    names = {each.name for model in (Referral, Case) for each in model._meta.constraints} | set(ASSESSED)
    assert set(lists_by_constraint()) <= names
    assert lists_by_constraint()["referral_reason_code"] is d.WITHDRAWAL_REASON.codelist


ASSESSED = [f"assessment_{field.name}_code" for field in d.coded_fields(d.ASSESSMENT)]


def detected_migration(*operations: Any, app: str = "cases") -> Migration:
    """What the autodetector finds."""
    words = {"operations": list(operations), "dependencies": [("cases", "0001_tables")]}
    found: Migration = type("Migration", (Migration,), words)("0099_remove_this_and_that", app)
    return found


@pytest.fixture(autouse=True)
def _written_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test of this module writes a migration into the source, whatever fails."""

    class Elsewhere(MigrationWriter):
        path = property(lambda self: str(tmp_path / self.filename))

    monkeypatch.setattr(constraints, "MigrationWriter", Elsewhere)


def test_the_migration_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(constraints, "pending_migrations", lambda: [detected_migration(REMOVED, ADDED)])
    call_command("codelist", "migration")
    written = tmp_path / "0099_codes_gender_1_0.py"
    assert str(written) in capsys.readouterr().out
    names: dict[str, Any] = {}
    exec(written.read_text(), names)
    assert names["Migration"].atomic is False
    assert [type(each) for each in names["Migration"].operations] == [ExchangeCheck]


OTHER = detected_migration(AddField("partner", "n", IntegerField(null=True)), app="partners")


@pytest.mark.parametrize("found", [[OTHER], [detected_migration(REMOVED, ADDED), OTHER], [detected_migration()]])
def test_nothing_is_written_beside_other_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: list[Migration]
) -> None:
    monkeypatch.setattr(constraints, "pending_migrations", lambda: found)
    with pytest.raises(CommandError, match="run makemigrations first"):
        call_command("codelist", "migration")
    assert list(tmp_path.iterdir()) == []


def test_each_app_has_its_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    constraint = CheckConstraint(condition=Q(field="gender"), name="field")
    linking = RemoveConstraint("attributedecision", "field"), AddConstraint("attributedecision", constraint)
    found = [detected_migration(REMOVED, ADDED), detected_migration(*linking, app="linking")]
    monkeypatch.setattr(constraints, "pending_migrations", lambda: found)
    assert [path.name for path in constraints.write()] == ["0099_codes_gender_1_0.py", "0099_codes.py"]


def test_nothing_is_written_where_nothing_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("codelist", "migration")
    assert capsys.readouterr().out == "No constraint has changed.\n"
