"""Any sequence of merges and splits, undone in any order, restores every count. A model says at each step who counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, note, settings
from hypothesis import strategies as st

from cases import tokens
from cases.linking.decisions import LinkRefused, merge, split, undo
from cases.linking.models import CaseLink, LinkDecision, RecordLink
from cases.linking.persons import records_of
from cases.models import Case
from partners.audit import COMMAND
from tests.cases.linking.world import rows
from tests.stats.records import START, assessment, partner, referral

# A record by its partner and its reference; of an assessment the case in the reference's place.
Key = tuple[UUID, UUID]
WHY = "CONFIRMED"
KINDS = ("merge", "merge", "split", "again", "undo")


@dataclass
class Model:
    """Who counts, told with dictionaries."""

    opened: dict[UUID, int]
    own: dict[Key, UUID]
    decided: dict[Key, date]
    referred: dict[Key, date]
    merges: dict[UUID, set[UUID]] = field(default_factory=dict)
    splits: dict[UUID, tuple[set[Key], UUID]] = field(default_factory=dict)

    def place(self, record: Key) -> UUID:
        """The case of a record: that of the last split that stands."""
        return next((new for moved, new in reversed(self.splits.values()) if record in moved), self.own[record])

    def records(self, case: UUID) -> list[Key]:
        """The records of a case."""
        return sorted(record for record in self.own if self.place(record) == case)

    def person(self, case: UUID) -> UUID:
        """The case opened first of all that merges lead to."""
        group = {case}
        while more := {each for named in self.merges.values() if named & group for each in named} - group:
            group |= more
        return min(group, key=lambda each: self.opened[each])

    def earliest(self, months: dict[Key, date]) -> dict[UUID, date]:
        """The earliest of the months of each person's records."""
        found: dict[UUID, date] = {}
        for record, month in months.items():
            who = self.person(self.place(record))
            found[who] = min(month, found.get(who, month))
        return found

    def identified(self) -> dict[UUID, date]:
        """The month of the earliest decision on each person."""
        return self.earliest(self.decided)

    def presumed(self) -> dict[UUID, tuple[date, str, str, str]]:
        """The month of the first referral of each person; what became of her, after how long, and in which year after."""
        decided = self.identified()
        return {
            who: (month, *(became(month, decided[who]) if who in decided else ("NO_DECISION", "_Z", "_Z")))
            for who, month in self.earliest(self.referred).items()
        }

    def undo(self, decision: UUID) -> None:
        """A decision no longer stands."""
        self.merges.pop(decision, None)
        self.splits.pop(decision, None)


def became(referred: date, decided: date) -> tuple[str, str, str]:
    """What became of a person who was referred in one month and identified in another."""
    wait = 12 * (decided.year - referred.year) + decided.month - referred.month
    bands = ((1, "W_LE1"), (3, "W2T3"), (6, "W4T6"), (12, "W7T12"), (wait, "W_GT12"))
    years = ("Y0", "Y1", "Y2", "Y_GE3")
    return "IDENTIFIED", next(band for most, band in bands if wait <= most), years[min(decided.year - referred.year, 3)]


def fill() -> Model:
    """Five cases: some with referrals, some with decisions of one authority or of two."""
    centre, service, ngo, police = (partner(kind) for kind in ("CENTRE", "IMMIGRATION", "NGO", "POLICE"))
    opened: dict[UUID, int] = {}
    own: dict[Key, UUID] = {}
    decided, referred = {}, {}
    for number in range(5):
        later = {"opened_at": START + timedelta(days=number), "opened_by": ngo}
        case = Case.objects.create(token=tokens.mint(), **later)
        opened[case.pk] = number
        for who in [ngo, police, ngo][: number % 4]:
            month = date(2020 + number % 3, 9 - len(own), 1)
            made = referral(case, who, region=f"DK0{number + 1}", referred_in=month.strftime("%Y-%m"))
            own[(who.pk, made.reference)] = case.pk
            referred[(who.pk, made.reference)] = month
        for who in [centre, service][: (number + 1) % 3]:
            month = date(2023, 1 + (5 * number + len(own)) % 12, 1)
            assessment(case, who, decided_in=month)
            own[(who.pk, case.pk)] = case.pk
            decided[(who.pk, case.pk)] = month
    return Model(opened, own, decided, referred)


