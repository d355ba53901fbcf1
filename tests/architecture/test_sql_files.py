"""Every file of SQL is installed by one migration, which was written for it as it stands, and keeps our conventions.

No linter reads what stands between the dollar signs (docs/decisions/0033), so the conventions are asked here.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from partners import refusals
from partners.install import ROOT, InstallSQL, digest_of

STEPS = [
    step
    for migration in MigrationLoader(None).disk_migrations.values()
    for step in migration.operations
    if isinstance(step, InstallSQL)
]
DEFINER, CLOSED = "SECURITY DEFINER", "SET search_path = pg_catalog, pg_temp"
FUNCTION = re.compile(
    r"(?P<comment>(?:^--[^\n]*\n)*)^CREATE OR REPLACE FUNCTION (?P<name>\w+)\((?P<takes>.*?)\)\n"
    r"RETURNS (?P<returns>[^\n]+)\n(?P<header>[^\n]+) AS \$\$\n(?P<body>.*?)\$\$;$",
    re.MULTILINE | re.DOTALL,
)
REFUSE = re.compile(r"henvis_refuse\(\s*'(\w+)',\s*'((?:[^']|'')+)'")
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
    def sentences(self) -> dict[str, str]:
        """The codes that it raises, each with its sentence."""
        return dict(REFUSE.findall(self.body))


FUNCTIONS = {
    each["name"]: Function(step.path, *each.group("comment", "name", "header", "body"))
    for step in STEPS
    for each in FUNCTION.finditer(step.path.read_text())
}
EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def test_every_file_is_installed_by_one_migration() -> None:
    """A file that nothing installs is no function; one that two install is two."""
    files = {path for path in ROOT.glob("*/**/sql/*.sql") if path.relative_to(ROOT).parts[0] in {"partners", "cases"}}
    assert len(files) >= 16
    assert Counter(step.path for step in STEPS) == dict.fromkeys(files, 1)


def test_every_file_is_as_it_was_when_its_migration_was_written() -> None:
    """A file that changes needs a migration that installs it."""
    for step in STEPS:
        assert step.digest == digest_of(step.path), f"Write a migration: {step.path.name} is {digest_of(step.path)}"


@pytest.mark.django_db
def test_a_file_that_changed_is_not_installed() -> None:
    """The migration refuses, rather than install what nobody said should be."""
    for step in STEPS[:1]:
        other = InstallSQL(step.path.parent.parent.name, step.path.name, digest="0" * 16)
        with connection.schema_editor() as editor, pytest.raises(ValueError, match="write a migration"):
            other.database_forwards("cases", editor, None, None)


@pytest.mark.django_db
def test_the_database_has_the_functions_of_the_files_and_no_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'henvis%'")
        assert sorted(name for (name,) in cursor) == sorted(FUNCTIONS)
    for step in STEPS:
        assert set(re.findall(r"FUNCTION (\w+)\(", step.path.read_text())) <= set(FUNCTIONS), "the form of a header"


@EACH
def test_a_function_says_what_it_promises_who_calls_it_and_what_it_raises(function: Function) -> None:
    promise, _, rest = function.comment.partition("-- Called by: ")
    callers, _, raises = rest.partition("-- Raises: ")
    assert len(promise) > 40, "what it promises"
    assert callers.strip(), "who calls it"
    assert raises.strip(), "what it raises"
    assert set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", raises)) == set(function.sentences)
    assert "restrict_violation" in raises or "restrict_violation" not in function.body
    assert "check_violation" in raises or "check_violation" not in function.body


@EACH
def test_a_function_with_the_rights_of_its_owner_looks_names_up_where_nobody_else_writes(function: Function) -> None:
    assert (CLOSED in function.header) or DEFINER not in function.header


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


@EACH
def test_names_are_written_in_full(function: Function) -> None:
    """Tables with their schema, and our functions too: whatever the search path of who calls, they are ours."""
    tables = "|".join(model._meta.db_table for model in apps.get_models())
    code = re.sub(r"--[^\n]*|'[^']*'", "", function.body)
    assert re.findall(rf"(?<![.\w])(?:{tables})\b", code) == []
    assert re.findall(r"(?<!public\.)\bhenvis_\w+\(", code) == []


def test_who_refuses_calls_the_one_function_that_does() -> None:
    raising = {name for name, each in FUNCTIONS.items() if "HE001" in each.body}
    assert raising == {"henvis_refuse"}
    for name, each in FUNCTIONS.items():
        assert each.body.count("henvis_refuse(") == len(REFUSE.findall(each.body)), f"{name}: a code and a sentence"


def test_lines_are_short_enough_to_be_read() -> None:
    long = [f"{step.path.name}:{n}" for step in STEPS for n, line in lines(step.path) if len(line) > LONGEST]
    assert long == []


def lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a file."""
    return list(enumerate(path.read_text().splitlines(), start=1))


def test_every_code_has_its_words_and_every_word_a_function_that_raises_it() -> None:
    codes_raised = {code for each in FUNCTIONS.values() for code in each.sentences}
    assert codes_raised == set(refusals.WORDS)
    assert len(codes_raised) >= 25
    assert all(da != en for da, en in refusals.WORDS.values())


@EACH
def test_the_database_says_in_english_what_the_pages_say(function: Function) -> None:
    for code, sentence in function.sentences.items():
        words = refusals.WORDS[code]
        assert sentence.replace("''", "'").replace("%s", "{subject}") == words.en
        assert ("{subject}" in words.da) is ("{subject}" in words.en)


@pytest.mark.django_db
def test_every_body_is_sound_once_all_tables_are_there() -> None:
    """Migrations install functions before the tables that they name, so that a misspelt one would show itself only when called."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL check_function_bodies = on")
        for step in STEPS:
            cursor.execute(step.path.read_text())


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
