"""What a partner is told of all partners: figures that are published, and bands of fields that no release has.

A partner knows its own counts. What it is told of all of them, less its own, is what it learns of the others. So there are two ways
(docs/quality.md), and a field has one of them:

* A field that releases count (a dimension) is compared with the public release of the year and with nothing else. Releases are
  protected against who knows some of the persons.
* Any other field is compared with a band of five percentage points, where `band_of` shows one. It is decided once for a year, after
  its last deadlines, and never again: a share that moves with a late correction would tell of one referral.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.codelists.types import UNKNOWN
from cases.dimensions import dimension
from cases.fields import CodedField
from oversight.quality.models import BAND, FieldComparison
from oversight.quality.shares import FIELDS, Share, not_known
from stats.models import PUBLIC
from stats.publishing.insiders import parties_now
from stats.reading import catalogue
from stats.reading.entries import OWN, CatalogueEntry
from stats.reading.published_figures import read_stored

PERSONS = "persons"
# So many others with so many referrals each must stand behind a band, and none of these others gives more than a half.
LEAST_OTHERS, LEAST_EACH, LARGEST = 5, 10, 0.5
# To a partner that subtracts its own, so many numbers of not known among the others must be possible.
LEAST_POSSIBLE = 5
# A year is compared from the first of this month of the next year: the last deadlines are over then.
COMPARED_FROM = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is told of all partners: from `low` to `high` percent, or exactly so many (`low` is `high`)."""

    low: int
    high: int

    @property
    def is_published(self) -> bool:
        """Whether it is the share of a public release, of persons."""
        return self.low == self.high


def comparisons(year: int, day: date) -> dict[str, Comparison]:
    """What everybody may be told of a year's fields on a day. A field without a figure is left out."""
    return published_shares(year) | bands(year, day)


def published_shares(year: int) -> dict[str, Comparison]:
    """The shares not known of the persons of a year's newest public release. Three statements at most."""
    release = newest(catalogue.of_periods((PUBLIC,), str(year)))
    if release is None:
        return {}
    cells = read_stored(PERSONS, ["", *RELEASED], {release.id: release})
    total = cells[release.id, ""].of("") if (release.id, "") in cells else None
    shares = {
        name: Share(number, total).percent
        for name in RELEASED
        if total and (release.id, name) in cells and (number := cells[release.id, name].of(UNKNOWN)) is not None
    }
    return {name: Comparison(percent, percent) for name, percent in shares.items() if percent is not None}


def newest(releases: Iterable[CatalogueEntry]) -> CatalogueEntry | None:
    """The newest release of ours that is in force."""
    return next((each for each in releases if each.kind == OWN and each.is_in_force(None)), None)


def is_released(field: object) -> bool:
    """Whether releases count a field."""
    return (
        isinstance(field, CodedField)
        and field.dimension
        and any(axis.id == field.name for axis in dimension(field).axes)
    )


RELEASED = tuple(field.name for field in FIELDS if is_released(field))
# A dimension, even one whose axis has another name, has no band beside the figures of its releases.
BANDED = tuple(field.name for field in FIELDS if not (isinstance(field, CodedField) and field.dimension))


def bands(year: int, day: date) -> dict[str, Comparison]:
    """The bands of a year; none before they are decided. The first who asks decides them for good."""
    if day < date(year + 1, COMPARED_FROM, 1):
        return {}
    rows = list(FieldComparison.objects.filter(year=year)) or decide(year)
    return {
        each.field: Comparison(each.low, each.high) for each in rows if each.low is not None and each.high is not None
    }


def decide(year: int) -> list[FieldComparison]:
    """Decide the bands of a year and store them. What another request has stored meanwhile stands."""
    counts = counts_of_groups(year)
    rows = [FieldComparison(year=year, field=name, **as_columns(band_of(counts[name]))) for name in BANDED]
    FieldComparison.objects.bulk_create(rows, ignore_conflicts=True)
    return list(FieldComparison.objects.filter(year=year))


def as_columns(low: int | None) -> Mapping[str, int | None]:
    """A band as it is stored."""
    return {"low": low, "high": None if low is None else low + BAND}


def counts_of_groups(year: int) -> dict[str, list[Share]]:
    """The shares of a year by field, one for each partner; partners that share what they know are one."""
    groups: dict[str, dict[UUID, list[Share]]] = {name: defaultdict(list) for name in BANDED}
    parties = parties_now()
    for (partner, _), shares in not_known(year, year).items():
        for name in BANDED:
            groups[name][parties.get(partner, partner)].append(shares.fields[name])
    return {name: [pool(each) for each in those.values()] for name, those in groups.items()}


def pool(shares: Collection[Share]) -> Share:
    """Several shares of one field as one."""
    return Share(sum(each.unknown for each in shares), sum(each.base for each in shares))


def band_of(partners: Collection[Share]) -> int | None:
    """The beginning of the band in which all partners' share lies, in percent; None where none may be shown.

    Whoever knows one of the partners' counts must find among the others enough partners, none of them too large, and enough numbers
    that are possible.
    """
    total = pool(partners)
    if not total.base:
        return None
    low = min(100 * total.unknown // total.base // BAND * BAND, 100 - BAND)
    is_safe = all(is_hidden_from(each, partners, low) for each in partners)
    return low if is_safe else None


def is_hidden_from(own: Share, partners: Collection[Share], low: int) -> bool:
    """Whether who knows a partner's own counts, and the band, learns too little of the others."""
    others = list(partners)
    others.remove(own)
    large = [each.base for each in others if each.base >= LEAST_EACH]
    base = sum(each.base for each in others)
    is_dominated = max(large, default=0) > LARGEST * base
    return len(large) >= LEAST_OTHERS and not is_dominated and possible(own, base, low) >= LEAST_POSSIBLE


def possible(own: Share, base: int, low: int) -> int:
    """How many numbers of not known among the others fit the band, for who knows the own counts and the `base` of the others."""
    total = own.base + base
    least = max(-(-low * total // 100) - own.unknown, 0)
    is_last = low + BAND == 100
    most = min((((low + BAND) * total) // 100 if is_last else ((low + BAND) * total - 1) // 100) - own.unknown, base)
    return max(most - least + 1, 0)
