"""What an attacker collects: every table of every release that a reader may see, and what each figure says of the true count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol
from urllib.parse import urlencode

from cases.dimensions import PERSONS

API = "/api/v1"
TABLE = f"{API}/statistics/persons"
TOTAL = "TOTAL"
NOT_KNOWN = frozenset({"_U", "_Z"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.content)


class Reader(Protocol):
    """Somebody who may ask: nobody in particular, an authority, a partner."""

    def get(self, path: str, **headers: str) -> Answer:
        """GET; underscores in the names of headers are hyphens."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell of a release as it was answered. Between `low` and `high` records (None: no bound) are in it."""

    release: str
    period: str
    moment: str
    axes: tuple[str, ...]
    codes: tuple[str, ...]
    low: int
    high: int | None
    hidden: bool
    noisy: bool = False

    @property
    def exact(self) -> bool:
        """Whether the figure is the count."""
        return self.low == self.high and not self.hidden

    @property
    def quiet(self) -> bool:
        """Whether a value is not known, or does not apply. Such a cell identifies nobody, however few it counts."""
        return not NOT_KNOWN.isdisjoint(self.codes)

    @property
    def place(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What names the cell: release, period, codes by axis."""
        return self.release, self.period, tuple(zip(self.axes, self.codes, strict=True))


def query(path: str = TABLE, **parameters: str) -> str:
    """A path with parameters."""
    return f"{path}?{urlencode(parameters)}"


def every_release(reader: Reader) -> list[dict[str, Any]]:
    """The releases that a reader is told of, others' among them."""
    answer = reader.get(f"{API}/releases")
    return list(answer.json["items"]) if answer.status == 200 else []


def releases(reader: Reader) -> list[dict[str, Any]]:
    """Our own among them: external figures are of other persons than these made-up ones."""
    return [item for item in every_release(reader) if item.get("kind", "own") == "own"]


def axes_of(reader: Reader) -> list[str]:
    """Every axis of persons, from the index."""
    (persons,) = [each for each in reader.get(f"{API}/statistics").json["datasets"] if each["id"] == "persons"]
    return [axis["id"] for dimension in persons["dimensions"] for axis in dimension["axes"]]


def crawl(reader: Reader, tables: Iterable[str], only: Iterable[str] | None = None, audience: str = "") -> list[Seen]:
    """Every cell of these tables (ids of axes separated by commas; "" is the total) in every release, or some, or an audience's."""
    known = {item["id"]: item for item in releases(reader) if audience in {"", item["audience"]}}
    found: list[Seen] = []
    for release in known if only is None else only:
        for table in tables:
            asked = {"by": table} if table else {}
            answer = reader.get(query(release=release, totals="exclude", **asked))
            if answer.status == 200:
                found.extend(read(answer.json, known[answering(answer.json, release)]))
    return list(dict.fromkeys(found))


def answering(document: Any, release: str) -> str:
    """The release that answered: what is published comes before what is for authorities."""
    told = document.get("extension", {}).get("releases", [])
    return str(told[0]["id"]) if told else release


def unoffered(reader: Reader, only: Iterable[str] | None = None) -> list[Seen]:
    """The cells of tables that a public release has and does not answer with; its certificate tells some of them."""
    found = []
    for item in releases(reader):
        if item["audience"] != "public" or (only is not None and item["id"] not in only):
            continue
        certified = certificate(reader, item["id"])
        for axes in [table["axes"] for table in item.get("tables", ()) if not table["offered"]]:
            for codes in product(*([code.code for code in PERSONS.axes[axis].codes] for axis in axes)):
                name = ";".join([item["id"], *(f"{axis}={code}" for axis, code in zip(axes, codes, strict=True))])
                value, low, high = certified.get(name, (None, 0, None))
                found.append(
                    Seen(item["id"], item["period"], item["as_of"], tuple(axes), codes, low, high, value is None)
                )
    return found


def certificate(reader: Reader, release: str) -> dict[str, tuple[int | None, int, int | None]]:
    """What a release's certificate says of each cell, by its name: its value, and between what it lies."""
    answer = reader.get(f"{API}/releases/{release}/certificate")
    blocks = answer.json.get("blocks", []) if answer.status == 200 else []
    return {cell["id"]: (cell["value"], cell["low"], cell["high"]) for block in blocks for cell in block["cells"]}


def read(document: Any, release: Mapping[str, Any]) -> Iterator[Seen]:
    """The cells of a JSON-stat answer about counts. Of a hidden one its bounds are those that the answer tells."""
    names = [name for name in document["id"] if name not in {"measure", "period"}]
    (period,) = document["dimension"]["period"]["category"]["index"]
    noise = int(release.get("deviation") or 0) if release.get("audience") == "authority" else 0
    told = document.get("extension", {}).get("told", {"least": {}, "most": {}})
    places = product(*(categories(document, name) for name in names))
    for place, (codes, value) in enumerate(zip(places, document["value"], strict=True)):
        low, high = bounds(value, noise, int(release["threshold"]))
        if value is None:
            low, high = told["least"].get(str(place), low), told["most"].get(str(place), high)
        yield Seen(release["id"], period, release["as_of"], tuple(names), codes, low, high, value is None, noise > 0)


def bounds(value: int | None, noise: int, threshold: int) -> tuple[int, int | None]:
    """What a figure says of the count behind it: exactly that many, or as many up to the greatest noise; hidden says little."""
    if value is None:
        return 0, threshold - 1 + noise if noise else None
    return max(0, value - noise), value + noise


def categories(document: Any, name: str) -> list[str]:
    """The codes of a dimension in their order."""
    index = document["dimension"][name]["category"]["index"]
    return sorted(index, key=index.__getitem__)
