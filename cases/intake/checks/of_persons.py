"""Improbable combinations of who the person is: age, citizenship, basis of residence, and who looks after a child."""

from __future__ import annotations

from cases.codelists import AGE_BAND
from cases.codelists.common import STATELESS
from cases.codelists.types import UNKNOWN
from cases.intake.checks.combinations import ImprobableCombination, any_of, is_before_protection, moves_freely
from cases.rules import MINOR_BANDS
from core.text import Text

# Neither says where a person could have been displaced from.
UNSAID = frozenset({UNKNOWN, STATELESS})
CHILDREN = frozenset({"Y0T11", "Y12T14"})
ADULT_BANDS = frozenset(AGE_BAND.names) - MINOR_BANDS - {UNKNOWN}

OF_PERSONS: tuple[ImprobableCombination, ...] = (
    ImprobableCombination(
        "unaccompanied_without_guardian",
        "guardian_assigned",
        Text("En uledsaget mindreårig har en repræsentant.", "An unaccompanied minor has a guardian."),
        Text(
            "En uledsaget mindreårig får udpeget en repræsentant, medmindre ganske særlige grunde taler imod (udlændingeloven "
            "§ 56 a). Er der endnu ingen udpeget, er det rigtigt at skrive NO: bekræft det, og kontakt kommunen eller "
            "Familieretshuset.",
            "An unaccompanied minor is given a representative, unless very special reasons speak against it (Aliens Act, "
            "section 56 a). Where none is assigned yet, NO is right: confirm it, and tell the municipality or the Agency of "
            "Family Law.",
        ),
        lambda v: v["unaccompanied_minor"] == "YES" and v["guardian_assigned"] == "NO",
        {
            "age_band": "Y15T17",
            "minor_when_exploited": "YES",
            "unaccompanied_minor": "YES",
            "guardian_assigned": "NO",
        },
    ),
    ImprobableCombination(
        "unaccompanied_danish_citizen",
        "unaccompanied_minor",
        Text(
            "En dansk statsborger er sjældent uledsaget mindreårig.",
            "A Danish citizen is rarely an unaccompanied minor.",
        ),
        Text(
            "Uledsaget er et barn, der er kommet til landet uden en voksen, som er ansvarlig for det. Et barn med "
            "bopæl i Danmark er det ikke, heller ikke når det er løbet hjemmefra.",
            "Unaccompanied is a child that came to the country without an adult who is responsible for it. A child "
            "that lives in Denmark is not, not even when it has run away from home.",
        ),
        lambda v: v["unaccompanied_minor"] == "YES" and v["residence_basis"] == "DK_CITIZEN",
        {
            "age_band": "Y15T17",
            "minor_when_exploited": "YES",
            "citizenship": "DK",
            "residence_basis": "DK_CITIZEN",
            "unaccompanied_minor": "YES",
        },
    ),
    ImprobableCombination(
        "young_child_consented",
        "consent",
        Text(
            "Samtykket er angivet som givet, og barnet er under 12 år.", "Consent is given, and the child is under 12."
        ),
        Text(
            "For et barn træffer indehaveren af forældremyndigheden afgørelse om personlige forhold (forældreansvarsloven § 2). "
            "Har vedkommende givet samtykket, så bekræft; ellers er det NOT_ASKED eller NOT_GIVEN.",
            "For a child the holder of custody decides in personal matters (Danish Act on Parental Responsibility, section 2). "
            "Confirm where that person consented; otherwise it is NOT_ASKED or NOT_GIVEN.",
        ),
        lambda v: v["age_band"] == "Y0T11" and v["consent"] == "GIVEN",
        {"age_band": "Y0T11", "minor_when_exploited": "YES", "consent": "GIVEN"},
    ),
    ImprobableCombination(
        "young_child_reported_itself",
        "detected_by",
        Text("Et barn under 12 år henvender sig sjældent selv.", "A child under 12 rarely comes forward by itself."),
        Text(
            "SELF betyder, at barnet selv henvendte sig. Var det en skole, en kommune eller en borger, der så tegnene, så "
            "vælg det.",
            "SELF means that the child came forward. Where a school, a municipality or a member of the public saw the "
            "signs, choose that.",
        ),
        lambda v: v["age_band"] == "Y0T11" and v["detected_by"] == "SELF",
        {"age_band": "Y0T11", "minor_when_exploited": "YES", "consent": "NOT_ASKED", "detected_by": "SELF"},
    ),
    ImprobableCombination(
        "under_15_in_detention",
        "setting",
        Text(
            "Under 15 år er man under den kriminelle lavalder.",
            "Under 15 one is below the age of criminal responsibility.",
        ),
        Text(
            "Et barn under 15 år kan ikke fængsles i Danmark. En anbringelse på en sikret institution eller en "
            "tilbageholdelse sammen med forældrene kan være rigtig: bekræft den.",
            "A child under 15 cannot be imprisoned in Denmark. A secure institution, or being held together with "
            "parents, may be right: confirm it.",
        ),
        lambda v: v["age_band"] in CHILDREN and v["setting"] == "DETENTION",
        {"age_band": "Y12T14", "minor_when_exploited": "YES", "setting": "DETENTION"},
    ),
    ImprobableCombination(
        "minor_with_work_permit",
        "residence_basis",
        Text(
            "En mindreårig har sjældent opholdstilladelse til arbejde.",
            "A minor rarely has a residence permit for work.",
        ),
        Text(
            "Opholdstilladelser til arbejde, også au pair, gives til voksne. Et barn af en, der arbejder, har "
            "PERMIT_FAMILY.",
            "Residence permits for work, au pairs included, are for adults. A child of somebody who works has "
            "PERMIT_FAMILY.",
        ),
        lambda v: v["age_band"] in MINOR_BANDS and v["residence_basis"] == "PERMIT_WORK",
        {"age_band": "Y15T17", "minor_when_exploited": "YES", "residence_basis": "PERMIT_WORK"},
    ),
    ImprobableCombination(
        "danish_citizen_with_other_residence",
        "residence_basis",
        Text(
            "En dansk statsborger har opholdsgrundlaget DK_CITIZEN.", "The residence of a Danish citizen is DK_CITIZEN."
        ),
        Text(
            "En dansk statsborger behøver ingen tilladelse. Ofte er det statsborgerskabet, der er forkert: en, der "
            "bor i Danmark, er ikke derfor dansk statsborger.",
            "A Danish citizen needs no permit. Often the citizenship is what is wrong: who lives in Denmark is not "
            "for that reason a Danish citizen.",
        ),
        lambda v: v["citizenship"] == "DK" and v["residence_basis"] not in {"DK_CITIZEN", UNKNOWN},
        {"citizenship": "DK", "residence_basis": "PERMIT_FAMILY"},
    ),
    ImprobableCombination(
        "eu_citizen_protected",
        "residence_basis",
        Text(
            "En EU- eller EØS-borger søger sjældent asyl og behøver intet visum.",
            "A citizen of the EU or EEA rarely seeks asylum, and needs no visa.",
        ),
        Text(
            "Borgere fra EU, EØS, Schweiz og Norden har EU_FREE_MOVEMENT, eller NO_LEGAL_STAY, hvis retten er ophørt. "
            "Kontrollér statsborgerskabet: et ophold i et andet EU-land gør ingen til EU-borger.",
            "Citizens of the EU, the EEA, Switzerland and the Nordic countries have EU_FREE_MOVEMENT, or "
            "NO_LEGAL_STAY where that right has ended. Check the citizenship: a residence in another EU country makes "
            "nobody an EU citizen.",
        ),
        lambda v: (
            v["residence_basis"] in {"ASYLUM_SEEKER", "TEMPORARY_PROTECTION", "VISA_OR_EXEMPT"} and moves_freely(v)
        ),
        {"citizenship": "RO", "residence_basis": "ASYLUM_SEEKER"},
    ),
    ImprobableCombination(
        "free_movement_from_elsewhere",
        "residence_basis",
        Text(
            "Fri bevægelighed følger af statsborgerskab i EU, EØS, Schweiz eller Norden.",
            "Free movement comes with citizenship of the EU, the EEA, Switzerland or a Nordic country.",
        ),
        Text(
            "En tredjelandsborger har fri bevægelighed som familie til en EU-borger: bekræft det. En "
            "opholdstilladelse i et andet land giver den ikke.",
            "A citizen of another country moves freely as family of an EU citizen: confirm that. A residence permit "
            "of another state does not give it.",
        ),
        lambda v: (
            v["residence_basis"] == "EU_FREE_MOVEMENT"
            and v["citizenship"] not in {UNKNOWN, "DK"}
            and not moves_freely(v)
        ),
        {"citizenship": "NG", "residence_basis": "EU_FREE_MOVEMENT"},
    ),
    ImprobableCombination(
        "protection_before_its_act",
        "residence_basis",
        Text(
            "Særloven om fordrevne fra Ukraine (lov nr. 324 af 16. marts 2022) gælder fra marts 2022.",
            "The special act on persons displaced from Ukraine (Act no. 324 of 16 March 2022) is in force from March 2022.",
        ),
        Text(
            "Ligger henvisningen før marts 2022, er måneden eller opholdsgrundlaget forkert. Opholdsgrundlaget er "
            "det, personen havde ved henvisningen.",
            "Where the referral is before March 2022, the month or the residence is wrong. The residence is that of "
            "the time of the referral.",
        ),
        lambda v: v["residence_basis"] == "TEMPORARY_PROTECTION" and is_before_protection(v),
        {"referred_in": "2021-05", "citizenship": "UA", "residence_basis": "TEMPORARY_PROTECTION"},
    ),
    ImprobableCombination(
        "protection_without_ukraine",
        "residence_basis",
        Text(
            "Særloven om fordrevne fra Ukraine (lov nr. 324 af 16. marts 2022) gælder næsten kun ukrainere.",
            "The special act on persons displaced from Ukraine (Act no. 324 of 16 March 2022) is almost only for Ukrainians.",
        ),
        Text(
            "Loven gælder også familie og flygtninge, der havde ophold i Ukraine: bekræft det. Ellers er det "
            "ASYLUM_SEEKER eller PERMIT_OTHER.",
            "The act is also for family, and for refugees who lived in Ukraine: confirm that. Otherwise it is "
            "ASYLUM_SEEKER or PERMIT_OTHER.",
        ),
        lambda v: (
            v["residence_basis"] == "TEMPORARY_PROTECTION"
            and v["citizenship"] not in UNSAID | {"UA"}
            and not moves_freely(v)
        ),
        {"citizenship": "NG", "residence_basis": "TEMPORARY_PROTECTION"},
    ),
    ImprobableCombination(
        "guardian_for_adult",
        "age_band",
        Text("En voksen får ingen repræsentant for barnet.", "An adult gets no representative of the child."),
        Text(
            "Kun et barn har CHILD_GUARDIAN. En voksens støtteperson er CONTACT_PERSON. Er "
            "personen et barn, er aldersgruppen forkert.",
            "Only a child has a CHILD_GUARDIAN. Who supports an adult is a CONTACT_PERSON. Where "
            "the person is a child, the age band is wrong.",
        ),
        lambda v: (
            v["age_band"] in ADULT_BANDS
            and any_of(v, ["services_needed", "services_given"], frozenset({"CHILD_GUARDIAN"}))
        ),
        {"age_band": "Y25T34", "services_needed": ["CHILD_GUARDIAN"]},
    ),
)
