"""What the authorities find. An identified person is identified by one authority first; the second never decides earlier."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from cases.rules import DECISIONS
from cases.sandbox import clock, weights
from cases.sandbox.clock import DAY
from cases.sandbox.decks import Decks
from cases.sandbox.organisations import Role
from cases.sandbox.profile import Person
from cases.sandbox.rows import NULL, Desk, Finding, Rows
from cases.sandbox.weights import draw

UNLAWFUL = frozenset({"NO_LEGAL_STAY", "ASYLUM_SEEKER"})
EVERYTHING = frozenset({"gender", "age_band", "citizenship", "exploitation"})
SOMETHING = frozenset({"gender", "exploitation"})
NOTHING: frozenset[str] = frozenset()
# Shares of the ways in which a decision comes about, and of a second authority's part in it.
VERIFIED, PARTLY_VERIFIED = 0.55, 0.70
PENDING_FIRST, REVERSED, UPDATED = 0.35, 0.42, 0.55
SECOND_AGREES, SECOND_DIFFERS = 0.10, 0.17


class Findings:
    """Writes the assessments of one block."""

    def __init__(self, desks: Mapping[Role, Desk], decks: Decks, rng: Random, last_month: int) -> None:
        self.desks, self.decks, self.rng, self.last_month = desks, decks, rng, last_month

    def verification(self, _person: Person) -> frozenset[str]:
        """The attributes that the assessment will verify."""
        chance = self.rng.random()
        return EVERYTHING if chance < VERIFIED else SOMETHING if chance < PARTLY_VERIFIED else NOTHING

    def identified(
        self, rows: Rows, case: str, person: Person, settled: frozenset[str], decided: int, after: int, *, late: bool
    ) -> None:
        """The decision in its month, what went before it, and what another authority makes of the case."""
        rng, role = self.rng, authority(person)
        at = self.decided_at(decided, after)
        before = after + int(rng.random() * (at - after - 1)) + 1
        if late:
            # After the summer of the next year, when the first count has been reported.
            at = clock.start(clock.month(decided // 12 + 1, 7)) + int(rng.random() * 140 * DAY)
        found = self.victim(person, role, settled, decided, at)
        chance = rng.random()
        versions = [found]
        if late or chance < PENDING_FIRST:
            versions = [undecided(before), found]
        elif chance < REVERSED:
            earlier = Finding(before, "NOT_IDENTIFIED", found.decided_by, found.decided_in)
            versions = [earlier, found]
        elif chance < UPDATED:
            later = at + 10 * DAY + int(rng.random() * 50 * DAY)
            first = Finding(at, found.outcome, found.decided_by, found.decided_in, verified=found.verified)
            versions = [first, Finding(later, *tail(found))]
        rows.assessment(rng, case, self.desks[role], versions)
        if not late and not person.minor:
            self.second(rows, case, person, settled, decided, at, role)

    def second(
        self, rows: Rows, case: str, person: Person, settled: frozenset[str], decided: int, after: int, first: Role
    ) -> None:
        """Now and then the other authority decides too, in the same month or later, and agrees or not."""
        rng = self.rng
        chance = rng.random()
        if chance >= SECOND_DIFFERS:
            return
        role = Role.CENTRE if first == Role.IMMIGRATION else Role.IMMIGRATION
        month = min(decided + int(rng.random() * 9), self.last_month)
        at = max(clock.start(month), after) + DAY + int(rng.random() * 20 * DAY)
        if chance < SECOND_AGREES:
            found = self.victim(person, role, settled, month, at)
        else:
            found = Finding(at, "NOT_IDENTIFIED", self.deciding(role), clock.text(month))
        rows.assessment(rng, case, self.desks[role], [found])

    def not_identified(self, rows: Rows, case: str, person: Person, decided: int, after: int) -> None:
        """An assessment that does not identify, in its month."""
        role = authority(person)
        at = self.decided_at(decided, after)
        outcome = draw(weights.NOT_AS_VICTIM, self.rng)
        by = self.deciding(role) if outcome in DECISIONS else "_Z"
        found = Finding(at, outcome, by, clock.text(decided))
        before = undecided(after + int(self.rng.random() * (at - after - 1)) + 1)
        versions = [before, found] if self.rng.random() < PENDING_FIRST else [found]
        rows.assessment(self.rng, case, self.desks[role], versions)

    def pending(self, rows: Rows, case: str, person: Person, after: int) -> None:
        """An assessment that is under way."""
        at = after + DAY + int(self.rng.random() * 20 * DAY)
        rows.assessment(self.rng, case, self.desks[authority(person)], [undecided(at)])

    def victim(self, person: Person, role: Role, settled: frozenset[str], decided: int, at: int) -> Finding:
        """A finding that the person is a victim."""
        deck = self.decks.course if person.profile.residence_basis in UNLAWFUL else self.decks.lawful_course
        course = deck[int(self.rng.random() * len(deck))]
        found = Finding(at, "IDENTIFIED", self.deciding(role), clock.text(decided), course)
        if settled:
            verified = person.verified if settled == EVERYTHING else person.partly_verified
            return Finding(*head(found), verified)
        return found

    def deciding(self, role: Role) -> str:
        """In whose name a partner of this role decides."""
        if role == Role.IMMIGRATION:
            return "IMMIGRATION_SERVICE"
        chance = self.rng.random()
        return "CENTRE" if chance < 0.95 else "SIRI" if chance < 0.98 else "COURT"  # noqa: PLR2004

    def decided_at(self, decided: int, after: int) -> int:
        """When a decision is recorded: in its month, or within three weeks of the last referral."""
        own = clock.start(decided) + (3 + int(self.rng.random() * 24)) * DAY
        return max(own, after + DAY + int(self.rng.random() * 20 * DAY))
