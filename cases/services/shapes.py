"""What a count form is made of: tables, their dimensions and measures, the units of these, and what must hold between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from cases.codelists.types import NOT_ASKED, UNKNOWN, CodeList
from core.text import NO_TEXT, Text
from partners.kinds import Kind


class CountUnit(StrEnum):
    """What a measure counts. Numbers of two units are never added."""

    VISIT = "visit"
    CONSULTATION = "consultation"
    ADDRESS = "address"
    CONTACT = "contact"
    ESTIMATE = "person_estimate"
    SERVICE = "service"
    SUSPICION = "suspicion"
    REFERRAL = "referral"
    DAY = "day"
    PLACE = "place"
    NIGHT = "night"
    STAY = "stay"
    REQUEST = "request"
    CALL = "call"
    GRANT = "grant"
    RETURN = "return"
    SUSPECT = "suspect"
    DEFENDANT = "defendant"
    DECISION = "decision"
    JUDGMENT = "judgment"
    STAFF = "staff"


# What each unit is in the life of a person whom it concerns: small numbers of these can point at somebody. A visit is a walk of
# staff; somebody who comes to a clinic has a consultation. A decision to prosecute and a judgment are of one defendant each.
OF_PERSONS = frozenset(
    {
        *(CountUnit.CONTACT, CountUnit.ESTIMATE, CountUnit.SUSPICION, CountUnit.REFERRAL, CountUnit.STAY),
        *(CountUnit.REQUEST, CountUnit.GRANT, CountUnit.RETURN, CountUnit.SUSPECT, CountUnit.DEFENDANT),
        *(CountUnit.CONSULTATION, CountUnit.SERVICE, CountUnit.CALL, CountUnit.DECISION, CountUnit.JUDGMENT),
    }
)


class MeasureKind(StrEnum):
    """Whether a number is of what happened in the period, which adds up over periods, or of how it stood at its end."""

    FLOW = "flow"
    STOCK = "stock"


class CountPeriodKind(StrEnum):
    """How long the period of a report is."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class CountDimension:
    """What the lines of a table are divided by.

    `is_optional`: a line may leave it out, and then nobody asked. So it is of what a later version of a form asks besides: what was
    reported before has lines without it.
    """

    name: str
    codelist: CodeList
    label: Text
    is_optional: bool = False

    @classmethod
    def of(
        cls, codelist: CodeList, name: str = "", label: Text = NO_TEXT, *, is_optional: bool = False
    ) -> CountDimension:
        """A dimension that is called as its list is, where nothing else is said."""
        return cls(name or codelist.id, codelist, label if label != NO_TEXT else codelist.label, is_optional)

    @property
    def allowed(self) -> tuple[str, ...]:
        """Its codes, those too that are not in force."""
        return self.codelist.names

    def code_in(self, line: Mapping[Any, Any]) -> Any:
        """What a line says of it; that nobody asked, where it leaves out what is optional."""
        code = line.get(self.name)
        return NOT_ASKED if code is None and self.is_optional else code


@dataclass(frozen=True, slots=True)
class CountMeasure:
    """A number of each line: whole and not negative, or null where it is not known.

    `earlier`: what it was called before. Sheets that have this above a column are still read. `concerns`: a dimension and its
    code, where lines of other codes are of nobody in particular: an authority that calls is not the person concerned. Of a code
    that is not known it is not known either.
    """

    name: str
    label: Text
    unit: CountUnit
    help: Text = NO_TEXT
    kind: MeasureKind = MeasureKind.FLOW
    earlier: Text = NO_TEXT
    concerns: tuple[str, str] | None = None

    @property
    def is_of_persons(self) -> bool:
        """Whether a small number can point at somebody."""
        return self.unit in OF_PERSONS

    def is_of_persons_with(self, codes: Mapping[str, str]) -> bool:
        """Whether a small number can point at somebody where the lines have these codes of some dimensions."""
        dimension, code = self.concerns or ("", "")
        return self.is_of_persons and codes.get(dimension, code) in {code, UNKNOWN}


@dataclass(frozen=True, slots=True)
class CountTable:
    """The lines of a form that are divided alike. `dimensions` may be empty: then there is one line at most.

    `earlier`: what it was called before, as of a measure.
    """

    name: str
    label: Text
    dimensions: tuple[CountDimension, ...]
    measures: tuple[CountMeasure, ...]
    earlier: Text = NO_TEXT

    @property
    def measure_names(self) -> tuple[str, ...]:
        """The names of the numbers, in their order."""
        return tuple(each.name for each in self.measures)

    @property
    def dimension_names(self) -> tuple[str, ...]:
        """The names of the dimensions, in their order."""
        return tuple(each.name for each in self.dimensions)


@dataclass(frozen=True, slots=True)
class PartOfWhole:
    """That a number is at most another one: in each line of one table, or as sums of two tables.

    `times_days`: the whole is multiplied by the days of the period, as the nights of places are.
    """

    code: str
    part: tuple[str, str]
    whole: tuple[str, str]
    detail: Text
    times_days: bool = False

    @property
    def is_of_lines(self) -> bool:
        """Whether it holds in each line, both numbers being of one table."""
        return self.part[0] == self.whole[0]


