"""Code lists on the referral itself: where, by whom, with what consent, what the person needs, and what is asked of its partner.

Each reason speaks of the partner's own records alone. None may tell that another organisation knows the person (docs/quality.md).
"""

from datetime import date

from cases.codelists.common import (
    NOT_ANSWERED,
    code,
    code_list,
    introduce,
    no,
    notice,
    other,
    retire,
    reworded_not_asked,
    unknown,
    yes,
)
from cases.codelists.types import UNKNOWN, Code, Level
from core.text import Text
from partners.kinds import KIND_WORDS, Kind

# A region abroad and the country abroad are the same set, so the code is the same.
_ABROAD = code("ABROAD", "Udlandet", "Abroad")


def _country(leaf: str, _month: date) -> str:
    return leaf if leaf in {"ABROAD", UNKNOWN} else "DENMARK"


# Act no. 699 of 2025, section 126. The codes DK01 to DK05 are areas (NUTS 2), and stay what they are.
_FIRST_DAY, _LAST_DAY = date(2027, 1, 1), date(2026, 12, 31)
_EAST = notice(
    "1.1",
    date(2026, 12, 2),
    "Region Hovedstaden og Region Sjælland bliver Region Østdanmark 1. januar 2027. Indberet fortsat DK01 og DK02, som er områder: "
    "niveauet administrative har regionerne, som de er i hver måned.",
    "The Capital Region and Region Zealand become Region of Eastern Denmark on 1 January 2027. Go on reporting DK01 and DK02, "
    "which are areas: the level administrative has the regions as they are in each month.",
)
_REGIONS = {
    "DK01": "HOVEDSTADEN",
    "DK02": "SJAELLAND",
    "DK03": "SYDDANMARK",
    "DK04": "MIDTJYLLAND",
    "DK05": "NORDJYLLAND",
}
_EASTERN = frozenset({"DK01", "DK02"})


def _administrative(leaf: str, month: date) -> str:
    return "OESTDANMARK" if leaf in _EASTERN and month >= _FIRST_DAY else _REGIONS.get(leaf, leaf)


REGION = code_list(
    "region",
    "Region",
    "Region",
    (
        code("DK01", "Region Hovedstaden", "Capital Region of Denmark"),
        code("DK02", "Region Sjælland", "Region Zealand"),
        code("DK03", "Region Syddanmark", "Region of Southern Denmark"),
        code("DK04", "Region Midtjylland", "Central Denmark Region"),
        code("DK05", "Region Nordjylland", "North Denmark Region"),
        _ABROAD,
        unknown(),
    ),
    Level(
        "country",
        Text("I Danmark eller i udlandet", "In Denmark or abroad"),
        (code("DENMARK", "Danmark", "Denmark"), _ABROAD, unknown()),
        _country,
    ),
    Level(
        "administrative",
        Text("Administrativ region i måneden", "Administrative region in the month"),
        (
            retire(
                code("HOVEDSTADEN", "Region Hovedstaden", "Capital Region of Denmark"), _LAST_DAY, _EAST, "OESTDANMARK"
            ),
            retire(code("SJAELLAND", "Region Sjælland", "Region Zealand"), _LAST_DAY, _EAST, "OESTDANMARK"),
            introduce(code("OESTDANMARK", "Region Østdanmark", "Region of Eastern Denmark"), _FIRST_DAY, _EAST),
            code("SYDDANMARK", "Region Syddanmark", "Region of Southern Denmark"),
            code("MIDTJYLLAND", "Region Midtjylland", "Central Denmark Region"),
            code("NORDJYLLAND", "Region Nordjylland", "North Denmark Region"),
            _ABROAD,
            unknown(),
        ),
        _administrative,
        dated=True,
        since=_EAST.version,
    ),
    version=_EAST.version,
)

