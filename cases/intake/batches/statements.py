"""The statements of a delivery, built once from the models: what is staged, how it differs from what is stored, and storing it.

The three questions that `cases.intake.submit.put` asks of one referral (is it the same, was it erased, does the precondition hold)
are asked of all staged rows at once, in the same order. A test sends the same rows both ways.
"""

from __future__ import annotations

from functools import cache

from cases.codelists.types import NOT_APPLICABLE
from cases.intake.models import Outcome
from cases.intake.submit import COLUMNS, REFERRALS
from cases.versions import Status

STAGED = (
    *("batch_id", "index", "line", "reference", "digest", "content", "expected", "seen", "token", "new_token"),
    *("checks", "holds", *COLUMNS),
)
RESULTS = ("batch_id", "index", "line", "reference", "outcome", "version", "findings")


def copy_in(table: str, columns: tuple[str, ...]) -> str:
    """The statement that takes rows from us."""
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"


def columns_of(alias: str) -> str:
    """What a referral says, as one value."""
    return f"({', '.join(f'{alias}.{name}' for name in COLUMNS)})"


# Says of the rows of a batch that share a reference whether they repeat or contradict each other. What was asked about each of them
# at its time holds for all, so that no row repeats one that is not stored.
MARK_REPEATS = """
    WITH twin AS (
        SELECT reference, min(index) AS first, count(DISTINCT (content, token, expected)) > 1 AS differ,
            bool_or(holds) AS holds, min(seen) AS seen
        FROM intake_stagedrow WHERE batch_id = %(batch)s
        GROUP BY reference HAVING count(*) > 1
    )
    UPDATE intake_stagedrow s
    SET contradicts = t.differ, repeats = NOT t.differ AND s.index <> t.first, holds = t.holds, seen = t.seen
    FROM twin t WHERE s.batch_id = %(batch)s AND s.reference = t.reference
"""
# Rows that share a reference say the same or are all rejected: nobody can tell which of them was meant. That holds wherever they
# stand in the file, also beside a row that breaks a rule, and beside one that says what is stored already.
MARK_CONTRADICTIONS = """
    UPDATE intake_stagedrow s SET contradicts = true FROM intake_rowresult w
    WHERE s.batch_id = %(batch)s AND w.batch_id = %(batch)s AND w.reference = s.reference
"""
REJECT_CONTRADICTED = f"""
    UPDATE intake_rowresult w SET outcome = '{Outcome.REJECTED}', version = NULL, findings = '[{{"rule": "reference_repeated"}}]'
    WHERE w.batch_id = %(batch)s AND w.outcome = '{Outcome.UNCHANGED}' AND w.reference IN (
        SELECT reference FROM intake_stagedrow WHERE batch_id = %(batch)s
        UNION ALL
        SELECT reference FROM intake_rowresult WHERE batch_id = %(batch)s AND outcome = '{Outcome.REJECTED}'
    )
"""

# A plan is made for the batch at hand: batches have one row or many. For the rest of the transaction.
FRESH_PLANS = "SET LOCAL plan_cache_mode = force_custom_plan"
# Tables that the database takes for small may have grown since it last counted them. It would join them to each other row by row,
# which with many rows never ends; until it has counted, it reads them whole. For the rest of the transaction.
TRUST_NO_SMALL_TABLE = """
    SELECT set_config('enable_nestloop', (min(reltuples) >= 10000)::text, true)
    FROM pg_class WHERE oid IN ('cases_referral'::regclass, 'cases_case'::regclass)
"""


