"""The page of a table. Its address is the query of the API: what is asked for stands in it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cases.dimensions import Axis, Dataset, ProtectionScheme
from cases.errors import Violation
from core.text import Text
from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page, base_of, fill
from pages.public import subjects
from pages.public.charts import PageCharts
from pages.public.findings import findings, measures_shown, split, with_changes_of_ours, with_marks
from pages.public.picker import COLUMNS, ROWS, UNTIL, Picker, period_text
from pages.public.releases import gone_page
from pages.public.table_links import CSV, dataset_description, downloads, json_ld, short_code, snippets
from pages.public.words import TABLE, empty_rows_note, hidden_note
from publications.figures.rules import note_of_thin
from stats.errors import QueryRefused
from stats.models import PUBLIC
from stats.periods import Period
from stats.reading import catalogue, external_words, published_figures, release_choice, wording
from stats.reading.datasets import READABLE
from stats.reading.entries import OWN
from stats.reading.grid import Arrangement, count_hidden
from stats.reading.marks import key_of
from stats.reading.measures import Measure
from stats.reading.query import AS_OF, LATEST, Query, names, parse
from stats.reading.sum_words import notes_above, notes_of_coverage, quantities_of, units_note
from stats.reading.table import Figures
from stats.revisions.citation import Citation, operator

NAME = "table"
MOST_SIDES = 2
MOST_COLUMNS = 8  # columns of a table that has something beside it on a wide page
MOST_PERIODS = 3  # that are offered of a table that the period asked for has not
SHOW, EVERY_ROW = "show", "every"  # of a long table, whether rows of 0 or without figures are shown
# Refusals whose words are about parameters.
OF_PROGRAMS = frozenset({"table_not_offered", "axis_unknown", "axis_repeated", "code_elsewhere", "period_or_year"})
# What the page chooses itself: a number and, of one breakdown, shares and changes; always with totals.
CHOSEN_HERE = frozenset({"measure", "totals"})
# What the form alone sends.
PICKED = frozenset({ROWS, COLUMNS, UNTIL})


@gone_page
def table(request: HttpRequest, language: str, dataset: str) -> HttpResponseBase:
    """The page, or a redirect to the address of what was picked. Five statements, or three where it is kept."""
    kind = READABLE.get(dataset)
    if kind is None or kind.protection == ProtectionScheme.EXACT_ONLY:
        raise Http404
    of_page = {*parameters(kind), *PICKED}
    texts = {name: text for name in request.GET if name in of_page and (text := request.GET.get(name, ""))}
    if request.GET.keys() & PICKED or len(texts) < len(request.GET):
        return HttpResponseRedirect(
            PageAddress(NAME, language, {"dataset": dataset}, pick(kind, texts)).address(language)
        )
    place = PageAddress(NAME, language, {"dataset": dataset}, urlencode(texts, safe=","))
    try:
        page = PublicTable(request, place, kind, texts)
        answer = published_figures.open_query(PUBLIC, page.query)
        picker = page.picker(page.query)
        charts = PageCharts.of(answer, language)
        key = (*answer.key, *(each.key for each in picker.releases), *charts.key)
        return answer_page(
            request,
            place,
            key,
            lambda: ("public/table.html", page.context(picker, answer.figures()) | charts.context(page.base, place)),
        )
    except QueryRefused as error:
        return page_of_refusal(request, PublicTable(request, place, kind, {}), texts, error.violations[0])


def parameters(dataset: Dataset) -> set[str]:
    """What the address of a page can say."""
    return {*names(dataset), SHOW} - CHOSEN_HERE


def pick(dataset: Dataset, texts: Mapping[str, str]) -> str:
    """The query of what was picked in the form: rows and columns are the axes, and two periods are the ends of a range."""
    axes = dict.fromkeys(text for name in (ROWS, COLUMNS) if (text := texts.get(name)) in dataset.axes)
    period = period_text(texts.get("period", ""), texts.get(UNTIL, ""))
    choices = {**({"by": ",".join(axes)} if axes else {}), **({"period": period} if period else {})}
    others = {name: text for name, text in texts.items() if name not in {*PICKED, "period", *choices}}
    return urlencode({**choices, **others}, safe=",")


def order_of(period: Period, choice: Period | None) -> tuple[bool, date, date]:
    """By what periods are compared beside a chosen one: those that hold it are last, then the later ones."""
    holds = choice is not None and period.first <= choice.first and choice.last <= period.last
    return holds, period.last, period.first


def page_of_refusal(
    request: HttpRequest, page: PublicTable, texts: Mapping[str, str], violation: Violation
) -> HttpResponseBase:
    """The page of a table that is not published. It says why, and what there is instead."""
    why = TABLE["not_offered"] if violation.code in OF_PROGRAMS else violation.detail
    original = replace(page, texts=texts)
    picker = page.picker(page.query)
    words = {
        **page.frame(picker),
        "why": why(page.language),
        "instead": [*original.periods_instead(violation, picker), *original.tables_instead(violation)],
    }
    response = fill(request, page.place, "public/no_table.html", words, status=404)
    response["Cache-Control"] = "no-store"
    return response


def separate_notes(figures: Figures, language: str) -> tuple[list[str], list[str], list[str]]:
    """What stands above a table, the reports behind several periods of sums, and the other notes."""
    quantities = quantities_of(figures)
    above = [*notes_above(figures)]
    behind = [each for each in notes_of_coverage(figures) if each not in above]
    units = [units_note(figures.query.dataset, quantities)] if quantities else []
    rest = [each for each in wording.notes(figures) if each not in (*above, *behind, *units)]
    above_it, behind_it, others = ([each(language) for each in texts] for texts in (above, behind, rest))
    return above_it, behind_it, others


@dataclass(frozen=True)
class PublicTable:
    """What is asked for: the parameters of the address."""

    request: HttpRequest
    place: PageAddress
    dataset: Dataset
    texts: Mapping[str, str]

    @property
    def language(self) -> str:
        return self.place.language

    @property
    def query(self) -> Query:
        """The query of the address. Raises `QueryRefused`."""
        texts = {name: text for name, text in self.texts.items() if name != SHOW}
        query = parse(self.dataset, {**texts, "measure": Measure.COUNT})
        measures = measures_shown(query)
        return query if measures == query.measures else parse(self.dataset, {**texts, "measure": ",".join(measures)})

    @property
    def by(self) -> tuple[Axis, ...]:
        """The axes as they were picked: those of the rows come first."""
        axes = (self.dataset.axes[name] for name in self.texts.get("by", "").split(",") if name)
        return tuple(axis for axis in axes if axis.has_total)

    @property
    def base(self) -> str:
        """The address of the service, without a slash at its end."""
        return base_of(self.request)

    def picker(self, query: Query) -> Picker:
        """What can be chosen. One statement."""
        return Picker(query, self.by, catalogue.every(PUBLIC), self.language, TABLE)

    def address(self, **changes: str | None) -> str:
        """The address of the page with other parameters; None takes one away."""
        texts = {name: text for name, text in {**self.texts, **changes}.items() if text is not None}
        return PageAddress(NAME, self.language, self.place.parts, urlencode(texts, safe=",")).address(self.language)

    def periods_instead(self, violation: Violation, picker: Picker) -> Iterator[tuple[str, str]]:
        """The same table of other periods: of those that hold the one that was chosen first, then of the newest."""
        if (violation.field, violation.code) != ("by", "table_not_offered"):
            return
        query, span = self.query, replace(picker, query=self.query).span
        choice = span.only if span else None
        offering = [each for each in picker.current if each.offers(query.dataset, query.axes) and each.period != choice]
        heading = wording.heading(self.dataset, self.by, self.language)
        for each in sorted(offering, key=lambda each: order_of(each.period, choice), reverse=True)[:MOST_PERIODS]:
            address = self.address(period=each.period.id, year=None, release=None, **{AS_OF: None})
            yield f"{heading}, {each.period.label(self.language)}", address

    def tables_instead(self, violation: Violation) -> Iterator[tuple[str, str]]:
        """Tables of the same periods that have one of the axes asked for: what they are called, and where they are."""
        if (violation.field, violation.code) == ("by", "table_not_offered"):
            dimensions = {axis.dimension for axis in self.by}
            for names_there in violation.allowed:
                axes = [self.dataset.axes[name] for name in names_there.split(",")]
                if dimensions & {axis.dimension for axis in axes}:
                    yield wording.heading(self.dataset, axes, self.language), self.address(by=names_there)

    def frame(self, picker: Picker) -> dict[str, Any]:
        """What is there whether the table is published or not."""
        return {
            "words": {name: text(self.language) for name, text in TABLE.items()},
            "picker": picker,
            "all_subjects": address_of(subjects.NAME, self.language),
            "action": address_of(NAME, self.language, **self.place.parts),
        }

    def context(self, picker: Picker, figures: Figures) -> dict[str, Any]:
        """What the page shows of the figures."""
        language, query = self.language, picker.query
        texts = findings(figures, language)
        figures = with_changes_of_ours(with_marks(figures))
        arrangement = Arrangement(figures, language, rows=self.by[0].id if self.by else "")
        has_every_row = self.texts.get(SHOW) == EVERY_ROW
        grids, folded_grids = (
            split(arrangement, short=not has_every_row) if len(arrangement.sides) <= MOST_SIDES else ([], [])
        )
        cells = [each for grid in (*grids, *folded_grids) for row in grid.rows for each in row.cells]
        left_out = max((each.left_out for each in grids), default=0)
        files = downloads(query, language, self.base)
        # What stands elsewhere on the page is not among the notes again: units stand in headings.
        above, behind, rest = separate_notes(figures, language)
        releases = [each for each in release_choice.current(picker.releases) if each.has_tables_of(query.dataset)]
        return {
            **self.frame(picker),
            "heading": wording.heading(query.dataset, self.by, language),
            "findings": texts,
            "grids": grids,
            "folded_grids": folded_grids,
            "wide": any(len(each.headings) > MOST_COLUMNS for each in grids),
            "left_out": empty_rows_note(left_out, language) if left_out else "",
            "every_row": self.address(**{SHOW: EVERY_ROW}),
            "hidden": hidden_note(
                *count_hidden(figures),
                wording.threshold(figures),
                language,
                of_sums=query.dataset.quantities is not None,
            ),
            "parts": [*self.parts()],
            "key": [*key_of(figures, cells, language)],
            "above": [*above, *filter(None, [note_of_thin(figures, language)])],
            "behind": behind,
            "notes": rest,
            "filters": [*self.filters(query)],
            "sources": external_words.source_parts(figures, language),
            "proofs": [each.release.id for each in figures.periods if each.release.kind == OWN],
            "downloads": [*files.items()],
            "snippets": snippets(files[CSV], query),
            "citations": [*self.citations(query, figures)],
            "short": [*self.short_addresses(query, figures)],
            "source": external_words.source_line(figures, language),
            "newest": self.address(release=None, **{AS_OF: None}) if query.release != LATEST or query.moment else "",
            "data": json_ld(dataset_description(self.base, query.dataset, language, releases)),
        }

    def short_addresses(self, query: Query, figures: Figures) -> Iterator[tuple[str, str]]:
        """The short address of the page and, where it shows the newest of one period, that of this vintage."""
        texts = {name: text for name, text in query.texts.items() if name not in CHOSEN_HERE} | self.as_written
        one_vintage = query.release != LATEST or query.moment
        yield TABLE["short_vintage" if one_vintage else "short_newest"](self.language), self.short_address(texts)
        if len(figures.periods) == 1 and not one_vintage:
            address = self.address_of_vintage(query, figures.periods[0].release.id)
            yield TABLE["short_vintage"](self.language), address

    @property
    def as_written(self) -> dict[str, str]:
        """What a short address says as the address of the page does."""
        return {name: self.texts[name] for name in ("by", AS_OF, SHOW) if name in self.texts}

    def address_of_vintage(self, query: Query, release: str) -> str:
        """The short address of the table in one release."""
        texts = {name: text for name, text in query.texts.items() if name not in CHOSEN_HERE} | self.as_written
        texts_kept = {name: text for name, text in texts.items() if name not in {"period", AS_OF}}
        return self.short_address({**texts_kept, "release": release})

    def short_address(self, texts: Mapping[str, str]) -> str:
        """The short address of a page of the dataset."""
        return f"{self.base}{reverse('short', args=[short_code(self.dataset.id, texts)])}"

    def parts(self) -> Iterator[tuple[str, str, str, str]]:
        """Of a dataset without cells of its own each figure: its name, its unit, and the dataset it is from with its page."""
        for code in self.dataset.quantities.codes if self.dataset.quantities and self.dataset.drawn_from else ():
            source = READABLE[self.dataset.drawn_from[code.code][0]]
            address = address_of(NAME, self.language, dataset=source.id)
            unit = self.dataset.units[code.code]
            yield code.label(self.language), unit(self.language), source.label(self.language), address

    def filters(self, query: Query) -> Iterator[tuple[str, str, str]]:
        """The filters: the dimension (none of a quantity) and its code in words, and the address without it."""
        for axis, name in query.filters:
            code = next(each for each in axis.codes if each.code == name)
            label = axis.label(self.language) if axis.has_total else ""
            yield label, code.label(self.language), self.address(**{axis.dimension: None})

    def citations(self, query: Query, figures: Figures) -> Iterator[str]:
        """How the table is cited, once for each vintage that it shows, the newest first. The short address leads there."""
        heading = Text(*(wording.heading(query.dataset, self.by, each) for each in Text._fields))
        for each in reversed(figures.periods):
            address = self.address_of_vintage(query, each.release.id)
            yield Citation(each.release, operator(settings.HENVIS_OPERATOR), address, heading).words(self.language)
