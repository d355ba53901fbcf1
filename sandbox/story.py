"""The way of a person through referrals and assessments: who refers her to whom, and what is corrected, withdrawn and decided.

Nothing here depends on the clock or on the database, so that a block is a function of the seed. Three rules make the figures of a
published year come out exactly. A person is identified in the month that was drawn, and by no authority earlier. Where the
assessment verifies nothing, the referral with the highest rank is right. Where that referral is mistaken, the assessment verifies
the attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from sandbox import weights
from sandbox.chance import Tokens, draw
from sandbox.decks import Decks
from sandbox.findings import Findings
from sandbox.organisations import SandboxRole
from sandbox.profile import SandboxPerson
from sandbox.rows import (
    DAY,
    FIRST_MONTH,
    HOUR,
    Desk,
    ReferralVersion,
    Rows,
    month_as_text,
    number_of_month,
    start_of_month,
)

O, S, A, P, I, C, M = SandboxRole  # noqa: E741
Route = tuple[SandboxRole, ...]
# The routes of identified persons, with 2.5 referrals on average.
ROUTES: Mapping[str, tuple[Route, ...]] = {
    "SEXUAL": ((O, C), (O, P, S), (P, S, I), (O, P, S, I), (I, S), (O,), (S, C, M), (O, S), (P, S)),
    "LABOUR": ((A, C), (P, A, C), (P, I), (A,), (P, S, A, C), (A, P, S), (P, C)),
    "CRIMINAL": ((P, I), (P, M, C), (M, S), (P, S, I), (P, M, S, C), (P,)),
}
ROUTES_ELSE: tuple[Route, ...] = ((O, S, C), (I, C), (P, S, I), (M, C), (S, P, C), (I,), (P, M, S, C))
LAGS = (0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 7, 9)

CORRECTED, REPORTED_AGAIN, WITHDRAWN_TOO, TOKEN_UNKNOWN = 0.09, 0.01, 0.05, 0.01
MISTAKEN, OUTRANKED = 0.2, 0.12


class Story:
    """Writes the rows of the persons of one block."""

    def __init__(
        self,
        desks: Mapping[SandboxRole, Desk],
        decks: Decks,
        tokens: Tokens,
        rng: Random,
        *,
        last_month: int,
        persons: int,
        test: bool = False,
    ) -> None:
        self.desks, self.decks, self.tokens, self.rng, self.test = desks, decks, tokens, rng, test
        self.rows = Rows(persons)
        self.findings = Findings(desks, decks, rng, last_month)

    def write_identified(self, person: SandboxPerson, number: int, year: int, *, late: bool = False) -> None:
        """Write a person who is identified in the year. `late`: recorded after the first count of the year was reported."""
        month = self.month_in(year)
        verification = self.findings.verification()
        case, at = self.write_referrals(person, number, month, self.route(person), verification)
        self.findings.write_identified(self.rows, case, person, verification, month, at, late=late)

    def not_identified(self, person: SandboxPerson, number: int, year: int) -> None:
        """Write a person who is assessed in the year and not identified."""
        month = self.month_in(year)
        case, at = self.write_referrals(person, number, month, self.route(person)[:2])
        self.findings.not_identified(self.rows, case, person, month, at)

    def pending(self, person: SandboxPerson, number: int, year: int) -> None:
        """Write a person whose assessment is not finished."""
        case, at = self.write_referrals(person, number, self.month_in(year), self.route(person)[:2])
        self.findings.pending(self.rows, case, person, at)

    def write_unassessed(self, person: SandboxPerson, number: int, year: int) -> None:
        """Write a person whom nobody assesses."""
        self.write_referrals(person, number, self.month_in(year), self.route(person)[:2])

    def month_in(self, year: int) -> int:
        return number_of_month(year, int(self.rng.random() * 12))

    def route(self, person: SandboxPerson) -> Route:
        """One way that persons of this form go."""
        routes = ROUTES.get(person.form, ROUTES_ELSE)
        return routes[int(self.rng.random() * len(routes))]

    def write_referrals(
        self, person: SandboxPerson, number: int, month: int, route: Route, verification: frozenset[str] | None = None
    ) -> tuple[str, int]:
        """Hand the person on along the route; return the case and the moment of the last referral.

        `verification` names the attributes that the assessment verifies; None where the person is not counted anyway.
        """
        rng = self.rng
        months = sorted(max(month - LAGS[int(rng.random() * len(LAGS))], FIRST_MONTH) for _ in route)
        moments = self.moments(months)
        first = self.desks[route[0]]
        unknown = rng.random() < TOKEN_UNKNOWN
        case = self.rows.case(rng, self.tokens.of(number), test=self.test, unknown=unknown, at=moments[0], by=first)
        consents, wrong = self.agreement(person, months, verification)
        for index, role in enumerate(route):
            earlier = weights.PREVIOUSLY_LATER if index else weights.PREVIOUSLY_FIRST
            common = self.common(person, role, months[index], consents[index], draw(earlier, rng))
            versions = self.versions(person, moments[index], wrong=wrong[index])
            self.rows.referral(rng, case, self.desks[role], common, versions)
        if rng.random() < WITHDRAWN_TOO:
            self.write_withdrawn(person, case, route[-1], months[-1], moments[-1])
        return case, moments[-1]

    def moments(self, months: list[int]) -> list[int]:
        """The moment of each referral: in office hours of its month, or some days after the one before it."""
        rng, moments = self.rng, list[int]()
        for month in months:
            own = start_of_month(month) + int(rng.random() * 26) * DAY + 7 * HOUR + int(rng.random() * 9 * HOUR)
            after = moments[-1] + HOUR + int(rng.random() * 3 * DAY) if moments else 0
            moments.append(max(own, after))
        return moments

    def agreement(
        self, person: SandboxPerson, months: list[int], verification: frozenset[str] | None
    ) -> tuple[list[str], list[bool]]:
        """The consent of each referral, and whether it is mistaken about the person."""
        rng = self.rng
        consents = [draw(weights.CONSENT, rng) for _ in months]
        wrong = [False] * len(months)
        if verification is None or person.mistake in verification:
            return consents, [rng.random() < MISTAKEN for _ in months]
        if months[0] < months[-1] and rng.random() < OUTRANKED:
            consents[0], consents[-1], wrong[0] = draw(weights.WITHOUT_CONSENT, rng), "GIVEN", True
        return consents, wrong

    def common(self, person: SandboxPerson, role: SandboxRole, month: int, consent: str, previously: str) -> str:
        """The columns that all versions of a referral share."""
        is_before = person.profile.exploited_in == "NOT_YET"
        controls = self.decks.control_before if is_before else self.decks.control
        place, control = self.draw_card(self.decks.place[role]), self.draw_card(controls)
        return f"{month_as_text(month)}\t{consent}\t{previously}\t{place}\t{control}"

    def versions(self, person: SandboxPerson, at: int, *, wrong: bool) -> list[ReferralVersion]:
        """The versions of a referral: mostly one, some corrected, a few withdrawn and reported again."""
        if wrong:
            return [self.version(person, at, "reported", wrong=True)]
        chance = self.rng.random()
        if chance < CORRECTED:
            later = at + DAY + int(self.rng.random() * 39 * DAY)
            return [self.version(person, at, "reported", wrong=True), self.version(person, later, "corrected")]
        first = self.version(person, at, "reported")
        if chance < CORRECTED + REPORTED_AGAIN:
            end = ReferralVersion(at + DAY, "withdrawn", first.who, first.support, "ENTERED_IN_ERROR")
            return [first, end, ReferralVersion(at + 2 * DAY, "reported", first.who, first.support)]
        return [first]

    def version(self, person: SandboxPerson, at: int, status: str, *, wrong: bool = False) -> ReferralVersion:
        """One version, right or mistaken about the person."""
        minor = person.wrong_minor if wrong else person.minor
        support = self.draw_card(self.decks.support_of_minors if minor else self.decks.support)
        return ReferralVersion(at, status, person.wrong_who if wrong else person.who, support)

    def write_withdrawn(self, person: SandboxPerson, case: str, role: SandboxRole, month: int, at: int) -> None:
        """Write one more referral of the same partner, which is mistaken and withdrawn."""
        first = self.version(person, at + HOUR, "reported", wrong=True)
        later = at + DAY + int(self.rng.random() * 29 * DAY)
        end = ReferralVersion(later, "withdrawn", first.who, first.support, draw(weights.WITHDRAWAL, self.rng))
        common = self.common(person, role, month, draw(weights.CONSENT, self.rng), "_U")
        self.rows.referral(self.rng, case, self.desks[role], common, [first, end])

    def draw_card(self, deck: tuple[str, ...]) -> str:
        return deck[int(self.rng.random() * len(deck))]