# What `compare` asks of each staged row `s`. `r`: its current version, with its case `c`, if there is one. `e`: it was erased.
# `target` and `source`: the year in which it would lie and the one in which it lies, where these are closed.
CLOSED_YEARS = "unnest(%(closed_years)s::int[], %(closed_for_new)s::text[], %(closed_for_corrections)s::text[])"
STAGED_AND_STORED = f"""
    intake_stagedrow s
    LEFT JOIN cases_referral r ON r.partner_id = %(partner)s AND r.reference = s.reference AND r.superseded_at IS NULL
    LEFT JOIN cases_case c ON c.id = r.case_id
    LEFT JOIN erased_erasedreference e ON e.partner_id = %(partner)s AND e.digest = s.digest
    LEFT JOIN {CLOSED_YEARS} AS target (year, for_new, for_corrections)
        ON target.year = extract(year FROM s.referred_in)::int
    LEFT JOIN {CLOSED_YEARS} AS source (year, for_new, for_corrections)
        ON source.year = extract(year FROM r.referred_in)::int
"""
IS_SAME = f"""
    r.id IS NOT NULL AND r.status <> '{Status.WITHDRAWN}' AND (s.token IS NULL OR s.token = c.token)
    AND {columns_of("s")} = {columns_of("r")}
"""
# By which rule a closed year takes it not.
CLOSED_BY = f"""
    coalesce(
        CASE WHEN NOT opened.so THEN source.for_corrections END,
        CASE WHEN r.id IS NULL OR r.status = '{Status.WITHDRAWN}' AND NOT opened.so
            OR extract(year FROM s.referred_in) <> extract(year FROM r.referred_in) THEN target.for_new END
    )
"""
# The first rule that it breaks.
BROKEN_RULE = f"""
    CASE
        WHEN s.contradicts THEN 'reference_repeated'
        WHEN same.so THEN NULL
        WHEN r.id IS NULL AND e.digest IS NOT NULL THEN 'erased'
        WHEN s.seen IS NOT NULL AND s.seen IS DISTINCT FROM r.version THEN 'changed_meanwhile'
        WHEN closed.rule IS NOT NULL THEN closed.rule
        WHEN s.expected IS NOT NULL AND r.id IS NULL THEN 'nothing_to_match'
        WHEN s.expected <> r.version THEN 'version_stale'
        WHEN s.expected IS NULL AND r.status = '{Status.WITHDRAWN}' THEN 'withdrawn'
        WHEN s.expected IS NULL AND r.id IS NOT NULL AND NOT %(latest)s THEN 'version_needed'
    END
"""
# What a finding tells of what is stored.
STORED_VERSION = """
    CASE WHEN b.rule IN ('version_needed', 'version_stale', 'withdrawn', 'changed_meanwhile') AND r.id IS NOT NULL
        THEN jsonb_build_object('stored_version', r.version, 'stored_at', r.recorded_at) ELSE '{}' END
"""
OUTCOME = f"""
    CASE
        WHEN b.rule IS NOT NULL THEN '{Outcome.REJECTED}'
        WHEN same.so THEN '{Outcome.UNCHANGED}'
        WHEN s.holds THEN '{Outcome.HELD}'
        WHEN s.repeats THEN '{Outcome.UNCHANGED}'
        WHEN r.id IS NULL THEN '{Outcome.CREATED}'
        ELSE '{Outcome.CORRECTED}'
    END
"""


@cache
def compare() -> str:
    """Writes the result of each staged row between `first` and `last` (left out) as it would be if it were stored now.

    Further parameters: `batch`, `partner`, `latest` (whether a row without a version may correct); of years that are closed the
    rules `closed_for_new` and `closed_for_corrections`, one for each of `closed_years`, or none; `open_digests`, of records that
    are open by themselves. What they say together is what `PartnerYears.refusal_of_write` says of one record.
    """
    return f"""
        INSERT INTO intake_rowresult ({", ".join(RESULTS)})
        SELECT s.batch_id, s.index, s.line, s.reference, o.outcome,
            CASE o.outcome
                WHEN '{Outcome.CREATED}' THEN 1
                WHEN '{Outcome.CORRECTED}' THEN r.version + 1
                WHEN '{Outcome.UNCHANGED}' THEN coalesce(r.version, 0) + CASE WHEN same.so THEN 0 ELSE 1 END
            END,
            CASE WHEN b.rule IS NULL THEN s.checks
                ELSE jsonb_build_array(jsonb_build_object('rule', b.rule) || stands.so) || coalesce(s.checks, '[]') END
        FROM {STAGED_AND_STORED}
        CROSS JOIN LATERAL (SELECT {IS_SAME} AS so) same
        CROSS JOIN LATERAL (SELECT s.digest = ANY (%(open_digests)s) AS so) opened
        CROSS JOIN LATERAL (SELECT {CLOSED_BY} AS rule) closed
        CROSS JOIN LATERAL (SELECT {BROKEN_RULE} AS rule) b
        CROSS JOIN LATERAL (SELECT {STORED_VERSION} AS so) stands
        CROSS JOIN LATERAL (SELECT {OUTCOME} AS outcome) o
        WHERE s.batch_id = %(batch)s AND s.index >= %(first)s AND s.index < %(last)s
    """