def names(records: list[Key], model: Model) -> tuple[list[Key], list[UUID]]:
    """Referrals, and the authorities of assessments."""
    return (
        [record for record in records if record[1] not in model.opened],
        [partner for partner, case in records if case in model.opened],
    )


def step(model: Model, kind: str, numbers: list[int]) -> None:
    """One decision, in the service and in the model; one that is refused is refused for a reason that the model knows."""
    cases = sorted(model.opened, key=lambda each: model.opened[each])
    if kind == "merge":
        chosen = {cases[number % len(cases)] for number in numbers}
        one = len({model.person(case) for case in chosen}) == 1
        try:
            made = merge(by=COMMAND, cases=list(chosen), reason_code=WHY)
        except LinkRefused:
            assert one
        else:
            assert not one
            model.merges[made.pk] = chosen
    elif kind in {"split", "again"}:
        # Again: what the last split moved away is divided once more.
        split_off = [case for _, case in model.splits.values()]
        case = split_off[-1] if kind == "again" and split_off else cases[numbers[0] % len(cases)]
        there = model.records(case)
        moved = sorted({there[number % len(there)] for number in numbers[1:]}) if there else []
        referrals, authorities = names(moved, model)
        # An authority's assessments of a case go together: two may have come from two cases.
        moved = [each for each in there if each in moved or (each[1] in model.opened and each[0] in authorities)]
        try:
            made, new = split(by=COMMAND, case=case, referrals=referrals, assessments=authorities, reason_code=WHY)
        except LinkRefused:
            assert not moved or moved == there
        else:
            assert 0 < len(moved) < len(there)
            model.opened[new.pk] = len(model.opened)
            model.splits[made.pk] = set(moved), new.pk
    elif standing := [*model.merges, *model.splits]:
        take_back(model, standing[numbers[0] % len(standing)])


def take_back(model: Model, decision: UUID) -> None:
    """Undo a decision."""
    undo(by=COMMAND, decision=decision, reason_code="WRONG_DECISION")
    model.undo(decision)


def agree(model: Model) -> None:
    """The service counts whom the model counts, and every record is of just one case."""
    assert {row[0]: row[2] for row in rows()} == model.identified()
    # Before the last column, which names what is unresolved, stands what became of her.
    assert {row[0]: (row[2], *row[-4:-1]) for row in rows("presumed")} == model.presumed()
    there = {case: {record.version for record in records_of(case)} for case in model.opened}
    assert sum(map(len, there.values())) == len(model.own)
    assert {case: len(found) for case, found in there.items()} == {
        case: len(model.records(case)) for case in model.opened
    }


def sequence(draw: Random) -> list[tuple[str, list[int]]]:
    """Some decisions on whatever is there. Drawn evenly: lists that shrink hardly ever divide what was divided before."""
    return [(draw.choice(KINDS), [draw.randrange(12) for _ in range(4)]) for _ in range(draw.randint(3, 8))]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_any_sequence_undone_in_any_order_restores_every_count(seed: int) -> None:
    order = Random(seed)
    steps = sequence(order)
    note(str(steps))
    with transaction.atomic():
        model = fill()
        before, referrals = rows(), rows("referrals")
        agree(model)
        for kind, numbers in steps:
            step(model, kind, numbers)
            agree(model)
            assert rows("referrals") == referrals
        left = [*model.merges, *model.splits]
        order.shuffle(left)
        for decision in left:
            take_back(model, decision)
            agree(model)
        assert rows() == before
        assert not CaseLink.objects.current().exists()
        assert not RecordLink.objects.current().exists()
        assert LinkDecision.objects.filter(undone_by=None).exclude(kind="UNDO").count() == 0
        transaction.set_rollback(True)
