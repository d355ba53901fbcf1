"""Every file of SQL is installed by the migration that was written for it as it stands, and keeps our conventions.

No linter reads what stands between the dollar signs (docs/decisions/0033), so the conventions are asked here.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from core import refusals
from core.apps import ROOMS
from core.install import ROOT, InstallSQL, digest_of

STEPS = [
    step
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items())
    for step in migration.operations
    if isinstance(step, InstallSQL)
]
# Each file once, in the order in which migrations installed it first.
FILES = tuple(dict.fromkeys(step.path for step in STEPS))
CLOSED = "SET search_path = pg_catalog, pg_temp"
# Of these every name is written with its schema. PostgreSQL puts the body of a plain function in SQL into the statement that calls
# it, and does not where the function sets anything. A trigger loses nothing measurable by it: of 20 000 rows each inserted referral
# takes 64 µs with a search path and 64 without, each superseded one 77 and 77, each sealed row of a snapshot 16 and 16.
OPEN = {"henvis_take_moment"}
FUNCTION = re.compile(
    r"(?P<comment>(?:^--[^\n]*\n)*)^CREATE OR REPLACE FUNCTION (?P<name>\w+)\((?P<takes>.*?)\)\n"
    r"RETURNS (?P<returns>.+?)\n(?P<header>LANGUAGE [^\n]+) AS \$\$\n(?P<body>.*?)\$\$;$",
    re.MULTILINE | re.DOTALL,
)
REFUSE = re.compile(r"henvis_refuse\('(\w+)'(?:, [^']+)?\);")
LONGEST = 128


@dataclass(frozen=True)
class Function:
    """A function as its file has it."""

    path: Path
    comment: str
    name: str
    header: str
    body: str

    @property
    def codes(self) -> set[str]:
        """The codes that it raises."""
        return set(REFUSE.findall(self.body))


FUNCTIONS = {
    each["name"]: Function(path, *each.group("comment", "name", "header", "body"))
    for path in FILES
    for each in FUNCTION.finditer(path.read_text())
}
EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def test_every_file_is_installed() -> None:
    """A file that nothing installs is no function."""
    files = {path for path in ROOT.glob("*/**/sql/*.sql") if path.relative_to(ROOT).parts[0] in ROOMS}
    assert len(files) >= 16
    assert set(FILES) == files


def installations(path: Path) -> list[InstallSQL]:
    """The steps that install a file, in their order."""
    return [step for step in STEPS if step.path == path]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_migration_of_a_file_replaces_the_text_of_the_one_before(path: Path) -> None:
    """Two that both said to be the first would each drop the functions on the way back."""
    steps = installations(path)
    assert [step.after for step in steps] == [None, *(step.digest for step in steps[:-1])]
    assert [bool(step.reverse_sql) for step in steps] == [True, *(False for _ in steps[:-1])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_as_it_was_when_its_last_migration_was_written(path: Path) -> None:
    """A file that changes needs a migration that installs it."""
    last = installations(path)[-1]
    assert last.digest == digest_of(path), (
        f"Write a migration: InstallSQL(…, {path.name!r}, digest={digest_of(path)!r}, after={last.digest!r})"
    )


@pytest.mark.django_db
def test_a_file_that_changed_is_not_installed() -> None:
    """The migration refuses, rather than install what nobody said should be."""
    other = InstallSQL("partners", "refuse.sql", digest="0" * 16)
    with connection.schema_editor() as editor, pytest.raises(ValueError, match="write a migration"):
        other.database_forwards("cases", editor, None, None)


@pytest.mark.django_db
def test_a_text_that_another_migration_replaced_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that begins now passes by the migrations of earlier texts."""
    monkeypatch.setattr(InstallSQL, "REPLACED", defaultdict(set))
    earlier = InstallSQL("partners", "refuse.sql", digest="0" * 16)
    path = ROOT / "partners/sql/refuse.sql"
    later = InstallSQL("partners", "refuse.sql", digest=digest_of(path), after="0" * 16)
    with connection.schema_editor() as editor:
        for step in (earlier, later):
            step.database_forwards("partners", editor, None, None)


@pytest.mark.django_db
def test_the_database_has_the_functions_of_the_files_and_no_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'henvis%'")
        assert sorted(name for (name,) in cursor) == sorted(FUNCTIONS)
    for path in FILES:
        assert set(re.findall(r"FUNCTION (\w+)\(", path.read_text())) <= set(FUNCTIONS), "the form of a header"


@EACH
def test_a_function_says_what_it_promises_who_calls_it_and_what_it_raises(function: Function) -> None:
    promise, _, rest = function.comment.partition("-- Called by: ")
    callers, _, raises = rest.partition("-- Raises: ")
    assert len(promise) > 40, "what it promises"
    assert callers.strip(), "who calls it"
    assert raises.strip(), "what it raises"
    assert set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", raises)) == function.codes
    assert "restrict_violation" in raises or "restrict_violation" not in function.body
    assert "check_violation" in raises or "check_violation" not in function.body


