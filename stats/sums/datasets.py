"""What is summed, and by what: a dataset for each table of a form. All of it is derived from the forms.

`DATASETS_AS_READ` are the same as their readers have them. What is summed has several units beside each other, as visits and
addresses. So its numbers stand on an axis of *quantities*, which has no total: each figure is of one quantity, and nothing is
added up over two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from cases import dictionary as d
from cases.codelists.services import CALL_EXPLOITATION
from cases.codelists.types import NOT_ASKED, Code, CodeList
from cases.dimensions import Aggregation, Dataset, Dimension, ProtectionScheme
from cases.services.forms import FORMS
from cases.services.shapes import UNIT_WORDS, CountForm, CountMeasure, CountTable, CountUnit, MeasureKind, PartOfWhole
from core.text import Text
from stats.errors import refuse
from stats.models import PUBLIC
from stats.periods import Period

QUANTITY = "quantity"
QUANTITY_LABEL = Text("Hvad der tælles", "What is counted")
ABOUT = Text(
    "Summer af det, som tilbuddene har indberettet. En person kan være med flere gange. Tal af forskellige enheder lægges "
    "aldrig sammen.",
    "Sums of what the services reported. A person may be in them several times. Numbers of different units are never added.",
)


def sum_dataset_id(form: CountForm, table: CountTable) -> str:
    """`outreach.contacts`: how a table of a form is called where its sums are published."""
    return f"{form.id}.{table.name}".lower()


def dataset_of_sums(form: CountForm, table: CountTable) -> Dataset:
    """The dataset of a table of a form, as it is read."""
    name = sum_dataset_id(form, table)
    codes = tuple(Code(each.name, each.label) for each in table.measures)
    label = Text(
        *(f"{form.label(each)}: {table.label(each)[:1].lower()}{table.label(each)[1:]}" for each in Text._fields)
    )
    return Dataset(
        name,
        label,
        ABOUT,
        None,
        Aggregation.SUM,
        ProtectionScheme.SMALL_CELLS,
        "period",
        (
            Dimension(
                QUANTITY, QUANTITY_LABEL, CodeList(QUANTITY, QUANTITY_LABEL, form.version, codes), has_total=False
            ),
            *(Dimension(each.name, each.label, each.codelist, by_level=False) for each in table.dimensions),
        ),
        {each.name: UNIT_WORDS[each.unit] for each in table.measures},
        form.label,
    )


DATASETS_AS_READ: dict[str, Dataset] = {
    each.id: each for each in (dataset_of_sums(form, table) for form in FORMS.values() for table in form.tables)
}


# A table of a dataset: names of dimensions, in the order of the form. The empty one is the total.
SumTable = tuple[str, ...]
# Of these units one person is counted again in each period in which somebody meets her, or in which she asks, comes or goes. Why
# suspicions and referrals are not among them: docs/decisions/0092.
RECURRENT = frozenset(
    {
        *(CountUnit.CONTACT, CountUnit.ESTIMATE, CountUnit.STAY, CountUnit.REQUEST),
        *(CountUnit.CONSULTATION, CountUnit.SERVICE, CountUnit.CALL),
    }
)
# Code lists that say something of the person: lines that differ in one of these are of different persons.
OF_THE_PERSON = frozenset({"gender", "age18", "citizenship_group"})
# Code lists of which a small group must not be seen to share a code.
TELLING = frozenset(
    field.codelist.id for record in (d.REFERRAL, d.ASSESSMENT) for field in d.coded_fields(record) if field.tells
) | {CALL_EXPLOITATION.id}
YEARLY = "year"


@dataclass(frozen=True, eq=False)
class SumDataset:
    """The sums of one table of a form. Each measure has its own unit, and is never added to another one."""

    form: CountForm
    table: CountTable

    @cached_property
    def id(self) -> str:
        """`outreach.contacts`."""
        return sum_dataset_id(self.form, self.table)

    @cached_property
    def measures(self) -> dict[str, CountMeasure]:
        """The measures by name, in the order of the form."""
        return {each.name: each for each in self.table.measures}

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """By dimension its codes, those that are no longer in force too."""
        return {each.name: each.codelist.names for each in self.table.dimensions}

    def codes_of_line(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The codes of a line that a release counted. Of what was not asked yet nobody was asked."""
        return (*codes, *[NOT_ASKED] * (len(self.codes) - len(codes)))

    @cached_property
    def checks(self) -> tuple[PartOfWhole, ...]:
        """What holds in each line of the table, and so of every sum of lines: a part is at most its whole."""
        return tuple(
            check
            for check in self.form.checks
            if check.is_of_lines and check.part[0] == self.table.name and not check.times_days
        )

    @cached_property
    def linked_measures(self) -> tuple[tuple[str, ...], ...]:
        """The measures in groups that the checks link, each in the order of the form. Most of one alone."""
        groups = [{name} for name in self.measures]
        for check in self.checks:
            touching = [group for group in groups if group & {check.part[1], check.whole[1]}]
            groups = [*(group for group in groups if group not in touching), set[str]().union(*touching)]
        return tuple(sorted(tuple(name for name in self.measures if name in group) for group in groups))

    def has_wholes(self, marks: Collection[str]) -> bool:
        """Whether with every part its whole is among some measures."""
        return all(check.whole[1] in marks for check in self.checks if check.part[1] in marks)

    def is_of_persons(self, measure: str, table: SumTable, codes: Sequence[str]) -> bool:
        """Whether a small number in a cell can point at somebody."""
        return self.measures[measure].is_of_persons_with(dict(zip(table, codes, strict=True)))

    @property
    def yearly(self) -> bool:
        """Whether it is reported of years alone. Then it has no quarters."""
        return str(self.form.period) == YEARLY

    @cached_property
    def one_way(self) -> tuple[SumTable, ...]:
        """The total, and a table of each dimension."""
        return ((), *((each.name,) for each in self.table.dimensions))

    def has(self, dimension: str, lists: frozenset[str]) -> bool:
        """Whether a dimension is of one of these code lists."""
        return next(each.codelist.id for each in self.table.dimensions if each.name == dimension) in lists

    def is_stock(self, measure: str) -> bool:
        """Whether a measure is how it stood at the end, so that months do not add up."""
        return self.measures[measure].kind == MeasureKind.STOCK

    def with_margins(self, tables: tuple[SumTable, ...], most: int) -> tuple[SumTable, ...]:
        """The tables with all their margins, the total first. Raises `ReleaseRefused` for what the dataset does not have."""
        order = list(self.codes)
        for table in tables:
            if not set(table) <= set(order) or len(set(table)) < len(table) or len(table) > most:
                raise refuse(
                    f"{self.id}: en tabel har højst {most} af dimensionerne {', '.join(order)}.",
                    f"{self.id}: a table has at most {most} of the dimensions {', '.join(order)}.",
                )
        parts = {part for table in tables for part in margins_of(tuple(sorted(table, key=order.index)))}
        return tuple(sorted({(), *parts}, key=lambda part: (len(part), [order.index(name) for name in part])))


def margins_of(table: SumTable) -> Iterator[SumTable]:
    return (part for size in range(len(table) + 1) for part in combinations(table, size))


SUM_DATASETS: dict[str, SumDataset] = {
    each.id: each for each in (SumDataset(form, table) for form in FORMS.values() for table in form.tables)
}


def check_period_of_sums(dataset: SumDataset, audience: str, period: Period) -> None:
    """Raise `ReleaseRefused` for a period of which there are no sums: the public reads years, authorities quarters."""
    if dataset not in datasets_of(audience, period):
        raise refuse(
            f"{dataset.id} udgives ikke for {period.id}: offentligheden læser år, og myndigheder læser kvartaler.",
            f"{dataset.id} is not published of {period.id}: the public reads years, and authorities read quarters.",
        )


def datasets_of(audience: str, period: Period) -> list[SumDataset]:
    """The datasets that an audience reads of a period. What is reported of years alone authorities read by the year, too."""
    if period.pool:
        return []
    return [each for each in SUM_DATASETS.values() if (audience == PUBLIC or each.yearly) == period.annual]