@dataclass(frozen=True, slots=True)
class JumpLimits:
    """When a total is asked about, since it is far from those of the periods before it (`cases.services.jumps`).

    `times`: it is more than so many times the second largest of them, or the second smallest is more than so many times it.
    `least`: the larger one of the two is at least this. `looks_back`: so many periods before it are looked at.
    `few`: of no more than so many that are known each counts, and none is set aside. A report that repeats the one before it is
    asked about where one of its totals of what happened is at least `least`.
    """

    times: int = 3
    least: int = 20
    few: int = 3
    looks_back: int = 12


# A zero too many makes ten times, in one line of a table less, and of what has happened in a year no month makes three times.
# Below 20 chance alone makes such differences, and small services would be asked each month. One period before it is enough to see
# a zero too many, and the answer is one click. Twelve months have every season, and where a house was closed last July it may be so
# again.
USUAL_LIMITS = JumpLimits()


# There is one of each form, so that two are the same where they are one.
@dataclass(frozen=True, slots=True, eq=False)
class CountForm:
    """A form. `reporters`: the kinds of partners that are expected to report it where staff have said nothing else.

    `expected_from`: before this day it is expected of nobody of whom staff have not said so, since there was no form.
    `valid_from`, `valid_to`: the first day of the first period, and the last day of the last one, that can be reported.
    `limits`: when a total is asked about.
    `version`: a minor one asks for further codes of the same numbers, and a major one counts something else.
    `only_in_crisis`: its kinds are expected to report it in a crisis alone, so that staff say of whom, and since when.
    """

    id: str
    label: Text
    about: Text
    period: CountPeriodKind
    reporters: frozenset[Kind]
    tables: tuple[CountTable, ...]
    checks: tuple[PartOfWhole, ...] = ()
    expected_from: date = date(2027, 1, 1)
    valid_from: date = date(2015, 1, 1)
    valid_to: date | None = None
    version: str = "1.0"
    only_in_crisis: bool = False
    limits: JumpLimits = USUAL_LIMITS
    by_name: dict[str, CountTable] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Raise `ValueError` for names that repeat and for a check that names what is not there."""
        self.by_name.update({each.name: each for each in self.tables})
        names = [each.name for each in self.tables]
        if len(self.by_name) != len(names):
            raise ValueError(f"{self.id}: two tables have one name")
        for table in self.tables:
            members = (*table.dimension_names, *table.measure_names)
            if len(set(members)) != len(members):
                raise ValueError(f"{self.id}.{table.name}: two members have one name")
            # What releases counted has the codes of a line in their order, so that what is asked besides comes after them.
            optional = [each.is_optional for each in table.dimensions]
            if optional != sorted(optional) or any(
                NOT_ASKED not in each.allowed for each in table.dimensions if each.is_optional
            ):
                raise ValueError(f"{self.id}.{table.name}: what may be left out stands last, and has {NOT_ASKED}")
        for check in self.checks:
            for table_name, measure in (check.part, check.whole):
                if measure not in self.by_name[table_name].measure_names:
                    raise ValueError(f"{self.id}: {check.code} names what is not there")

    @property
    def series(self) -> str:
        """How the versions begin whose numbers count the same as those of this one."""
        return f"{self.version.partition('.')[0]}."

    def measures(self) -> Iterator[tuple[CountTable, CountMeasure]]:
        """Every number of the form with its table."""
        return ((table, measure) for table in self.tables for measure in table.measures)


UNIT_WORDS: dict[CountUnit, Text] = {
    CountUnit.VISIT: Text("besøg", "visits"),
    CountUnit.CONSULTATION: Text("besøg i klinik", "clinic visits"),
    CountUnit.ADDRESS: Text("adresser", "addresses"),
    CountUnit.CONTACT: Text("kontakter", "contacts"),
    CountUnit.ESTIMATE: Text("personer, anslået", "persons, estimated"),
    CountUnit.SERVICE: Text("ydelser", "services"),
    CountUnit.SUSPICION: Text("mistanker", "suspicions"),
    CountUnit.REFERRAL: Text("henvisninger", "referrals"),
    CountUnit.DAY: Text("dage", "days"),
    CountUnit.PLACE: Text("pladser", "places"),
    CountUnit.NIGHT: Text("overnatninger", "nights"),
    CountUnit.STAY: Text("ophold", "stays"),
    CountUnit.REQUEST: Text("henvendelser", "requests"),
    CountUnit.CALL: Text("opkald", "calls"),
    CountUnit.GRANT: Text("bevillinger", "grants"),
    CountUnit.RETURN: Text("trin i hjemrejser", "stages of returns"),
    CountUnit.SUSPECT: Text("mistænkte", "suspects"),
    CountUnit.DEFENDANT: Text("personer i straffesager", "persons in criminal cases"),
    CountUnit.DECISION: Text("afgørelser", "decisions"),
    CountUnit.JUDGMENT: Text("domme", "judgments"),
    CountUnit.STAFF: Text("medarbejdere", "staff"),
}
