"""Which records count, and with which attributes. Both rules are written here and nowhere else, as SQL with a row for each record.

A **referral** counts where its version is current and not withdrawn, with its own codes.

A **person** counts where the current assessment of at least one authority is IDENTIFIED. A person is a case, or several cases that
staff merged, and is named by the case opened first. Each authority has its own series of assessments. The earliest positive
decision gives the month; of two in the same month, the one recorded first.

An attribute of a person has the value that this decision verified, else the value that staff decided, else a value from the
person's current referrals. Referrals rank by consent, then by month (the latest first), then by how complete they are; the first
one that knows the attribute counts. Where referrals of the same rank contradict each other, the attribute is unresolved and counts
as ``_U``. A coarser code beside a finer one that lies within it is no contradiction.

Partners in test mode and test cases never count, nor does anybody while the processing of her data is restricted. "Current" means
as of a moment, so that every release can be built again.
"""

from __future__ import annotations

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED, UNKNOWN, pairs
from cases.dimensions import PARTNER_KIND
from cases.linking.models import ATTRIBUTES, NO_DECISION
from cases.linking.persons import AS_OF, PERSON, current, join_linked_case, join_moved_record, join_person
from cases.linking.restriction import restriction_of_case, restriction_of_record

UNINFORMATIVE = f"('{UNKNOWN}', '{NOT_ASKED}')"
CURRENT = f"{current('r', AS_OF)} AND r.status <> 'withdrawn'"

# Read once for each build: of all that is counted, only a partner's kind and mode have no versions.
PARTNERS = """
CREATE TEMPORARY TABLE counted_partner ON COMMIT DROP AS SELECT id, kind FROM partners_partner WHERE mode = 'LIVE'
"""
# The same rows as a CTE, for requests: they create no temporary table.
PARTNERS_NOW = "counted_partner AS (SELECT id, kind FROM partners_partner WHERE mode = 'LIVE')"

OWN = tuple(attribute.name for attribute in ATTRIBUTES)
DECIDED = tuple(field.name for field in d.coded_fields(d.ASSESSMENT) if field.dimension)
VERIFIED = frozenset(field.name for field in d.ASSESSMENT if field.name.startswith("verified_"))
GAPS = " + ".join(f"(r.{field.name} IN {UNINFORMATIVE})::int" for field in d.coded_fields(d.REFERRAL))
COARSER = ", ".join(
    f"('{attribute.name}', '{coarse}', '{fine}')"
    for attribute in ATTRIBUTES
    for coarse, fine in pairs(attribute.codelist)
)


def for_each_attribute(form: str) -> str:
    """A list in SQL: `form` for each attribute, with its name in the place of ``{0}``."""
    return ", ".join(form.format(name) for name in OWN)


REFERRALS_SQL = f"""
SELECT r.reference AS record, r.partner_id AS partner, r.referred_in AS month,
       {", ".join(f"r.{name}" for name in OWN)}, p.kind AS {PARTNER_KIND.name}, NULL::text[] AS unresolved
FROM cases_referral r
JOIN counted_partner p ON p.id = r.partner_id
JOIN cases_case c ON c.id = r.case_id AND NOT c.test
WHERE {CURRENT} AND r.referred_in BETWEEN %(first)s AND %(last)s AND NOT {restriction_of_record("r", AS_OF)}
"""


def resolved_value(name: str) -> str:
    """The value of a person's attribute: verified, else decided by staff, else from a referral, else ``_U``."""
    return f"coalesce({verified_value(name)}, s.{name}, k.{name}, '{UNKNOWN}') AS {name}"


def verified_value(name: str) -> str:
    """The value that the deciding assessment verified, or NULL."""
    verified_column = f"verified_{name}"
    return (
        f"CASE WHEN d.{verified_column} NOT IN {UNINFORMATIVE} THEN d.{verified_column} END"
        if verified_column in VERIFIED
        else "NULL"
    )


def name_where_contested(name: str) -> str:
    """The attribute's name where referrals contradict each other and nothing of a higher rank has a value; else NULL."""
    return f"CASE WHEN '{name}' = ANY(k.contested) AND coalesce({verified_value(name)}, s.{name}) IS NULL THEN '{name}' END"


