"""What the authorities find. An identified person is identified by one authority first; the second never decides earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from cases.intake.rules import DECISIONS
from cases.sandbox import clock, weights
from cases.sandbox.chance import NULL, draw
from cases.sandbox.clock import DAY
from cases.sandbox.decks import BLANK_COURSE, Decks
from cases.sandbox.organisations import SandboxRole
from cases.sandbox.profile import SandboxPerson
from cases.sandbox.rows import BLANK_VERIFIED, AssessmentVersion, Desk, Rows

UNLAWFUL = frozenset({"NO_LEGAL_STAY", "ASYLUM_SEEKER"})
EVERYTHING = frozenset({"gender", "age_band", "citizenship", "exploitation"})
SOMETHING = frozenset({"gender", "exploitation"})
NOTHING: frozenset[str] = frozenset()
# Cumulated shares: what is verified, how a decision comes about, and a second authority's part in it.
VERIFIED, PARTLY_VERIFIED = 0.55, 0.70
PENDING_FIRST, REVERSED, UPDATED = 0.35, 0.42, 0.55
SECOND_AGREES, SECOND_DIFFERS = 0.10, 0.17
CENTRE_ITSELF, SIRI = 0.95, 0.98


class Findings:
    """Writes the assessments of one block."""

    def __init__(self, desks: Mapping[SandboxRole, Desk], decks: Decks, rng: Random, last_month: int) -> None:
        self.desks, self.decks, self.rng, self.last_month = desks, decks, rng, last_month

    def verification(self) -> frozenset[str]:
        """The attributes that an assessment will verify."""
        chance = self.rng.random()
        return EVERYTHING if chance < VERIFIED else SOMETHING if chance < PARTLY_VERIFIED else NOTHING

    def identified(
        self,
        rows: Rows,
        case: str,
        person: SandboxPerson,
        settled: frozenset[str],
        decided: int,
        after: int,
        *,
        late: bool,
    ) -> None:
        """The decision in its month, what went before it, and what another authority makes of the case."""
        role = authority(person)
        at = self.decided_at(decided, after)
        before = self.between(after, at)
        if late:
            at = self.after_the_first_report(decided)
        found = self.victim(person, role, settled, decided, at)
        versions = [pending_version(before), found] if late else self.versions(found, before)
        rows.assessment(self.rng, case, self.desks[role], versions)
        if not late and self.desks[SandboxRole.CENTRE] != self.desks[SandboxRole.IMMIGRATION]:
            self.second(rows, case, person, settled, decided, at, role)

    def versions(self, found: AssessmentVersion, before: int) -> list[AssessmentVersion]:
        """Decided at once, or after it was pending, or against a first decision, or with its course added later."""
        chance = self.rng.random()
        if chance < PENDING_FIRST:
            return [pending_version(before), found]
        if chance < REVERSED:
            refused = AssessmentVersion(before, "NOT_IDENTIFIED", found.decided_by, clock.text(clock.month_of(before)))
            return [refused, found]
        if chance < UPDATED:
            later = found.at + 10 * DAY + int(self.rng.random() * 50 * DAY)
            return [replace(found, course=BLANK_COURSE), replace(found, at=later)]
        return [found]

    def second(
        self,
        rows: Rows,
        case: str,
        person: SandboxPerson,
        settled: frozenset[str],
        decided: int,
        after: int,
        first: SandboxRole,
    ) -> None:
        """Now and then the other authority decides too, in the same month or later, and agrees or not."""
        chance = self.rng.random()
        if chance >= SECOND_DIFFERS:
            return
        role = SandboxRole.CENTRE if first == SandboxRole.IMMIGRATION else SandboxRole.IMMIGRATION
        month = min(decided + int(self.rng.random() * 9), self.last_month)
        at = max(clock.start(month), after) + DAY + int(self.rng.random() * 20 * DAY)
        if chance < SECOND_AGREES:
            found = self.victim(person, role, settled, month, at)
        else:
            found = AssessmentVersion(at, "NOT_IDENTIFIED", self.in_name_of(role), clock.text(month))
        rows.assessment(self.rng, case, self.desks[role], [found])

    def not_identified(self, rows: Rows, case: str, person: SandboxPerson, decided: int, after: int) -> None:
        """An assessment that does not identify, in its month."""
        role = authority(person)
        at = self.decided_at(decided, after)
        outcome = draw(weights.NOT_AS_VICTIM, self.rng)
        by = self.in_name_of(role) if outcome in DECISIONS else "_Z"
        found = AssessmentVersion(at, outcome, by, clock.text(decided))
        first = [pending_version(self.between(after, at))] if self.rng.random() < PENDING_FIRST else []
        rows.assessment(self.rng, case, self.desks[role], [*first, found])

    def pending(self, rows: Rows, case: str, person: SandboxPerson, after: int) -> None:
        """An assessment that is under way."""
        at = after + DAY + int(self.rng.random() * 20 * DAY)
        rows.assessment(self.rng, case, self.desks[authority(person)], [pending_version(at)])

    def victim(
        self, person: SandboxPerson, role: SandboxRole, settled: frozenset[str], decided: int, at: int
    ) -> AssessmentVersion:
        """A finding that the person is a victim."""
        deck = self.decks.lawful_course if person.profile.residence_basis not in UNLAWFUL else self.decks.course
        course = deck[int(self.rng.random() * len(deck))]
        verified = {EVERYTHING: person.verified, SOMETHING: person.partly_verified}.get(settled, BLANK_VERIFIED)
        return AssessmentVersion(at, "IDENTIFIED", self.in_name_of(role), clock.text(decided), course, verified)

    def in_name_of(self, role: SandboxRole) -> str:
        """In whose name a partner of this role decides."""
        if role == SandboxRole.IMMIGRATION:
            return "IMMIGRATION_SERVICE"
        chance = self.rng.random()
        return "CENTRE" if chance < CENTRE_ITSELF else "SIRI" if chance < SIRI else "COURT"

    def decided_at(self, decided: int, after: int) -> int:
        """When a decision is recorded: in its month, or within three weeks of the last referral."""
        own = clock.start(decided) + (3 + int(self.rng.random() * 24)) * DAY
        return max(own, after + DAY + int(self.rng.random() * 20 * DAY))

    def between(self, after: int, until: int) -> int:
        """A moment strictly between two that are a day or more apart."""
        return after + 1 + int(self.rng.random() * (until - after - 1))

    def after_the_first_report(self, decided: int) -> int:
        """A moment from August of the next year on, when the first count of the year has been reported."""
        return clock.start(clock.month(decided // 12 + 1, 7)) + int(self.rng.random() * 140 * DAY)


def pending_version(at: int) -> AssessmentVersion:
    """An assessment that has begun."""
    return AssessmentVersion(at, "PENDING", "_Z", NULL)


def authority(person: SandboxPerson) -> SandboxRole:
    """Who assesses: the immigration authority whoever has no lawful stay, the centre everybody else."""
    return SandboxRole.IMMIGRATION if person.profile.residence_basis in UNLAWFUL else SandboxRole.CENTRE
