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
