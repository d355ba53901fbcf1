"""The mistakes that are made, and a tiny run: tests that look notice one in Python and one in SQL; others notice nothing."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
from coverage import CoverageData
from django.db import connection

from core.apps import ROOMS
from tests.mutation import equivalent
from tests.mutation.__main__ import main
from tests.mutation.asking import TreeRed
from tests.mutation.equivalent import EQUIVALENT, Equivalent, is_noticeable
from tests.mutation.operators import Mutation, mutations
from tests.mutation.reach import CLOCK, COVERAGE, read
from tests.mutation.run import Outcome, workshop
from tests.mutation.targets import FIRST, FURTHER, ROOT, SOURCES, every_mutation, first_tests, further_tests
from tests.mutation.trying import Kept, chosen, conclude
from tests.mutation.warm import changed_function

PYTHON = '''
def f(a: int = 2) -> int | None:
    """Text."""
    if a < 1 and not (a == 3 or a in []):
        raise ValueError(f"{a - 1}")
    say("a", a + 1)
    assert a > 7
    b = zip(a, a, strict=True)
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
PRIMARY, STAFF = "stats/protection/suppress/primary.py", "partners/sql/staff.sql"
EDGES, WHO_MAY = "tests/stats/protection/test_primary.py", "tests/sql/test_staff.py"
ONE_OF_THEM = f"{WHO_MAY}::test_a_right_comes_by_a_group_too"


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


@pytest.fixture(scope="module")
def every() -> list[Mutation]:
    """Every mistake that can be made."""
    return list(every_mutation())


def test_every_file_has_mistakes_and_tests_that_are_asked(every: list[Mutation]) -> None:
    with_files = {path.split("/")[0] for path in SOURCES if any(ROOT.glob(path))}
    assert with_files == {each.path.split("/")[0] for each in every}
    paths = {each.path for each in every}
    assert [each for each in SOURCES if not each.endswith(".sql") and not any(ROOT.glob(each))] == []
    assert [each for each in FIRST if not any(path.startswith(each) for path in paths)] == []
    assert {each for each in FURTHER if not any(path.startswith(each) for path in paths)} <= {*ROOMS}
    for path in paths:
        assert all((ROOT / test).exists() for test in (*first_tests(path), *further_tests(path)))


def test_a_mistake_in_a_module_is_one(every: list[Mutation]) -> None:
    """Of all that `make mutate` would try: to read a module for each of its mistakes takes long."""
    sources = {each.path: (ROOT / each.path).read_text() for each in every if each.path.endswith(".py")}
    true = {path: ast.dump(ast.parse(source)) for path, source in sources.items()}
    for each in chosen(every, 1, 300):
        if source := sources.get(each.path):
            assert ast.dump(ast.parse(each.applied(source))) != true[each.path]


def test_mistakes_have_names_of_their_own_and_lines_keep_their_numbers(every: list[Mutation]) -> None:
    assert len({each.name for each in every}) == len(every)
    (whole,) = (each for each in mutations("f.py", "f(\n    1,\n)\nx = 2\n") if each.change.startswith("f("))
    assert whole.applied("f(\n    1,\n)\nx = 2\n") == "pass\n\n\nx = 2\n"


def test_what_is_called_equivalent_is_a_mistake_that_can_be_made(every: list[Mutation]) -> None:
    assert [each for each in EQUIVALENT if not any(each.matches(one) for one in every)] == []
    assert all(len(each.reason) > 20 for each in EQUIVALENT)


def test_what_is_called_equivalent_is_not_noticeable(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = mutations("f.py", PYTHON)
    monkeypatch.setattr(equivalent, "EQUIVALENT", (Equivalent("f.py", first.text, first.change, "For the test."),))
    assert [each for each in (first, *others) if is_noticeable(each)] == others


def test_a_seed_chooses_the_same_whatever_else_changes() -> None:
    before, after = (mutations("f.py", source) for source in (PYTHON, PYTHON.replace("a += 1", "a += 2")))
    same = {each.name for each in before} & {each.name for each in after}
    orders = [[each.name for each in chosen(found, 1, 99) if each.name in same] for found in (before, after)]
    assert orders[0] == orders[1] != [each.name for each in chosen(before, 2, 99) if each.name in same]
    assert chosen(before, 1, 5) == chosen(before, 1, 99)[:5]


def test_only_what_a_function_does_is_put_into_a_warm_process() -> None:
    source = "def f(a=1):\n    return a + 2\nclass C:\n    b = 3\n    def g(self):\n        return 4\n"
    warm = {
        each.change: bool(changed_function("f.py", source, each.applied(source))) for each in mutations("f.py", source)
    }
    assert {change for change, is_warm in warm.items() if not is_warm} == {"1 → 0", "1 → 2", "3 → 2", "3 → 4"}
    assert {"+ → -", "2 → 3", "a + 2 → None", "4 → 5"} <= {change for change, is_warm in warm.items() if is_warm}


def test_the_quickest_tests_that_reach_a_line_are_asked_first(tmp_path: Path) -> None:
    (mistake,) = (each for each in mutations("f.py", "def f():\n    return g()\n") if each.change == "g() → None")
    took = {
        "tests/a.py::slow": {"setup": 1, "call": 8},
        "tests/a.py::quick": {"setup": 0, "call": 1},
        "tests/b.py::makes@tests/b.py": {"setup": 2, "call": 1},
        "tests/b.py::shares@tests/b.py": {"setup": 0, "call": 1},
        "tests/c.py::endless": {"call": 60},
        "tests/c.py::elsewhere": {"call": 0},
    }
    (tmp_path / CLOCK).write_text(json.dumps(took))
    data = CoverageData(str(tmp_path / COVERAGE))
    for context, line in (
        ("", 1),
        ("tests/b.py::makes@tests/b.py|setup", 2),
        *((f"tests/{name}|run", 2) for name in ("a.py::slow", "a.py::quick", "c.py::endless")),
        ("tests/c.py::elsewhere|run", 3),
    ):
        data.set_context(context)
        data.add_lines({"f.py": [line]})
    data.write()
    reached = read(tmp_path)
    assert reached.asked(mistake, 20) == (
        ("tests/a.py::quick", "tests/b.py::makes", "tests/b.py::shares"),
        ("tests/a.py::slow",),
    )
    assert reached.takes_effect(mistake) and not reached.takes_effect(replace(mistake, line=1))
    assert reached.asked(replace(mistake, line=9), 0.5)[0] == ("tests/c.py::elsewhere",)


def one(path: str, text: str, change: str) -> Mutation:
    """A mistake."""
    (found,) = (each for each in every_mutation(path) if text in each.text and each.change == change)
    return found


@pytest.mark.django_db  # a test of a database begins with those that have one
def test_a_tiny_run() -> None:
    """In the database of this very test: nobody else asks it meanwhile, and to make another would take long."""
    python = one(PRIMARY, "return (counts >= 1) & (counts < threshold)", "< → <=")
    sql = one(STAFF, "u.is_active", "= → <>")
    database = connection.settings_dict["NAME"].removeprefix("test_")
    with workshop(300, database) as shop, shop.asking.warmed((WHO_MAY, EDGES)) as asking:
        shop = replace(shop, asking=asking)
        assert shop.try_out(sql, (ONE_OF_THEM,)) == Outcome.KILLED
        # This test notices nothing of the other: so the function is as it was.
        assert shop.try_out(python, (ONE_OF_THEM,)) == Outcome.SURVIVED
        assert shop.try_out(python, (), (EDGES,)) == Outcome.KILLED
        assert (shop.tree / PRIMARY).read_text() == (ROOT / PRIMARY).read_text()
        with pytest.raises(TreeRed):
            shop.try_out(python, ("tests/nowhere.py",))


def test_survivors_are_named_and_what_was_not_tried_is_counted() -> None:
    told: list[str] = []
    every = mutations("f.py", PYTHON)[:3]
    outcomes = dict(zip(every, (Outcome.KILLED, Outcome.UNTRIED, Outcome.SURVIVED), strict=True))
    assert conclude(outcomes, told.append) == 1
    assert told[-1].startswith("No test notices f.py:4  < → <=")
    assert f"{1:5} not tried" in told
    assert conclude({every[0]: Outcome.KILLED}, told.append) == 0


def test_what_was_noticed_is_kept_and_survivors_are_tried_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    killed, survivor, refused = mutations("f.py", PYTHON)[:3]
    assert kept.noticed() == {}
    for each, outcome in ((killed, Outcome.KILLED), (survivor, Outcome.SURVIVED), (refused, Outcome.REFUSED)):
        kept.add(each, outcome, 1.0)
    assert kept.noticed() == {killed.name: Outcome.KILLED, refused.name: Outcome.REFUSED}


def test_where_no_file_is_meant_nothing_is_tried(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cases/elsewhere"])
    assert "no file of ours" in capsys.readouterr().err
