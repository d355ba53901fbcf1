"""What is said beside sums: their units, how many reports are behind them, of which nothing is shown; and the funnel."""

from __future__ import annotations

from typing import Any

import pytest

from stats.models import AUTHORITY, PUBLIC, Release
from stats.reading.datasets import FUNNEL
from tests.api.asserts import body, problem
from tests.api.open_figures import INDEX, RELEASES, get
from tests.api.sums import FORMS, answered, ask, publish_sums
from tests.api.workbooks import read, values
from tests.callers import Caller, make_caller
from tests.stats.published import Sums, publish

pytestmark = pytest.mark.django_db
CONTACTS = "outreach.contacts"
TOTALS: Sums = {
    (CONTACTS, "contacts", ""): {"": 310},
    (CONTACTS, "suspicions", ""): {"": 22},
    (CONTACTS, "referrals_made", ""): {"": None},
    ("assistance.grants", "granted", ""): {"": 14},
}
BY_REGION: Sums = {(CONTACTS, name, "region"): {"DK01": 60, "DK02": None} for name in ("contacts", "suspicions")}
BEHIND = {"due": 12, "came": 11, "beside": 1}

ALL_OF_GRANTS = {"assistance.grants": (12, 12, 12)}


@pytest.fixture
def year() -> None:
    """The year 2024, with sums of two datasets."""
    told = {(CONTACTS, "referrals_made", ""): {"": (0, None)}}
    publish(PUBLIC, "2024", {"": {"": 73}}, sums={**TOTALS, **BY_REGION}, told_sums=told, behind=ALL_OF_GRANTS)


def test_reports_behind_each_figure_and_what_is_silent_are_told_in_every_form() -> None:
    publish_sums()
    document = body(ask(CONTACTS, "region"))
    assert {
        each["quantity"]: (each["due"], each["came"], each["knowing"]) for each in document["extension"]["behind"]
    } == {
        "contacts": (12, 11, 11),
        **dict.fromkeys(("first_contacts", "informed", "suspicions", "referrals_made"), (12, 11, 12)),
    }
    notes = document["note"]
    of_all = (
        "2024: reports that were due: 12. Of these came: 11. Others that came: 1. So each figure is at least this much."
    )
    assert of_all in notes
    assert any(note.startswith("2024, “Contacts with persons”: at least this much") for note in notes)
    assert [note for note in notes if "nothing is shown" in note] == [
        "2024, “Referrals”: nothing is shown, since even the total could point to a few persons or to one organisation."
    ]
    assert notes.count("The same person may be counted several times.") == 1
    about, data, view = read(ask(CONTACTS, "region", "xlsx"))
    assert all(
        "Of these, given information (contacts)" in {cell for row in values(sheet) for cell in row}
        for sheet in (data, view)
    )
    for sheet in (about, view):
        assert set(notes) <= {text for row in values(sheet) for text in row}
    for form in ("csv", "list", "xlsx"):
        rows = FORMS[form](ask(CONTACTS, "region", form))
        assert {
            (row["unit"], row["dataset"], int(row["reports_due"]), int(row["reports_knowing"]), row["coverage"])
            for row in rows
        } == {
            ("contacts", CONTACTS, 12, 11, "at_least"),
            *((unit, CONTACTS, 12, 12, "at_least") for unit in ("contacts", "suspicions", "referrals")),
        }


