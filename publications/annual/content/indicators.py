"""The section of the action plan that is in force in a year: its published indicators, with what was observed up to the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publications.annual import words
from publications.annual.content.parts import Material, Part, bullets, sentences
from publications.annual.document import Table
from publications.annual.sentences import fill
from publications.plans import reading
from publications.plans.choices import PERCENT, WITHDRAWN, value_words
from publications.plans.lights import LIGHTS, RULES
from publications.plans.plans import plan_in
from publications.plans.reading import IN_YEAR, ReadIndicator, ReadPlan, baseline_words, target_words
from stats.models import PUBLIC
from stats.reading import catalogue
from stats.reading.grid import BETWEEN, Grid, Row
from stats.reading.marks import CellText
from stats.reading.measures import CellStatus


@dataclass(frozen=True)
class PlanInYear:
    """The plan of a year with what everybody reads of it."""

    year: int
    state: ReadPlan

    def table(self, language: str) -> Table:
        """Its indicators as a table: how each is doing, its latest observation, its baseline and its target."""
        headings = tuple(each(language) for each in words.INDICATOR_HEADINGS)
        rows = tuple(self.row(each, language) for each in self.state.indicators)
        sources = "; ".join(
            dict.fromkeys(source for each in self.state.indicators for source in sources_of(each, language))
        )
        return Table(
            "indicators",
            fill(words.INDICATORS_OF, plan=self.state.plan.label, year=str(self.year))(language),
            Grid("", words.INDICATOR(language), headings, rows),
            (),
            words.SOURCE(language).format(sources) if sources else "",
        )

    def row(self, of: ReadIndicator, language: str) -> Row:
        """An indicator. A value that is not shown has no number."""
        latest = of.latest
        is_hidden = latest is not None and latest.value is None
        cells = (
            CellText(LIGHTS[of.light](language), CellStatus.NORMAL),
            CellText(latest_words(of, language), CellStatus.HIDDEN if is_hidden else CellStatus.NORMAL),
            CellText(baseline_words(of.row, language), CellStatus.NORMAL),
            CellText(target_words(of.row, language), CellStatus.NORMAL),
        )
        # What stands between the parts of a heading divides it.
        return Row(of.row.label(language).replace(BETWEEN, ", "), False, cells)


def latest_words(of: ReadIndicator, language: str) -> str:
    """The observation that counts, in words."""
    if of.latest is None:
        return words.NOT_OBSERVED(language)
    value = (
        WITHDRAWN(language)
        if of.latest.is_withdrawn
        else value_words(of.latest.value, of.row.unit, language, of.latest.is_least)
    )
    return IN_YEAR(language).format(value, of.latest.year)


def sources_of(of: ReadIndicator, language: str) -> Iterator[str]:
    """Where the observation that counts is from: a release with its vintage, or what was typed in."""
    if of.latest is not None:
        release = fill(words.RELEASE_VINTAGE, id=of.latest.release, vintage=str(of.latest.vintage))(language)
        yield release if of.latest.release else of.latest.source(language).rstrip(".")


def indicators(year: int, material: Material) -> tuple[Part, ...] | None:
    """The parts of the section; None where no plan is in force, or none of its indicators is published."""
    plan = plan_in(year)
    state = reading.read(plan, year) if plan else None
    if state is None or not state.indicators:
        return None
    for each in state.indicators:
        values = (each.latest.value if each.latest else None, each.row.baseline_value, each.row.target_value)
        numbers = [value for value in values if value is not None]
        if each.row.unit == PERCENT:
            material.percents |= {value.normalize() for value in numbers}
        else:
            material.counts |= {int(value) for value in numbers if value == int(value)}
    material.has_typed_values = True
    names = {each.latest.release for each in state.indicators if each.latest and not each.latest.is_withdrawn}
    material.releases += [one for one in catalogue.every(PUBLIC) if one.id in names]
    return (*sentences(words.OF_PLAN), PlanInYear(year, state).table, *sentences(words.HOW_DECIDED), bullets(RULES))
