"""Presumed persons, whom somebody referred: a second rule of who counts, beside that of identified persons in `resolution`.

A presumed person counts where at least one referral of hers counts. The earliest such referral gives the month; of two of the
same month, the one recorded first. Her attributes are resolved as an identified person's are. What became of her until the moment
of the release is the first that holds of all current assessments, in the order of the list `referral_outcome`.
"""

from __future__ import annotations

from cases.codelists.assessment import COHORT_YEARS, REFERRAL_OUTCOME, REFERRAL_OUTCOME_OF, WAIT_BANDS
from cases.codelists.types import NOT_APPLICABLE, UNKNOWN
from cases.dimensions import PARTNER_KIND
from cases.linking.persons import AS_OF, PERSON, current, join_person
from cases.linking.resolution import (
    ATTRIBUTES_OF_COUNTED,
    CURRENT,
    DECISION,
    OWN,
    UNRESOLVED_NAMES,
    resolved_value,
)
from cases.linking.restriction import restriction_of_case

# What became of a referral, by the outcome of an assessment, with its place in the list: the least counts.
OUTCOME_ROWS = ", ".join(
    f"('{outcome}', '{code}', {REFERRAL_OUTCOME.names.index(code)})" for outcome, code in REFERRAL_OUTCOME_OF.items()
)
# The first referral of each person, and what became of her by all current assessments.
FIRST_REFERRAL = f"""
standing AS (
    SELECT {PERSON.format("r")} AS person, r.id, r.partner_id, r.referred_in, r.recorded_at, p.kind
    FROM cases_referral r
    JOIN counted_partner p ON p.id = r.partner_id
    JOIN cases_case c ON c.id = r.case_id AND NOT c.test
    {join_person("r", AS_OF)}
    WHERE {CURRENT} AND r.referred_in <= %(last)s {{near_referral}}
    AND NOT {restriction_of_case(PERSON.format("r"), AS_OF)}
), first_referral AS (
    SELECT DISTINCT ON (person) * FROM standing ORDER BY person, referred_in, recorded_at, id
), counted AS (
    SELECT * FROM first_referral WHERE referred_in >= %(first)s {{only}}
), finding AS (
    SELECT DISTINCT ON (person) person, outcome, decided_in FROM (
        SELECT {PERSON.format("a")} AS person, o.place, o.code AS outcome, a.decided_in
        FROM cases_assessment a
        JOIN counted_partner p ON p.id = a.partner_id
        JOIN cases_case c ON c.id = a.case_id AND NOT c.test
        JOIN (VALUES {OUTCOME_ROWS}) AS o (submitted, code, place) ON o.submitted = a.outcome
        {join_person("a", AS_OF, reference=False)}
        WHERE {current("a", AS_OF)} {{near}}
    ) AS known ORDER BY person, place, decided_in
)
"""
MONTHS_WAITED = """
12 * (extract(year FROM f.decided_in) - extract(year FROM r.referred_in))
+ extract(month FROM f.decided_in) - extract(month FROM r.referred_in)
"""
WAIT_OF = " ".join(f"WHEN {MONTHS_WAITED} <= {most} THEN '{band}'" for band, most in WAIT_BANDS.items() if most)
# The wait for a decision of either kind; what ends otherwise is none.
WAIT = f"""
CASE WHEN f.outcome IS NULL OR f.outcome NOT IN ('IDENTIFIED', 'NOT_IDENTIFIED') THEN '{NOT_APPLICABLE}'
     WHEN f.decided_in IS NULL THEN '{UNKNOWN}' {WAIT_OF} ELSE '{next(reversed(WAIT_BANDS))}' END
"""
YEARS_WAITED = "greatest(extract(year FROM f.decided_in) - extract(year FROM r.referred_in), 0)::int"
COHORT_OF = ", ".join(f"'{each}'" for each in COHORT_YEARS)
IDENTIFIED_BY = f"""
CASE WHEN f.outcome = 'IDENTIFIED'
     THEN (ARRAY[{COHORT_OF}])[least({YEARS_WAITED} + 1, {len(COHORT_YEARS)})]
     ELSE '{NOT_APPLICABLE}' END
"""
PRESUMED_RESOLVED = f"""
SELECT r.person AS record, r.partner_id AS partner, r.referred_in AS month,
       {", ".join(resolved_value(name) for name in OWN)}, coalesce(k.kind, r.kind) AS {PARTNER_KIND.name},
       coalesce(f.outcome, 'NO_DECISION') AS referral_outcome, {WAIT} AS wait, {IDENTIFIED_BY} AS identified_by,
       {UNRESOLVED_NAMES} AS unresolved
FROM counted r LEFT JOIN decision d ON d.person = r.person LEFT JOIN finding f ON f.person = r.person
     LEFT JOIN from_referrals k ON k.person = r.person LEFT JOIN staff s ON s.person = r.person
"""


def presumed_sql(only: str = "", near: str = "", near_referral: str = "") -> str:
    """The query of presumed persons, with the conditions of `parts`; `near_referral` is `near` on the referral `r`."""
    first = FIRST_REFERRAL.format(only=only, near=near, near_referral=near_referral)
    return f"WITH {DECISION.format(until='', near=near)}, {first}, {ATTRIBUTES_OF_COUNTED} {PRESUMED_RESOLVED}"