# The current positive decisions, and for each person the one that counts.
DECISION = f"""
positive AS (
    SELECT {PERSON.format("a")} AS person, a.id, a.partner_id, a.decided_in, a.recorded_at, p.kind,
           {", ".join(f"a.{name}" for name in (*sorted(VERIFIED), *DECIDED))}
    FROM cases_assessment a
    JOIN counted_partner p ON p.id = a.partner_id
    JOIN cases_case c ON c.id = a.case_id AND NOT c.test
    {join_person("a", AS_OF, reference=False)}
    WHERE a.outcome = 'IDENTIFIED' AND {current("a", AS_OF)} {{until}} {{near}}
    AND NOT {restriction_of_case(PERSON.format("a"), AS_OF)}
), decision AS (
    SELECT DISTINCT ON (person) * FROM positive ORDER BY person, decided_in, recorded_at, id
)
"""
UNTIL = "AND a.decided_in <= %(last)s"
COUNTED = "counted AS (SELECT * FROM decision WHERE decided_in >= %(first)s {only})"
MEMBER = f"""
member AS (
    SELECT person, person AS case_id FROM counted
    UNION ALL
    SELECT d.person, l.case_id FROM counted d JOIN linking_caselink l ON l.person_id = d.person AND {current("l", AS_OF)}
)
"""


def referrals_of(member: str, fence: str = "") -> str:
    """The referrals of persons: those of their cases that no split moved away, and those that a split moved there.

    `fence` is for few persons: ``OFFSET 0`` makes PostgreSQL look up each case by index, whatever number of rows it expects.
    """
    columns = (
        f"r.id, r.reference, r.partner_id, r.consent, r.referred_in, {GAPS} AS gaps, {for_each_attribute('r.{0}')}"
    )
    return f"""
        SELECT m.person, r.* FROM {member} m CROSS JOIN LATERAL (
            SELECT {columns} FROM cases_referral r {join_moved_record("r", AS_OF)}
            WHERE r.case_id = m.case_id AND x.id IS NULL AND {CURRENT} {fence}
        ) AS r
        UNION ALL
        SELECT m.person, {columns} FROM {member} m JOIN linking_recordlink x ON x.case_id = m.case_id AND {current("x", AS_OF)}
        JOIN cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference AND r.case_id = x.from_case_id
        WHERE {CURRENT}
    """


