"""Conflicts: attributes of a person on which sources disagree, with all values side by side and the one that counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED, UNKNOWN, pairs
from cases.linking.models import ATTRIBUTES
from cases.linking.persons import AS_OF, PERSON, join_person
from cases.linking.resolution import (
    CURRENT,
    FINEST,
    GAPS,
    OWN,
    RESOLVED,
    UNINFORMATIVE,
    VERIFIED,
    for_each_attribute,
    parts,
)
from cases.linking.resolution import PARTNERS_NOW as PARTNERS

ASSESSMENT, DECISION, REFERRAL = "assessment", "decision", "referral"
# Where a person was met and who first saw signs are facts of one meeting: two organisations may both be right. These attributes
# are listed only where the referrals leave open which value counts, since the attribute then counts as `_U`.
OF_MEETING = (d.REGION.name, d.DETECTED_BY.name)
OF_PERSON = tuple(name for name in OWN if name not in OF_MEETING)
# All that is current, of any month.
ALWAYS = {"as_of": "infinity", "first": "-infinity", "last": "infinity"}
ONLY = "AND person = ANY(%(persons)s)"
FOUND = ", ".join(f"('{name}', f.verified_{name})" for name in OWN if f"verified_{name}" in VERIFIED)

# Every attribute on which two sources disagree, whichever of them counts.
DIFFERENT = f"""
, statement AS (
    SELECT person, field, code FROM person_referral r JOIN counted_partner p ON p.id = r.partner_id
    CROSS JOIN LATERAL (VALUES {for_each_attribute("('{0}', {0})")}) AS v (field, code)
    UNION
    SELECT f.person, field, code FROM positive f JOIN counted d ON d.person = f.person
    CROSS JOIN LATERAL (VALUES {FOUND}) AS v (field, code)
), claim AS (
    SELECT person, field, array_agg(code) AS codes FROM statement WHERE code NOT IN {UNINFORMATIVE}
    GROUP BY person, field HAVING count(*) > 1
), conflict AS (
    SELECT person, field, false AS unresolved FROM claim WHERE (SELECT count(*) FROM ({FINEST}) AS f) > 1
    UNION ALL
    SELECT record, unnest(unresolved), true FROM ({RESOLVED}) AS resolved WHERE unresolved IS NOT NULL
)
SELECT person, field FROM conflict GROUP BY person, field ORDER BY bool_or(unresolved) DESC, person, field
"""
CONTRADICTIONS_OF = f"WITH {PARTNERS}, {parts(ONLY)} {DIFFERENT}"
REFERRALS = f"""
WITH {PARTNERS}, {parts(ONLY)}
SELECT r.person, p.name, r.partner_id, r.reference, r.id, r.referred_in, r.consent, {for_each_attribute("r.{0}")}
FROM person_referral r JOIN counted_partner c ON c.id = r.partner_id JOIN partners_partner p ON p.id = r.partner_id
ORDER BY r.person, r.consent <> 'GIVEN', r.referred_in DESC, r.gaps, p.name, r.id
"""
ASSESSMENTS = f"""
WITH {PARTNERS}, {parts(ONLY)}
SELECT f.person, p.name, f.partner_id, f.id, f.id = d.id AS deciding, f.decided_in,
       {", ".join(f"f.{name}" for name in sorted(VERIFIED))}
