"""Kinds and modes of partners, their agreements and calendars, and scopes of clients, as tables with their words.

A calendar is what a partner is expected to report, and until when. What has arrived is in `oversight.reporting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings

from core.text import Text


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


KIND_WORDS: dict[Kind, Text] = {
    Kind.NGO: Text("NGO", "NGO"),
    Kind.POLICE: Text("Politi", "Police"),
    Kind.IMMIGRATION: Text(
        "Udlændingemyndighed (Udlændingestyrelsen, SIRI)", "Immigration authority (Immigration Service, SIRI)"
    ),
    Kind.CENTRE: Text("Nationalt center mod menneskehandel", "National anti-trafficking centre"),
    Kind.MUNICIPALITY: Text("Kommune", "Municipality"),
    Kind.GOVERNMENT_AGENCY: Text("Anden statslig myndighed", "Other government agency"),
    Kind.HEALTH: Text("Sundhedsvæsen", "Health service"),
    Kind.PRISON_PROBATION: Text("Kriminalforsorg", "Prison and probation service"),
    Kind.TAX: Text("Skatteforvaltning", "Tax administration"),
    Kind.LABOUR_INSPECTION: Text("Arbejdstilsyn", "Labour inspection"),
    Kind.EMBASSY: Text("Ambassade eller konsulat", "Embassy or consulate"),
    Kind.UNION: Text("Fagforening", "Trade union"),
    Kind.OTHER: Text("Anden organisation", "Other organisation"),
}


class Mode(StrEnum):
    """A partner in test mode is a row of its own; its data never enter statistics."""

    LIVE = "LIVE"
    TEST = "TEST"


MODE_WORDS: dict[Mode, Text] = {Mode.LIVE: Text("Drift", "Live"), Mode.TEST: Text("Testtilstand", "Test mode")}


class Reporting(StrEnum):
    """How often a partner is expected to report, be it that there was nothing."""

    NONE = "NONE"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"


REPORTING_WORDS: dict[Reporting, Text] = {
    Reporting.NONE: Text("Ingen fast indberetning", "Not expected to"),
    Reporting.MONTHLY: Text("Hver måned", "Monthly"),
    Reporting.QUARTERLY: Text("Hvert kvartal", "Quarterly"),
}


class AgreementKind(StrEnum):
    """Which agreement a partner confirms: who decides for what the data are used, and how.

    Two controllers (GDPR, article 4(7)), joint ones (article 26), or a centre that only keeps records for the partner (article 28).
    """

    CONTROLLERS = "CONTROLLERS"
    JOINT = "JOINT"
    PROCESSOR = "PROCESSOR"


AGREEMENT_WORDS: dict[AgreementKind, Text] = {
    AgreementKind.CONTROLLERS: Text(
        "Aftale mellem to selvstændige dataansvarlige", "Agreement between two separate controllers"
    ),
    AgreementKind.JOINT: Text("Aftale om fælles dataansvar", "Agreement between joint controllers"),
    AgreementKind.PROCESSOR: Text("Databehandleraftale", "Data-processing agreement"),
}


def operators_agreement() -> str:
    """The agreement that the operator has chosen for new partners (`HENVIS_AGREEMENT`)."""
    choice: str = settings.HENVIS_AGREEMENT
    return choice


class Scope(StrEnum):
    """What a client's token may do."""

    REFERRALS_WRITE = "referrals:write"
    REFERRALS_READ = "referrals:read"
    ASSESSMENTS_WRITE = "assessments:write"
    STATISTICS_AUTHORITY = "statistics:authority"
    STATISTICS_EXACT = "statistics:exact"


SCOPE_WORDS: dict[Scope, Text] = {
    Scope.REFERRALS_WRITE: Text(
        "Indsende, rette og trække egne henvisninger tilbage", "Submit, correct and withdraw own referrals"
    ),
    Scope.REFERRALS_READ: Text("Læse egne henvisninger", "Read own referrals"),
    Scope.ASSESSMENTS_WRITE: Text("Registrere og læse vurderinger af sager", "Record and read assessments of cases"),
    Scope.STATISTICS_AUTHORITY: Text("Læse statistik til myndigheder", "Read statistics made for authorities"),
    Scope.STATISTICS_EXACT: Text(
        "Læse nøjagtige tal; hver forespørgsel skrives ned med sit formål",
        "Read exact figures; every query is logged with its purpose",
    ),
}
# What programs are told: the API speaks English.
SCOPE_TEXTS: dict[Scope, str] = {scope: words.en for scope, words in SCOPE_WORDS.items()}

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


DUE_DAYS, MOST_DUE_DAYS = 14, 180
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How often a partner reports, how many days after a period the report is due, and since when (a month's first day)."""

    frequency: Reporting = Reporting.NONE
    due_days: int = DUE_DAYS
    since: date | None = None

    @property
    def as_details(self) -> dict[str, object]:
        """The settings as an audit row has them."""
        since = self.since.isoformat()[:7] if self.since else None
        return {"reporting": str(self.frequency), "due_days": self.due_days, "since": since}


NOTHING_EXPECTED = Calendar()