@EACH
def test_a_function_looks_names_up_where_nobody_else_writes(function: Function) -> None:
    """Also one with the rights of its caller: a trigger runs with the search path of whoever writes."""
    assert (CLOSED in function.header) is (function.name not in OPEN)


@pytest.mark.parametrize("name", sorted(OPEN))
def test_a_function_without_a_search_path_names_every_schema(name: str) -> None:
    assert "SECURITY DEFINER" not in FUNCTIONS[name].header
    code = re.sub(r"--[^\n]*|'[^']*'", "", FUNCTIONS[name].body)
    names = re.findall(r"(?<![.\w])\w+(?:\.\w+)?", code)
    assert {each for each in names if "." not in each} <= {"SELECT", "true"}
    assert all(each.startswith("pg_catalog.") for each in names if "." in each)


@pytest.mark.parametrize("name", ["append_only", "moments", "refuse"])
def test_the_ground_knows_no_room(name: str) -> None:
    """What every room's triggers call gets by their arguments what it needs of a room."""
    code = re.sub(r"--[^\n]*", "", (ROOT / f"partners/sql/{name}.sql").read_text())
    assert re.findall(rf"\b(?:{tables()})\b", code) == []


@EACH
def test_a_function_is_everybody_s_no_longer(function: Function) -> None:
    """A new function is everybody's to call until it is said otherwise."""
    functions = re.findall(r"^REVOKE ALL ON FUNCTION ([\w, ]+) FROM PUBLIC;$", function.path.read_text(), re.MULTILINE)
    assert function.name in ", ".join(functions).split(", ")


@pytest.mark.django_db
def test_the_database_lets_nobody_else_call_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname LIKE 'henvis%' AND has_function_privilege('public', oid, 'EXECUTE')"
        )
        assert cursor.fetchall() == []


def tables() -> str:
    """A regular expression for the names of all tables."""
    return "|".join(model._meta.db_table for model in apps.get_models())


@EACH
def test_names_are_written_in_full(function: Function) -> None:
    """Tables with their schema, and our functions too: whatever the search path of who calls, they are ours."""
    code = re.sub(r"--[^\n]*|'[^']*'", "", function.body)
    assert re.findall(rf"(?<![.\w])(?:{tables()})\b", code) == []
    assert re.findall(r"(?<!public\.)\bhenvis_\w+\(", code) == []


def test_who_refuses_calls_the_one_function_that_does() -> None:
    raising = {name for name, each in FUNCTIONS.items() if "ERRCODE = 'HE001'" in each.body}
    assert raising == {"henvis_refuse"}
    for name, each in FUNCTIONS.items():
        assert each.body.count("henvis_refuse(") == len(REFUSE.findall(each.body)), f"{name}: a code and no sentence"


def test_lines_are_short_enough_to_be_read() -> None:
    long = [f"{path.name}:{n}" for path in FILES for n, line in lines(path) if len(line) > LONGEST]
    assert long == []


def lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a file."""
    return list(enumerate(path.read_text().splitlines(), start=1))


def test_every_code_has_its_words_and_every_word_a_function_that_raises_it() -> None:
    codes_raised = {code for each in FUNCTIONS.values() for code in each.codes}
    assert codes_raised == set(refusals.WORDS)
    assert len(codes_raised) >= 25
    assert all(da != en and ("{subject}" in da) is ("{subject}" in en) for da, en in refusals.WORDS.values())


def test_no_refusal_speaks_of_the_program_s_inside() -> None:
    """People read them: neither the name of a right nor a term of the database says to anybody what to do."""
    for da, en in refusals.WORDS.values():
        assert not re.search(r"[a-z]_[a-z]|READ COMMITTED|rettighed|\bSQL\b|\bthe right [a-z]+_", f"{da} {en}"), en


@pytest.mark.django_db
def test_every_body_is_sound_once_all_tables_are_there() -> None:
    """Migrations install functions before the tables that they name, so that a misspelt one would show itself only when called."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = on")
        for path in FILES:
            cursor.execute(path.read_text())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "LANGUAGE sql AS $$ SELECT FROM public.cases_cass $$",
        "LANGUAGE plpgsql AS $$ BEGIN RETRUN; END $$",
        "LANGUAGE plpgsql AS $$ BEGIN SELEC 1; END $$",
    ],
)
def test_a_misspelt_body_would_be_found(body: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = off")
        cursor.execute(f"CREATE FUNCTION misspelt() RETURNS void {body}")
        cursor.execute("SET LOCAL check_function_bodies = on")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"CREATE OR REPLACE FUNCTION misspelt() RETURNS void {body}")


def test_every_function_has_one_module_of_tests_that_says_so() -> None:
    """The first lines of the modules in tests/sql are the table of functions and their tests."""
    modules = [ast.parse(path.read_text()) for path in (ROOT / "tests/sql").glob("test_*.py")]
    functions_named = [
        name for each in modules for name in re.findall(r"`(henvis_\w+)`", ast.get_docstring(each) or "")
    ]
    assert sorted(functions_named) == sorted(FUNCTIONS)