FROM counted d JOIN positive f ON f.person = d.person JOIN partners_partner p ON p.id = f.partner_id
ORDER BY f.person, f.id <> d.id, f.decided_in, f.id
"""
STAFF = f"WITH {PARTNERS}, {parts(ONLY)} SELECT person, {for_each_attribute('{0}')} FROM staff WHERE person = ANY(%(persons)s)"
COUNTING = f"WITH {PARTNERS}, {parts(ONLY)} {RESOLVED}"

SAYS = f"CASE WHEN {{0}} NOT IN {UNINFORMATIVE} THEN {{0}} END AS {{1}}"
COARSE = frozenset(attribute.name for attribute in ATTRIBUTES if any(pairs(attribute.codelist)))
RECORD = (
    f"FROM cases_referral r JOIN counted_partner p ON p.id = r.partner_id {join_person('r', AS_OF)} WHERE {CURRENT}"
)


def of_person(form: str) -> str:
    """A list in SQL: `form` for each attribute of a person, with its name in the place of ``{0}``."""
    return ", ".join(form.format(name) for name in OF_PERSON)


def verified_sql(name: str) -> str:
    """The value of an attribute that an assessment verified, in SQL."""
    return SAYS.format(f"verified_{name}", name) if f"verified_{name}" in VERIFIED else f"NULL AS {name}"


# The list over all persons. Each referral is read once and grouped; only the few persons with two referrals of the same rank are
# resolved. Codes are compared one by one only where a coarser code may agree with a finer one.
TIED = f"""
tied AS (
    SELECT {PERSON.format("r")} AS person {RECORD} GROUP BY 1, r.consent <> 'GIVEN', r.referred_in, {GAPS} HAVING count(*) > 1
)
"""
LISTED = f"""
, differing AS (
    SELECT person, {of_person("min({0}) <> max({0}) AS {0}")}, {", ".join(f"array_agg({name}) AS codes_{name}" for name in COARSE)}
    FROM (
        SELECT {PERSON.format("r")} AS person, {", ".join(SAYS.format(f"r.{name}", name) for name in OF_PERSON)} {RECORD}
        UNION ALL
        SELECT person, {", ".join(map(verified_sql, OF_PERSON))} FROM positive
    ) AS statement GROUP BY person
), conflict AS (
    SELECT person, field, false AS unresolved FROM differing JOIN decision USING (person) CROSS JOIN LATERAL (
        VALUES {", ".join(f"('{name}', {name}, {f'codes_{name}' if name in COARSE else 'NULL'})" for name in OF_PERSON)}
    ) AS v (field, differs, codes)
    WHERE differs AND (codes IS NULL OR (SELECT count(DISTINCT one_code) FROM ({FINEST}) AS f) > 1)
    UNION ALL
    SELECT record, unnest(unresolved), true FROM ({RESOLVED}) AS resolved WHERE unresolved IS NOT NULL
), found AS (
    SELECT person, field, bool_or(unresolved) AS unresolved FROM conflict GROUP BY person, field
), chosen AS (
    SELECT person, field, row_number() OVER (ORDER BY unresolved DESC, person, field) - 1 AS number
    FROM found WHERE field = ANY(%(fields)s) AND (unresolved OR %(resolved)s)
)
SELECT NULL AS person, field, count(*) AS number, count(*) FILTER (WHERE unresolved) AS unresolved
FROM found GROUP BY field
UNION ALL
SELECT person, field, number, NULL FROM chosen
WHERE number / %(size)s = least(%(page)s - 1, (SELECT max(number) / %(size)s FROM chosen))
ORDER BY number
"""
LIST = f"WITH {PARTNERS}, {TIED}, {parts('AND person IN (SELECT person FROM tied)')} {LISTED}"
# Only those that wait for a decision: nothing is compared that has one.
UNRESOLVED = f"""
WITH {PARTNERS}, {TIED}, {parts("AND person IN (SELECT person FROM tied)")}
SELECT person, field, count(*) OVER () AS number FROM (
    SELECT record AS person, unnest(unresolved) AS field FROM ({RESOLVED}) AS resolved WHERE unresolved IS NOT NULL
) AS conflict WHERE field = ANY(%(fields)s) ORDER BY person, field LIMIT %(size)s
"""


@dataclass(frozen=True, slots=True)
class Value:
    """The value that one source gives an attribute. `source_id` is the id of the version.

    `month` is that of the referral or of the decision; only referrals have `consent` and `reference`. A decision by staff has a
    code alone. `deciding`: an assessment verified it that decides, and nothing of a lower rank can change what counts.
    """

    code: str
    source: str
    partner: str | None = None
    partner_id: UUID | None = None
    source_id: UUID | None = None
    month: date | None = None
    consent: str | None = None
    reference: UUID | None = None
    counts: bool = False
    deciding: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """An attribute of a counted person on which sources disagree. `code` is the value that counts: `_U` where it is unresolved."""

    person: UUID
    field: str
    code: str
    unresolved: bool
    values: tuple[Value, ...]

    @property
    def is_verified(self) -> bool:
        """Whether the deciding assessment verified a value: a decision by staff then changes nothing."""
        return any(value.deciding for value in self.values)


def contradictions(person: UUID) -> list[tuple[UUID, str]]:
    """Every (person, attribute) of one person on which sources disagree, of a meeting too. Unresolved ones come first."""
    return [(row["person"], row["field"]) for row in rows_of(CONTRADICTIONS_OF, (person,))]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of conflicts as (person, attribute), the unresolved ones first.

    `counts`: the number of conflicts of each attribute, and `waiting`: of those, the unresolved ones. `count` and `open_count`: the
    same of all attributes of this list, whichever it shows.
    """

    pairs: tuple[tuple[UUID, str], ...]
    counts: Mapping[str, int]
    waiting: Mapping[str, int]
    count: int
    open_count: int
    page: int
    pages: int


