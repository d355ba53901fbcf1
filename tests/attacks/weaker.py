"""Servers that are weaker still: each overrides one thing of the naive server, and the attack for it must succeed there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from cases.dimensions import PERSONS, Axis
from tests.attacks.cellkeys import NOISE, Method, secret
from tests.attacks.crawl import API, Answer
from tests.attacks.naive import THRESHOLD, Asked, Cell, Filters, Issue, Naive, Refused

SEPARATORS = str.maketrans("|;/:[]()\"' &", "," * 12)


class SetFilters(Naive):
    """Filters take sets, complements and wildcards in any spelling, and what it does not know it leaves out: as many APIs do."""

    def parsed(self, asked: list[tuple[str, str]]) -> Asked:
        """The parameters, as far as they can be made sense of."""
        known: Asked = {}
        for name, value in asked:
            plain = self.plain(name).strip("-!$").partition("__")[0].partition("[")[0].partition(".")[0].lower()
            negated = any(mark in name + value for mark in ("!", "__ne", "__not", "exclude", "-gender", "~", "^"))
            joined = f"{known[plain]},{value}" if plain in known else value
            known[plain] = f"!{joined.strip('!')}" if negated else joined
        named = {"by", "release", "period", *PERSONS.by_name}
        return {name: value for name, value in known.items() if name in named}

    def plain(self, text: str) -> str:
        """A text without the fineries of Unicode."""
        folded = unicodedata.normalize("NFKC", text)
        return "".join(c for c in folded if c.isprintable() and not unicodedata.combining(c)).strip()

    def issue(self, known: Asked) -> Issue:
        """The release, or the first there is."""
        wanted = known.get("period")
        first = next((one for one in self.issues.values() if wanted == one.period), next(iter(self.issues.values())))
        axes = [name for name in self.plain(known.get("by", "")).lower().split(",") if name in PERSONS.axes]
        known["by"] = ",".join(axes)
        return self.issues.get(known.get("release", ""), first)

    def filters(self, known: Asked, by: Sequence[Axis]) -> Filters:
        """The codes of a set; of a complement all the others; of anything else every code."""
        found: Filters = {}
        for name in PERSONS.by_name.keys() & known.keys():
            parts = {self.plain(part).upper() for part in known[name].strip("!").translate(SEPARATORS).split(",")}
            axis = max(PERSONS.by_name[name].axes, key=lambda axis: len(parts & axis.names))
            chosen = frozenset(parts & axis.names) or axis.names
            found[axis.id] = axis.names - chosen if known[name].startswith("!") else chosen
        return found


class NoisySets(SetFilters):
    """Sets, with noise on every answer: each set has noise of its own."""

    deviation, method = NOISE.deviation, Method(secret(77))

    def value(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters, known: Asked) -> float | None:
        """What is shown of a cell."""
        inside = [person.id for person in self.members(issue, by, cell, filters)]
        noisy = len(inside) + self.method.noise(
            repr((cell, sorted((n, sorted(c)) for n, c in filters.items()))), inside
        )
        return noisy if noisy >= THRESHOLD else None


class Noisy(Naive):
    """Noise on every cell, as for authorities, of any period and any table, and nobody has audited it."""

    audience, deviation, method = "authority", NOISE.deviation, Method(secret(78))

    def value(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters, known: Asked) -> float | None:
        """What is shown of a cell."""
        inside = [person.id for person in self.members(issue, by, cell, filters)]
        noisy = len(inside) + self.noise(repr((issue.id, [axis.id for axis in by], cell, sorted(filters))), inside)
        return noisy if noisy >= THRESHOLD else None

    def noise(self, name: str, inside: Sequence[UUID]) -> int:
        """The noise of a cell."""
        return self.method.noise(name, inside)


class Fresh(Noisy):
    """Fresh noise at every request."""

    asked = 0

    def noise(self, name: str, inside: Sequence[UUID]) -> int:
        """The noise of a cell."""
        self.asked += 1
        return self.method.noise(f"{self.asked} {name}", inside)


class Reasons(Naive):
    """A hidden cell says why it is hidden."""

    def status(self, count: int) -> str:
        """How a hidden cell is marked."""
        return f"<{count + 1}"


class Sparse(Naive):
    """Only categories that somebody has are listed."""

    def categories(self, issue: Issue, axis: Axis, filters: Filters, *, totals: bool) -> Sequence[str]:
        """The codes of an axis that the answer lists."""
        listed = super().categories(issue, axis, filters, totals=totals)
        return [code for code in listed if code not in axis.names or self.count(issue, [axis], (code,), {})]


class Sorted(Naive):
    """The largest categories come first."""

    def categories(self, issue: Issue, axis: Axis, filters: Filters, *, totals: bool) -> Sequence[str]:
        """The codes of an axis in the order of their counts."""
        listed = super().categories(issue, axis, filters, totals=totals)
        return sorted(listed, key=lambda code: -self.count(issue, [axis] if code in axis.names else [], (code,), {}))


class TrueShares(Naive):
    """Shares and changes are computed from the true counts."""

    def value(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters, known: Asked) -> float | None:
        """What is shown of a cell."""
        count = self.count(issue, by, cell, filters)
        if known.get("measure") == "share":
            return round(100 * count / max(1, len(issue.counted)), 1)
        if known.get("measure") == "change":
            before = self.issues.get(issue.id.replace(issue.id[:4], str(int(issue.id[:4]) - 1), 1))
            return count - self.count(before, by, cell, filters) if before else None
        return super().value(issue, by, cell, filters, known)


class Headers(Naive):
    """A header tells how many records were counted."""

    def rendered(self, issue: Issue, by: Sequence[Axis], *rest: Any) -> Answer:
        """The answer."""
        answer = super().rendered(issue, by, *rest)
        total = sum(self.count(issue, by, cell, rest[-2]) for cell in rest[1])
        return replace(answer, headers={**answer.headers, "X-Total-Count": str(total)})


class DataInTags(Naive):
    """The tag is a digest of the true counts."""

    def rendered(self, issue: Issue, by: Sequence[Axis], *rest: Any) -> Answer:
        """The answer."""
        answer = super().rendered(issue, by, *rest)
        true = [self.count(issue, by, cell, rest[-2]) for cell in rest[1]]
        return replace(answer, headers={**answer.headers, "ETag": self.tag(repr(true), b"")})


class Loading(Naive):
    """Every record of a cell is loaded to be counted."""

    def count(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters) -> int:
        """The true count of a cell."""
        return len([json.loads(json.dumps(str(person.id))) for person in self.members(issue, by, cell, filters)])


class RefusingSmall(Naive):
    """A query that would tell of fewer than five is refused."""

    def value(self, issue: Issue, by: Sequence[Axis], cell: Cell, filters: Filters, known: Asked) -> float | None:
        """What is shown of a cell. Raises `Refused`."""
        if filters and 0 < self.count(issue, by, cell, filters) < THRESHOLD:
            raise Refused("too few")
        return super().value(issue, by, cell, filters, known)


class Telling(Naive):
    """A release tells how many records it has, their digest, and when the last one came."""

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        if path.startswith(f"{API}/releases/"):
            return Answer(
                200,
                {},
                b"{}"
                if path.endswith("/certificate")
                else json.dumps(self.release(self.issues[path.split("/")[-1]])).encode(),
            )
        return super().get(path, **headers)

    def release(self, issue: Issue) -> dict[str, Any]:
        """A release as it is listed."""
        told = {"records": len(issue.counted), "digest": "0" * 64, "last_record_at": "2013-12-24T17:31:09+01:00"}
        return {**super().release(issue), **told}
