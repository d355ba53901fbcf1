"""Which records count, and with which attributes: the one place of both rules, as SQL that yields one row for each.

A **referral** counts where its version is current and not withdrawn, with its own codes.

A **person** is a case on which at least one authority's current assessment is IDENTIFIED. Each authority has its own series
of assessments; the earliest decision gives the month (tie: recorded first), and its verified values come first. An attribute
that it does not know comes from the case's current referrals: the first that knows it, those with consent before those
without, then the latest referred, the most complete, the latest recorded. What nobody knows is ``_U``.

Partners in test mode and test cases never count. "Current" is as of a moment, so that every release can be made again.
"""

from __future__ import annotations

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED, UNKNOWN
from cases.statistics.dimensions import PARTNER_KIND, PERSONS, REFERRALS, Dataset

SILENT = f"('{UNKNOWN}', '{NOT_ASKED}')"
CURRENT = "{0}.recorded_at <= %(as_of)s AND ({0}.superseded_at IS NULL OR {0}.superseded_at > %(as_of)s)"
STANDING = f"{CURRENT.format('r')} AND r.status <> 'withdrawn'"

# Once for a build: a partner's kind or mode is the one thing counted that has no versions.
PARTNERS = """
CREATE TEMPORARY TABLE counted_partner ON COMMIT DROP AS SELECT id, kind FROM partners_partner WHERE mode = 'LIVE'
"""

OWN = tuple(field.name for field in d.coded(d.REFERRAL) if field.dimension)
DECIDED = tuple(field.name for field in d.coded(d.ASSESSMENT) if field.dimension)
VERIFIED = frozenset(field.name for field in d.ASSESSMENT if field.name.startswith("verified_"))
GAPS = " + ".join(f"(r.{field.name} IN {SILENT})::int" for field in d.coded(d.REFERRAL))

REFERRALS_SQL = f"""
SELECT r.reference AS record, r.partner_id AS partner, r.referred_in AS month,
       {", ".join(f"r.{name}" for name in OWN)}, p.kind AS {PARTNER_KIND.name}
FROM cases_referral r
JOIN counted_partner p ON p.id = r.partner_id
JOIN cases_case c ON c.id = r.case_id AND NOT c.test
WHERE {STANDING} AND r.referred_in BETWEEN %(first)s AND %(last)s
"""


def first_known(name: str) -> str:
    """The first value of a column, in the order of the rank, that says something."""
    return f"(array_agg({name} ORDER BY rank) FILTER (WHERE {name} NOT IN {SILENT}))[1] AS {name}"


def attribute(name: str) -> str:
    """A person's attribute: verified, else known from a referral, else not known."""
    verified = f"verified_{name}"
    found = f"CASE WHEN d.{verified} NOT IN {SILENT} THEN d.{verified} END, " if verified in VERIFIED else ""
    return f"coalesce({found}k.{name}, '{UNKNOWN}') AS {name}"


PERSONS_SQL = f"""
WITH decision AS (
    SELECT DISTINCT ON (a.case_id) a.*, p.kind
    FROM cases_assessment a
    JOIN counted_partner p ON p.id = a.partner_id
    JOIN cases_case c ON c.id = a.case_id AND NOT c.test
    WHERE a.outcome = 'IDENTIFIED' AND {CURRENT.format("a")} AND a.decided_in <= %(last)s
    ORDER BY a.case_id, a.decided_in, a.recorded_at, a.id
), counted AS (
    SELECT * FROM decision WHERE decided_in >= %(first)s
), ranked AS (
    SELECT r.case_id, {", ".join(f"r.{name}" for name in OWN)}, p.kind, row_number() OVER (
        PARTITION BY r.case_id
        ORDER BY r.consent <> 'GIVEN', r.referred_in DESC, {GAPS}, r.recorded_at DESC, r.id
    ) AS rank
    FROM counted d
    JOIN cases_referral r ON r.case_id = d.case_id
    JOIN counted_partner p ON p.id = r.partner_id
    WHERE {STANDING}
), known AS (
    SELECT case_id, {", ".join(first_known(name) for name in OWN)}, (array_agg(kind ORDER BY rank))[1] AS kind
    FROM ranked GROUP BY case_id
)
SELECT d.case_id AS record, d.partner_id AS partner, d.decided_in AS month,
       {", ".join(attribute(name) for name in OWN)}, coalesce(k.kind, d.kind) AS {PARTNER_KIND.name},
       {", ".join(f"d.{name}" for name in DECIDED)}
FROM counted d LEFT JOIN known k ON k.case_id = d.case_id
"""

RECORDS: dict[str, str] = {PERSONS.id: PERSONS_SQL, REFERRALS.id: REFERRALS_SQL}


def records_sql(dataset: Dataset) -> str:
    """The query of a dataset's records: `record`, `partner`, `month` and a code for each dimension.

    Parameters: `as_of`, and the months `first` and `last`. It reads the table that `PARTNERS` makes.
    """
    return RECORDS[dataset.id]
