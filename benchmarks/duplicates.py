"""Searching for persons with two cases: seconds for 10,000, 30,000 and 100,000 current referrals, and how they grow.

The referrals are the sandbox's, with its skew: some citizenships, forms and places are most of it, and its persons are drawn from
a deck with replacement, so that many are alike. Of one case in ten of several referrals the token was not handed on: the last
referral has a case of its own, and half of those have linkage codes. The floor reads the same rows and sorts them. An exponent of
1 is linear, of 2 quadratic. Last, referrals that are all alike: there is nothing to find, and no pair may be looked at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from benchmarks.releases import empty
from benchmarks.setting import Setting

if TYPE_CHECKING:
    from cases.duplicates.table import ReferralRow

SIZES, SIZES_LEAST = (10_000, 30_000, 100_000), (300, 600)
YEARS = (2019, 2020, 2021, 2022, 2023)
# Identified persons that make a referral: the others of a sandbox are referred too.
PERSONS = 0.388
ROUNDS = 3
LIMIT = 30.0

SEVERAL = """
CREATE TABLE bench_planted AS
SELECT DISTINCT ON (r.case_id) r.id, r.case_id AS old, gen_random_uuid() AS new
FROM cases_referral r JOIN cases_case c ON c.id = r.case_id AND NOT c.test
WHERE r.superseded_at IS NULL AND r.status <> 'withdrawn' AND mod(abs(hashtext(r.case_id::text)), 10) = 0
  AND EXISTS (SELECT FROM cases_referral o WHERE o.case_id = r.case_id AND o.reference <> r.reference
              AND o.superseded_at IS NULL AND o.status <> 'withdrawn')
ORDER BY r.case_id, r.referred_in DESC, r.id
"""
NOT_HANDED_ON = (
    "DROP TABLE IF EXISTS bench_planted",
    SEVERAL,
    "INSERT INTO cases_case (id, token, test, token_unknown, opened_at, opened_by_id) "
    "SELECT p.new, left(md5(p.new::text), 11), false, false, c.opened_at, c.opened_by_id "
    "FROM bench_planted p JOIN cases_case c ON c.id = p.old",
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE cases_referral DISABLE TRIGGER USER",
    "UPDATE cases_referral r SET case_id = p.new FROM bench_planted p WHERE p.id = r.id",
    "ALTER TABLE cases_referral ENABLE TRIGGER USER",
    "INSERT INTO duplicates_linkagecode (partner_id, reference, digest, recorded_at) "
    "SELECT r.partner_id, r.reference, encode(sha256(p.old::text::bytea), 'hex'), now() FROM cases_referral r "
    "JOIN bench_planted p ON r.case_id IN (p.old, p.new) "
    "WHERE r.superseded_at IS NULL AND mod(abs(hashtext(p.old::text)), 20) = 0",
    "ANALYZE",
)
PLANTED = "SELECT least(old, new), greatest(old, new) FROM bench_planted"
LISTED = "SELECT case_a_id, case_b_id, reasons FROM duplicates_duplicate"


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds: reading and sorting the rows, comparing them, a whole search, and the CPU that it took in this process."""

    floor: float
    compare: float
    search: float
    cpu: float


@dataclass(frozen=True, slots=True)
class SizeMeasured:
    """All rounds of a size, and the pairs that were compared in each of them."""

    referrals: int
    pairs: int
    rounds: tuple[Round, ...]

    def least(self, part: str) -> float:
        """The least seconds of a part: others run on the same machine."""
        return float(min(getattr(each, part) for each in self.rounds))


def main(setting: Setting) -> None:
    """A database of each size, one after the other."""
    heads = ("floor s", "compare s", "search s", "its CPU s", "ratio", "pairs/ref", "load")
    print(f"\n{'Duplicates':>20}{''.join(f'{head:>11}' for head in heads)}")
    sizes = setting.size(SIZES, SIZES_LEAST)
    results = [one_size(size, setting.size(ROUNDS, 1)) for size in sizes]
    for part in Round.__slots__:
        steps = ", ".join(f"{growth(before, after, part):.2f}" for before, after in pairwise(results))
        print(f"exponent of {part}: {steps}; in all {growth(results[0], results[-1], part):.2f}")
    slowest = max(each.search for each in results[-1].rounds)
    verdict = "ok" if slowest < LIMIT else "MISSED"
    print(f"slowest search of {results[-1].referrals:,}: {slowest:.1f} s, limit {LIMIT:.0f} s: {verdict}")
    for size in sizes:
        all_alike(size)