def test_each_quantity_tells_what_is_exact_and_how_much_doubt_its_table_leaves() -> None:
    """As of persons, and each by its own unit: no quantity is counted with another."""
    told: dict[tuple[str, str, str], dict[str, tuple[int, int | None]]] = {
        (CONTACTS, name, "region"): {"DK02": bounds}
        for name, bounds in (("contacts", (4, 35)), ("suspicions", (0, 11)))
    }
    told |= {(CONTACTS, "referrals_made", ""): {"": (0, None)}}
    publish(PUBLIC, "2024", {"": {"": 73}}, sums={**TOTALS, **BY_REGION}, told_sums=told)
    for asked in ({}, {"region": "DK03"}, {"totals": "exclude"}):
        table = "" if "region" in asked else "region"
        entries = body(ask(CONTACTS, table, **asked))["extension"]["behind"]
        found = {each["quantity"]: (each["exact"], each["doubt"]) for each in entries}
        assert (found["contacts"], found["suspicions"]) == ((60, 0.1), (60, 0.5))
        assert found["referrals_made"] == (0, None)
    assert {each["doubt"] for each in body(ask(CONTACTS, ""))["extension"]["behind"]} == {0, None}
    assert {each["exact"] for each in body(ask(CONTACTS, "region"))["extension"]["releases"]} == {None}


@pytest.mark.usefixtures("year")
def test_numbers_of_two_units_have_no_total_and_no_share_of_each_other() -> None:
    document = body(ask(CONTACTS, "region", measure="count,share"))
    side = document["dimension"]["quantity"]["category"]
    assert "TOTAL" not in side["index"] and document["role"]["metric"] == ["measure", "quantity"]
    assert {name: unit["label"] for name, unit in side["unit"].items()}["suspicions"] == "suspicions"
    rows = FORMS["list"](ask(CONTACTS, "region", "list", measure="count,share"))
    assert {row["quantity"]: row["share"] for row in rows if row["region"] == "TOTAL"} == {
        **dict.fromkeys(("contacts", "suspicions"), 100),
        "referrals_made": None,
        **dict.fromkeys(("first_contacts", "informed")),
    }
    assert [row["share"] for row in rows if (row["region"], row["quantity"]) == ("DK01", "contacts")] == [19.4]


@pytest.mark.usefixtures("year")
def test_one_quantity_can_be_asked_for_by_itself() -> None:
    one = answered(CONTACTS, "region", "list", ask(CONTACTS, "region", "list", quantity="suspicions"))
    every = answered(CONTACTS, "region", "list", ask(CONTACTS, "region", "list"))
    assert one == {place: cell for place, cell in every.items() if place[0] == "suspicions"}
    assert one["suspicions", "region", "DK02"] == (None, "Q", None, None)
    problem(ask(CONTACTS, "region", quantity="nights"), "invalid_parameter")
    problem(ask(CONTACTS, "gender"), "invalid_parameter")
    listed = next(each for each in body(get(INDEX))["datasets"] if each["id"] == CONTACTS)
    assert [each["id"] for each in listed["quantities"]][:2] == ["contacts", "first_contacts"]
    assert [each["id"] for each in listed["dimensions"]][:2] == ["region", "setting"]


@pytest.mark.usefixtures("year")
def test_the_funnel_is_five_published_figures_each_of_its_unit() -> None:
    steps = {
        "contact": (310, "A", "contacts", CONTACTS, "12", "at_least"),
        "suspicion": (22, "A", "suspicions", CONTACTS, "12", "at_least"),
        "referral": (None, "Q", "referrals", CONTACTS, "12", "at_least"),
        "identified": (73, "A", "persons", "persons", "", ""),
        "support": (14, "A", "grants", "assistance.grants", "12", "whole"),
    }
    for form, read_rows in FORMS.items():
        rows = read_rows(ask(FUNNEL.id, "", form))
        found: dict[str, tuple[Any, ...]] = {
            row["quantity"]: (int(row["count"]) if row["count"] not in {"", None} else None, row["status"])
            for row in rows
        }
        assert found == {name: step[:2] for name, step in steps.items()}, form
    danish = FORMS["csv-da"](ask(FUNNEL.id, "", "csv-da", lang="da"))
    assert [row["quantity_label"] for row in danish][2:] == [
        "Henvisning (henvisninger)",
        "Identificeret (personer)",
        "Støtte (bevillinger)",
    ]
    rows = FORMS["csv"](ask(FUNNEL.id, "", "csv"))
    behind = [[row[name] for name in ("unit", "dataset", "reports_due", "coverage")] for row in rows]
    assert behind == [[*step[2:]] for step in steps.values()]
    notes = body(ask(FUNNEL.id, ""))["note"]
    assert any("none can be divided by another. A contact is no person" in note for note in notes)
    assert any("Contact: contacts (Outreach: contacts)" in note for note in notes)


