"""What is counted, and by what: datasets, their dimensions, and the axes of each dimension.

`DATASETS` is the one table of datasets of records: whoever counts, protects or verifies them asks its rows, and knows none by name.
What is read beside them, sums of what services report, is in `stats.reading.datasets`.

An *axis* is a dimension at one level: `citizenship` (the submitted codes) or a roll-up, `citizenship.eu`. A table has at most one
axis of each dimension, since two levels of one dimension say the same thing twice. All of it is derived from the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations, product

from cases import codelists
from cases import dictionary as d
from cases.codelists.types import Code, CodeList, Level, version_number
from cases.fields import CodedField
from core.text import NO_TEXT, Text


@dataclass(frozen=True)
class Axis:
    """A dimension at one level; `level` is None at the level of the submitted codes.

    `has_total`: its codes are of one unit, so that they add up. One without a total divides every table of its dataset.
    """

    dimension: str
    label: Text
    base: CodeList
    level: Level | None = None
    has_total: bool = True

    @cached_property
    def id(self) -> str:
        """`citizenship`, or `citizenship.eu`."""
        return self.dimension if self.level is None else f"{self.dimension}.{self.level.id}"

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """The codes of the axis in the order of their list: they partition every record."""
        return self.base.codes if self.level is None else self.level.codes

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(code.code for code in self.codes)

    @property
    def dated(self) -> bool:
        """Whether the code of a record depends on its month."""
        return self.level is not None and self.level.dated

    def is_in(self, versions: Mapping[str, str]) -> bool:
        """Whether these versions of the code lists, by their ids, have the axis."""
        return self.level is None or version_number(self.level.since) <= version_number(versions[self.base.id])

    def code_of(self, leaf: str, month: date) -> str:
        """The code on this axis of a record with the submitted code `leaf` in `month`."""
        return leaf if self.level is None else self.level.parent_of(leaf, month)


@dataclass(frozen=True, eq=False)
class Dimension:
    """What records are counted by. `axes` begins with the submitted codes; `tells`, `place` and `search_words` are the field's.

    `has_total`: as of an axis. `by_level`: whether it is also counted by the roll-ups of its list.
    """

    name: str
    label: Text
    codelist: CodeList
    tells: bool = False
    place: bool = False
    search_words: Text = NO_TEXT
    has_total: bool = True
    by_level: bool = True

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        levels = self.codelist.levels if self.by_level else ()
        return (
            Axis(self.name, self.label, self.codelist, has_total=self.has_total),
            *(Axis(self.name, level.axis_label or level.label, self.codelist, level) for level in levels),
        )

    def axis_of(self, code: str) -> Axis | None:
        """The axis that a code is published on: the submitted codes first, then the levels in their order."""
        return next((axis for axis in self.axes if code in axis.names), None)


class Unit(StrEnum):
    """What one record of a dataset is."""

    PERSON = "person"
    REFERRAL = "referral"


class Aggregation(StrEnum):
    """How a cell's value is made: by counting its records, or of a number that each of them reports."""

    COUNT = "count"
    SUM = "sum"
    SHARE = "share"
    RATE = "rate"


class ProtectionScheme(StrEnum):
    """Whose figures there are: the centre's alone, or also protected ones, of which small cells hide or have noise."""

    EXACT_ONLY = "exact_only"
    SMALL_CELLS = "small_cells"


@dataclass(frozen=True)
class Dataset:
    """One unit, how a cell's value is made of its records, by what it can be divided, and how it is protected.

    `month` says which month puts a record in a period. `units`: of a dataset of sums the unit of each quantity, in words; then it
    has no `unit` of its own. `form`: what the form is called that its numbers were reported in. `drawn_from`: of a dataset without
    cells of its own, by quantity the dataset and the quantity that it shows; one of records has no quantities.
    """

    id: str
    label: Text
    about: Text
    unit: Unit | None
    measure: Aggregation
    protection: ProtectionScheme
    month: str
    dimensions: tuple[Dimension, ...]
    units: Mapping[str, Text] = field(default_factory=dict)
    form: Text = NO_TEXT
    drawn_from: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def unit_of_records(self) -> Unit:
        """Its unit. Raises `LookupError` for sums, which have no records."""
        if self.unit is None:
            raise LookupError(f"{self.id} has no records")
        return self.unit

    @property
    def title(self) -> Text:
        """What a release calls it: datasets of one form have the form's name together."""
        return self.label if self.form == NO_TEXT else self.form

    @property
    def additive(self) -> bool:
        """Whether the cells of each of its tables add up to the total."""
        return self.measure in {Aggregation.COUNT, Aggregation.SUM}

    @cached_property
    def axes(self) -> dict[str, Axis]:
        """Every axis by its id, in the order of the dimensions."""
        return {axis.id: axis for dimension in self.dimensions for axis in dimension.axes}

    @cached_property
    def breakdowns(self) -> tuple[Axis, ...]:
        """The axes that a table may have or not: all but that of the quantities, which each has."""
        return tuple(axis for axis in self.axes.values() if axis.has_total)

    @cached_property
    def quantities(self) -> Axis | None:
        """The axis that has no total; None of a dataset of records, which has one unit."""
        return next((axis for axis in self.axes.values() if not axis.has_total), None)

    @cached_property
    def by_name(self) -> dict[str, Dimension]:
        return {dimension.name: dimension for dimension in self.dimensions}

    def only(self, names: Iterable[str]) -> tuple[Dimension, ...]:
        """The dimensions of these names, in the dataset's order; other names are none of this dataset."""
        ids = set(names)
        return tuple(dimension for dimension in self.dimensions if dimension.name in ids)


