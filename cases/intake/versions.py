"""The versions of a record: reading the current one, appending the next, and what differs between two.

They are the statements that the ORM would write. The ORM compiles each INSERT of 30 columns again, which costs more than the rest
of a submission. Callers hold the partner's lock (`partners.locks.serialise`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model

from cases import dictionary as d
from cases import opening
from cases.fields import Field, TokenField
from cases.linking.restriction import restriction_of_record
from cases.models import Case
from cases.months import month_id


class VersionTable[M: Model]:
    """The versions of one model. `key`: the columns that identify a referral or an assessment across its versions."""

    def __init__(self, model: type[M], *key: str) -> None:
        self.model = model
        self.key = key

    @cached_property
    def names(self) -> list[str]:
        """The model's attributes, in the order of its columns."""
        return [field.attname for field in self.model._meta.concrete_fields]

    @cached_property
    def _columns(self) -> str:
        restriction = restriction_of_record("v", reference="reference" in self.names)
        return ", ".join(["c.token", restriction, *(f"v.{name}" for name in self.names)])

    @cached_property
    def _tables(self) -> str:
        return f"{self.model._meta.db_table} v JOIN cases_case c ON c.id = v.case_id"

    @cached_property
    def _is_current(self) -> str:
        return "v.superseded_at IS NULL AND " + " AND ".join(f"v.{name} = %s" for name in self.key)

    @cached_property
    def _of_key(self) -> str:
        return f"SELECT {self._columns} FROM {self._tables} WHERE {self._is_current}"

    def beside(self, question: str) -> str:
        """A statement of one row: the answer to a question (a SELECT of one value), then the current version of a key, or NULLs."""
        return f"SELECT q.answer, {self._columns} FROM ({question}) AS q (answer) LEFT JOIN ({self._tables}) ON {self._is_current}"

    @cached_property
    def _of_token(self) -> str:
        return (
            f"SELECT {self._columns} FROM {self._tables} "
            "WHERE v.superseded_at IS NULL AND c.token = %s AND c.test = %s AND v.partner_id = %s"
        )

    @cached_property
    def _insert(self) -> str:
        places = ", ".join(["%s"] * len(self.names))
        return f"INSERT INTO {self.model._meta.db_table} ({', '.join(self.names)}) VALUES ({places})"

    @cached_property
    def _supersede(self) -> str:
        return f"UPDATE {self.model._meta.db_table} SET superseded_at = %s WHERE id = %s"

    def current(self, *key: UUID) -> M | None:
        """The current version with its case, or None."""
        return self._first(self._of_key, key)

    def of_token(self, token: str, *, test: bool, partner_id: UUID) -> M | None:
        """A partner's current version on the case of a token, or None. It is one statement, whether or not the case exists."""
        return self._first(self._of_token, (token, test, partner_id))

    def _first(self, sql: str, parameters: Sequence[str | bool | UUID]) -> M | None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            row = cursor.fetchone()
        return None if row is None else self.of_row(row)

    def of_row(self, row: Sequence[Any]) -> M | None:
        """The version of a row, with its case; None where the row has NULLs alone."""
        if row[0] is None:
            return None
        token, is_restricted, *values = row
        version = self.model.from_db(connection.alias, self.names, values)
        return of_case(version, Case(id=getattr(version, "case_id"), token=token), is_restricted)  # noqa: B009

    @cached_property
    def _begin(self) -> str:
        """The parameters are those of the case, then those of the record."""
        return f"WITH opened AS ({opening.NEW}) {self._insert}"

    def begin(self, case: Case, *, at: datetime, values: Mapping[str, object]) -> M:
        """Open a new case with its first record, in one statement."""
        row = self._row(None, at=at, case=case, values=values)
        with connection.cursor() as cursor:
            cursor.execute(self._begin, [*opening.row_of(case), *row])
        return of_case(self.model.from_db(connection.alias, self.names, row), case, False)

    def append(self, previous: M | None, *, at: datetime, case: Case, values: Mapping[str, object]) -> M:
        """Insert the next version and supersede the previous one."""
        row = self._row(previous, at=at, case=case, values=values)
        with connection.cursor() as cursor:
            if previous is not None:
                cursor.execute(self._supersede, [at, previous.pk])
            cursor.execute(self._insert, row)
        # A record that stays on its case stays with its person, also where a split moved it.
        stays = previous is not None and getattr(previous, "case_id") == case.pk  # noqa: B009
        is_restricted = getattr(previous, "is_restricted") if stays else case.is_restricted  # noqa: B009
        return of_case(self.model.from_db(connection.alias, self.names, row), case, is_restricted)

    def _row(self, previous: M | None, *, at: datetime, case: Case, values: Mapping[str, object]) -> list[Any]:
        version = 1 if previous is None else getattr(previous, "version") + 1  # noqa: B009 (M has no common base)
        row: dict[str, Any] = {**values, "id": uuid4(), "version": version, "case_id": case.pk}
        row |= {"recorded_at": at, "superseded_at": None}
        return [row[name] for name in self.names]


def of_case[M: Model](version: M, case: Case, is_restricted: bool) -> M:
    """The version, which knows its case, and whether its person is restricted, without a further statement."""
    setattr(version, "case", case)  # noqa: B010 (M has no common base)
    setattr(version, "is_restricted", is_restricted)  # noqa: B010
    return version


class FieldChange(NamedTuple):
    """A field in which two versions differ, with both values as they are submitted; None where there was none."""

    field: str
    before: Any
    after: Any


def values_of(record: object, fields: Iterable[Field]) -> dict[str, Any]:
    """A stored record's values as they are submitted: sending them again changes nothing."""
    values = {each.name: getattr(record, each.name) for each in fields if not isinstance(each, TokenField)}
    return {
        name: month_id(value) if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def content_of(referral: Any) -> dict[str, Any]:
    """All that a version of a referral says: its case, its values, and why it is withdrawn."""
    return {
        d.CASE_TOKEN.name: referral.case.token,
        **values_of(referral, d.REFERRAL),
        d.WITHDRAWAL_REASON.name: referral.reason_code,
    }


def changes(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields in which two versions of a referral differ. `before`: None in front of the first one, which changes nothing."""
    if before is not None:
        was, now = content_of(before), content_of(after)
        yield from (FieldChange(name, was[name], now[name]) for name in now if was[name] != now[name])
