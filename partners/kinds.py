"""Kinds and modes of a partner, and the scopes of a client: declarative tables that print their own documentation."""

from __future__ import annotations

from enum import StrEnum

from partners.text import Words


class Kind(StrEnum):
    """What kind of organisation a partner is. Mappings to standards: code list ``partner_kind``."""

    NGO = "NGO"
    POLICE = "POLICE"
    IMMIGRATION = "IMMIGRATION"
    CENTRE = "CENTRE"
    MUNICIPALITY = "MUNICIPALITY"
    GOVERNMENT_AGENCY = "GOVERNMENT_AGENCY"
    HEALTH = "HEALTH"
    PRISON_PROBATION = "PRISON_PROBATION"
    TAX = "TAX"
    LABOUR_INSPECTION = "LABOUR_INSPECTION"
    EMBASSY = "EMBASSY"
    UNION = "UNION"
    OTHER = "_O"


KIND_WORDS: dict[Kind, Words] = {
    Kind.NGO: Words("NGO", "NGO"),
    Kind.POLICE: Words("Politi", "Police"),
    Kind.IMMIGRATION: Words(
        "Udlændingemyndighed (Udlændingestyrelsen, SIRI)", "Immigration authority (Immigration Service, SIRI)"
    ),
    Kind.CENTRE: Words("Nationalt center mod menneskehandel", "National anti-trafficking centre"),
    Kind.MUNICIPALITY: Words("Kommune", "Municipality"),
    Kind.GOVERNMENT_AGENCY: Words("Anden statslig myndighed", "Other government agency"),
    Kind.HEALTH: Words("Sundhedsvæsen", "Health service"),
    Kind.PRISON_PROBATION: Words("Kriminalforsorg", "Prison and probation service"),
    Kind.TAX: Words("Skatteforvaltning", "Tax administration"),
    Kind.LABOUR_INSPECTION: Words("Arbejdstilsyn", "Labour inspection"),
    Kind.EMBASSY: Words("Ambassade eller konsulat", "Embassy or consulate"),
    Kind.UNION: Words("Fagforening", "Trade union"),
    Kind.OTHER: Words("Anden organisation", "Other organisation"),
}


class Mode(StrEnum):
    """A partner in test mode is a row of its own; its data never enter statistics."""

    LIVE = "LIVE"
    TEST = "TEST"


MODE_WORDS: dict[Mode, Words] = {Mode.LIVE: Words("Drift", "Live"), Mode.TEST: Words("Test", "Test")}


class Reporting(StrEnum):
    """How often a partner is expected to report, or to say that there was nothing."""

    NONE = "NONE"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"


REPORTING_WORDS: dict[Reporting, Words] = {
    Reporting.NONE: Words("Ingen fast indberetning", "Not expected to"),
    Reporting.MONTHLY: Words("Hver måned", "Monthly"),
    Reporting.QUARTERLY: Words("Hvert kvartal", "Quarterly"),
}


class Scope(StrEnum):
    """What a client's token may do."""

    REFERRALS_WRITE = "referrals:write"
    REFERRALS_READ = "referrals:read"
    ASSESSMENTS_WRITE = "assessments:write"
    STATISTICS_AUTHORITY = "statistics:authority"
    STATISTICS_EXACT = "statistics:exact"


SCOPE_TEXTS: dict[Scope, str] = {
    Scope.REFERRALS_WRITE: "Submit, correct and withdraw own referrals",
    Scope.REFERRALS_READ: "Read own referrals",
    Scope.ASSESSMENTS_WRITE: "Record and read assessments of cases",
    Scope.STATISTICS_AUTHORITY: "Read statistics made for authorities",
    Scope.STATISTICS_EXACT: "Read exact figures; every query is logged with its purpose",
}

REFERRAL_SCOPES = (Scope.REFERRALS_WRITE, Scope.REFERRALS_READ)
STATISTICS_SCOPES = (Scope.STATISTICS_AUTHORITY, Scope.STATISTICS_EXACT)

# The widest set of scopes that a client of each kind may be given.
SCOPES_OF_KIND: dict[Kind, tuple[Scope, ...]] = {
    **dict.fromkeys(Kind, (*REFERRAL_SCOPES, Scope.STATISTICS_AUTHORITY)),
    Kind.NGO: REFERRAL_SCOPES,
    Kind.UNION: REFERRAL_SCOPES,
    Kind.IMMIGRATION: (*REFERRAL_SCOPES, Scope.ASSESSMENTS_WRITE, Scope.STATISTICS_AUTHORITY),
    Kind.CENTRE: tuple(Scope),
}
