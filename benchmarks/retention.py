"""What retention costs: seconds to find when everybody goes among so many persons, and to erase one of them.

The floor of the first reads every version with its case, once; that of the second is what an erasure by staff takes, which does the
same to a person. The persons are the sandbox's.
"""

from __future__ import annotations

import os
from datetime import date
from uuid import UUID

from benchmarks.duplicates import seconds
from benchmarks.releases import empty
from benchmarks.setting import Setting

SIZES, SIZES_LEAST = (10_000, 40_000), (100,)
ERASED, ERASED_LEAST = 50, 2
YEARS = (2019, 2020, 2021, 2022, 2023)
ROUNDS = 3
FLOOR = """
SELECT c.id, max(r.recorded_at), max(r.referred_in), max(a.recorded_at) FROM cases_case c
LEFT JOIN cases_referral r ON r.case_id = c.id LEFT JOIN cases_assessment a ON a.case_id = c.id GROUP BY c.id
"""
# After everything that a sandbox has seen.
LATER = date(2199, 1, 1)


def main(setting: Setting) -> None:
    """A database of each size, one after the other."""
    print(
        f"\n{'Retention':>20}{'floor s':>11}{'find s':>11}{'ratio':>11}{'by staff ms':>14}{'by rule ms':>14}{'load':>8}"
    )
    for size in setting.size(SIZES, SIZES_LEAST):
        one_size(size, setting.size(ROUNDS, 1), setting.size(ERASED, ERASED_LEAST))


def one_size(size: int, how_often: int, number: int) -> None:
    """Load a sandbox, and print each round."""
    from django.db import connection

    from cases.models import Case
    from oversight.retention.persons import FIND, expire_person, times
    from sandbox.load import load
    from tests.oversight.retention.waiving import waive_every_year

    empty()
    load(seed=size, persons=size, years=YEARS, force=True)
    waive_every_year()
    persons = iter(Case.objects.filter(test=False).values_list("pk", flat=True)[: 2 * number * how_often])

    def ask(statement: str, *parameters: int | date) -> float:
        def read() -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters)
                cursor.fetchall()

        return seconds(read)

    for _ in range(how_often):
        floor, find = ask(FLOOR), ask(FIND, *times(LATER), LATER)
        staff = seconds(lambda: [erase_by_staff(next(persons)) for _ in range(number)])
        rule = seconds(lambda: [expire_person(next(persons), LATER) for _ in range(number)])
        parts = (
            f"{floor:11.3f}{find:11.3f}{find / floor:11.1f}{staff / number * 1000:14.1f}{rule / number * 1000:14.1f}"
        )
        print(f"{size:>12,} persons{parts}{os.getloadavg()[0]:8.1f}", flush=True)


def erase_by_staff(person: UUID) -> bool:
    """Erase a person as the officer of the tests, where she is there still. Whether she was."""
    from cases.models import Case
    from oversight.rights.erasure import erase_data
    from oversight.rights.person import data_of_case
    from tests.oversight.rights.world import officer

    case = Case.objects.filter(pk=person).first()
    if case is not None:
        erase_data(by=officer(), data=data_of_case(case), reason_code="OBLIGED")
    return case is not None
