"""Code lists of the assessment by the centre and the deciding authorities, in the terms of Danish law."""

from datetime import date

from cases.codelists.common import (
    NOT_ANSWERED,
    code,
    code_list,
    not_applicable,
    notice,
    reword,
    reworded_not_asked,
    unknown,
)

_EXPOSED = notice(
    "1.1",
    date(2026, 12, 1),
    "Udfaldet hedder på dansk »vurderet udsat for menneskehandel«, som centret har kaldt det siden 2022. Det betyder det samme.",
    "The Danish label says “vurderet udsat for menneskehandel”, as the centre has since 2022. It means the same.",
)

OUTCOME = code_list(
    "outcome",
    "Vurderingens udfald",
    "Outcome of the assessment",
    (
        code("PENDING", "Under udredning", "Pending", HTCDS="PossibleVictimOfTrafficking"),
        reword(
            code(
                "IDENTIFIED",
                "Vurderet udsat for menneskehandel",
                "Identified as a victim of trafficking",
                HTCDS="ActualVictimOfTrafficking",
            ),
            _EXPOSED,
            "Vurderet som offer for menneskehandel",
            "Identified as a victim of trafficking",
        ),
        reword(
            code(
                "NOT_IDENTIFIED",
                "Ikke vurderet udsat for menneskehandel",
                "Not identified as a victim of trafficking",
                HTCDS="NotAVictimOfTrafficking",
            ),
            _EXPOSED,
            "Ikke vurderet som offer for menneskehandel",
            "Not identified as a victim of trafficking",
        ),
        code("INSUFFICIENT", "Utilstrækkelige oplysninger", "Insufficient information"),
        code("DECLINED", "Personen ønsker ikke at blive udredt", "The person declines assessment"),
        code("LOST_CONTACT", "Kontakten er mistet", "Contact lost"),
        code("TRANSFERRED", "Overdraget til andet land", "Transferred to another country"),
    ),
    version=_EXPOSED.version,
)

# What became of a person who was referred. Where authorities disagree the first of these counts.
REFERRAL_OUTCOME = code_list(
    "referral_outcome",
    "Hvad henvisningen førte til",
    "What became of the referral",
    (
        code("IDENTIFIED", "Vurderet udsat for menneskehandel", "Identified as a victim of trafficking"),
        code(
            "NOT_IDENTIFIED",
            "Ikke vurderet udsat for menneskehandel, eller oplysningerne rakte ikke",
            "Not identified as a victim of trafficking, or the information was insufficient",
        ),
        code("ELSEWHERE", "Overdraget til et andet land", "Transferred to another country"),
        code(
            "LEFT",
            "Ønskede ikke at blive udredt, eller kontakten er mistet",
            "Declined assessment, or contact was lost",
        ),
        code("NO_DECISION", "Endnu ingen afgørelse", "No decision yet"),
    ),
)
# Each outcome of an assessment as what became of the referral.
REFERRAL_OUTCOME_OF: dict[str, str] = {
    "IDENTIFIED": "IDENTIFIED",
    "NOT_IDENTIFIED": "NOT_IDENTIFIED",
    "INSUFFICIENT": "NOT_IDENTIFIED",
    "TRANSFERRED": "ELSEWHERE",
    "DECLINED": "LEFT",
    "LOST_CONTACT": "LEFT",
    "PENDING": "NO_DECISION",
}

# Calendar months from the first referral to the decision, whose days are not known: the most of each band; None is no bound. A
# decision of an earlier month is in the first.
WAIT_BANDS: dict[str, int | None] = {"W_LE1": 1, "W2T3": 3, "W4T6": 6, "W7T12": 12, "W_GT12": None}
WAIT = code_list(
    "wait",
    "Kalendermåneder til afgørelsen",
    "Calendar months to the decision",
    (
        code("W_LE1", "Højst 1 måned", "1 month or less"),
        code("W2T3", "2–3 måneder", "2–3 months"),
        code("W4T6", "4–6 måneder", "4–6 months"),
        code("W7T12", "7–12 måneder", "7–12 months"),
        code("W_GT12", "Over 12 måneder", "More than 12 months"),
        unknown(),
        not_applicable("Ingen afgørelse", "No decision"),
    ),
)

