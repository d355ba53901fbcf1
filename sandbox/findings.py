"""The assessments of a block. One authority identifies a person first; the second authority never decides earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from cases.dictionary import PREPARED_RETURN
from cases.rules import DECISIONS
from sandbox import weights
from sandbox.chance import NULL, draw
from sandbox.decks import BLANK_COURSE, COURSE_COLUMNS, Decks
from sandbox.organisations import SandboxRole
from sandbox.profile import SandboxPerson
from sandbox.rows import (
    BLANK_VERIFIED,
    DAY,
    AssessmentVersion,
    Desk,
    Rows,
    month_as_text,
    month_of_moment,
    number_of_month,
    start_of_month,
)

UNLAWFUL = frozenset({"NO_LEGAL_STAY", "ASYLUM_SEEKER"})
EVERYTHING = frozenset({"gender", "age_band", "citizenship", "exploitation"})
SOMETHING = frozenset({"gender", "exploitation"})
NOTHING: frozenset[str] = frozenset()
# Cumulated shares: of verification, of the ways to a decision, and of a second authority's decision.
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

    def write_identified(
        self,
        rows: Rows,
        case: str,
        person: SandboxPerson,
        verification: frozenset[str],
        month: int,
        after: int,
        *,
        late: bool,
    ) -> None:
        """Write the decision in its month, the versions before it, and the decision of another authority."""
        role = authority(person)
        at = self.decided_at(month, after)
        before = self.between(after, at)
        if late:
            at = self.after_the_first_report(month)
        decision = self.victim(person, role, verification, month, at)
        versions = [pending_version(before), decision] if late else self.versions(decision, before)
        rows.assessment(self.rng, case, self.desks[role], versions)
        if not late and self.desks[SandboxRole.CENTRE] != self.desks[SandboxRole.IMMIGRATION]:
            self.second(rows, case, person, verification, month, at, role)

    def versions(self, decision: AssessmentVersion, before: int) -> list[AssessmentVersion]:
        """The versions of an assessment: one, or with a pending or a contrary version before it, or with the course added later."""
        chance = self.rng.random()
        if chance < PENDING_FIRST:
            return [pending_version(before), decision]
        if chance < REVERSED:
            refusal = AssessmentVersion(
                before, "NOT_IDENTIFIED", decision.decided_by, month_as_text(month_of_moment(before))
            )
            return [refusal, decision]
        if chance < UPDATED:
            later = decision.at + 10 * DAY + int(self.rng.random() * 50 * DAY)
            return [replace(decision, course=BLANK_COURSE), replace(decision, at=later)]
        return [decision]

    def second(
        self,
        rows: Rows,
        case: str,
        person: SandboxPerson,
        verification: frozenset[str],
        month_of_decision: int,
        after: int,
        first: SandboxRole,
    ) -> None:
        """Write, for some persons, a decision of the other authority in the same month or later. It may agree or differ."""
        chance = self.rng.random()
        if chance >= SECOND_DIFFERS:
            return
        role = SandboxRole.CENTRE if first == SandboxRole.IMMIGRATION else SandboxRole.IMMIGRATION
        month = min(month_of_decision + int(self.rng.random() * 9), self.last_month)
        at = max(start_of_month(month), after) + DAY + int(self.rng.random() * 20 * DAY)
        if chance < SECOND_AGREES:
            decision = self.victim(person, role, verification, month, at)
        else:
            decision = AssessmentVersion(at, "NOT_IDENTIFIED", self.in_name_of(role), month_as_text(month))
        rows.assessment(self.rng, case, self.desks[role], [decision])

    def not_identified(self, rows: Rows, case: str, person: SandboxPerson, month: int, after: int) -> None:
        """Write an assessment that does not identify the person, in its month."""
        role = authority(person)
        at = self.decided_at(month, after)
        outcome = draw(weights.NOT_AS_VICTIM, self.rng)
        by = self.in_name_of(role) if outcome in DECISIONS else "_Z"
        decision = AssessmentVersion(at, outcome, by, month_as_text(month))
        first = [pending_version(self.between(after, at))] if self.rng.random() < PENDING_FIRST else []
        rows.assessment(self.rng, case, self.desks[role], [*first, decision])

    def pending(self, rows: Rows, case: str, person: SandboxPerson, after: int) -> None:
        """Write an assessment that is not finished."""
        at = after + DAY + int(self.rng.random() * 20 * DAY)
        rows.assessment(self.rng, case, self.desks[authority(person)], [pending_version(at)])

    def victim(
        self, person: SandboxPerson, role: SandboxRole, verification: frozenset[str], month: int, at: int
    ) -> AssessmentVersion:
        """A version that identifies the person. What of the person is verified depends on `verification`; the rest is left out."""
        deck = self.decks.lawful_course if person.profile.residence_basis not in UNLAWFUL else self.decks.course
        course = course_of(deck[int(self.rng.random() * len(deck))], person)
        blanks = {EVERYTHING: person.verified_columns, SOMETHING: person.partly_verified}.get(
            verification, BLANK_VERIFIED
        )
        return AssessmentVersion(at, "IDENTIFIED", self.in_name_of(role), month_as_text(month), course, blanks)

    def in_name_of(self, role: SandboxRole) -> str:
        """The authority in whose name a partner with this role decides."""
        if role == SandboxRole.IMMIGRATION:
            return "IMMIGRATION_SERVICE"
        chance = self.rng.random()
        return "CENTRE" if chance < CENTRE_ITSELF else "SIRI" if chance < SIRI else "COURT"

    def decided_at(self, month: int, after: int) -> int:
        """The moment of a decision: in its month, or within three weeks of the last referral."""
        own = start_of_month(month) + (3 + int(self.rng.random() * 24)) * DAY
        return max(own, after + DAY + int(self.rng.random() * 20 * DAY))

    def between(self, after: int, until: int) -> int:
        """A moment strictly between two that are a day or more apart."""
        return after + 1 + int(self.rng.random() * (until - after - 1))

    def after_the_first_report(self, month: int) -> int:
        """A moment from August of the next year on, after the first count of the year was reported."""
        return start_of_month(number_of_month(month // 12 + 1, 7)) + int(self.rng.random() * 140 * DAY)


def course_of(card: str, person: SandboxPerson) -> str:
    """A card of a course, with the prepared return that the figures of the year demand of a person."""
    if not person.prepared_return:
        return card
    columns = dict(zip(COURSE_COLUMNS, card.split("\t"), strict=True))
    return "\t".join((columns | {PREPARED_RETURN.name: person.prepared_return}).values())


def pending_version(at: int) -> AssessmentVersion:
    """The version of an assessment that has begun."""
    return AssessmentVersion(at, "PENDING", "_Z", NULL)


def authority(person: SandboxPerson) -> SandboxRole:
    """The role that assesses: the immigration authority for persons without lawful stay, the centre for all others."""
    return SandboxRole.IMMIGRATION if person.profile.residence_basis in UNLAWFUL else SandboxRole.CENTRE
