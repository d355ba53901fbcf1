"""The tables of a package: from the dictionary, each with its columns in words, its key, what it refers to, and its rows.

A set of codes is a table of its own, and each code list one too: the order wants every code explained by a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from cases import dictionary as d
from cases.codelists.common import not_asked
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED
from cases.fields import WIDTH, CodedField, CodeSetField, Field, MonthField
from core.text import Text
from partners.kinds import KIND_WORDS

type Row = Sequence[str | int | date | datetime | UUID | None]
type Bounds = dict[str, int | datetime]
AT_ONCE = 2_000
ID, CODE, DAY, MOMENT, NUMBER = "CHARACTER(36)", f"VARCHAR({WIDTH})", "DATE", "TIMESTAMP", "INTEGER"
NAME = "VARCHAR(400)"


@dataclass(frozen=True, slots=True)
class ArchiveColumn:
    """A column: its SQL:1999 type, what it says, and the table whose first column its values are in."""

    name: str
    type: str
    about: str
    of: str = ""
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """A table. `key`: how many of its first columns tell its rows apart. `rows`: a new iterator each time."""

    name: str
    about: str
    columns: tuple[ArchiveColumn, ...]
    rows: partial[Iterator[Row]]
    key: int = 1


# Everybody with her cases, and every version of a record, by the case that a split moved it to.
WHOSE = """
WITH whose AS (
    SELECT c.id AS case_id, coalesce(l.person_id, c.id) AS person
    FROM cases_case c LEFT JOIN linking_caselink l ON l.case_id = c.id AND l.superseded_at IS NULL
    WHERE NOT c.test
), referral AS (
    SELECT r.*, w.person FROM cases_referral r
    LEFT JOIN linking_recordlink x ON x.partner_id = r.partner_id AND x.reference = r.reference
        AND x.from_case_id = r.case_id AND x.superseded_at IS NULL
    JOIN whose w ON w.case_id = coalesce(x.case_id, r.case_id)
    WHERE r.referred_in BETWEEN make_date(%(first)s, 1, 1) AND make_date(%(last)s, 12, 31) AND r.recorded_at <= %(at)s
), assessment AS (
    SELECT a.*, w.person FROM cases_assessment a
    LEFT JOIN linking_recordlink x ON x.partner_id = a.partner_id AND x.reference IS NULL
        AND x.from_case_id = a.case_id AND x.superseded_at IS NULL
    JOIN whose w ON w.case_id = coalesce(x.case_id, a.case_id)
    WHERE a.recorded_at <= %(at)s AND (
        a.decided_in BETWEEN make_date(%(first)s, 1, 1) AND make_date(%(last)s, 12, 31)
        OR a.decided_in IS NULL AND w.person IN (SELECT person FROM referral)
    )
)
"""
PERSONS = "SELECT person FROM referral UNION SELECT person FROM assessment ORDER BY 1"
PARTNERS = """
SELECT p.id, p.name, p.kind FROM partners_partner p
WHERE p.id IN (SELECT partner_id FROM referral UNION SELECT partner_id FROM assessment) ORDER BY p.id
"""
STATUS = "reported: indsendt; corrected: rettet; withdrawn: trukket tilbage"
OF_VERSION = (
    ArchiveColumn("id", ID, "Versionens id"),
    ArchiveColumn("partner", ID, "Den partner, der har sendt den", of="partner"),
    ArchiveColumn("person", ID, "Den person, som den handler om", of="person"),
    ArchiveColumn("version", NUMBER, "Versionens nummer, fra 1"),
    ArchiveColumn("recorded_at", MOMENT, "Hvornår den blev gemt (UTC)"),
    ArchiveColumn("superseded_at", MOMENT, "Hvornår en senere version afløste den (UTC)", nullable=True),
)
OF_REFERRAL = (
    ArchiveColumn("reference", ID, "Partnerens id for henvisningen; versioner af den samme har det samme"),
    ArchiveColumn("status", CODE, STATUS),
    ArchiveColumn("reason_code", CODE, d.WITHDRAWAL_REASON.label.da, of="code_withdrawal_reason"),
)


def tables(first: int, last: int, at: datetime) -> list[ArchiveTable]:
    """Every table of a package of some years, as they were at a moment, code lists last."""
    years: Bounds = {"first": first, "last": last, "at": at}
    return [
        ArchiveTable(
            "person", "En person, som der er oplysninger om",
            (ArchiveColumn("id", ID, "Et vilkårligt id"),), query(PERSONS, years),
        ),
        ArchiveTable(
            "partner", "En organisation eller myndighed, der indberetter",
            (
                ArchiveColumn("id", ID, "Partnerens id"),
                ArchiveColumn("name", NAME, "Navnet i dag"),
                ArchiveColumn("kind", CODE, "Typen", of="code_partner_kind"),
            ),
            query(PARTNERS, years),
        ),
        *of_records("referral", "Versioner af henvisninger af formodede ofre", d.REFERRAL, OF_REFERRAL, years),
        *of_records("assessment", "Versioner af myndigheders vurderinger", d.ASSESSMENT, (), years),
        *code_tables(),
    ]  # fmt: skip


def of_records(
    name: str, about: str, fields: Sequence[Field], own: tuple[ArchiveColumn, ...], years: Bounds
) -> Iterator[ArchiveTable]:
    """The table of the versions of records, and one for each set of codes."""
    columns = (*OF_VERSION, *own, *(column_of(field) for field in fields if isinstance(field, CodedField | MonthField)))
    names = ", ".join({"partner": "partner_id"}.get(each.name, each.name) for each in columns)
    yield ArchiveTable(name, about, columns, query(f"SELECT {names} FROM {name} ORDER BY id", years))
    for field in fields:
        if isinstance(field, CodeSetField):
            yield ArchiveTable(
                f"{name}_{field.name}", f"{field.label.da}: {field.help.da}",
                (ArchiveColumn(name, ID, "Versionen", of=name), ArchiveColumn("code", CODE, "Koden", of=table_of(field))),
                query(f"SELECT id, code FROM {name}, unnest({field.name}) AS code ORDER BY id, code", years),
                key=2,
            )  # fmt: skip


def column_of(field: CodedField | MonthField) -> ArchiveColumn:
    """The column of a field."""
    about = f"{field.label.da}: {field.help.da}"
    if isinstance(field, MonthField):
        return ArchiveColumn(field.name, DAY, f"{about} Den første dag i måneden.", nullable=not field.required)
    return ArchiveColumn(field.name, CODE, about, of=table_of(field))


def table_of(field: CodedField | CodeSetField) -> str:
    """The table of the codes that a field may have."""
    return f"code_{field.codelist.id}"


def code_tables() -> Iterator[ArchiveTable]:
    """A table of each code list, with what a field may have beside its codes."""
    labels: dict[str, dict[str, Text]] = {"code_partner_kind": {str(kind): words for kind, words in KIND_WORDS.items()}}
    for field in (*d.REFERRAL, *d.ASSESSMENT, d.WITHDRAWAL_REASON):
        if isinstance(field, CodedField | CodeSetField):
            of = labels.setdefault(table_of(field), {each.code: each.label for each in field.codelist.codes})
            if NOT_ASKED in field.allowed:
                of.setdefault(NOT_ASKED, not_asked().label)
    labels["code_withdrawal_reason"].setdefault(NOT_APPLICABLE, Text("Ikke trukket tilbage", "Not withdrawn"))
    columns = (
        ArchiveColumn("code", CODE, "Koden"),
        ArchiveColumn("label_da", NAME, "Hvad den betyder, på dansk"),
        ArchiveColumn("label_en", NAME, "Hvad den betyder, på engelsk"),
    )
    for name, of in sorted(labels.items()):
        rows = [(code, label.da, label.en) for code, label in of.items()]
        yield ArchiveTable(name, "Koder og deres betydning", columns, partial(iter, rows))


def query(sql: str, years: Bounds) -> partial[Iterator[Row]]:
    """The rows of a statement, read when they are asked for."""
    return partial(read, WHOSE + sql, years)


def read(sql: str, years: Bounds) -> Iterator[Row]:
    """The rows of a statement, some at once, within the transaction of the package."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, years)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def text_of(value: Any) -> str:
    """A value as XML Schema writes it; a moment in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") if isinstance(value, datetime) else str(value)
