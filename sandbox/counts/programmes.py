"""Every programme of the sandbox. What no source gives is made up: plausible, not measured (docs/sandbox.md).

What was published (`stats.published.SERVICE_FIGURES`) comes out of these numbers, and a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.codelists.types import NOT_ASKED, UNKNOWN
from cases.services.forms import ASSISTANCE, CLINIC, HOTLINE, JUSTICE, OUTREACH, SHELTER, SITUATION
from sandbox.chance import Weights
from sandbox.counts.shapes import SandboxProgramme, years
from sandbox.organisations import SandboxRole

NIGHT, HARBOUR, ADVICE = SandboxRole.OUTREACH, SandboxRole.SHELTER, SandboxRole.ADVICE
POLICE, CENTRE, MUNICIPALITY = SandboxRole.POLICE, SandboxRole.CENTRE, SandboxRole.MUNICIPALITY

OF_CONTACT = {"first_contacts": 0.35, "informed": 0.8, "suspicions": 0.06, "referrals_made": 0.025}
SELLING_SEX: Weights = {"F": 90, "M": 4, "X": 5, UNKNOWN: 1}
FROM_ABROAD: Weights = {"OTHER_EU": 42, "NON_EU": 52, UNKNOWN: 6}
ADULTS: Weights = {"Y_GE18": 1}
NEARLY_ADULTS: Weights = {"Y_GE18": 96, "Y_LT18": 4}
VISIT: Weights = {"VISIT": 1}


def outreach(
    role: SandboxRole, visits: Mapping[int, int], contacts: Mapping[int, int], people: Weights, **where: Weights
) -> tuple[SandboxProgramme, ...]:
    """Visits and contacts of outreach. `people`: the weights of gender."""
    of_people = {"gender": people, "citizenship_group": FROM_ABROAD}
    return (
        SandboxProgramme(role, OUTREACH, "visits", visits, where, {"addresses": 0.7}),
        SandboxProgramme(role, OUTREACH, "contacts", contacts, {**where, **of_people}, OF_CONTACT),
    )


OUTREACH_PROGRAMMES = (
    *outreach(
        NIGHT,
        years(310, 330, 325, 318, 322, 190, 260, 300, 315),
        years(980, 1040, 1010, 960, 930, 520, 760, 890, 940),
        SELLING_SEX,
        region={"DK01": 48, "DK03": 14, "DK04": 24, "DK05": 14},
        setting={"STREET": 55, "MASSAGE_CLINIC": 45},
        activity=VISIT,
    ),
    *outreach(
        NIGHT,
        years(40, 52, 60, 74, 90, 180, 170, 150, 160),
        years(60, 75, 90, 110, 140, 290, 260, 230, 250),
        SELLING_SEX,
        region={"DK01": 70, "DK04": 30},
        setting={"ESCORT_ONLINE": 1},
        activity={"ONLINE": 70, "PHONE": 30},
    ),
    *outreach(
        ADVICE,
        years(60, 72, 80, 95, 110, 70, 125, 150, 170),
        years(190, 230, 260, 310, 360, 210, 420, 560, 640),
        {"F": 24, "M": 74, UNKNOWN: 2},
        region={"DK01": 40, "DK02": 22, "DK03": 20, "DK04": 18},
        setting={"WORKPLACE": 80, "PRIVATE_HOME": 20},
        activity={"VISIT": 65, "MEETING": 35},
    ),
    # Where the centre works too, one organisation alone would be hidden.
    *outreach(
        HARBOUR,
        years(110, 115, 118, 116, 114, 70, 96, 108, 115),
        years(380, 400, 410, 400, 390, 220, 330, 370, 400),
        {"F": 66, "M": 26, "X": 6, UNKNOWN: 2},
        region={"DK02": 34, "DK03": 26, "DK05": 40},
        setting={"MASSAGE_CLINIC": 42, "WORKPLACE": 26, "STREET": 32},
        activity={"VISIT": 70, "MEETING": 30},
    ),
    *outreach(
        CENTRE,
        years(120, 125, 130, 128, 126, 75, 110, 124, 130),
        years(430, 440, 460, 450, 440, 250, 380, 430, 450),
        {"F": 70, "M": 26, "X": 3, UNKNOWN: 1},
        region={"DK01": 26, "DK02": 18, "DK03": 20, "DK04": 20, "DK05": 16},
        setting={"MASSAGE_CLINIC": 40, "ASYLUM_CENTRE": 34, "DETENTION": 26},
        activity={"VISIT": 70, "MEETING": 18, "ACCOMPANYING": 12},
    ),
)


def clinic(
    role: SandboxRole, visits: Mapping[int, int], services: Weights, method: str, **where: Weights
) -> tuple[SandboxProgramme, ...]:
    """Open days and services of a place."""
    of_visit = {"opening_days": 0.11, "persons": 0.6, "suspicions": 0.007}
    return (
        SandboxProgramme(role, CLINIC, "opening", visits, {**where, "method": {method: 1}}, of_visit, lead="visits"),
        SandboxProgramme(role, CLINIC, "services", visits, {**where, "service": services}),
    )


HEALTH: Weights = {"STI_TEST": 34, "CONTRACEPTION": 22, "PREGNANCY": 6, "GENERAL": 26, "VACCINATION": 8, "SOCIAL": 4}
DROP_IN: Weights = {"FOOD": 52, "SOCIAL": 28, "LEGAL": 8, "GENERAL": 10, "_O": 2}
CLINIC_PROGRAMMES = (
    *clinic(
        NIGHT,
        years(1450, 1500, 1480, 1520, 1560, 900, 1200, 1400, 1450),
        DROP_IN,
        "REGISTER",
        region={"DK01": 1},
        place_type={"DROP_IN": 1},
    ),
    *clinic(
        HARBOUR,
        years(620, 640, 650, 640, 660, 380, 540, 600, 620),
        {"STI_TEST": 24, "CONTRACEPTION": 16, "GENERAL": 20, "FOOD": 20, "SOCIAL": 20},
        "REGISTER",
        region={"DK01": 60, "DK04": 40},
        place_type={"DROP_IN": 55, "HEALTH_CLINIC": 45},
    ),
    *clinic(
        ADVICE,
        years(480, 500, 520, 540, 560, 300, 520, 580, 620),
        {"LEGAL": 42, "SOCIAL": 30, "GENERAL": 20, "_O": 8},
        "COUNTED",
        region={"DK01": 50, "DK04": 50},
        place_type={"DROP_IN": 70, "HEALTH_CLINIC": 30},
    ),
    *clinic(
        CENTRE,
        years(900, 940, 980, 960, 970, 640, 860, 920, 960),
        HEALTH,
        "COUNTED",
        region={"DK01": 40, "DK03": 28, "DK04": 32},
        place_type={"HEALTH_CLINIC": 70, "MOBILE_CLINIC": 30},
    ),
    *clinic(
        MUNICIPALITY,
        years(420, 430, 450, 460, 480, 300, 410, 430, 440),
        {"FOOD": 30, "SOCIAL": 55, "LEGAL": 15},
        "JUDGED",
        region={"DK05": 1},
        place_type={"DROP_IN": 1},
    ),
)


def moves(role: SandboxRole, region: str, kind: str, stays: Mapping[int, int], people: Weights) -> SandboxProgramme:
    """Who moved into a shelter. As good as all move out within the month in which others move in."""
    weights = {"region": {region: 1}, "places_for": {kind: 1}, "gender": people, "age18": NEARLY_ADULTS}
    return SandboxProgramme(role, SHELTER, "moves", stays, weights, {"persons_out": 0.95})


SHELTER_PROGRAMMES = (
    moves(HARBOUR, "DK01", "WOMEN", years(38, 42, 40, 41, 44, 30, 36, 39, 43), {"F": 96, "X": 4}),
    moves(NIGHT, "DK04", "WOMEN", years(22, 24, 23, 25, 26, 18, 22, 24, 26), {"F": 96, "X": 4}),
    moves(ADVICE, "DK04", "MIXED", years(18, 20, 22, 24, 26, 18, 28, 32, 36), {"F": 30, "M": 70}),
    moves(HARBOUR, "DK04", "MIXED", years(14, 15, 16, 16, 18, 12, 16, 18, 20), {"F": 55, "M": 45}),
    moves(MUNICIPALITY, "DK05", "WOMEN", years(9, 11, 10, 12, 12, 8, 10, 11, 12), {"F": 1}),
    moves(CENTRE, "DK04", "MIXED", years(16, 18, 22, 24, 23, 19, 28, 30, 36), {"F": 40, "M": 58, "X": 2}),
)

OF_CALL = {"suspicions": 0.34, "referrals_made": 0.12}
HOURS: Weights = {"OFFICE": 76, "EVENING": 17, "NIGHT": 6, UNKNOWN: 1}
# From this year on the hotline asks for the channel, and writes down the region and the form of exploitation where they are said.
ASKED_SINCE = 2023
SAID: Mapping[str, Weights] = {
    "region": {"DK01": 34, "DK02": 9, "DK03": 11, "DK04": 15, "DK05": 7, UNKNOWN: 8, NOT_ASKED: 16},
    "exploitation": {"SEXUAL": 36, "LABOUR": 27, "CRIMINAL": 6, UNKNOWN: 11, NOT_ASKED: 20},
}
OF_POLICE: Mapping[str, Weights] = {
    "caller": {"POLICE": 1},
    "subject": {"SUSPICION": 50, "ADVICE": 38, "SUPPORT": 9, "RETURN": 3},
    "language": {"DA": 1},
    "time": HOURS,
}
OF_OTHERS: Mapping[str, Weights] = {
    "caller": {
        "IMMIGRATION": 13, "MUNICIPALITY": 19, "HEALTH": 10, "NGO": 18, "CITIZEN": 17, "SELF": 8, "EMPLOYER": 4,
        "_O": 8, UNKNOWN: 3,
    },
    "subject": {
        "SUSPICION": 32, "ADVICE": 26, "SUPPORT": 14, "RETURN": 6, "TEACHING": 11, "PRESS": 7, "_O": 3, UNKNOWN: 1,
    },
    "language": {"DA": 76, "EN": 18, "_O": 6},
    "time": HOURS,
}  # fmt: skip


def calls(counts: Mapping[int, int], weights: Mapping[str, Weights], channel: Weights) -> tuple[SandboxProgramme, ...]:
    """Calls to the hotline, before and after its form asked for more."""
    before = {year: count for year, count in counts.items() if year < ASKED_SINCE}
    after = {year: count for year, count in counts.items() if year >= ASKED_SINCE}
    return (
        SandboxProgramme(CENTRE, HOTLINE, "calls", before, weights, OF_CALL),
        SandboxProgramme(CENTRE, HOTLINE, "calls", after, {**weights, "channel": channel, **SAID}, OF_CALL),
    )


HOTLINE_PROGRAMMES = (
    # 2019: 154 of 316, which is just under half.
    *calls(years(86, 98, 112, 128, 154, 121, 138, 149, 162), OF_POLICE, {"PHONE": 82, "MAIL": 18}),
    *calls(
        years(104, 117, 131, 146, 162, 140, 161, 204, 196),
        OF_OTHERS,
        {"PHONE": 58, "MAIL": 27, "CHAT": 9, "SMS": 5, UNKNOWN: 1},
    ),
)


def grants_of(assistance: str, counts: Mapping[int, int]) -> SandboxProgramme:
    """Something that persons were granted."""
    weights = {"assistance": {assistance: 1}, "gender": {"F": 64, "M": 34, "X": 2}, "age18": NEARLY_ADULTS}
    return SandboxProgramme(CENTRE, ASSISTANCE, "grants", counts, weights)


def returns_of(stage: str, counts: Mapping[int, int]) -> SandboxProgramme:
    weights = {"stage": {stage: 1}, "gender": {"F": 66, "M": 33, "X": 1}, "age18": ADULTS}
    return SandboxProgramme(CENTRE, ASSISTANCE, "returns", counts, weights)


ASSISTANCE_PROGRAMMES = (
    grants_of("REFLECTION", years(60, 78, 61, 58, 41, 49, 47, 44, 66)),
    grants_of("RESTITUTION", years(4, 5, 6, 7, 6, 8, 11, 10, 14)),
    grants_of("PERMIT", years(3, 2, 4, 3, 2, 3, 4, 3, 5)),
    grants_of("COMPENSATION", years(2, 1, 6, 4, 3, 2, 5, 3, 4)),
    # 2017: it was offered to all 98 persons, of whom 50 left the programme again and 8 declined.
    returns_of("OFFERED", years(62, 76, 98, 66, 51, 58, 71, 60, 88)),
    # 2021: 38, the highest number until then.
    returns_of("ACCEPTED", years(24, 31, 32, 27, 22, 19, 38, 29, 35)),
    returns_of("LEFT", years(21, 28, 29, 25, 20, 12, 31, 26, 30)),
    returns_of("IN_PROGRAMME", years(18, 24, 26, 22, 19, 11, 24, 25, 27)),
    returns_of("COMPLETED", years(15, 20, 24, 19, 18, 9, 17, 21, 22)),
)

ACCUSED: Mapping[str, Weights] = {
    "gender": {"M": 72, "F": 27, UNKNOWN: 1},
    "age18": ADULTS,
    "citizenship_group": {"NATIONAL": 24, "OTHER_EU": 46, "NON_EU": 28, UNKNOWN: 2},
}
OF_FORM: Weights = {"SEXUAL": 58, "LABOUR": 24, "CRIMINAL": 18}
JUSTICE_PROGRAMMES = (
    SandboxProgramme(
        POLICE, JUSTICE, "suspects", years(38, 41, 52, 36, 44, 33, 47, 51, 58), {**ACCUSED, "exploitation": OF_FORM}
    ),
    SandboxProgramme(
        POLICE,
        JUSTICE,
        "prosecuted",
        years(14, 12, 23, 11, 16, 12, 19, 17, 21),
        {**ACCUSED, "exploitation": OF_FORM, "decision": {"TRAFFICKING_CHARGE": 60, "OTHER_CHARGE": 40}},
    ),
    SandboxProgramme(
        POLICE,
        JUSTICE,
        "decisions",
        years(31, 30, 44, 27, 35, 27, 39, 40, 46),
        {"decision": {"TRAFFICKING_CHARGE": 32, "OTHER_CHARGE": 20, "NO_CHARGE": 46, "_O": 2}},
    ),
    SandboxProgramme(POLICE, JUSTICE, "convicted", years(9, 8, 14, 7, 10, 6, 11, 9, 12), ACCUSED),
    SandboxProgramme(
        POLICE,
        JUSTICE,
        "judgments",
        years(8, 7, 11, 7, 9, 6, 10, 9, 11),
        {"outcome": {"CONVICTION": 84, "ACQUITTAL": 16}, "instance": {"FIRST": 74, "APPEAL": 24, "SUPREME": 2}},
    ),
)

OF_SITUATION = {"need_food": 0.45, "need_shelter": 0.12, "tests": 0.1, "staff_absent": 0.04}
SITUATION_PROGRAMMES = tuple(
    SandboxProgramme(role, SITUATION, "situation", {2020: contacts}, {"region": regions}, OF_SITUATION)
    for role, contacts, regions in (
        (NIGHT, 360, {"DK01": 70, "DK04": 30}),
        (HARBOUR, 150, {"DK01": 1}),
        (CENTRE, 280, {"DK01": 30, "DK03": 25, "DK04": 25, "DK05": 20}),
    )
)

PROGRAMMES: tuple[SandboxProgramme, ...] = (
    *OUTREACH_PROGRAMMES,
    *CLINIC_PROGRAMMES,
    *SHELTER_PROGRAMMES,
    *HOTLINE_PROGRAMMES,
    *ASSISTANCE_PROGRAMMES,
    *JUSTICE_PROGRAMMES,
    *SITUATION_PROGRAMMES,
)
