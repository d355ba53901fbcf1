"""Sums of what police, prosecution and the centre report, in files: zero beside blank, what is behind them, and no other."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from publications.international.models import InternationalFile
from stats.models import AUTHORITY, PUBLIC
from tests.callers import as_web_server
from tests.people.visitors import signed_in, staff
from tests.publications.international.world import TABLES, YEAR, lines, made
from tests.stats.published import Sums, ToldSums, publish

pytestmark = pytest.mark.django_db
SUSPECTS, USED = "justice.suspects", "justice.services_used"
SUMS: Sums = {
    (SUSPECTS, "suspects", ""): {"": 60},
    (SUSPECTS, "suspects", "gender"): {"F": 18, "M": None, "X": None},
    (SUSPECTS, "suspects", "age18"): {"Y_GE18": 60},
    ("justice.judgments", "judgments", ""): {"": 9},
    ("justice.judgments", "judgments", "outcome"): {"CONVICTION": 9},
    ("justice.convicted", "convicted", ""): {"": 0},
    **{
        (USED, f"used_{each}", ""): {"": number}
        for each, number in (("suspects", 8), ("prosecuted", 7), ("convicted", 6))
    },
    ("assistance.grants", "granted", ""): {"": 25},
    ("assistance.grants", "granted", "assistance"): {"REFLECTION": 14, "PERMIT": 6, "COMPENSATION": None},
    ("assistance.returns", "returns", "stage"): {"LEFT": 11},
    ("assistance.returns", "returns", ""): {"": 11},
}
TOLD: ToldSums = {(SUSPECTS, "suspects", "gender"): {"M": (33, 42), "X": (0, 9)}}
# Of judgments a report is missing, and of the convicted no report knows the number.
BEHIND = {
    SUSPECTS: (1, 1, 1),
    USED: (1, 1, 1),
    "justice.judgments": (2, 1, 1),
    "justice.convicted": (1, 1, 0),
    "assistance.grants": (12, 12, 12),
    "assistance.returns": (12, 12, 11),
}
Rows = dict[tuple[str, str], dict[str, str]]


@pytest.fixture
def ida() -> User:
    """Who makes files, of a year with sums."""
    publish(PUBLIC, str(YEAR), TABLES, sums=SUMS, told_sums=TOLD, behind=BEHIND)
    return staff("ida", "statistician")


def rows_of(user: User, body: str) -> Rows:
    """The rows of a file of the year by field and cell; without one by the breakdown."""
    return {
        (each["field"], each["cell"] or each["breakdown"]): each
        for each in lines(made(user, body))
        if each["period"] == str(YEAR)
    }


def said(row: dict[str, str]) -> tuple[str, str, str, str]:
    """What a row says of its figure."""
    return row["value"], row["at_least"], row["at_most"], row["status"]


def test_the_points_of_justice_are_filled_from_sums_that_are_published(ida: User) -> None:
    rows = rows_of(ida, "eu-19a")
    assert said(rows["b-suspects", "in all"]) == ("60", "", "", "known")
    assert said(rows["b-suspects", "gender=F"]) == ("18", "", "", "known")
    assert said(rows["b-suspects", "gender=M"]) == ("not shown", "33", "42", "not shown")
    assert said(rows["b-suspects", "age18=Y_LT18"]) == ("0", "", "", "known none")
    assert [rows["g-used-" + each, "in all"]["value"] for each in ("suspects", "prosecuted", "convicted")] == [
        "8",
        "7",
        "6",
    ]
    row = rows["b-suspects", "gender=F"]
    assert (row["unit"], row["labels"], row["release"], row["place"]) == (
        "persons",
        "Gender: Female",
        f"{YEAR}.p1",
        "Art. 19a, point (b)",
    )
    # What the article asks for and the release does not have is said in the file.
    crossed = rows["b-suspects", "Gender × Under or over 18 × Citizenship, groups × Form of exploitation"]
    assert said(crossed) == ("", "", "", "no such table in the release")
    assert said(rows["c-prosecuted", "in all"]) == ("", "", "", "no such table in the release")


def test_zero_is_no_blank_and_not_all_is_at_least(ida: User) -> None:
    rows = rows_of(ida, "eu-19a")
    assert said(rows["f-judgments", "outcome=CONVICTION"]) == ("9", "", "", "at least")
    assert said(rows["f-judgments", "outcome=ACQUITTAL"]) == ("0", "", "", "at least")
    assert said(rows["e-convicted", "in all"]) == ("", "", "", "not known")
    assert "reports that were due: 2. Of these came: 1." in rows["f-judgments", "in all"]["coverage"]
    assert "at least this much" in rows["f-judgments", "in all"]["coverage"]
    assert "reports that were due: 1. Of these came: 1." in rows["b-suspects", "in all"]["coverage"]
    assert "at least" not in rows["b-suspects", "in all"]["coverage"]
    # Persons have the note of their release, as before.
    assert rows["a-identified", "in all"]["coverage"] == "No coverage note was kept with the release."


def test_unodc_and_eurostat_get_sums_by_sex_and_nothing_more(ida: User) -> None:
    for body in ("glotip", "eurostat"):
        cells = {cell for field, cell in rows_of(ida, body) if field == "suspects"}
        assert cells == {"in all", "gender=F", "gender=M", "gender=X", "gender=_U"}


def test_greta_gets_assistance_and_returns(ida: User) -> None:
    rows = rows_of(ida, "greta")
    assert said(rows["grants", "assistance=REFLECTION"]) == ("14", "", "", "known")
    assert said(rows["grants", "assistance=COMPENSATION"]) == ("not shown", "", "", "not shown")
    assert said(rows["returns", "stage=LEFT"]) == ("11", "", "", "at least")
    assert (rows["grants", "in all"]["unit"], rows["returns", "stage=LEFT"]["unit"]) == ("grants", "returns")
    # A person is counted at each stage that was reached, so that nothing is said of all stages together.
    assert all("stage" in cell.lower() for field, cell in rows if field == "returns")


def test_sums_for_authorities_are_in_no_file(ida: User) -> None:
    before = made(ida).content["figures"]
    other = {key: dict.fromkeys(cells, 99) for key, cells in SUMS.items()}
    publish(AUTHORITY, str(YEAR), TABLES, sums=other)
    assert made(ida).content["figures"] == before


CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "as it is": ({}, ""),
    "nothing said": ({"value": None}, ""),
    "another count": ({"value": 17}, "ABROAD_NOT_PUBLISHED"),
    "another quantity": ({"quantity": "prosecuted"}, "ABROAD_NOT_PUBLISHED"),
    "no quantity": ({"quantity": ""}, "ABROAD_NOT_PUBLISHED"),
    "a table of persons": ({"dataset": "persons", "quantity": "", "value": 18}, "ABROAD_NOT_PUBLISHED"),
    "a hidden cell": ({"codes": "M", "value": 37}, "ABROAD_NOT_PUBLISHED"),
    "what is told of it": ({"codes": "M", "value": None, "at_least": 33, "at_most": 42}, ""),
    "a narrower end": ({"codes": "M", "value": None, "at_least": 34, "at_most": 42}, "ABROAD_NOT_PUBLISHED"),
}


@pytest.mark.parametrize(("change", "refusal"), CHANGES.values(), ids=CHANGES)
def test_the_database_takes_no_sum_that_no_release_shows(ida: User, change: dict[str, Any], refusal: str) -> None:
    file = made(ida)
    content = deepcopy(file.content)
    (figure,) = (each for each in content["figures"] if each["dataset"] == SUSPECTS and each["codes"] == "F")
    figure |= change
    other = InternationalFile(body=file.body, year=file.year, content=content, basis=file.basis, user_id=ida.pk)
    if not refusal:
        other.save(force_insert=True)
        return
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), as_web_server():
        other.save(force_insert=True)


def test_the_page_of_the_file_says_at_least(ida: User) -> None:
    file = made(ida)
    shown = signed_in(ida).get(f"/admin/international/internationalfile/{file.pk}/change/").content.decode()
    assert "≥ 9" in shown and "Outcome: Conviction" in shown