ORDER = "consent <> 'GIVEN', referred_in DESC, gaps"
FIRST_INFORMATIVE = f"(array_agg({{0}} ORDER BY rank) FILTER (WHERE {{0}} NOT IN {UNINFORMATIVE}))[1] AS {{0}}"
# Fast path: where a person's referrals are strictly ordered, take the first known value. `has_ties` marks all other persons.
FIRST_KNOWN = f"""
person_referral AS NOT MATERIALIZED ({referrals_of("member")}), ranked AS (
    SELECT person, p.kind, {for_each_attribute("{0}")}, rank() OVER ranks AS rank, row_number() OVER ranks AS number
    FROM person_referral r JOIN counted_partner p ON p.id = r.partner_id WINDOW ranks AS (PARTITION BY person ORDER BY {ORDER})
), first_known AS (
    SELECT person, {for_each_attribute(FIRST_INFORMATIVE)},
           (array_agg(kind ORDER BY rank))[1] AS kind, bool_or(number > rank) AS has_ties
    FROM ranked GROUP BY person
)
"""
# The finest of the `codes` of a `field`: a coarser code is left out where a finer one lies within it. The planner cannot estimate
# the number of rows of these CTEs, so none of them is joined to another.
FINEST = f"""
SELECT one_code FROM unnest(codes) AS one_code WHERE NOT EXISTS (
    SELECT FROM (VALUES {COARSER}) AS c (attribute, coarse, fine)
    WHERE c.attribute = field AND c.coarse = one_code AND c.fine = ANY(codes)
)
"""
AGREED = f"CASE WHEN cardinality(codes) = 1 THEN codes[1] ELSE (SELECT min(one_code) FROM ({FINEST}) AS f HAVING count(*) = 1) END"
# Slow path: the values of the highest-ranked referrals that know an attribute. Of several kinds of partner the first on the list
# counts.
TIES = f"""
tied_member AS (
    SELECT member.* FROM first_known f JOIN member ON member.person = f.person WHERE f.has_ties
), tied_referral AS (
    SELECT person, p.kind, {for_each_attribute("{0}")}, rank() OVER (PARTITION BY person ORDER BY {ORDER}) AS rank
    FROM ({referrals_of("tied_member", "OFFSET 0")}) AS r JOIN counted_partner p ON p.id = r.partner_id
), best_kind AS (
    SELECT DISTINCT ON (person) person, kind FROM tied_referral
    ORDER BY person, rank, array_position(ARRAY[{", ".join(f"'{name}'" for name in PARTNER_KIND.codelist.names)}], kind::text)
), best_codes AS (
    SELECT person, field, array_agg(DISTINCT code) AS codes FROM (
        SELECT person, field, code, rank, min(rank) OVER (PARTITION BY person, field) AS least
        FROM tied_referral CROSS JOIN LATERAL (VALUES {for_each_attribute("('{0}', {0})")}) AS v (field, code)
        WHERE code NOT IN {UNINFORMATIVE}
    ) AS informative WHERE rank = least GROUP BY person, field
), agreed AS (
    SELECT person, kind, NULL AS field, NULL AS code FROM best_kind
    UNION ALL
    SELECT person, NULL, field, {AGREED} FROM best_codes
), from_referrals AS (
    SELECT person, kind, NULL::text[] AS contested, {for_each_attribute("{0}")} FROM first_known WHERE NOT has_ties
    UNION ALL
    SELECT person, max(kind), array_agg(field) FILTER (WHERE field IS NOT NULL AND code IS NULL),
           {for_each_attribute("max(code) FILTER (WHERE field = '{0}')")}
    FROM agreed GROUP BY person
)
"""
# The attributes that staff decided. Of several decisions on the cases of one person the latest counts.
STAFF = f"""
staff AS (
    SELECT person, {for_each_attribute("max(code) FILTER (WHERE field = '{0}') AS {0}")} FROM (
        SELECT DISTINCT ON (person, field) person, field, code FROM (
            SELECT coalesce(l.person_id, a.case_id) AS person, a.field, a.code, a.recorded_at, a.id
            FROM linking_attributedecision a {join_linked_case("a.case_id", AS_OF)} WHERE {current("a", AS_OF)}
        ) AS made ORDER BY person, field, recorded_at DESC, id
    ) AS last WHERE code <> '{NO_DECISION}' GROUP BY person
)
"""

UNRESOLVED_NAMES = f"""
CASE WHEN k.contested IS NOT NULL
     THEN array_remove(ARRAY[{", ".join(map(name_where_contested, OWN))}], NULL) END
"""
RESOLVED = f"""
SELECT d.person AS record, d.partner_id AS partner, d.decided_in AS month,
       {", ".join(resolved_value(name) for name in OWN)}, coalesce(k.kind, d.kind) AS {PARTNER_KIND.name},
       {", ".join(f"d.{name}" for name in DECIDED)},
       {UNRESOLVED_NAMES} AS unresolved
FROM counted d LEFT JOIN from_referrals k ON k.person = d.person LEFT JOIN staff s ON s.person = d.person
"""


ATTRIBUTES_OF_COUNTED = f"{MEMBER}, {FIRST_KNOWN}, {TIES}, {STAFF}"


def parts(only: str = "", near: str = "") -> str:
    """The CTEs of a query of persons. `only`: a further condition on `person`, beginning with AND.

    `near`: a further condition on the assessment `a` that names the cases of these persons, so that few rows are read.
    """
    return f"{DECISION.format(until=UNTIL, near=near)}, {COUNTED.format(only=only)}, {ATTRIBUTES_OF_COUNTED}"


def persons_sql(only: str = "", near: str = "") -> str:
    """The query of identified persons, with the conditions of `parts`."""
    return f"WITH {parts(only, near)} {RESOLVED}"
