"""Figures as JSON-stat 2.0, CSV and a plain JSON list.

JSON-stat in the shape that every client reads: on every dimension `category.index` is an object and `category.label` is there,
`value` is an array, and `status` an object of the exceptions (https://json-stat.org/full/).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import urlencode

from api.statistics import elsewhere, release_notes
from cases.codelists.changes import validity_text
from cases.codelists.types import Code
from cases.dimensions import Axis, Dataset
from cases.statistics.models import AUTHORITY, EXACT
from cases.statistics.reading.catalogue import Listed
from cases.statistics.reading.exact_door import NOT_FOR_PUBLICATION
from cases.statistics.reading.measures import UNITS, Measure, Status, decimals, legend
from cases.statistics.reading.query import AS_OF, EXCLUDE, LATEST
from cases.statistics.reading.table import Figures
from cases.statistics.reading.terms import Terms
from partners.text import Text

# Figures, language, and the address of the service without a slash at its end.
Render = Callable[[Figures, str, str], bytes]
SOURCE = Text("Henvis, udgivelse", "Henvis, release")
BY = Text("efter", "by")
NOT_IN_USE = Text("Uden for den tid betyder 0 ikke ingen.", "Outside of that time 0 does not mean none.")
PERIOD, MEASURE = Text("Periode", "Period"), Text("Mål", "Measure")


@dataclass(frozen=True, slots=True)
class Format:
    """A form of the answer. `content_type` is what is sent, `media_type` what Accept asks for.

    `most` values fit: a list repeats every name and label in every row, 2 KB of them, where JSON-stat says each once.
    """

    id: str
    media_type: str
    content_type: str
    extension: str
    render: Render
    most: int


def dumps(value: object) -> bytes:
    """JSON without blanks; a decimal keeps its one digit."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=float).encode()


def heading(dataset: Dataset, axes: Iterable[Axis], language: str) -> str:
    """A table in words."""
    divided = ", ".join(axis.label(language).lower() for axis in axes)
    name = dataset.label(language)
    return f"{name} {BY(language)} {divided}" if divided else name


def category(codes: Iterable[Code], language: str) -> dict[str, Any]:
    """A dimension's categories. A code that is not in use always has a note: its zeros may say nothing."""
    listed = list(codes)
    notes = {
        code.code: [text(language), NOT_IN_USE(language)]
        for code in listed
        if (text := validity_text(code)) is not None
    }
    return {
        "index": {code.code: n for n, code in enumerate(listed)},
        "label": {code.code: code.label(language) for code in listed},
        **({"note": notes} if notes else {}),
    }


def measures_dimension(figures: Figures, language: str) -> dict[str, Any]:
    """The measures, with their units."""
    codes = [Code(column.measure, UNITS[column.measure].label) for column in figures.columns]
    described = {
        column.measure: {"label": UNITS[column.measure].unit(language), "decimals": decimals(column.values)}
        for column in figures.columns
    }
    return {"label": MEASURE(language), "category": {**category(codes, language), "unit": described}}


def dimensions(figures: Figures, language: str) -> dict[str, dict[str, Any]]:
    """Every dimension in the order of the values: measures, periods, sides."""
    periods = [Code(each.release.period.id, each.release.period.label) for each in figures.shown]
    sides = {
        side.axis.id: {"label": side.axis.label(language), "category": category(side.codes, language)}
        for side in figures.sides
    }
    return {
        "measure": measures_dimension(figures, language),
        "period": {"label": PERIOD(language), "category": category(periods, language)},
        **sides,
    }


def extension(figures: Figures, language: str) -> dict[str, Any]:
    """What JSON-stat has no word for: the releases, what a status means, and for whom this is."""
    return {
        "dataset": figures.query.dataset.id,
        "audience": figures.audience,
        "releases": [
            {
                "id": each.release.id,
                "period": each.release.period.id,
                "kind": elsewhere.kind(each.release),
                "as_of": each.release.as_of.isoformat() if each.release.as_of else None,
                "notes": list(each.release.notes),
                "totals_from": [one.id for one in each.sources],
                "compared_with": each.before.id if each.before else None,
                "sources": [source.url for source in elsewhere.sources(each.release)],
            }
            for each in figures.shown
        ],
        "status": {"label": {str(status): text(language) for status, text in meanings(figures).items()}},
    }


def meanings(figures: Figures) -> dict[Status, Text]:
    """What the statuses of an answer mean."""
    return legend(threshold(figures), elsewhere=bool(elsewhere.collected(figures)))


def protected(figures: Figures) -> list[tuple[Listed, Terms]]:
    """The protected releases of an answer, each with its terms."""
    return [(release, release.terms) for release in releases(figures).values() if isinstance(release.terms, Terms)]


def releases(figures: Figures) -> dict[str, Listed]:
    """Every release of which an answer may show something, by id."""
    return {one.id: one for each in figures.shown for one in each.releases}


def threshold(figures: Figures) -> int | None:
    """The threshold of the protected releases of an answer, the highest where they differ; None for exact figures."""
    return max((terms.threshold for _, terms in protected(figures)), default=None)


def notes(figures: Figures) -> list[Text]:
    """What the reader of an answer has to know."""
    noise = [terms.deviation for release, terms in protected(figures) if release.audience == AUTHORITY]
    return [
        figures.query.dataset.about,
        *([NOT_FOR_PUBLICATION] if figures.audience == EXACT else []),
        *([perturbed(max(noise))] if noise else []),
        *(replaced(release) for each in figures.shown if (release := each.release).withdrawn),
        *([elsewhere.NOT_OURS] if elsewhere.collected(figures) else []),
        *release_notes.explained(figures),
        *(text for release in releases(figures).values() for text in errata(release)),
    ]