SETTING = code_list(
    "setting",
    "Sted for kontakten",
    "Setting of the contact",
    (
        code("STREET", "Gade", "Street"),
        code("MASSAGE_CLINIC", "Massageklinik", "Massage clinic"),
        code("ESCORT_ONLINE", "Escort eller annonce på internettet", "Escort or online advertisement"),
        code("WORKPLACE", "Arbejdsplads", "Workplace"),
        code("PRIVATE_HOME", "Privat hjem", "Private home"),
        code("ASYLUM_CENTRE", "Asylcenter", "Asylum centre"),
        code("DETENTION", "Arrest, fængsel eller frihedsberøvelse", "Prison, remand or detention"),
        code("POLICE_ACTION", "Politiaktion", "Police action"),
        code("DROP_IN", "Drop-in-center eller værested", "Drop-in centre"),
        code("HEALTH_CLINIC", "Sundhedsklinik", "Health clinic"),
        code("SHELTER", "Krisecenter eller herberg", "Shelter"),
        code("BORDER", "Grænse eller lufthavn", "Border or airport"),
        other("Andet sted", "Other setting"),
        unknown(),
    ),
)

DETECTED_BY = code_list(
    "detected_by",
    "Opdaget af",
    "Detected by",
    (
        code("POLICE", "Politiet", "Police", HTCDS="LawEnforcement"),
        code(
            "IMMIGRATION",
            "Udlændingestyrelsen eller SIRI",
            "Immigration Service or SIRI",
            HTCDS="ImmigrationService",
        ),
        code("RETURN_AGENCY", "Hjemrejsestyrelsen", "Danish Return Agency"),
        code("TAX", "Skatteforvaltningen", "Tax administration"),
        code("LABOUR_INSPECTION", "Arbejdstilsynet", "Working Environment Authority"),
        code("PRISON_PROBATION", "Kriminalforsorgen", "Prison and Probation Service"),
        code("MUNICIPALITY", "Kommune", "Municipality", HTCDS="LocalGovernmentOrganisation"),
        code("ASYLUM_OPERATOR", "Asyloperatør", "Operator of asylum centres"),
        code("HEALTH", "Sundhedsvæsenet", "Health service", HTCDS="HealthServiceOrganisation"),
        code(
            "EDUCATION",
            "Skole eller uddannelsessted",
            "School or place of education",
            HTCDS="SchoolOrCollege",
        ),
        code("NGO", "NGO", "NGO", HTCDS="NGO"),
        code("UNION", "Fagforening", "Trade union"),
        code("EMBASSY", "Ambassade eller konsulat", "Embassy or consulate"),
        code("HOTLINE", "Hotline", "Hotline"),
        code("SELF", "Personen selv", "The person"),
        code("CITIZEN", "Borger", "Member of the public"),
        other("Anden", "Other"),
        unknown(),
    ),
)

SERVICE = code_list(
    "service",
    "Støtte",
    "Support service",
    (
        code("ACCOMMODATION", "Indkvartering", "Accommodation"),
        code("HEALTH", "Sundhedsbehandling", "Health care", HTCDS="Health"),
        code("PSYCHOLOGICAL", "Psykologhjælp", "Psychological support"),
        code("LEGAL", "Juridisk bistand", "Legal aid", HTCDS="Legal"),
        code("FINANCIAL", "Økonomisk støtte", "Financial support", HTCDS="Financial"),
        code("EDUCATION", "Undervisning eller uddannelse", "Education or training", HTCDS="Education"),
        code("INTERPRETATION", "Tolkning", "Interpretation"),
        code("RETURN", "Støtte til hjemrejse", "Support for return"),
        code("PROTECTION", "Beskyttelse", "Protection"),
        code(
            "CHILD_GUARDIAN",
            "Personlig repræsentant for barnet",
            "Personal representative of the child",
        ),
        code("CONTACT_PERSON", "Kontaktperson", "Contact person"),
        other("Anden støtte", "Other support"),
    ),
)

PREVIOUSLY_REFERRED = code_list(
    "previously_referred",
    "Tidligere henvist",
    "Previously referred",
    (yes(), no(), unknown(), reworded_not_asked()),
    version=NOT_ANSWERED.version,
)