# The rows that are to be stored, each with its result.
TO_STORE = f"""
    intake_stagedrow s JOIN intake_rowresult w ON w.batch_id = s.batch_id AND w.index = s.index
    AND w.outcome IN ('{Outcome.CREATED}', '{Outcome.CORRECTED}')
"""
IN_RANGE = "s.batch_id = %(batch)s AND s.index >= %(first)s AND s.index < %(last)s"
# Where all rows of a range are stored already, none is staged, and the statements below would look for nothing.
STAGED_IN_RANGE = f"SELECT true FROM intake_stagedrow s WHERE {IN_RANGE} LIMIT 1"
# Where another transaction is opening the same case, the statement waits for it. In one order, so that no two wait for each other.
OPEN_CASES_OF_TOKENS = f"""
    INSERT INTO cases_case (id, token, test, token_unknown, opened_at, opened_by_id)
    SELECT gen_random_uuid(), sent.token, %(test)s, true, %(at)s, %(partner)s
    FROM (SELECT DISTINCT s.token FROM {TO_STORE} WHERE {IN_RANGE} AND s.token IS NOT NULL) AS sent
    ORDER BY sent.token
    ON CONFLICT (token, test) DO NOTHING
"""
# A new token that is taken fails, as for a single referral: nothing may be linked by chance.
OPEN_NEW_CASES = f"""
    INSERT INTO cases_case (id, token, test, token_unknown, opened_at, opened_by_id)
    SELECT s.case_id, s.new_token, %(test)s, false, %(at)s, %(partner)s
    FROM {TO_STORE} WHERE {IN_RANGE} AND s.token IS NULL AND w.version = 1
"""
SUPERSEDE = f"""
    UPDATE cases_referral r SET superseded_at = %(at)s
    FROM {TO_STORE} WHERE {IN_RANGE} AND w.version > 1
    AND r.partner_id = %(partner)s AND r.reference = s.reference AND r.superseded_at IS NULL
"""
# What was open by itself for a correction is so no longer than it must, as `shorten_opening` does for one.
SHORTEN_OPENINGS = f"""
    SELECT henvis_shorten_openings(
        %(partner)s, array_agg(s.reference), array_agg(s.digest)::text[], %(user)s, %(at)s, %(grace)s
    )
    FROM {TO_STORE} WHERE {IN_RANGE} AND s.digest = ANY (%(open_digests)s)
"""
# The new tokens that are taken, by a case or by another row of the batch, of which there is one in a thousand million. The cases of
# the rows before `first` are opened already.
TAKEN_TOKENS = """
    SELECT s.index FROM (
        SELECT index, token, new_token, count(*) OVER (PARTITION BY coalesce(token, new_token)) > 1 AS twice
        FROM intake_stagedrow WHERE batch_id = %(batch)s
    ) s
    LEFT JOIN cases_case c ON c.token = s.new_token AND c.test = %(test)s
    WHERE s.token IS NULL AND s.index >= %(first)s AND (s.twice OR c.id IS NOT NULL)
"""


@cache
def append() -> str:
    """Stores the next version of each row that is to be stored. A row without a token keeps the case of the version before."""
    own = {
        "id": "gen_random_uuid()",
        "partner_id": "%(partner)s",
        "client_id": "%(client)s",
        "reference": "s.reference",
        "version": "w.version",
        "status": f"CASE WHEN p.status IS NULL OR p.status = '{Status.WITHDRAWN}' "
        f"THEN '{Status.REPORTED}' ELSE '{Status.CORRECTED}' END",
        "case_id": "coalesce(c.id, p.case_id, s.case_id)",
        "reason_code": f"'{NOT_APPLICABLE}'",
        "schema_version": "%(schema)s",
        "recorded_at": "%(at)s",
        "superseded_at": "NULL::timestamptz",
    }
    values = ", ".join(own.get(name, f"s.{name}") for name in REFERRALS.names)
    return f"""
        INSERT INTO cases_referral ({", ".join(REFERRALS.names)})
        SELECT {values}
        FROM {TO_STORE}
        LEFT JOIN cases_case c ON c.token = s.token AND c.test = %(test)s
        LEFT JOIN cases_referral p
            ON p.partner_id = %(partner)s AND p.reference = s.reference AND p.version = w.version - 1
        WHERE {IN_RANGE}
    """


COUNT = "SELECT outcome, count(*) FROM intake_rowresult WHERE batch_id = %(batch)s GROUP BY outcome"
# Whether rows should wait and none does: not every row has its result, or one that was not stored says that it waits.
IS_LOST = f"""
    SELECT NOT EXISTS (SELECT FROM intake_stagedrow WHERE batch_id = %(batch)s) AND (
        %(total)s > (SELECT count(*) FROM intake_rowresult WHERE batch_id = %(batch)s)
        OR EXISTS (SELECT FROM intake_rowresult WHERE batch_id = %(batch)s AND (outcome = '{Outcome.HELD}'
            OR NOT %(stored)s AND outcome IN ('{Outcome.CREATED}', '{Outcome.CORRECTED}')))
    )
"""
FORGET_RESULTS = """
    DELETE FROM intake_rowresult w USING intake_stagedrow s
    WHERE w.batch_id = %(batch)s AND s.batch_id = w.batch_id AND s.index = w.index
"""
FORGET_STAGED = "DELETE FROM intake_stagedrow WHERE batch_id = %(batch)s"