def dimension(field: CodedField) -> Dimension:
    """The dimension that a field of the dictionary is."""
    return Dimension(field.name, field.label, field.codelist, field.tells, field.place, field.search_words)


def dimensions_of(fields: Iterable[CodedField]) -> tuple[Dimension, ...]:
    """The dimensions among fields of the dictionary."""
    return tuple(dimension(field) for field in fields if field.dimension)


PARTNER_KIND = Dimension(
    "partner_kind",
    codelists.PARTNER_KIND.label,
    codelists.PARTNER_KIND,
    search_words=Text("kilde politi myndighed henviser", "source police authority referrer"),
)
OF_REFERRALS = (*dimensions_of(d.coded_fields(d.REFERRAL)), PARTNER_KIND)
# What became of the person until the moment of the release.
OF_DECISIONS = (
    Dimension(
        "referral_outcome",
        codelists.REFERRAL_OUTCOME.label,
        codelists.REFERRAL_OUTCOME,
        tells=True,
        search_words=Text("afgørelse udfald", "decision result"),
    ),
    Dimension("wait", codelists.WAIT.label, codelists.WAIT, search_words=Text("ventetid måneder", "delay months")),
    Dimension(
        "identified_by",
        codelists.IDENTIFIED_BY.label,
        codelists.IDENTIFIED_BY,
        search_words=Text("kohorte år", "cohort year"),
    ),
)

PERSONS = Dataset(
    "persons",
    Text("Personer vurderet udsat for menneskehandel", "Persons identified as victims of human trafficking"),
    Text(
        "Hver person tælles én gang, i den måned hvor den tidligste gældende positive afgørelse er truffet.",
        "Each person counts once, in the month of the earliest positive decision that stands.",
    ),
    Unit.PERSON,
    Aggregation.COUNT,
    # It is a person that must not be found: see docs/disclosure.md.
    ProtectionScheme.SMALL_CELLS,
    d.DECIDED_IN.name,
    (*OF_REFERRALS, *dimensions_of(d.coded_fields(d.ASSESSMENT))),
)
PRESUMED = Dataset(
    "presumed",
    Text("Personer henvist som formodede ofre", "Persons referred as presumed victims"),
    Text(
        "Hver person tælles én gang, i måneden for sin første gældende henvisning, hvem der end henviste. En henvisning er ikke en "
        "afgørelse, og den samme person kan være talt som vurderet udsat i et andet år. Der er kun nøjagtige tal, for centret.",
        "Each person counts once, in the month of the first referral that stands, whoever referred. A referral is no finding, and "
        "the same person may be counted among the identified of another year. There are exact figures only, for the centre.",
    ),
    Unit.PERSON,
    Aggregation.COUNT,
    ProtectionScheme.EXACT_ONLY,
    d.REFERRED_IN.name,
    (*OF_REFERRALS, *OF_DECISIONS),
)
REFERRALS = Dataset(
    "referrals",
    Text("Henvisninger", "Referrals"),
    Text(
        "Hver gældende henvisning tælles i henvisningens måned. En person kan have flere henvisninger. Der er kun nøjagtige "
        "tal, for centret.",
        "Each referral that stands counts in the month of the referral. One person may have several referrals. There are "
        "exact figures only, for the centre.",
    ),
    Unit.REFERRAL,
    Aggregation.COUNT,
    ProtectionScheme.EXACT_ONLY,
    d.REFERRED_IN.name,
    OF_REFERRALS,
)
DATASETS: dict[str, Dataset] = {dataset.id: dataset for dataset in (PERSONS, PRESUMED, REFERRALS)}
# The dataset that is meant where none is named.
PRINCIPAL = PERSONS


def protected_datasets() -> tuple[Dataset, ...]:
    """The datasets of which protected releases are made."""
    return tuple(one for one in DATASETS.values() if one.protection != ProtectionScheme.EXACT_ONLY)


def all_names() -> tuple[str, ...]:
    """The name of every dimension of any dataset."""
    return tuple(dict.fromkeys(name for dataset in DATASETS.values() for name in dataset.by_name))


def tables(dimensions: tuple[Dimension, ...], depth: int) -> Iterator[tuple[Axis, ...]]:
    """The axes of every table of up to `depth` dimensions, the total (no axis) first."""
    for size in range(min(depth, len(dimensions)) + 1):
        for combination in combinations(dimensions, size):
            yield from product(*(dimension.axes for dimension in combination))


def table_id(axes: Iterable[Axis]) -> str:
    """The stored name of a table: its axes' ids, in the dataset's order of dimensions. What each table has is not named."""
    return ",".join(axis.id for axis in axes if axis.has_total)
