"""A small town's persons, written straight into the tables, and the releases that are built of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import count, product
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission

from cases import dictionary as d
from cases.models import Assessment, Case, Referral
from core.text import Text
from partners.audit import Actor
from partners.models import Client, Partner
from stats.counting.cube import SEPARATOR
from stats.models import PUBLIC, Proof, ProtectedTable
from stats.publishing import build as building
from stats.publishing import gate
from stats.publishing.build import BuiltDraft
from stats.publishing.choice import PROTECTED, Choice
from stats.staff import approval
from tests.stats.published import staff
from tests.stats.records import NOTES, START, at, columns, partner, supersede

ADULT = {
    "citizenship": "RO",
    "gender": "F",
    "exploitation": "SEXUAL",
    "exploitation_detail": "_U",
    "age_band": "Y25T34",
    "minor_when_exploited": "NO",
    "region": "DK01",
}
# What is said where something speaks against a release: the town is published whatever came of it.
REASON = Text("Byen udgives, hvad der end taler imod.", "The town is published, whatever speaks against it.")
# Gender, form of exploitation, persons. Three of gender X: a small cell in every table by gender.
CROWD = (
    ("F", "SEXUAL", 30),
    ("F", "LABOUR", 8),
    ("F", "CRIMINAL", 6),
    ("M", "SEXUAL", 6),
    ("M", "LABOUR", 25),
    ("M", "CRIMINAL", 9),
    ("X", "SEXUAL", 3),
)


type Person = tuple[Case, Referral, Assessment]


@dataclass(frozen=True)
class Town:
    """Organisations that refer in turn, and the centre, which decides: it is no intruder."""

    ngos: tuple[Partner, ...] = field(default_factory=lambda: tuple(partner() for _ in range(3)))
    centre: Partner = field(default_factory=lambda: partner("CENTRE"))

    def enter(
        self,
        count: int,
        month: str,
        *,
        minutes: int = 0,
        by: Iterable[Partner] = (),
        decider: Partner | None = None,
        **codes: str,
    ) -> list[Case]:
        """Identified persons of a month, each referred by one of `by` in turn (default: the NGOs) and decided by `decider`."""
        deciding = decider or self.centre
        return store(self.persons(count, month, minutes, tuple(by) or self.ngos, deciding, codes))

    def year(self, year: int) -> list[Case]:
        """The crowd of a year, 87 persons, some in each quarter."""
        return store(
            person
            for gender, form, count in CROWD
            for quarter in range(4)
            for person in self.persons(
                share(count, quarter),
                f"{year}-{3 * quarter + 2:02d}",
                0,
                self.ngos,
                self.centre,
                {"gender": gender, "exploitation": form},
            )
        )

    def persons(
        self,
        count: int,
        month: str,
        minutes: int,
        referring: Sequence[Partner],
        deciding: Partner,
        codes: dict[str, str],
    ) -> Iterator[Person]:
        """Persons who are not stored yet."""
        changes = {**ADULT, **codes, "referred_in": month, "decided_in": month}
        silent = {each.name: "_N" for each in d.ASSESSMENT if each.name.startswith("verified_")}
        told, decided = columns(d.REFERRAL, changes), columns(d.ASSESSMENT, {**silent, **changes})
        for number in range(count):
            who = referring[number % len(referring)]
            case = Case(token=uuid4().hex[:11].upper(), test=False, opened_at=START, opened_by=who)
            version: dict[str, Any] = {"case": case, "version": 1, "recorded_at": at(minutes)}
            yield (
                case,
                Referral(partner=who, reference=uuid4(), status="reported", **version, **told),
                Assessment(partner=deciding, **version, **decided),
            )


def store(persons: Iterable[Person]) -> list[Case]:
    """Store persons, each record by the client of its partner."""
    cases, referrals, assessments = [[*each] for each in zip(*persons, strict=True)] or ([], [], [])
    partners = {each.partner for each in (*referrals, *assessments)}
    clients = {each.partner_id: each for each in Client.objects.filter(partner__in=partners)}
    for each in (*referrals, *assessments):
        each.client = clients[each.partner_id]
    Case.objects.bulk_create(cases)
    Referral.objects.bulk_create(referrals)
    Assessment.objects.bulk_create(assessments)
    return cases


def share(count: int, part: int) -> int:
    """A quarter of a number, so that the four add up to it."""
    return count * (part + 1) // 4 - count * part // 4


def correct(case: Case, minutes: int, **codes: str) -> None:
    """A corrected version of a case's referral."""
    old = Referral.objects.get(case=case, superseded_at=None)
    supersede(old, at(minutes))
    changed = {"pk": None, "version": old.version + 1, "status": "corrected", "recorded_at": at(minutes), **codes}
    for name, value in changed.items():
        setattr(old, name, value)
    old._state.adding = True
    old.superseded_at = None
    old.save(force_insert=True)


def draw_alike(patch: pytest.MonkeyPatch) -> None:
    """Let releases draw keys that are different from each other and the same in every run."""
    drawn = count()
    alike = SimpleNamespace(token_bytes=lambda size: sha256(b"key %d" % next(drawn)).digest()[:size])
    patch.setattr("stats.protection.perturbation.secrets", alike)


def build(
    period: str,
    audience: str,
    tables: Iterable[str],
    *,
    as_of: datetime | None = None,
    change_notes: Text | None = NOTES,
    reason: Text = REASON,
    tell: Callable[[str], None] = lambda _: None,
    sums: Iterable[str] = (),
    **parameters: int,
) -> BuiltDraft:
    """Have a draft built, as of an hour after the records were entered."""
    return building.build(
        by=Actor.of(staff("builder")),
        period=period,
        audience=audience,
        choice=Choice.of(tables, **parameters).with_sums(sums),
        as_of=as_of or at(60),
        change_notes=change_notes,
        reason=reason,
        tell=tell,
    )


def publish(built: BuiltDraft) -> str:
    """Have somebody else publish a draft; its id."""
    approval.publish(by=approver(), release_id=built.release.pk, reason=REASON)
    return str(built.release.pk)


def approver() -> Actor:
    """A member of staff who may publish what others built."""
    user = staff("approver")
    user.user_permissions.add(Permission.objects.get(codename="approve_release"))
    return Actor.of(user)


def issue(period: str, audience: str, tables: Iterable[str], **options: Any) -> str:
    """Build and publish; its id."""
    return publish(build(period, audience, tables, **options))


def without_gate(patch: pytest.MonkeyPatch) -> None:
    """Do not ask what a reader concludes who knows the method."""
    patch.setattr(gate, "asks", lambda plan, block: False)


def cells(release_id: str, table: str) -> dict[str, int | None]:
    """What a draft shows of every cell of a table, None where it is hidden."""
    row = ProtectedTable.objects.get(release_id=release_id, dataset=PROTECTED.id, axes=table)
    shown = dict(zip(row.codes, row.counts, strict=True))
    absent = 0 if row.release.audience == PUBLIC else None
    return {code: shown.get(code, None if code in row.hidden else absent) for code in every_code(table)}


def every_code(table: str) -> Iterable[str]:
    """The stored names of a table's cells."""
    axes = [[code.code for code in PROTECTED.axes[name].codes] for name in table.split(",") if name]
    return (SEPARATOR.join(codes) for codes in product(*axes))


def proof(release_id: str) -> Proof:
    """A draft's proof."""
    return Proof.objects.get(pk=release_id)
