"""Which records count, and with which attributes: the one place of both rules, as SQL that yields one row for each.

A **referral** counts where its version is current and not withdrawn, with its own codes.

A **person** is a case, or the cases that staff merged, on which at least one authority's current assessment is IDENTIFIED; its
record is the case opened first. Each authority has its own series of assessments; the earliest decision gives the month (tie:
recorded first), and its verified values come first, then what staff decided. An attribute that neither knows comes from the
person's current referrals: the first that knows it, those with consent before those without, then the latest referred, the most
complete. Referrals that are equal in all three and contradict each other leave it unresolved, which is ``_U`` as what nobody
knows is; a coarser code beside a finer one that lies within it is no contradiction.

Partners in test mode and test cases never count. "Current" is as of a moment, so that every release can be made again.
"""

from __future__ import annotations

from cases import dictionary as d
from cases.codelists.agreement import pairs
from cases.codelists.types import NOT_ASKED, UNKNOWN
from cases.dimensions import PARTNER_KIND, PERSONS, REFERRALS, Dataset
from cases.linking.models import ATTRIBUTES, NO_DECISION
from cases.linking.persons import AS_OF, PERSON, current, linked, moved, of_record

SILENT = f"('{UNKNOWN}', '{NOT_ASKED}')"
STANDING = f"{current('r', AS_OF)} AND r.status <> 'withdrawn'"

# Once for a build: a partner's kind or mode is the one thing counted that has no versions.
PARTNERS = """
CREATE TEMPORARY TABLE counted_partner ON COMMIT DROP AS SELECT id, kind FROM partners_partner WHERE mode = 'LIVE'
"""
# A request makes no temporary table; the name means the same.
PARTNERS_NOW = "counted_partner AS (SELECT id, kind FROM partners_partner WHERE mode = 'LIVE')"

OWN = tuple(attribute.name for attribute in ATTRIBUTES)
DECIDED = tuple(field.name for field in d.coded(d.ASSESSMENT) if field.dimension)
VERIFIED = frozenset(field.name for field in d.ASSESSMENT if field.name.startswith("verified_"))
GAPS = " + ".join(f"(r.{field.name} IN {SILENT})::int" for field in d.coded(d.REFERRAL))
COARSER = ", ".join(
    f"('{attribute.name}', '{coarse}', '{fine}')"
    for attribute in ATTRIBUTES
    for coarse, fine in pairs(attribute.codelist)
)


def each(form: str) -> str:
    """A list in SQL: the text for each attribute, its name in the place of ``{0}``."""
    return ", ".join(form.format(name) for name in OWN)


REFERRALS_SQL = f"""
SELECT r.reference AS record, r.partner_id AS partner, r.referred_in AS month,
       {", ".join(f"r.{name}" for name in OWN)}, p.kind AS {PARTNER_KIND.name}, NULL::text[] AS unresolved
FROM cases_referral r
JOIN counted_partner p ON p.id = r.partner_id
JOIN cases_case c ON c.id = r.case_id AND NOT c.test
WHERE {STANDING} AND r.referred_in BETWEEN %(first)s AND %(last)s
"""


def attribute(name: str) -> str:
    """A person's attribute: verified, else decided by staff, else known from a referral, else not known."""
    return f"coalesce({found(name)}, s.{name}, k.{name}, '{UNKNOWN}') AS {name}"


def found(name: str) -> str:
    """What the assessment found of an attribute, or NULL."""
    verified = f"verified_{name}"
    return f"CASE WHEN d.{verified} NOT IN {SILENT} THEN d.{verified} END" if verified in VERIFIED else "NULL"


def contested(name: str) -> str:
    """The attribute's name where the referrals contradict each other and nothing that comes before them knows better, or NULL."""
    return f"CASE WHEN '{name}' = ANY(k.contested) AND coalesce({found(name)}, s.{name}) IS NULL THEN '{name}' END"


# The positive decisions that stand, and of each person the one that counts.
DECISION = f"""
positive AS (
    SELECT {PERSON.format("a")} AS person, a.id, a.partner_id, a.decided_in, a.recorded_at, p.kind,
           {", ".join(f"a.{name}" for name in (*sorted(VERIFIED), *DECIDED))}
    FROM cases_assessment a
    JOIN counted_partner p ON p.id = a.partner_id
    JOIN cases_case c ON c.id = a.case_id AND NOT c.test
    {of_record("a", AS_OF, reference=False)}
    WHERE a.outcome = 'IDENTIFIED' AND {current("a", AS_OF)} AND a.decided_in <= %(last)s {{near}}
), decision AS (
    SELECT DISTINCT ON (person) * FROM positive ORDER BY person, decided_in, recorded_at, id
)
"""
COUNTED = "counted AS (SELECT * FROM decision WHERE decided_in >= %(first)s {only})"
MEMBER = f"""
member AS (
    SELECT person, person AS case_id FROM counted
    UNION ALL
    SELECT d.person, l.case_id FROM counted d JOIN linking_caselink l ON l.person_id = d.person AND {current("l", AS_OF)}
)
"""


def referrals_of(member: str, fence: str = "") -> str:
    """The referrals of persons' cases, without those that were moved away, and those that were moved there.

    `fence` is for a few persons: with ``OFFSET 0`` each case is looked up by itself, whatever the planner takes them to be.
    """
    said = f"r.id, r.reference, r.partner_id, r.consent, r.referred_in, {GAPS} AS gaps, {each('r.{0}')}"
    return f"""
        SELECT m.person, r.* FROM {member} m CROSS JOIN LATERAL (
            SELECT {said} FROM cases_referral r {moved("r", AS_OF)}
            WHERE r.case_id = m.case_id AND x.id IS NULL AND {STANDING} {fence}
        ) AS r
        UNION ALL
        SELECT m.person, {said} FROM {member} m JOIN linking_recordlink x ON x.case_id = m.case_id AND {current("x", AS_OF)}
        JOIN cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference AND r.case_id = x.from_case_id
        WHERE {STANDING}
    """


