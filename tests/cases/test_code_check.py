"""`codelist check` objects to every way to break a list, and to no correct change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases.codelists import AGE_BAND, CODELISTS, EXPLOITATION, EXPLOITATION_DETAIL
from cases.codelists.common import code, code_list, introduce, notice, retire, reword, unknown
from cases.codelists.types import Code, CodeList, CodeNotice, Level
from core.text import Text
from tools.codechange import record
from tools.codechange.check import objections

RECORDED = date(2026, 11, 25)
ANNOUNCED, FIRST, LAST = date(2026, 12, 1), date(2027, 1, 1), date(2027, 3, 31)
NOTICE = notice("1.1", ANNOUNCED, "Delt.", "Split.")
A, B, C = code("A", "a", "a"), code("B", "b", "b"), code("C", "c", "c")
A1, A2 = (introduce(code(f"A{n}", f"a{n}", f"a{n}"), FIRST, NOTICE) for n in (1, 2))
SPLIT = (retire(A, LAST, NOTICE, "A1", "A2"), B, C, unknown(), A1, A2)


def roll_up(leaf: str, month: date) -> str:
    if leaf == "_U":
        return "_U"
    return "AB" if leaf[0] in "AB" or month.year < 2004 else "CC"


LEVEL = Level("pair", Text("par", "pair"), (code("AB", "ab", "ab"), code("CC", "cc", "cc"), unknown()), roll_up, True)


def example(*codes: Code, version: str = "1.1", levels: tuple[Level, ...] = (LEVEL,)) -> CodeList:
    """A list of an example in a version."""
    return code_list("example", "Eksempel", "Example", codes, *levels, version=version)


FIRST_VERSION = example(A, B, C, unknown(), version="1.0")
BEFORE = record.update({}, [FIRST_VERSION], RECORDED)


def objections_of(codelist: CodeList, *others: CodeList, before: dict[str, record.Entry] | None = None) -> list[str]:
    """The objections as lines."""
    lists = {each.id: each for each in (codelist, *others)}
    return [str(each) for each in objections(lists, BEFORE if before is None else before)]


def test_the_committed_lists_are_the_recorded_ones_and_nothing_is_wrong_with_them() -> None:
    recorded = record.load()
    assert objections(CODELISTS, recorded) == []
    assert recorded == record.update(recorded, CODELISTS.values(), date.max)


@pytest.mark.parametrize(
    "codelist",
    [
        FIRST_VERSION,
        example(*SPLIT),
        example(retire(A, LAST, NOTICE, "B"), B, C, unknown()),
        example(retire(A, LAST, NOTICE), B, C, unknown()),
        example(A, B, C, unknown(), A1),
        example(A, A1, B, C, unknown()),
        example(reword(code("A", "aa", "aa"), NOTICE, "a", "a"), B, C, unknown()),
        example(*SPLIT, levels=(LEVEL, replace(LEVEL, id="other", since="1.1"))),
    ],
)
def test_the_right_ways_are_not_objected_to(codelist: CodeList) -> None:
    assert objections_of(codelist) == []


def test_a_notice_of_the_change_is_of_the_version_of_the_change() -> None:
    lines = objections_of(example(*SPLIT, version="1.10"))
    assert lines == [
        "example A: a code that is retired has a notice `retired` of version 1.10",
        "example A1: a new code has a notice `added` of version 1.10, and `valid_from`",
        "example A2: a new code has a notice `added` of version 1.10, and `valid_from`",
    ]


def swap(name: str, **changes: object) -> CodeList:
    """The split, with one code changed."""
    return example(*(replace(each, **changes) if each.code == name else each for each in SPLIT))  # type: ignore[arg-type]


def early(notice: CodeNotice) -> CodeNotice:
    return replace(notice, announced=date(2027, 6, 1))


WRONG: list[tuple[CodeList, str]] = [
    (example(B, C, unknown()), "example A: a code never disappears: retire it"),
    (example(B, A, C, unknown()), "example: recorded codes keep their order"),
    (example(*SPLIT, version="1.0"), "example: it has changed, so it needs a version after 1.0"),
    (example(*SPLIT, version="0.9"), "example: it has changed, so it needs a version after 1.0"),
    (example(*SPLIT, levels=()), "example: the level pair never disappears"),
    (
        example(*SPLIT, levels=(LEVEL, replace(LEVEL, id="other"))),
        "example: the level other is new, so its `since` is 1.1",
    ),
    (
        example(*SPLIT, levels=(replace(LEVEL, codes=LEVEL.codes[:1]),)),
        "example CC: a code of pair never disappears",
    ),
    (example(code("A", "x", "x"), B, C, unknown()), "example A: a changed label has an entry in `relabelled`"),
    (
        example(reword(code("A", "x", "x"), NOTICE, "y", "y"), B, C, unknown()),
        "example A: a changed label has an entry in `relabelled`",
    ),
    (example(introduce(A, FIRST, NOTICE), B, C, unknown()), "example A: the first day of a recorded code stays"),
    (example(replace(A, parent="P"), B, C, unknown()), "example A: the parent of a recorded code stays"),
    (example(A, B, C, unknown(), code("D", "d", "d")), "example D: a new code has a notice `added` of version 1.1"),
    (
        example(A, B, C, unknown(), introduce(code("A1", "d", "d"), RECORDED, replace(NOTICE, announced=RECORDED))),
        "example A1: a new code begins after the day of the recorded version, 2026-11-25",
    ),
    (
        example(retire(A, RECORDED, replace(NOTICE, announced=RECORDED)), B, C, unknown()),
        "example A: a code is retired after the day of the recorded version, 2026-11-25",
    ),
    (swap("A", retired=None), "example A: `retired` goes with `valid_to`"),
    (swap("A", retired=None), "example A: a code that is retired has a notice `retired` of version 1.1"),
    (swap("A1", added=None), "example A1: `added` goes with `valid_from`"),
    (swap("A", valid_to=None), "example A: a code that is replaced has a last day"),
    (swap("A", retired=early(NOTICE)), "example A: `retired` is announced after its day"),
    (swap("A1", added=early(NOTICE)), "example A1: `added` is announced after its day"),
    (swap("A", retired=replace(NOTICE, version="2.0")), "example A: `retired` names a version"),
    (swap("A1", valid_from=LAST), "example A: its successor A1 has to begin before its last day"),
    (
        swap("A1", valid_to=LAST, retired=NOTICE),
        "example A: its successor A1 ends no later than itself",
    ),
    (swap("A1", valid_to=date(2026, 1, 1), retired=NOTICE), "example A1: its last day lies before its first"),
    (swap("A", replaced_by=("A1", "NONE")), "example A: its successor NONE is no other, later code"),
    (swap("A", replaced_by=("A", "A1")), "example A: its successor A is no other, later code"),
    (
        example(retire(A, LAST, NOTICE, "B"), retire(B, date(2027, 4, 30), NOTICE, "A"), C, unknown()),
        "example B: its successor A is no other, later code",
    ),
    (swap("A1", parent="P"), "example A: its successor A1 has another parent"),
    (
        example(retire(A, LAST, NOTICE, "C"), B, C, unknown()),
        "example A: its successor C rolls up to something else in pair: the series would break",
    ),
    (example(A, B, C, retire(unknown(), LAST, NOTICE)), "example _U: a special code is never retired"),
    (example(*SPLIT, introduce(code("a-1", "q", "q"), FIRST, NOTICE)), "example a-1: a code is 1 to 32 of A-Z"),
    (
        example(*SPLIT, introduce(code("LABOUR_V", "v", "v"), FIRST, NOTICE)),
        "example LABOUR_V: a new industry is a word",
    ),
    (example(*SPLIT, introduce(code("X" * 33, "q", "q"), FIRST, NOTICE)), f"example {'X' * 33}: a code is 1 to 32"),
]


@pytest.mark.parametrize(("codelist", "text"), WRONG, ids=[text for _, text in WRONG])
def test_the_wrong_ways_are_objected_to(codelist: CodeList, text: str) -> None:
    assert [line for line in objections_of(codelist) if line.startswith(text)], objections_of(codelist)


def test_a_list_never_disappears_and_none_is_named_as_the_changes_are() -> None:
    assert objections_of(code_list("changes", "x", "x", (A,))) == [
        "example: a list never disappears",
        "changes: this id is the address of the changes",
    ]


def test_a_last_day_is_put_off_but_not_brought_forward_or_taken_back() -> None:
    before = record.update(BEFORE, [example(*SPLIT)], date(2026, 12, 2))

    def ends(last: date | None) -> list[str]:
        codes = [replace(each, valid_to=last) if each.code == "A" else each for each in SPLIT]
        return objections_of(example(*codes, version="1.2"), before=before)

    assert ends(date(2027, 6, 30)) == []
    text = "example A: a retired code keeps its last day, 2027-03-31, or is given a later one"
    assert ends(date(2027, 3, 1)) == [text]
    assert text in ends(None)


def test_a_code_does_not_outlive_its_parent() -> None:
    """Splitting a form of exploitation leaves its details without one, unless they are retired with it."""
    sexual = retire(EXPLOITATION.by_code["SEXUAL"], LAST, NOTICE, "LABOUR")
    forms = replace(EXPLOITATION, codes=(sexual, *EXPLOITATION.codes[1:]))
    lines = objections_of(EXPLOITATION_DETAIL, forms, before={})
    assert "exploitation_detail SEXUAL_STREET: its parent SEXUAL is retired before it" in lines


def test_a_detail_moves_with_its_parent() -> None:
    told = replace(NOTICE, version="1.0")
    upper = code_list("upper", "x", "x", (retire(code("P", "p", "p"), LAST, told, "Q"), code("Q", "q", "q")))
    old = retire(code("P_1", "p", "p", parent="P"), LAST, told, "Q_1")
    lower = code_list("lower", "x", "x", (old, code("Q_1", "q", "q", parent="Q")))
    assert objections_of(lower, upper, before={}) == []


def test_what_follows_a_code_of_a_rule_is_in_the_rule() -> None:
    told = replace(NOTICE, version="1.0")
    band = retire(AGE_BAND.by_code["Y15T17"], LAST, told, "Y15", "Y16T17")
    new = (code("Y15", "x", "x"), code("Y16T17", "y", "y"))
    codelist = CodeList("age_band", AGE_BAND.label, "1.0", (band, *new))
    assert "age_band Y15T17: its successor Y15 is missing in MINOR_BANDS of the rules" in objections_of(
        codelist, before={}
    )


def test_the_record_keeps_a_day_until_something_changes(tmp_path: Path) -> None:
    file = tmp_path / "recorded.json"
    assert record.load(file) == {}
    record.save(BEFORE, file)
    assert record.load(file) == BEFORE
    assert record.update(BEFORE, [FIRST_VERSION], date(2027, 1, 1)) == BEFORE
    later = record.update(BEFORE, [example(*SPLIT)], date(2026, 12, 2))
    assert later["example"]["recorded"] == "2026-12-02"
    assert later["example"]["codes"]["A"]["replaced_by"] == ["A1", "A2"]
    assert later["example"]["codes"]["C"]["levels"] == {"pair": {"2000-01": "AB", "2004-01": "CC"}}
