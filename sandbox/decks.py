"""Decks: prepared parts of referrals and assessments, drawn once and used many times.

A card is the text of some columns, as COPY reads it: the place, the means of control, the support, the course of an assessment.
Writing a million persons only joins cards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED
from sandbox import weights
from sandbox.chance import Weights, absent_value, draw, draw_any, draw_set, fields_without_weights, stream
from sandbox.organisations import SandboxRole

SIZE = 400
Deck = tuple[str, ...]

AGREED_COLUMNS = ("referred_in", "consent", "previously_referred")
PLACE_COLUMNS = ("region", "setting", "detected_by")
CONTROL_COLUMNS = ("means_of_control", "recruiter", "duration")
SUPPORT_COLUMNS = ("unaccompanied_minor", "guardian_assigned", "services_needed", "services_given")
DECISION_COLUMNS = ("outcome", "decided_by", "decided_in")
VERIFIED_COLUMNS = (
    "verified_gender", "verified_age_band", "verified_citizenship", "verified_exploitation", "verified_exploitation_detail",
)  # fmt: skip
WEIGHTED_COURSE_COLUMNS = ("reflection", "reflection_days", "prepared_return", "residence_outcome")
OTHER_COURSE_FIELDS = fields_without_weights(
    d.ASSESSMENT, {*DECISION_COLUMNS, *VERIFIED_COLUMNS, *WEIGHTED_COURSE_COLUMNS}
)
COURSE_COLUMNS = (*WEIGHTED_COURSE_COLUMNS, *(field.name for field in OTHER_COURSE_FIELDS))
BLANK_COURSE = "\t".join([*["_N"] * len(WEIGHTED_COURSE_COLUMNS), *map(absent_value, OTHER_COURSE_FIELDS)])

SETTINGS: Mapping[SandboxRole, Weights] = {
    SandboxRole.OUTREACH: {"STREET": 45, "MASSAGE_CLINIC": 25, "ESCORT_ONLINE": 15, "DROP_IN": 15},
    SandboxRole.SHELTER: {"SHELTER": 80, "HEALTH_CLINIC": 8, "PRIVATE_HOME": 6, "_O": 3, "_U": 3},
    SandboxRole.ADVICE: {"WORKPLACE": 70, "PRIVATE_HOME": 15, "DROP_IN": 15},
    SandboxRole.POLICE: {"POLICE_ACTION": 60, "DETENTION": 20, "STREET": 8, "BORDER": 7, "WORKPLACE": 5},
    SandboxRole.IMMIGRATION: {"ASYLUM_CENTRE": 75, "DETENTION": 15, "BORDER": 10},
    SandboxRole.CENTRE: {"DROP_IN": 30, "SHELTER": 25, "HEALTH_CLINIC": 15, "PRIVATE_HOME": 15, "_O": 10, "_U": 5},
    SandboxRole.MUNICIPALITY: {"PRIVATE_HOME": 45, "SHELTER": 20, "HEALTH_CLINIC": 15, "_O": 20},
}
DETECTORS: Mapping[SandboxRole, Weights] = {
    SandboxRole.OUTREACH: {"NGO": 85, "SELF": 6, "HEALTH": 5, "HOTLINE": 4},
    SandboxRole.SHELTER: {"NGO": 60, "POLICE": 20, "SELF": 8, "MUNICIPALITY": 7, "HOTLINE": 5},
    SandboxRole.ADVICE: {"UNION": 30, "NGO": 30, "LABOUR_INSPECTION": 15, "TAX": 10, "SELF": 10, "CITIZEN": 5},
    SandboxRole.POLICE: {"POLICE": 85, "TAX": 5, "PRISON_PROBATION": 7, "CITIZEN": 3},
    SandboxRole.IMMIGRATION: {"IMMIGRATION": 60, "ASYLUM_OPERATOR": 25, "RETURN_AGENCY": 10, "SELF": 5},
    SandboxRole.CENTRE: {"NGO": 25, "HOTLINE": 25, "SELF": 15, "HEALTH": 15, "EMBASSY": 5, "_O": 5, "_U": 10},
    SandboxRole.MUNICIPALITY: {"MUNICIPALITY": 75, "EDUCATION": 10, "HEALTH": 10, "CITIZEN": 5},
}


@dataclass(frozen=True, slots=True)
class Decks:
    """All decks."""

    place: Mapping[SandboxRole, Deck]
    control: Deck
    control_before: Deck
    support: Deck
    support_of_minors: Deck
    course: Deck
    lawful_course: Deck


def make_decks(seed: int) -> Decks:
    """The decks of a seed. All draw from one stream, so their order is part of what a seed gives."""
    rng = stream(seed, "decks")
    return Decks(
        place={role: make_deck(lambda r, role=role: place(role, r), rng) for role in SandboxRole},  # type: ignore[misc]
        control=make_deck(control, rng),
        support=make_deck(support, rng),
        support_of_minors=make_deck(support_of_minors, rng),
        course=make_deck(lambda r: course(weights.REFLECTION, r), rng),
        lawful_course=make_deck(lambda r: course(weights.RESTITUTION, r), rng),
        # Drawn last, so that the other decks of a seed are what they were.
        control_before=make_deck(control_before, rng),
    )


def make_deck(card: Callable[[Random], tuple[str, ...]], rng: Random) -> Deck:
    """A deck with cards of one kind."""
    return tuple("\t".join(card(rng)) for _ in range(SIZE))


def place(role: SandboxRole, rng: Random) -> tuple[str, ...]:
    """Where a partner with this role met the person, and who first saw signs."""
    return draw(weights.REGION, rng), draw(SETTINGS[role], rng), draw(DETECTORS[role], rng)


def control(rng: Random) -> tuple[str, ...]:
    """The means of control, the recruiter and the duration."""
    return draw_set(weights.CONTROLS, 4, rng), draw(weights.RECRUITER, rng), draw(weights.DURATION, rng)


def control_before(rng: Random) -> tuple[str, ...]:
    """The same of a person who was met before any exploitation: nothing has lasted yet, and nothing was earned."""
    return draw_set(weights.CONTROLS_BEFORE, 4, rng), draw(weights.RECRUITER, rng), NOT_ASKED


def support(rng: Random) -> tuple[str, ...]:
    not_minor = draw(weights.NOT_A_MINOR, rng)
    return not_minor, not_minor, draw_set(weights.SERVICES, 5, rng), draw_set(weights.SERVICES, 3, rng)


def support_of_minors(rng: Random) -> tuple[str, ...]:
    """The support of a minor, with the questions about a guardian."""
    services = ("CHILD_GUARDIAN", *weights.SERVICES)
    answers = draw(weights.UNACCOMPANIED, rng), draw(weights.GUARDIAN, rng)
    return *answers, draw_set(services, 5, rng), draw_set(services, 3, rng)


def course(reflection: Weights, rng: Random) -> tuple[str, ...]:
    """The offers to an identified person. Days are given only where a period was granted."""
    period = draw(reflection, rng)
    days = draw(weights.REFLECTION_DAYS, rng) if period in {"REFLECTION", "RESTITUTION"} else "_Z"
    # Authorities must not contradict each other, so no field is verified by chance.
    others = (absent_value(f) if f.name.startswith("verified_") else draw_any(f, rng) for f in OTHER_COURSE_FIELDS)
    return period, days, draw(weights.PREPARED_RETURN, rng), draw(weights.RESIDENCE_OUTCOME, rng), *others