def perturbed(deviation: int) -> Text:
    """What an authority has to know of its figures."""
    return Text(
        f"Til myndigheder: tal, der ikke er offentliggjort, er ændret tilfældigt med op til {deviation}, totalerne hver for sig. "
        "De går ikke nødvendigvis op, og små forskelle siger intet.",
        f"For authorities: figures that are not published are changed at random by up to {deviation}, totals on their own. "
        "They may not add up, and small differences say nothing.",
    )


def replaced(release: Listed) -> Text:
    """That a release is withdrawn."""
    by = release.withdrawn.replacement if release.withdrawn else ""
    return Text(
        f"Udgivelsen {release.id} er trukket tilbage; {by} erstatter den.",
        f"Release {release.id} has been withdrawn; {by} replaces it.",
    )


def errata(release: Listed) -> list[Text]:
    """What is wrong with a release."""
    return [
        Text(f"Rettelse til {release.id}: {each.text.da}", f"Erratum to {release.id}: {each.text.en}")
        for each in release.told.errata
    ]


def roles(figures: Figures) -> dict[str, list[str]]:
    """Which dimensions are time, measures, and places of a map."""
    by_name = figures.query.dataset.by_name
    places = [side.axis.id for side in figures.sides if by_name[side.axis.dimension].place]
    return {"time": ["period"], "metric": ["measure"], **({"geo": places} if places else {})}


def address(figures: Figures) -> str:
    """The path and query that ask for these figures, the same however they were asked for."""
    query = figures.query
    asked = {
        "by": ",".join(axis.id for axis in query.by),
        **{axis.dimension: code for axis, code in query.filters},
        "period": query.period.id if query.period else "",
        "release": "" if query.release == LATEST else query.release,
        AS_OF: query.moment.isoformat() if query.moment else "",
        "measure": "" if query.measures == (Measure.COUNT,) else ",".join(query.measures),
        "totals": "" if query.totals else EXCLUDE,
        "audience": figures.audience,
    }
    named = urlencode({name: value for name, value in asked.items() if value}, safe=",")
    return f"/api/v1/statistics/{query.dataset.id}?{named}"


def json_stat(figures: Figures, language: str, base: str) -> bytes:
    """A JSON-stat 2.0 dataset."""
    described = dimensions(figures, language)
    statuses = [status for column in figures.columns for status in column.statuses]
    return dumps(
        {
            "version": "2.0",
            "class": "dataset",
            "href": base + address(figures),
            "label": heading(figures.query.dataset, (side.axis for side in figures.sides), language),
            "source": elsewhere.told_by(figures, SOURCE, language),
            **elsewhere.updated(figures),
            **elsewhere.links(figures),
            "note": [note(language) for note in notes(figures)],
            "id": list(described),
            "size": [len(dimension["category"]["index"]) for dimension in described.values()],
            "role": roles(figures),
            "dimension": described,
            "value": [value for column in figures.columns for value in column.values],
            "status": {str(n): status for n, status in enumerate(statuses) if status != Status.NORMAL},
            "extension": extension(figures, language),
        }
    )


def heads(figures: Figures) -> list[str]:
    """The columns of a row: release, period, code and label of each axis, then each measure and its status."""
    axes = [name for side in figures.sides for name in (side.axis.id, f"{side.axis.id}_label")]
    return ["release", "period", *axes, *(name for column in figures.columns for name in measure_heads(column.measure))]


def measure_heads(measure: Measure) -> tuple[str, str]:
    """The two columns of a measure. The count's status is plainly `status`."""
    return (measure, "status") if measure == Measure.COUNT else (measure, f"{measure}_status")


def rows(figures: Figures, language: str) -> Iterator[list[object]]:
    """One row for each cell of each period, in the order of the values."""
    labelled = [[(code.code, code.label(language)) for code in side.codes] for side in figures.sides]
    cells = [[part for pair in cell for part in pair] for cell in product(*labelled)]
    n = 0
    for each in figures.shown:
        for cell in cells:
            measured = (part for c in figures.columns for part in (c.values[n], str(c.statuses[n])))
            yield [each.release.id, each.release.period.id, *cell, *measured]
            n += 1


def csv_text(figures: Figures, language: str, _base: str) -> bytes:
    """CSV as RFC 4180 has it: UTF-8 without a byte order mark, commas, CR LF. No value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads(figures))
    writer.writerows(rows(figures, language))
    return out.getvalue().encode()


def plain_list(figures: Figures, language: str, _base: str) -> bytes:
    """A JSON array of flat objects, one a row."""
    names = heads(figures)
    return dumps([dict(zip(names, row, strict=True)) for row in rows(figures, language)])


JSON_STAT = Format("json-stat", "application/json", "application/json", "json", json_stat, 1_000_000)
CSV = Format("csv", "text/csv", "text/csv; charset=utf-8; header=present", "csv", csv_text, 200_000)
LIST = Format(
    "list", "application/vnd.henvis.list+json", "application/vnd.henvis.list+json", "list.json", plain_list, 20_000
)
FORMATS: dict[str, Format] = {each.id: each for each in (JSON_STAT, CSV, LIST)}