CONSENT = code_list(
    "consent",
    "Samtykke til deling med andre organisationer",
    "Consent to sharing with other organisations",
    (
        code("GIVEN", "Samtykke givet", "Consent given"),
        code("NOT_GIVEN", "Samtykke ikke givet", "Consent not given"),
        code("NOT_ASKED", "Ikke spurgt om samtykke", "Not asked for consent"),
    ),
)

WITHDRAWAL_REASON = code_list(
    "withdrawal_reason",
    "Årsag til tilbagetrækning",
    "Reason for withdrawal",
    (
        code("DUPLICATE", "Dublet", "Duplicate"),
        code("ENTERED_IN_ERROR", "Indberettet ved en fejl", "Entered in error"),
        code("CONSENT_WITHDRAWN", "Samtykke trukket tilbage", "Consent withdrawn"),
        code("NOT_A_REFERRAL", "Ikke en henvisning", "Not a referral"),
        other("Anden årsag", "Other reason"),
    ),
)


def _kind(of: Kind, **maps: str) -> Code:
    return code(str(of), *KIND_WORDS[of], **maps)


PARTNER_KIND = code_list(
    "partner_kind",
    "Type af partner",
    "Kind of partner",
    (
        _kind(Kind.NGO, HTCDS="NGO", UK_NRM="NGO and third sector"),
        _kind(Kind.POLICE, HTCDS="LawEnforcement", UK_NRM="Police"),
        _kind(Kind.IMMIGRATION, HTCDS="ImmigrationService"),
        _kind(Kind.CENTRE),
        _kind(Kind.MUNICIPALITY, HTCDS="LocalGovernmentOrganisation", UK_NRM="Local Authority"),
        _kind(Kind.GOVERNMENT_AGENCY, HTCDS="CentralGovernmentOrganisation", UK_NRM="Government agency"),
        _kind(Kind.HEALTH, HTCDS="HealthServiceOrganisation"),
        _kind(Kind.PRISON_PROBATION),
        _kind(Kind.TAX),
        _kind(Kind.LABOUR_INSPECTION),
        _kind(Kind.EMBASSY),
        _kind(Kind.UNION),
        other(*KIND_WORDS[Kind.OTHER]),
    ),
)


CONFIRMATION_REASON = code_list(
    "confirmation_reason",
    "Begrundelse for en bekræftelse",
    "Reason for a confirmation",
    (
        code(
            "CHECKED_WITH_SOURCE",
            "Kontrolleret i kilden, og det er rigtigt",
            "Checked with the source, and it is right",
        ),
        code("RARE_BUT_TRUE", "Sjældent, men rigtigt", "Rare, but true"),
        code(
            "KNOWN_CHANGE",
            "En kendt ændring i arbejdet eller registreringen",
            "A known change of the work or its records",
        ),
        code("SOURCE_LACKS_IT", "Kilden har ikke oplysningen", "The source does not have the information"),
    ),
)


RETURN_REASON = code_list(
    "return_reason",
    "Begrundelse for at sende en henvisning retur",
    "Reason for returning a referral",
    (
        code("UNLIKELY", "Oplysningerne passer dårligt sammen", "The values do not go well together"),
        code("WRONG_MONTH", "Måneden ser forkert ud", "The month looks wrong"),
        code("SENT_TWICE", "Ligner en henvisning, I selv har sendt før", "Looks like a referral that you sent before"),
        code("CONTRADICTS_OWN", "Modsiger en anden af jeres egne", "Contradicts another one of your own"),
        code("OFTEN_NOT_KNOWN", "Ofte ukendt hos jer: kan I sige mere?", "Often not known of yours: can you say more?"),
        code("TOO_GENERAL", "Der er en kode, som siger mere præcist", "There is a code that says it more precisely"),
    ),
)

RETURN_ANSWER = code_list(
    "return_answer",
    "Svar på en henvisning, der er sendt retur",
    "Answer to a returned referral",
    (
        code("RIGHT_AS_IT_IS", "Det er rigtigt, som det er", "It is right as it is"),
        code("NOTHING_MORE_KNOWN", "Vi ved ikke mere", "We do not know more"),
        code("ANOTHER_PERSON", "Det er en anden person", "It is another person"),
    ),
)
