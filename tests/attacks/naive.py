"""A server as one would write it without knowing better: counts of records, and fewer than five are hidden. Nothing else.

It answers the same paths as ours, so that the same attacks run against both. Each further weakness is a subclass that overrides one
method; it stands beside the attack that it is for.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cases.dimensions import PERSONS, Axis
from tests.attacks.crawl import API, TABLE, TOTAL, Answer
from tests.attacks.lattice import span
from tests.attacks.population import Person

THRESHOLD = 5
Cell = tuple[str, ...]
Asked = dict[str, str]
Filters = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Issue:
    """A release of the naive server: the persons as they were when it was made."""

    id: str
    period: str
    people: Sequence[Person]
    as_of: str = "2014-03-01T00:00:00+01:00"

    @property
    def counted(self) -> list[Person]:
        """The persons of the period."""
        first, last = span(self.period)
        return [person for person in self.people if first <= person.month <= last]


class Refused(Exception):
    """An answer 400."""


class Naive:
    """The server; a reader of it may be anybody."""

    audience, deviation = "public", 0

    def __init__(self, *issues: Issue) -> None:
        self.issues = {issue.id: issue for issue in issues}

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        split = urlsplit(path)
        if split.path == f"{API}/releases":
            return self.answer({"items": [self.release(issue) for issue in self.issues.values()]})
        assert split.path == TABLE
        try:
            return self.table(parse_qsl(split.query, keep_blank_values=True))
        except Refused as refused:
            return Answer(400, {}, json.dumps({"status": 400, "errors": str(refused)}).encode())

    def answer(self, body: object, **headers: str) -> Answer:
        """An answer in JSON."""
        return Answer(200, headers, json.dumps(body).encode())

    def release(self, issue: Issue) -> dict[str, Any]:
        """A release as it is listed."""
        return {
            "id": issue.id,
            "period": issue.period,
            "as_of": issue.as_of,
            "audience": self.audience,
            "threshold": THRESHOLD,
            "deviation": self.deviation,
        }

    def table(self, asked: list[tuple[str, str]]) -> Answer:
        """The table of a query."""
        known = self.parsed(asked)
        issue = self.issue(known)
        by = [PERSONS.axes[name] for name in known.get("by", "").split(",") if name]
        filters = self.filters(known, by)
        sides = [self.categories(issue, axis, filters, totals=known.get("totals") != "exclude") for axis in by]
        cells = list(product(*sides))
        values = [self.value(issue, by, cell, filters, known) for cell in cells]
        return self.rendered(issue, by, sides, cells, values, filters, known)

    def parsed(self, asked: list[tuple[str, str]]) -> Asked:
        """The parameters. Raises `Refused`."""
        fixed = {"by", "period", "year", "release", "measure", "totals", "format"}
        if len(dict(asked)) < len(asked) or not set(dict(asked)) <= fixed | PERSONS.by_name.keys():
            raise Refused("parameters")
        return dict(asked)

    def issue(self, known: Asked) -> Issue:
        """The release. Raises `Refused`."""
        period = known.get("period", known.get("year"))
        found = [
            one
            for one in self.issues.values()
            if known.get("release", one.id) == one.id and period in {None, one.period}
        ]
        if not found:
            raise Refused("release")
        return found[-1]

    def filters(self, known: Asked, by: Sequence[Axis]) -> Filters:
        """For each axis that is filtered the codes that pass. Raises `Refused`."""
        found = {}
        for name in PERSONS.by_name.keys() & known.keys():
            axis = next(
                (a for a in (*by, *PERSONS.by_name[name].axes) if a.dimension == name and known[name] in a.names), None
            )
            if axis is None:
                raise Refused("code")
            found[axis.id] = frozenset({known[name]})
        return found

    def categories(self, issue: Issue, axis: Axis, filters: Filters, *, totals: bool) -> Sequence[str]:
        """The codes of an axis that the answer lists."""
        if axis.id in filters:
            return sorted(filters[axis.id])
        return [*([TOTAL] if totals else []), *(code.code for code in axis.codes)]

    def count(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters) -> int:
        """The true count of a cell."""
        return len(self.members(issue, by, cell, filters))

    def members(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters) -> list[Person]:
        """The persons of a cell."""
        chosen = [(axis, frozenset({code})) for axis, code in zip(by, cell, strict=True) if code != TOTAL]
        wanted = [*chosen, *((PERSONS.axes[name], codes) for name, codes in filters.items())]
        return [p for p in issue.counted if all(a.code_of(p.codes[a.dimension], p.month) in ok for a, ok in wanted)]

    def value(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters, known: Asked) -> float | None:
        """What is shown of a cell."""
        count = self.count(issue, by, cell, filters)
        return None if 0 < count < THRESHOLD else count

    def status(self, count: int) -> str:
        """How a hidden cell is marked."""
        return "Q"

    def rendered(
        self,
        issue: Issue,
        by: Sequence[Axis],
        sides: Sequence[Sequence[str]],
        cells: Sequence[Cell],
        values: Sequence[float | None],
        filters: Filters,
        known: Asked,
    ) -> Answer:
        """The answer."""
        only = [name for name in filters if PERSONS.axes[name] not in by]
        names = [*(axis.id for axis in by), *only]
        every = [*sides, *(sorted(filters[name]) for name in only)]
        body: object = {
            "id": ["measure", "period", *names],
            "dimension": {
                "measure": {"category": {"index": {known.get("measure", "count"): 0}}},
                "period": {"category": {"index": {issue.period: 0}}},
                **{
                    n: {"category": {"index": {c: i for i, c in enumerate(side)}}}
                    for n, side in zip(names, every, strict=True)
                },
            },
            "value": list(values),
            "status": {
                str(n): self.status(self.count(issue, by, cell, filters))
                for n, (cell, value) in enumerate(zip(cells, values, strict=True))
                if value is None
            },
        }
        content = json.dumps(body).encode()
        if known.get("format") == "csv":
            out = io.StringIO()
            rows = [
                [*cell, "" if v is None else v, "Q" if v is None else "A"]
                for cell, v in zip(cells, values, strict=True)
            ]
            csv.writer(out, lineterminator="\r\n").writerows([[*names, "count", "status"], *rows])
            content = out.getvalue().encode()
        key = repr((issue.id, sorted(known.items())))
        return Answer(200, {"ETag": self.tag(key, content)}, content)

    def tag(self, key: str, content: bytes) -> str:
        """The entity tag."""
        return f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'
