"""A table that is kept as a file has a name of its own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.http import HttpResponse

from api.http.files import join_parts
from stats.models import PUBLIC
from tests.api.open_figures import TABLES, table
from tests.callers import Caller
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
NAME = re.compile(r'(?:inline|attachment); filename="([A-Za-z0-9._-]{1,200})"')


def name(response: HttpResponse) -> str:
    """The name that is offered."""
    assert response.status_code == 200, response.content
    found = NAME.fullmatch(response.headers["Content-Disposition"])
    assert found, response.headers["Content-Disposition"]
    return found[1]


def test_the_name_says_what_the_table_is_of() -> None:
    publish(PUBLIC, "2022", TABLES)
    publish(PUBLIC, "2023", TABLES)
    assert name(table("by=gender&year=2023&format=csv")) == "persons_gender_2023_2023.p1_en.csv"
    assert name(table("by=gender&year=2023&format=csv-da&lang=da")) == "persons_gender_2023_2023.p1_da.excel.csv"
    assert name(table("by=gender&year=2023&format=xlsx&lang=da")) == "persons_gender_2023_2023.p1_da.xlsx"
    assert name(table("by=gender", Accept_Language="da")) == "persons_gender_2017-2023_2017.x1-2023.p1_da.json"
    assert name(table("gender=F&year=2023&totals=exclude&measure=count,share&format=csv")) == (
        "persons_total_gender-F_count-share_no-totals_2023_2023.p1_en.csv"
    )


def test_two_tables_have_two_names() -> None:
    publish(PUBLIC, "2022", TABLES)
    publish(PUBLIC, "2023", TABLES)
    queries = [
        "year=2023",
        "year=2022",
        "",
        "by=gender&year=2023",
        "by=gender",
        "gender=F&year=2023",
        "gender=M&year=2023",
    ]
    queries += [
        "by=gender&year=2023&measure=share",
        "by=gender&year=2023&totals=exclude",
        "by=gender&year=2023&format=csv",
        "by=gender&year=2023&format=list",
        "by=gender&year=2023&format=csv-da",
        "by=gender&year=2023&format=xlsx",
        "by=gender&year=2023&format=xlsx&lang=da",
    ]
    names = sorted(name(table(query)) for query in queries)
    assert all(one != other for one, other in pairwise(names))


def test_own_figures_too(ngo: Caller) -> None:
    ngo.referral()
    path = "/api/v1/referrals/summary?format=csv"
    assert name(ngo.get(f"{path}&by=exploitation,region&year=2025&gender=F")) == (
        "own-figures_exploitation-region_year-2025_gender-F_en.csv"
    )
    assert name(ngo.get(path, Accept_Language="da")) == "own-figures_total_da.csv"


def test_what_a_long_name_leaves_out_still_tells_it_from_another() -> None:
    many = [f"filter{number}-CODE" for number in range(30)]
    one, other = (join_parts(["own-figures", *many, language], "csv") for language in ("da", "en"))
    assert one != other
    assert len(one) == len(other) < 200