ORDER = "consent <> 'GIVEN', referred_in DESC, gaps"
# Of a person whose referrals are never equal the first that knows; `equal` are those of whom it takes more.
FIRST = f"""
told AS NOT MATERIALIZED ({referrals_of("member")}), ranked AS (
    SELECT person, p.kind, {each("{0}")}, rank() OVER ranks AS rank, row_number() OVER ranks AS number
    FROM told JOIN counted_partner p ON p.id = told.partner_id WINDOW ranks AS (PARTITION BY person ORDER BY {ORDER})
), first AS (
    SELECT person, {each(f"(array_agg({{0}} ORDER BY rank) FILTER (WHERE {{0}} NOT IN {SILENT}))[1] AS {{0}}")},
           (array_agg(kind ORDER BY rank))[1] AS kind, bool_or(number > rank) AS equal
    FROM ranked GROUP BY person
)
"""
# Of the `codes` that are said of a `field` those within which no other lies: a coarser one beside a finer one goes. The
# planner cannot know how many there are, so nothing here and below is a join of two of these parts.
FINEST = f"""
SELECT said FROM unnest(codes) AS said WHERE NOT EXISTS (
    SELECT FROM (VALUES {COARSER}) AS c (attribute, coarse, fine)
    WHERE c.attribute = field AND c.coarse = said AND c.fine = ANY(codes)
)
"""
AGREED = f"CASE WHEN cardinality(codes) = 1 THEN codes[1] ELSE (SELECT min(said) FROM ({FINEST}) AS f HAVING count(*) = 1) END"
# What the best of those that know an attribute say of it, without what is coarser. Equal partners' kinds go by their list.
SETTLED = f"""
torn AS (
    SELECT member.* FROM first JOIN member ON member.person = first.person WHERE first.equal
), several AS (
    SELECT person, p.kind, {each("{0}")}, rank() OVER (PARTITION BY person ORDER BY {ORDER}) AS rank
    FROM ({referrals_of("torn", "OFFSET 0")}) AS told JOIN counted_partner p ON p.id = told.partner_id
), kinds AS (
    SELECT DISTINCT ON (person) person, kind FROM several
    ORDER BY person, rank, array_position(ARRAY[{", ".join(f"'{name}'" for name in PARTNER_KIND.codelist.names)}], kind::text)
), best AS (
    SELECT person, field, array_agg(DISTINCT code) AS codes FROM (
        SELECT person, field, code, rank, min(rank) OVER (PARTITION BY person, field) AS least
        FROM several CROSS JOIN LATERAL (VALUES {each("('{0}', {0})")}) AS v (field, code)
        WHERE code NOT IN {SILENT}
    ) AS known WHERE rank = least GROUP BY person, field
), settled AS (
    SELECT person, kind, NULL AS field, NULL AS code FROM kinds
    UNION ALL
    SELECT person, NULL, field, {AGREED} FROM best
), known AS (
    SELECT person, kind, NULL::text[] AS contested, {each("{0}")} FROM first WHERE NOT equal
    UNION ALL
    SELECT person, max(kind), array_agg(field) FILTER (WHERE field IS NOT NULL AND code IS NULL),
           {each("max(code) FILTER (WHERE field = '{0}')")}
    FROM settled GROUP BY person
)
"""
# What staff decided of a person; of several cases of a group the last decision counts.
STAFF = f"""
staff AS (
    SELECT person, {each("max(code) FILTER (WHERE field = '{0}') AS {0}")} FROM (
        SELECT DISTINCT ON (person, field) person, field, code FROM (
            SELECT coalesce(l.person_id, a.case_id) AS person, a.field, a.code, a.recorded_at, a.id
            FROM linking_attributedecision a {linked("a.case_id", AS_OF)} WHERE {current("a", AS_OF)}
        ) AS made ORDER BY person, field, recorded_at DESC, id
    ) AS last WHERE code <> '{NO_DECISION}' GROUP BY person
)
"""

RESOLVED = f"""
SELECT d.person AS record, d.partner_id AS partner, d.decided_in AS month,
       {", ".join(attribute(name) for name in OWN)}, coalesce(k.kind, d.kind) AS {PARTNER_KIND.name},
       {", ".join(f"d.{name}" for name in DECIDED)},
       CASE WHEN k.contested IS NOT NULL THEN array_remove(ARRAY[{", ".join(map(contested, OWN))}], NULL) END AS unresolved
FROM counted d LEFT JOIN known k ON k.person = d.person LEFT JOIN staff s ON s.person = d.person
"""


def parts(only: str = "", near: str = "") -> str:
    """The named parts of a query of persons, from the decisions on; `only` is a further condition on `person`, with its AND.

    `near` is one on the assessment `a` that names the cases of all of them: with it few rows are read.
    """
    return f"{DECISION.format(near=near)}, {COUNTED.format(only=only)}, {MEMBER}, {FIRST}, {SETTLED}, {STAFF}"


PERSONS_SQL = f"WITH {parts()} {RESOLVED}"
RECORDS: dict[str, str] = {PERSONS.id: PERSONS_SQL, REFERRALS.id: REFERRALS_SQL}


def records_sql(dataset: Dataset) -> str:
    """The query of a dataset's records: `record`, `partner`, `month`, a code for each dimension, and of which of them is `_U` only
    because what is known contradicts itself (`unresolved`; NULL or empty where none is).

    Parameters: `as_of`, and the months `first` and `last`. It reads the table that `PARTNERS` makes.
    """
    return RECORDS[dataset.id]