def listing(field: str | None = None, *, page: int = 1, size: int, resolved: bool = True) -> Listing:
    """A page, from 1, of one attribute or of every attribute of a person. A number past the last page gives the last page.

    `resolved`: whether it shows the resolved ones too.
    """
    fields = OF_PERSON if field is None else (field,)
    rows = rows_of(LIST, (), fields=list(fields), page=page, size=size, resolved=resolved)
    none, totals = dict.fromkeys(OWN, 0), [row for row in rows if row["person"] is None]
    counts = none | {row["field"]: row["number"] for row in totals}
    waiting = none | {row["field"]: row["unresolved"] for row in totals}
    count, open_count = (sum(numbers[name] for name in fields) for numbers in (counts, waiting))
    pages = max(1, -(-(count if resolved else open_count) // size))
    places = tuple((row["person"], row["field"]) for row in rows if row["person"] is not None)
    return Listing(places, counts, waiting, count, open_count, min(page, pages), pages)


def unresolved_conflicts(*, size: int) -> tuple[int, list[tuple[UUID, str]]]:
    """How many conflicts about a person wait for a decision, and the first of them as (person, attribute)."""
    rows = rows_of(UNRESOLVED, (), fields=list(OF_PERSON), size=size)
    return rows[0]["number"] if rows else 0, [(row["person"], row["field"]) for row in rows]


def next_unresolved(person: UUID, field: str) -> tuple[UUID, str] | None:
    """A conflict that waits when one was decided: another one than that, by its person and attribute."""
    _, pairs = unresolved_conflicts(size=2)
    return next((pair for pair in pairs if pair != (person, field)), None)


def conflicts(pairs: Collection[tuple[UUID, str]]) -> list[Conflict]:
    """These conflicts with their values, in the order of rank: assessments (the deciding one first), staff, referrals."""
    persons = sorted({person for person, _ in pairs})
    counting = {row["record"]: row for row in rows_of(COUNTING, persons)}
    values_said = values_of(persons)
    return [
        conflict(person, field, counting[person], values_said[person]) for person, field in pairs if person in counting
    ]


def conflict(
    person: UUID, field: str, counting: Mapping[str, Any], values_said: Iterable[tuple[str, Value]]
) -> Conflict:
    """One conflict: every informative value, and whether it counts."""
    code, is_open = counting[field], field in (counting["unresolved"] or ())
    informative = [value for name, value in values_said if name == field and value.code not in {UNKNOWN, NOT_ASKED}]
    values = tuple(replace(value, counts=value.code == code and not is_open) for value in informative)
    return Conflict(person, field, code, is_open, values)


def values_of(persons: Collection[UUID]) -> dict[UUID, list[tuple[str, Value]]]:
    """For each person every (attribute, value) of every source, in the order of rank."""
    values_said: dict[UUID, list[tuple[str, Value]]] = {person: [] for person in persons}
    for row in rows_of(ASSESSMENTS, persons):
        value = Value(
            "", ASSESSMENT, row["name"], row["partner_id"], row["id"], row["decided_in"], deciding=row["deciding"]
        )
        values_found = [
            (name, replace(value, code=row[f"verified_{name}"])) for name in OWN if f"verified_{name}" in row
        ]
        values_said[row["person"]] += values_found
    for row in rows_of(STAFF, persons):
        values_said[row["person"]] += [(name, Value(row[name], DECISION)) for name in OWN if row[name] is not None]
    for row in rows_of(REFERRALS, persons):
        of = row["consent"], row["reference"]
        value = Value("", REFERRAL, row["name"], row["partner_id"], row["id"], row["referred_in"], *of)
        values_said[row["person"]] += [(name, replace(value, code=row[name])) for name in OWN]
    return values_said


def rows_of(sql: str, persons: Collection[UUID], **further: int | list[str]) -> list[dict[str, Any]]:
    """The rows of a statement about some persons, as dictionaries by column."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {**ALWAYS, "persons": list(persons), **further})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
