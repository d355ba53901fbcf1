"""The query of the records of each dataset: of all of them, and of a few persons or referrals."""

from __future__ import annotations

from cases.dimensions import PERSONS, PRESUMED, REFERRALS, Dataset
from cases.linking.presumed import presumed_sql
from cases.linking.resolution import REFERRALS_SQL, persons_sql

RECORDS: dict[str, str] = {
    PERSONS.id: persons_sql(),
    PRESUMED.id: presumed_sql(),
    REFERRALS.id: REFERRALS_SQL,
}
ONLY = "AND person = ANY(%(whose)s)"
SOME_RECORDS: dict[str, str] = {
    PERSONS.id: persons_sql(ONLY, "AND a.case_id = ANY(%(whose)s)"),
    PRESUMED.id: presumed_sql(ONLY, "AND a.case_id = ANY(%(whose)s)", "AND r.case_id = ANY(%(whose)s)"),
    REFERRALS.id: f"SELECT * FROM ({REFERRALS_SQL}) AS every WHERE record = ANY(%(whose)s)",
}


def records_sql(dataset: Dataset) -> str:
    """The query of a dataset's records: `record`, `partner`, `month`, a code for each dimension, and `unresolved`.

    `unresolved` names the attributes that are `_U` only because records contradict each other; it is NULL or empty where none is.
    Parameters: `as_of`, and the months `first` and `last`. The query reads the table that `PARTNERS` creates.
    """
    return RECORDS[dataset.id]


def some_records_sql(dataset: Dataset) -> str:
    """The same of few: `whose` are all the cases that any decision ever tied together, or the references of referrals.

    It reads by index, and not every record.
    """
    return SOME_RECORDS[dataset.id]
