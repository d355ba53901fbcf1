"""Sums of what services report, as everybody reads them: in each form what is stored, and of what is hidden nothing else."""

from __future__ import annotations

import pytest

from api.statistics.parameters import FORMATS
from stats.reading.stored_sums import GatheredTable
from stats.sums.datasets import DATASETS_AS_READ
from tests.api import sums
from tests.api.sums import INTERVAL, Shown, answered, ask, publish_sums, tables_of

pytestmark = pytest.mark.django_db
# A workbook takes a second: of these one table of each dataset.
LONG = "xlsx"


@pytest.fixture
def released() -> dict[str, Shown]:
    """The sums of 2024, by dataset."""
    return publish_sums()[1]


def differences(released: dict[str, Shown], forms: list[str]) -> list[str]:
    """Every figure of every dataset that a form does not give as it is stored."""
    found = []
    for dataset in DATASETS_AS_READ.values():
        for n, (table, codes) in enumerate(tables_of(dataset)):
            for form in (each for each in forms if n == 0 or each != LONG):
                cells = answered(dataset.id, table, form, ask(dataset.id, table, form))
                places = [
                    (name, *of)
                    for name in dataset.units
                    for of in (("", ""), *((table, each) for each in codes if each))
                ]
                stored = {place: released[dataset.id][place] for place in places}
                told = {
                    place: (None, "Q", *INTERVAL) if count is None else (count, "A", count, count)
                    for place, count in stored.items()
                }
                if cells != told:
                    found.append(f"{dataset.id} {table} {form}")
    return found


def test_every_form_gives_every_sum_as_it_is_stored(released: dict[str, Shown]) -> None:
    assert sums.FORMS.keys() == FORMATS.keys()
    assert differences(released, [*FORMATS]) == []


def test_a_reader_that_forgets_what_is_hidden_is_found_out(
    released: dict[str, Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would show a zero where nobody is to know the number."""
    add = GatheredTable.add
    monkeypatch.setattr(
        GatheredTable, "add", lambda self, quantity, codes, counts, _: add(self, quantity, codes, counts, ())
    )
    monkeypatch.setattr(GatheredTable, "tell", lambda *_: None)
    assert len(differences(released, ["csv"])) > len(DATASETS_AS_READ)
