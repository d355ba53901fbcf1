"""Three years of referrals and late decisions, with merges, withdrawals, an erasure and a restriction, against plain dictionaries.

After each year everything is built again, and every figure of `presumed` is what the dictionaries say: persons by year, sex,
outcome and wait, and the cohort of who was identified by the end of which year.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import pytest

from cases import tokens
from cases.linking.decisions import merge
from cases.models import Case, Referral
from cases.versions import Status
from oversight.rights.erasure import erase_data
from oversight.rights.person import find
from partners.audit import COMMAND
from partners.models import Partner
from stats.counting import build as release
from tests.oversight.rights.restricting import inform, lift_from, restrict
from tests.oversight.rights.world import officer
from tests.stats.reading import table
from tests.stats.records import NOTES, START, assessment, partner, referral, supersede

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]
YEARS = (2021, 2022, 2023)
AXES = ("gender", "identified_by", "referral_outcome", "wait")
BANDS = {"W_LE1": 1, "W2T3": 3, "W4T6": 6, "W7T12": 12, "W_GT12": 10_000}
FOUND = {"IDENTIFIED": "IDENTIFIED", "INSUFFICIENT": "NOT_IDENTIFIED", "DECLINED": "LEFT", "TRANSFERRED": "ELSEWHERE"}


@dataclass
class Subject:
    """A person: months of her referrals that stand, by id, as months since year 0; what was found, and when."""

    case: Case
    gender: str
    referrals: dict[UUID, int] = field(default_factory=dict)
    finding: tuple[str, int] | None = None

    def row(self) -> dict[str, Any]:
        """What a release says of her."""
        first = min(self.referrals.values())
        outcome, month = self.finding or ("", first)
        said = FOUND.get(outcome, "NO_DECISION")
        waited, years = month - first, min(max(month // 12 - first // 12, 0), 3)
        is_decided = said in {"IDENTIFIED", "NOT_IDENTIFIED"}
        return {
            "year": first // 12,
            "gender": self.gender,
            "referral_outcome": said,
            "wait": next(band for band, most in BANDS.items() if waited <= most) if is_decided else "_Z",
            "identified_by": ("Y0", "Y1", "Y2", "Y_GE3")[years] if said == "IDENTIFIED" else "_Z",
        }


def words(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


@dataclass
class Town:
    """Everybody, who sends and who decides."""

    ngo: Partner
    authority: Partner
    draw: Random
    everybody: list[Subject] = field(default_factory=list)
    away: list[Subject] = field(default_factory=list)

    def refer(self, subject: Subject, month: int) -> Referral:
        """A referral, and its month in the dictionaries."""
        row = referral(subject.case, self.ngo, referred_in=words(month), gender=subject.gender)
        subject.referrals[row.pk] = month
        return row

    def live_through(self, year: int) -> None:
        """A year: new persons, some referred twice, some decided, and late decisions on those of earlier years."""
        for number in range(14):
            case = Case.objects.create(token=tokens.mint(), opened_at=START, opened_by=self.ngo)
            new = Subject(case, "FMX"[number % 3])
            self.everybody.append(new)
            for _ in range(self.draw.choice((1, 1, 2))):
                self.refer(new, 12 * year + self.draw.randrange(12))
        for subject in self.everybody:
            if subject.finding is None and subject.referrals and self.draw.random() < 0.45:
                month = max(min(subject.referrals.values()), 12 * year) + self.draw.randrange(4)
                subject.finding = self.draw.choice(list(FOUND)), month
                assessment(subject.case, self.authority, outcome=subject.finding[0], decided_in=words(month))

    def withdraw(self) -> None:
        """The first referral of somebody who has two is withdrawn: the other gives the month."""
        subject = next(each for each in self.everybody if len(each.referrals) > 1)
        wrong = Referral.objects.get(pk=min(subject.referrals, key=lambda key: subject.referrals[key]))
        later = START.replace(year=2025)
        supersede(wrong, later)
        again = {"version": 2, "recorded_at": later, "reference": wrong.reference, "reason_code": "DUPLICATE"}
        referral(
            subject.case,
            self.ngo,
            status=str(Status.WITHDRAWN),
            referred_in=words(subject.referrals[wrong.pk]),
            **again,
        )
        del subject.referrals[wrong.pk]

    def bring_together(self) -> None:
        """Two undecided persons of one sex are one."""
        one, other = [each for each in self.everybody if each.finding is None and each.gender == "F"][:2]
        merge(by=COMMAND, cases=[one.case.pk, other.case.pk], reason_code="CONFIRMED")
        one.referrals |= other.referrals
        self.everybody.remove(other)

    def erase(self) -> None:
        """Somebody asks to be erased, and is in nothing that is built afterwards."""
        gone = self.everybody.pop(3)
        erase_data(by=officer(), data=find(gone.case.token, test=False), reason_code="OBLIGED")

    def told(self, first: int, last: int, axis: str) -> dict[tuple[str, ...], int]:
        """The persons of some years by an axis, as the dictionaries have them."""
        rows = [each.row() for each in self.everybody if each not in self.away and each.referrals]
        return dict(Counter((row[axis],) for row in rows if first <= row["year"] <= last))


def agree(town: Town) -> None:
    """Every figure of each year, and of all of them, is what the dictionaries say."""
    for first, last in (*((year, year) for year in YEARS), (YEARS[0], YEARS[-1])):
        period = f"{first}" if first == last else f"{first}-{last}"
        built = release.build(by=COMMAND, period=period, depth=1, change_notes=NOTES).release.pk
        for axis in AXES:
            cells = {codes: count for codes, count in table(built, "presumed", axis).items() if count}
            assert cells == town.told(first, last, axis), (period, axis)


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_of_a_cohort_is_what_dictionaries_say(seed: int) -> None:
    town = Town(partner("NGO"), partner("IMMIGRATION"), Random(seed))
    for year, then in zip(YEARS, (Town.withdraw, Town.bring_together, Town.erase), strict=True):
        town.live_through(year)
        agree(town)
        then(town)
        agree(town)
    subject = next(each for each in town.everybody if each.finding is not None)
    request = restrict(subject.case.token)
    town.away.append(subject)
    agree(town)
    lift_from(inform(request))
    town.away.clear()
    agree(town)
