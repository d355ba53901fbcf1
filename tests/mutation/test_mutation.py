"""The mistakes that are made, and a tiny run: tests that look notice one in Python and one in SQL; others notice nothing."""

from __future__ import annotations

import ast

import pytest

from tests.mutation import equivalent
from tests.mutation.__main__ import main
from tests.mutation.equivalent import EQUIVALENT, Equivalent, noticeable
from tests.mutation.operators import Mutation, mutations
from tests.mutation.run import Outcome, conclude, workshop
from tests.mutation.targets import ROOT, SOURCES, every_mutation, first_tests, further_tests

PYTHON = '''
def f(a: int = 2) -> int | None:
    """Text."""
    if a < 1 and not (a == 3 or a in []):
        raise ValueError(f"{a - 1}")
    say("a", a + 1)
    a += 1
    return -a + 4
'''
SENTENCES = """-- A comment with = and AND.
CREATE OR REPLACE FUNCTION f(a text DEFAULT 'x = y')
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    found := a = 'b AND c' OR NOT EXISTS (SELECT FROM t WHERE u IS NOT NULL AND v >= 1);
    UPDATE t SET a = 1, b = 2 WHERE c <> 3;
    RAISE EXCEPTION 'no; never' USING ERRCODE = 'x';
    RETURN f(a => 1);
END $$;
"""
PRIMARY, STAFF = "cases/statistics/protection/suppress/primary.py", "partners/sql/staff.sql"


def changes(path: str, source: str) -> list[str]:
    """The mistakes of a file in short, in their order."""
    return [each.change for each in mutations(path, source)]


def test_the_mistakes_of_python() -> None:
    assert changes("f.py", PYTHON) == [
        *("2 → 1", "2 → 3"),
        *(
            "< → <=",
            "1 → 0",
            "1 → 2",
            "and → or",
            "not → nothing",
            "== → !=",
            "3 → 2",
            "3 → 4",
            "or → and",
            "in → not in",
        ),
        'raise ValueError(f"{a - 1}") → pass',
        *("a += 1 → pass", "1 → 0", "1 → 2"),
        *("- → nothing", "-a + 4 → None", "+ → -", "4 → 3", "4 → 5"),
    ]


def test_the_mistakes_of_sql() -> None:
    assert changes("f.sql", SENTENCES) == [
        *("= → <>", "OR → AND", "NOT → nothing", "IS NOT NULL → IS NULL", "AND → OR", ">= → >"),
        "<> → =",
        "RAISE EXCEPTION 'no; never' USING ERRCO… → NULL",
    ]


def test_every_mistake_is_one_and_some_tests_are_asked() -> None:
    every = list(every_mutation())
    assert {path.split("/")[0] for path in SOURCES} == {each.path.split("/")[0] for each in every}
    for path in {each.path for each in every}:
        assert all((ROOT / test).exists() for test in (*first_tests(path), *further_tests(path)))
    for path in {each.path for each in every if each.path.endswith(".py")}:
        source = (ROOT / path).read_text()
        true = ast.dump(ast.parse(source))
        assert all(ast.dump(ast.parse(each.applied(source))) != true for each in every if each.path == path)


def test_what_is_called_equivalent_is_a_mistake_that_can_be_made() -> None:
    every = list(every_mutation())
    assert [each for each in EQUIVALENT if not any(each.matches(one) for one in every)] == []
    assert all(len(each.reason) > 20 for each in EQUIVALENT)


def test_what_is_called_equivalent_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    every = mutations("f.py", PYTHON)
    first = every[0]
    monkeypatch.setattr(equivalent, "EQUIVALENT", (Equivalent("f.py", first.text, first.change, "For the test."),))
    assert noticeable(every) == every[1:]


def one(path: str, text: str, change: str) -> Mutation:
    """A mistake."""
    (found,) = (each for each in every_mutation(path) if text in each.text and each.change == change)
    return found


@pytest.mark.django_db  # a test of a database begins with those that have one
def test_a_tiny_run() -> None:
    python = one(PRIMARY, "return (counts >= 1) & (counts < threshold)", "< → <=")
    sql = one(STAFF, "u.is_active", "= → <>")
    with workshop(longest=300) as shop:
        shop.prepare((*first_tests(PRIMARY), *first_tests(STAFF)))
        assert shop.try_out(sql, first_tests(STAFF), ()) == Outcome.KILLED
        # These tests notice nothing of this: so the function is as it was.
        assert shop.try_out(python, first_tests(STAFF), ()) == Outcome.SURVIVED
        assert shop.try_out(python, first_tests(STAFF), first_tests(PRIMARY)) == Outcome.KILLED
        assert (shop.tree / PRIMARY).read_text() == (ROOT / PRIMARY).read_text()


def test_survivors_are_named_and_what_was_not_tried_is_counted() -> None:
    told: list[str] = []
    every = mutations("f.py", PYTHON)[:3]
    outcomes = dict(zip(every, (Outcome.KILLED, Outcome.UNTRIED, Outcome.SURVIVED), strict=True))
    assert conclude(outcomes, told.append) == 1
    assert told[-1].startswith("No test notices f.py:4  < → <=")
    assert f"{1:5} not tried" in told
    assert conclude({every[0]: Outcome.KILLED}, told.append) == 0


def test_where_no_file_is_meant_nothing_is_tried(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cases/elsewhere"])
    assert "no file of ours" in capsys.readouterr().err
