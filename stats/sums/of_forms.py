"""The sums of what services report, as they are read: a dataset for each table of a form.

What is summed has several units beside each other, as visits and addresses. So its numbers stand on an axis of *quantities*, which
has no total: each figure is of one quantity, and nothing is added up over two.
"""

from __future__ import annotations

from cases.codelists.types import Code, CodeList
from cases.dimensions import Aggregation, Dataset, Dimension, ProtectionScheme
from cases.services.forms import FORMS
from cases.services.shapes import CountForm, CountTable
from cases.services.units import UNIT_WORDS
from core.text import Text

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


OF_SUMS: dict[str, Dataset] = {
    each.id: each for each in (dataset_of_sums(form, table) for form in FORMS.values() for table in form.tables)
}
