"""Where what is known of a person contradicts itself, for the centre: the values side by side, and which of them counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from cases.codelists.types import NOT_ASKED, UNKNOWN
from cases.statistics.resolve import FINEST, OWN, RESOLVED, SILENT, VERIFIED, each, parts

ASSESSMENT, DECISION, REFERRAL = "assessment", "decision", "referral"
# What is current, of any month.
ALWAYS = {"as_of": "infinity", "first": "-infinity", "last": "infinity"}
# A request makes no temporary table; the name means the same.
PARTNERS = "counted_partner AS (SELECT id, kind FROM partners_partner WHERE mode = 'LIVE')"
ONLY = "AND person = ANY(%(persons)s)"
FOUND = ", ".join(f"('{name}', f.verified_{name})" for name in OWN if f"verified_{name}" in VERIFIED)

# Every attribute on which two sources contradict each other, whichever of them counts.
DIFFERENT = f"""
, said AS (
    SELECT person, field, code FROM told JOIN counted_partner p ON p.id = told.partner_id
    CROSS JOIN LATERAL (VALUES {each("('{0}', {0})")}) AS v (field, code)
    UNION
    SELECT f.person, field, code FROM positive f JOIN counted d ON d.person = f.person
    CROSS JOIN LATERAL (VALUES {FOUND}) AS v (field, code)
), claim AS (
    SELECT person, field, array_agg(code) AS codes FROM said WHERE code NOT IN {SILENT}
    GROUP BY person, field HAVING count(*) > 1
), conflict AS (
    SELECT person, field, false AS unresolved FROM claim WHERE (SELECT count(*) FROM ({FINEST}) AS f) > 1
    UNION ALL
    SELECT record, unnest(unresolved), true FROM ({RESOLVED}) AS resolved WHERE unresolved IS NOT NULL
)
SELECT person, field FROM conflict GROUP BY person, field ORDER BY bool_or(unresolved) DESC, person, field
"""
CONTRADICTIONS = f"WITH {PARTNERS}, {parts()} {DIFFERENT}"
CONTRADICTIONS_OF = f"WITH {PARTNERS}, {parts(ONLY)} {DIFFERENT}"
REFERRALS = f"""
WITH {PARTNERS}, {parts(ONLY)}
SELECT told.person, p.name, told.partner_id, told.reference, told.id, told.referred_in, told.consent, {each("told.{0}")}
FROM told JOIN counted_partner c ON c.id = told.partner_id JOIN partners_partner p ON p.id = told.partner_id
ORDER BY told.person, told.consent <> 'GIVEN', told.referred_in DESC, told.gaps, p.name, told.id
"""
ASSESSMENTS = f"""
WITH {PARTNERS}, {parts(ONLY)}
SELECT f.person, p.name, f.partner_id, f.id, f.decided_in, {", ".join(f"f.{name}" for name in sorted(VERIFIED))}
FROM counted d JOIN positive f ON f.person = d.person JOIN partners_partner p ON p.id = f.partner_id
ORDER BY f.person, f.id <> d.id, f.decided_in, f.id
"""
STAFF = f"WITH {PARTNERS}, {parts(ONLY)} SELECT person, {each('{0}')} FROM staff WHERE person = ANY(%(persons)s)"
COUNTING = f"WITH {PARTNERS}, {parts(ONLY)} {RESOLVED}"


@dataclass(frozen=True, slots=True)
class Value:
    """What one source says of an attribute. `source_id` is the version's id; of a staff decision all but the code is None.

    `month` is that of the referral or of the decision; `consent` and `reference` are a referral's."""

    code: str
    source: str
    partner: str | None = None
    partner_id: UUID | None = None
    source_id: UUID | None = None
    month: date | None = None
    consent: str | None = None
    reference: UUID | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """An attribute of a person who counts, on which sources differ. `code` is what is counted, `_U` where it is unresolved."""

    person: UUID
    field: str
    code: str
    unresolved: bool
    values: tuple[Value, ...]


def contradictions(*of: UUID) -> list[tuple[UUID, str]]:
    """Every (person, attribute) on which sources differ, or those of some persons: first what nothing resolves."""
    found = named(CONTRADICTIONS_OF if of else CONTRADICTIONS, of)
    return [(row["person"], row["field"]) for row in found]


def conflicts(pairs: Collection[tuple[UUID, str]]) -> list[Conflict]:
    """These conflicts with their values: of assessments, the deciding one first, of staff, then of referrals as they are asked."""
    persons = sorted({person for person, _ in pairs})
    counting = {row["record"]: row for row in named(COUNTING, persons)}
    said = values_of(persons)
    return [conflict(person, field, counting[person], said[person]) for person, field in pairs if person in counting]


def conflict(person: UUID, field: str, counting: Mapping[str, Any], said: Iterable[tuple[str, Value]]) -> Conflict:
    """One conflict: every value that says something, and whether it is what counts."""
    code, unresolved = counting[field], field in (counting["unresolved"] or ())
    known = [value for name, value in said if name == field and value.code not in {UNKNOWN, NOT_ASKED}]
    values = tuple(replace(value, counts=value.code == code and not unresolved) for value in known)
    return Conflict(person, field, code, unresolved, values)


def values_of(persons: Collection[UUID]) -> dict[UUID, list[tuple[str, Value]]]:
    """Of each person every (attribute, value) of every source, in the order in which sources are asked."""
    said: dict[UUID, list[tuple[str, Value]]] = {person: [] for person in persons}
    for row in named(ASSESSMENTS, persons):
        value = Value("", ASSESSMENT, row["name"], row["partner_id"], row["id"], row["decided_in"])
        found = [(name, replace(value, code=row[f"verified_{name}"])) for name in OWN if f"verified_{name}" in row]
        said[row["person"]] += found
    for row in named(STAFF, persons):
        said[row["person"]] += [(name, Value(row[name], DECISION)) for name in OWN if row[name] is not None]
    for row in named(REFERRALS, persons):
        of = row["consent"], row["reference"]
        value = Value("", REFERRAL, row["name"], row["partner_id"], row["id"], row["referred_in"], *of)
        said[row["person"]] += [(name, replace(value, code=row[name])) for name in OWN]
    return said


def named(sql: str, persons: Collection[UUID]) -> list[dict[str, Any]]:
    """The rows of a statement about some persons, by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {**ALWAYS, "persons": list(persons)})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