def test_a_step_that_a_release_has_not_is_not_published_rather_than_hidden() -> None:
    publish(PUBLIC, "2024", {"": {"": 73}}, sums={(CONTACTS, "contacts", ""): {"": 310}})
    publish(PUBLIC, "2023", {"": {"": 70}})
    rows = FORMS["list"](ask(FUNNEL.id, "", "list"))
    assert {row["release"] for row in rows} == {"2024.p1"}
    statuses = {row["quantity"]: row["status"] for row in rows}
    # Of the same dataset, nothing is stored of suspicions: what a public release stores not is none.
    assert statuses == {"contact": "A", "suspicion": "A", "referral": "A", "identified": "A", "support": "O"}


@pytest.mark.usefixtures("year")
def test_authorities_read_what_is_published_and_beyond_it_their_own() -> None:
    publish(AUTHORITY, "2024", {"": {"": 70}}, sums={**TOTALS, (CONTACTS, "contacts", "gender"): {"F": 301}})
    publish(AUTHORITY, "2024-Q2", {"": {"": 20}}, sums={(CONTACTS, "contacts", ""): {"": 88}})
    police = make_caller("POLICE")
    address = f"/api/v1/statistics/{CONTACTS}?format=list"

    def counts(query: str, caller: Caller = police) -> dict[str, Any]:
        rows = body(caller.get(f"{address}&{query}"))
        return {row["quantity"]: (row["release"], row["count"], row["status"]) for row in rows}

    assert counts("year=2024")["contacts"] == ("2024.p1", 310, "A")
    assert counts("period=2024-Q2") == {
        "contacts": ("2024-Q2.a1", 88, "A"),
        **dict.fromkeys(("first_contacts", "informed", "suspicions", "referrals_made"), ("2024-Q2.a1", None, "Q")),
    }
    # The margin of their own table is the public one.
    by_gender = body(police.get(f"{address}&by=gender&year=2024&quantity=contacts"))
    assert [(row["gender"], row["release"], row["count"]) for row in by_gender][:2] == [
        ("TOTAL", "2024.a1", 310),
        ("F", "2024.a1", 301),
    ]
    assert counts("period=2024-Q2", make_caller("CENTRE"))["contacts"] == ("2024-Q2.a1", 88, "A")
    problem(get(f"{address}&period=2024-Q2"), "invalid_parameter")


def test_a_later_vintage_says_what_changed_in_sums_and_is_cited_by_its_forms() -> None:
    table = (CONTACTS, "contacts", "region")
    publish(PUBLIC, "2024", {"": {"": 73}}, sums={table: {"DK01": 60, "DK02": None, "DK03": 9}, **TOTALS})
    first = publish_changes(table)
    found = body(get(f"{RELEASES}/{first}/changes?dataset={CONTACTS}"))
    by_region = next(each for each in found["tables"] if "region" in each["axes"])
    assert by_region["title"]["en"] == "Outreach: contacts by region"
    rows = [row for row in by_region["rows"] if row["codes"][0] == "contacts"]
    assert {row["codes"][1]: (row["before"], row["after"], row["change"]) for row in rows} == {
        "DK01": (60, 64, 4),
        "DK02": (None, 12, None),
    }
    citation = body(get(f"{RELEASES}/{first}/citation"))
    assert "Outreach; Assistance and return, 2024" in citation["text"]["en"]


def publish_changes(table: tuple[str, str, str]) -> str:
    """The second vintage of 2024, in which a region has grown and another is shown."""
    since = Release.objects.get(pk="2024.p1")
    sums = {**TOTALS, table: {"DK01": 64, "DK02": 12, "DK03": 9}}
    return publish(PUBLIC, "2024", {"": {"": 74}}, 2, sums=sums, changes=(since, {"": {"": (73, 74)}})).pk