# Calendar years from that of the first referral to that of the positive decision; the last is that many or more.
COHORT_YEARS: tuple[str, ...] = ("Y0", "Y1", "Y2", "Y_GE3")
IDENTIFIED_BY = code_list(
    "identified_by",
    "Vurderet udsat i",
    "Identified in",
    (
        code("Y0", "Henvisningens år eller før", "The year of the referral or before"),
        code("Y1", "Året efter", "The year after"),
        code("Y2", "Andet år efter", "The second year after"),
        code("Y_GE3", "Senere", "Later"),
        not_applicable("Ikke vurderet udsat, eller ikke endnu", "Not identified, or not yet"),
    ),
)

_GOVERNMENT = "NonPoliceGovernmentalOrganization"

DECIDED_BY = code_list(
    "decided_by",
    "Afgjort af",
    "Decided by",
    (
        code("CENTRE", "Center mod Menneskehandel", "Centre against Human Trafficking", HTCDS=_GOVERNMENT),
        code("IMMIGRATION_SERVICE", "Udlændingestyrelsen", "Danish Immigration Service", HTCDS=_GOVERNMENT),
        code(
            "SIRI",
            "Styrelsen for International Rekruttering og Integration (SIRI)",
            "Danish Agency for International Recruitment and Integration (SIRI)",
            HTCDS=_GOVERNMENT,
        ),
        code("COURT", "Domstol", "Court", HTCDS="CourtOrProsecution"),
        not_applicable("Ingen afgørelse", "No decision"),
    ),
)

# A person without lawful stay is given a reflection period (a later date of departure, Aliens Act section 33);
# a person with lawful stay is offered a restitution period with the same support.
REFLECTION = code_list(
    "reflection",
    "Refleksions- eller restitutionsperiode",
    "Reflection or restitution period",
    (
        code("NOT_OFFERED", "Ikke tilbudt", "Not offered"),
        code("OFFERED_DECLINED", "Tilbudt og afslået", "Offered and declined"),
        code("REFLECTION", "Refleksionsperiode", "Reflection period"),
        code("RESTITUTION", "Restitutionsperiode", "Restitution period"),
        unknown(),
        reworded_not_asked(),
    ),
    version=NOT_ANSWERED.version,
)

REFLECTION_DAYS = code_list(
    "reflection_days",
    "Refleksions- eller restitutionsperiodens længde",
    "Length of the reflection or restitution period",
    (
        code("D_LE30", "Højst 30 dage", "30 days or fewer"),
        code("D31T120", "31–120 dage", "31–120 days"),
        code("D_GT120", "Over 120 dage", "More than 120 days"),
        not_applicable("Ingen periode", "No period"),
        unknown(),
        reworded_not_asked(),
    ),
    version=NOT_ANSWERED.version,
)

PREPARED_RETURN = code_list(
    "prepared_return",
    "Forberedt hjemrejse",
    "Prepared return",
    (
        code("NOT_OFFERED", "Ikke tilbudt", "Not offered"),
        code("DECLINED", "Afslået", "Declined"),
        code("ACCEPTED", "Accepteret", "Accepted"),
        code("LEFT_PROGRAMME", "Udgået af forløbet", "Left the programme"),
        code("COMPLETED", "Gennemført", "Completed"),
        unknown(),
        reworded_not_asked(),
    ),
    version="1.2",
)

RESIDENCE_OUTCOME = code_list(
    "residence_outcome",
    "Opholdstilladelse efter vurderingen",
    "Residence permit after the assessment",
    (
        code("NONE", "Ingen opholdstilladelse", "No residence permit"),
        code(
            "PERMIT_INVESTIGATION",
            "Midlertidig opholdstilladelse af hensyn til efterforskning eller retsforfølgning",
            "Temporary permit for investigation or prosecution",
        ),
        code("ASYLUM", "Asyl", "Asylum"),
        code("OTHER_PERMIT", "Anden opholdstilladelse", "Other residence permit"),
        unknown(),
        reworded_not_asked(),
    ),
    version=NOT_ANSWERED.version,
)