def one_size(size: int, how_often: int) -> SizeMeasured:
    """Load a sandbox, search in it, and print each round."""
    from cases.duplicates.candidates import find
    from cases.duplicates.search import current

    fill(size)
    rows = current()
    pairs = count_comparisons(rows)
    rounds = []
    for _ in range(how_often):
        one = one_round()
        parts = f"{one.floor:11.2f}{one.compare:11.2f}{one.search:11.2f}{one.cpu:11.2f}{one.search / one.floor:11.1f}"
        print(f"{len(rows):>10,} referrals{parts}{pairs / len(rows):11.1f}{os.getloadavg()[0]:11.1f}", flush=True)
        rounds.append(one)
    tell_quality(find(rows).too_common)
    return SizeMeasured(len(rows), pairs, tuple(rounds))


def one_round() -> Round:
    """Read and sort, compare, search."""
    from cases.duplicates.candidates import find
    from cases.duplicates.search import current, search
    from partners.audit import COMMAND

    floor = seconds(lambda: sorted(current(), key=lambda row: (row.month, row.codes, row.person)))
    rows = current()
    compare = seconds(lambda: find(rows))
    before = time.process_time()
    whole = seconds(lambda: search(by=COMMAND))
    return Round(floor, compare, whole, time.process_time() - before)


def count_comparisons(rows: Sequence[ReferralRow]) -> int:
    """How many pairs are compared, those that come in several passes each time."""
    import numpy as np

    from cases.duplicates import candidates
    from cases.duplicates.table import tabulate

    table = tabulate(rows)
    tally = candidates.DroppedBlocks(np.zeros(table.size, np.bool_))
    return sum(len(one) for one, _ in candidates.pairs(table, tally))


def fill(size: int) -> None:
    """A sandbox of about this many current referrals, with tokens that were not handed on."""
    from django.db import connection, transaction

    from sandbox.load import load

    empty()
    load(seed=size, persons=round(size * PERSONS), years=YEARS, force=True)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in NOT_HANDED_ON:
            cursor.execute(statement)


def tell_quality(too_common: int) -> None:
    """What became of the planted pairs."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLANTED)
        planted_ones = set(cursor.fetchall())
        cursor.execute(LISTED)
        listed_pairs = {(one, other): reasons for one, other, reasons in cursor.fetchall()}
    by_code = {pair for pair, reasons in listed_pairs.items() if "linkage_code" in reasons}
    rare = {pair for pair, reasons in listed_pairs.items() if "pattern" in reasons}
    print(
        f"{'':10} {len(planted_ones):,} pairs planted; by code {len(by_code):,} listed, {len(by_code & planted_ones):,} right; "
        f"by pattern {len(rare):,} listed, {len(rare & planted_ones):,} right; too common to tell: {too_common:,} referrals"
    )


def all_alike(size: int) -> None:
    """Referrals that all say the same, each of another person."""
    from uuid import UUID

    from cases.duplicates.candidates import find
    from cases.duplicates.table import FIELDS, ReferralRow

    codes = tuple(field.example for field in FIELDS)
    rows = [ReferralRow(UUID(int=number), 24_000 + number % 60, codes) for number in range(size)]
    took = seconds(lambda: find(rows))
    print(f"{size:>10,} referrals all alike: {took:.2f} s, {len(find(rows).candidates)} candidates")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def growth(before: SizeMeasured, after: SizeMeasured, part: str) -> float:
    """The exponent with which the seconds of a part grow from one size to the next."""
    return log(after.least(part) / before.least(part)) / log(after.referrals / before.referrals)
