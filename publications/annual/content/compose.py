"""A whole report from published figures, in both languages, with everything proposed and nothing finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from cases.dimensions import Axis
from cases.invented import with_mark
from core.text import NO_TEXT, Text
from publications.annual import words
from publications.annual.content.findings import AxisFindings
from publications.annual.content.indicators import indicators
from publications.annual.content.parts import Material, Part, SectionDraft, chart, documents_in, releases_of, sentences
from publications.annual.content.sections import finest, first_section, method, overview, stages
from publications.annual.content.sums import SumsOfTopic
from publications.annual.content.topics import INDICATORS, KEY_FIGURES, METHOD, OVERVIEW, STAGES, TOPICS, Topic
from publications.annual.content.year import PublishedYear
from publications.annual.document import Document
from publications.annual.labels import colophon
from publications.annual.places import slug
from publications.annual.refusals import refuse
from publications.annual.sentences import fill
from stats.reading import wording
from stats.reading.entries import CatalogueEntry
from stats.reading.table import Figures
from stats.revisions.citation import day, operator


@dataclass(frozen=True)
class Composition:
    """A report in each language, with what each of its sections shows."""

    documents: dict[str, Document]
    materials: dict[str, Material]


def compose(year: int, version: int = 1, correction: Text = NO_TEXT) -> Composition:
    """The report of a year. Raises `ReportRefused` where no public release is of it."""
    of = PublishedYear(year)
    total = of.over_years()
    if of.of_year() is None or total is None:
        raise refuse(f"Der er ingen offentlig udgivelse af {year}.", f"There is no public release of {year}.")
    report = ReportOfYear(of, total)
    sections = documents_in([*report.sections()])
    documents = {
        language: Document(
            year,
            version,
            language,
            with_mark(fill(words.TITLE, year=str(year))(language), language),
            operator(settings.HENVIS_OPERATOR)(language),
            day(timezone.now()),
            correction(language),
            sections[language],
            colophon(year, version, report.releases, language),
        )
        for language in Text._fields
    }
    return Composition(documents, report.materials)


class ReportOfYear:
    """The sections of a year, each by its row in the table of topics."""

    def __init__(self, of: PublishedYear, total: Figures) -> None:
        self.of, self.total = of, total
        self.materials: dict[str, Material] = {}
        self.absent: list[Text] = []
        self.makers: dict[str, Callable[[Topic], Iterator[SectionDraft]]] = {
            KEY_FIGURES: self.first,
            STAGES: self.stages,
            INDICATORS: self.indicators,
            OVERVIEW: self.overview,
            METHOD: self.method,
        }

    def sections(self) -> Iterator[SectionDraft]:
        """The sections that have figures, in the order of the topics; the last one names those that have none."""
        for topic in TOPICS:
            self.materials[topic.id] = Material()
            drafts = [*self.makers.get(topic.id, self.of_figures)(topic)]
            if not drafts:
                self.absent.append(topic.title)
            yield from drafts

    @property
    def releases(self) -> list[CatalogueEntry]:
        """Our releases of which the tables and values so far are."""
        materials = self.materials.values()
        return releases_of(
            (table for each in materials for table in each.tables), (one for each in materials for one in each.releases)
        )

    def first(self, topic: Topic) -> Iterator[SectionDraft]:
        """The material at the beginning."""
        dimensions = [name for each in TOPICS for name in each.dimensions]
        findings = [self.findings(finest(axes)) for name in dimensions if (axes := self.of.axes(name))]
        material = self.materials[topic.id]
        yield SectionDraft(topic.id, topic.title, *first_section(self.of, self.total, findings, material))

    def stages(self, topic: Topic) -> Iterator[SectionDraft]:
        """The persons assessed and identified."""
        if parts := stages(self.of, self.total, self.materials[topic.id]):
            yield SectionDraft(topic.id, topic.title, topic.title, parts)

    def indicators(self, topic: Topic) -> Iterator[SectionDraft]:
        """The indicators of the action plan that is in force."""
        if parts := indicators(self.of.year, self.materials[topic.id]):
            yield SectionDraft(topic.id, topic.title, topic.title, parts)

    def of_figures(self, topic: Topic) -> Iterator[SectionDraft]:
        """What the figures of a topic say: the first axis of its dimensions in sentences, each axis in a chart, then its sums."""
        material, axes = self.materials[topic.id], self.of.axes(*topic.dimensions)
        sums = SumsOfTopic.read(topic, self.of.year)
        parts, heading = [*sums.parts(material)], sums.heading
        if axes:
            first = self.findings(finest(axes))
            heading = topic.title if first.heading == first.axis.label else first.heading
            parts = [*sentences(first.text), *(self.chart(axis, material) for axis in axes), *parts]
        if parts:
            yield SectionDraft(topic.id, topic.title, heading, (*parts,))

    def chart(self, axis: Axis, material: Material) -> Part:
        figures = self.figures(axis)
        caption = Text(*(wording.heading(self.of.dataset, [axis], language) for language in Text._fields))
        return chart(slug(axis.id), caption, material.add(figures))

    def overview(self, topic: Topic) -> Iterator[SectionDraft]:
        """All figures in one table."""
        table = overview(self.of, self.total, self.materials[topic.id])
        yield SectionDraft(topic.id, topic.title, topic.title, (table,))

    def method(self, topic: Topic) -> Iterator[SectionDraft]:
        """How it is made."""
        has_others = any(each.has_others for each in self.materials.values())
        has_typed_values = any(each.has_typed_values for each in self.materials.values())
        parts = method(
            self.releases,
            self.total,
            self.absent,
            has_others=has_others,
            has_typed_values=has_typed_values,
            has_sums=any(each.has_sums for each in self.materials.values()),
        )
        yield SectionDraft(topic.id, topic.title, topic.title, (*parts,))

    def findings(self, axis: Axis) -> AxisFindings:
        """What the table of an axis says."""
        return AxisFindings.of(self.figures(axis), self.of.year)

    def figures(self, axis: Axis) -> Figures:
        """The table of an axis that the year has."""
        figures = self.of.of_year(axis)
        if figures is None:
            raise LookupError("a table that no release of the year has")
        return figures
