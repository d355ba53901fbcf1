"""The chapter of the action plan: what everybody reads up to the year, nothing hidden, and a draft that goes stale with it."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User

from publications.annual.content.compose import compose
from publications.annual.document import Bullets, Document, Paragraph, Section, Table, as_json, data_of, from_json
from publications.annual.drafting import shown_in
from publications.annual.numbers import foreign_numbers
from publications.annual.refusals import ReportRefused
from stats.models import PUBLIC
from tests.publications.annual.world import YEAR, approve_all, draft_by, publish_report, publish_years
from tests.publications.plans.world import a_computed, a_manual, observed, stored
from tests.stats.published import Cells, publish

pytestmark = pytest.mark.django_db


def chapter(document: Document) -> Section | None:
    """The chapter, where there is one."""
    return next((each for each in document.sections if each.id == "indicators"), None)


def rows(document: Document) -> list[tuple[str, ...]]:
    """The rows of its table in words."""
    section = chapter(document)
    assert section is not None
    (table,) = (each for each in section.blocks if isinstance(each, Table))
    return [(row.heading, *(cell.text for cell in row.cells)) for row in table.grid.rows]


def method_of(document: Document) -> str:
    """What the last section says, and what it names as missing."""
    blocks = document.sections[-1].blocks
    texts = [each.text for each in blocks if isinstance(each, Paragraph)]
    return "\n".join([*texts, *(item for each in blocks if isinstance(each, Bullets) for item in each.items)])


def test_each_indicator_with_how_it_is_doing_in_both_languages() -> None:
    publish_years()
    observed(stored(a_computed()))
    observed(stored(a_manual()), value=12)
    composition = compose(YEAR)
    da, en = (composition.documents[language] for language in ("da", "en"))
    assert rows(en) == [
        ("Courses held", "Behind", "12 courses in 2023", "10 courses in 2021", "at least 30 courses in 2025"),
        ("Women identified", "On track", "72 persons in 2023", "44 persons in 2021", "at least 80 persons in 2025"),
    ]
    assert [row[1] for row in rows(da)] == ["Bagud", "På vej"]
    section = chapter(en)
    assert section is not None and section.topic == "Indicators of the action plan"
    (table,) = (each for each in section.blocks if isinstance(each, Table))
    assert table.source == "Source: Account of courses 2023; 2023.p1 (vintage 1)."
    assert "typed in and read by two" in method_of(en) and "Indicators of the action plan" not in method_of(en)
    assert foreign_numbers("72 women and 12 courses", "en", shown_in(composition)["indicators"]) == []
    assert foreign_numbers("73 women", "en", shown_in(composition)["indicators"]) == ["73"]
    assert data_of(from_json(as_json(en))) == data_of(en)
    assert data_of(compose(YEAR).documents["en"]) == data_of(en)


def test_the_colophon_names_a_release_that_an_indicator_alone_is_from() -> None:
    """So the page of the report says it too, once that release is withdrawn."""
    tables: dict[str, Cells] = {"": {"": 112}, "gender": {"F": 72, "M": 40}}
    publish(PUBLIC, "2023", tables)
    observed(stored(a_computed()))
    publish(PUBLIC, "2023", tables, 2)
    for document in compose(YEAR).documents.values():
        assert "2023.p1 (" in str(document.colophon) and "2023.p2 (" in str(document.colophon)


def test_a_hidden_cell_is_not_shown_in_the_chapter_either() -> None:
    publish_years()
    observed(stored(a_computed("MEN", filters={"gender": "M"})))
    composition = compose(YEAR)
    (row,) = rows(composition.documents["en"])
    assert row[1:3] == ("Not known", "not shown in 2023")
    assert '"35"' not in json.dumps(as_json(composition.documents["en"]))


def test_without_a_published_indicator_or_a_plan_in_force_there_is_no_chapter() -> None:
    publish_years()
    publish(PUBLIC, "2021", {"": {"": 60}})
    stored(a_manual("WAITS"), approve=None)
    stored(a_manual("REFUSED"), approve=False)
    assert chapter(compose(YEAR).documents["da"]) is None
    observed(stored(a_manual()), value=12)
    earlier = compose(2021).documents["da"]
    assert chapter(earlier) is None
    assert "Handlingsplanens indikatorer" in method_of(earlier)
    assert "skrevet ind" not in method_of(earlier)


def test_the_report_of_a_year_knows_nothing_that_was_observed_of_later_ones() -> None:
    publish_years()
    indicator = stored(a_manual())
    observed(indicator, 2022, 12)
    before = compose(2022).documents["en"]
    observed(indicator, 2023, 29)
    assert data_of(compose(2022).documents["en"]) == data_of(before)
    assert [row[2] for row in rows(before)] == ["12 courses in 2022"]


def test_a_draft_is_stale_once_more_of_its_plan_is_published(writer: User, publisher: User) -> None:
    publish_years()
    indicator = stored(a_manual())
    draft = draft_by(writer)
    approve_all(draft, writer)
    for said in (observed(indicator, 2024, 28), observed(indicator, 2023, 12, approve=None)):
        assert said.pk
    assert draft_by(writer).basis == draft.basis
    observed(indicator, 2023, 13)
    later = draft_by(writer)
    assert later.basis != draft.basis
    approve_all(later, writer)
    observed(indicator, 2023, 14)
    with pytest.raises(ReportRefused, match="stale"):
        publish_report(later, publisher)
    last = draft_by(writer)
    approve_all(last, writer)
    assert publish_report(last, publisher).version == 1
