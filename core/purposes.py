"""For which of two purposes each room processes data: the one table. Views, tables and roles have the purpose of their room.

Casework: what partners and the centre do for and about single persons and with each other. Statistics: what is counted. Data go one
way, from casework to statistics: what was made for statistics alone is used for nothing else (databeskyttelsesloven § 10). Tests
walk every view and table, and ask that no table of casework refers to one of statistics.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.conf import settings

from core.text import Text


class DataPurpose(StrEnum):
    """A purpose of processing (GDPR, article 5(1)(b))."""

    CASEWORK = "CASEWORK"
    STATISTICS = "STATISTICS"


CASEWORK, STATISTICS = DataPurpose
LABELS: Mapping[DataPurpose, Text] = MappingProxyType(
    {
        CASEWORK: Text("Sagsarbejde og samarbejde med partnere", "Casework and work with partners"),
        STATISTICS: Text("Statistik", "Statistics"),
    }
)
ABOUT: Mapping[DataPurpose, Text] = MappingProxyType(
    {
        CASEWORK: Text(
            "At modtage henvisninger og myndigheders vurderinger, rette dem, samle dem om samme person, svare partnere og "
            "håndtere personers rettigheder.",
            "To receive referrals and assessments of authorities, correct them, bring together those of one person, answer "
            "partners, and act on persons' rights.",
        ),
        STATISTICS: Text(
            "At tælle, beskytte og offentliggøre, så ingen kan genkendes. Det, der er dannet til statistik, bruges ikke til andet "
            "(databeskyttelseslovens § 10).",
            "To count, protect and publish so that nobody can be recognised. What is made for statistics is used for nothing else "
            "(section 10 of the Danish Data Protection Act).",
        ),
    }
)
# By the beginning of the path of a module or of what stands in it; the longest that fits holds. Frameworks keep accounts, sessions
# and jobs.
ROOMS: Mapping[str, DataPurpose] = MappingProxyType(
    {
        "api": CASEWORK,
        "api.counts": STATISTICS,
        "api.reference.plans": STATISTICS,
        "api.statistics": STATISTICS,
        "cases": CASEWORK,
        "cases.services": STATISTICS,
        "config": CASEWORK,
        "core": CASEWORK,
        "notices": CASEWORK,
        "oversight": CASEWORK,
        "oversight.reporting.models.CoverageNote": STATISTICS,
        "pages": STATISTICS,
        "pages.desk": CASEWORK,
        "pages.desk.counts": STATISTICS,
        "pages.public.notices": CASEWORK,
        "pages.public.receipts": CASEWORK,
        "partners": CASEWORK,
        "publications": STATISTICS,
        "sandbox": STATISTICS,
        "stats": STATISTICS,
        "stats.own": CASEWORK,
        **dict.fromkeys(("allauth", "django", "oauth2_provider", "procrastinate"), CASEWORK),
    }
)
NOT_SAID = Text("Ikke angivet af den, der driver tjenesten.", "Not stated by whoever runs this service.")


def legal_basis(purpose: DataPurpose) -> Text:
    """The legal basis of a purpose, as the operator states it: in Danish and English with a bar between, or one text for both."""
    texts = [part.strip() for part in settings.HENVIS_LEGAL_BASIS[purpose].split("|")]
    return Text(texts[0], texts[-1]) if any(texts) else NOT_SAID


def purpose_of(place: str) -> DataPurpose:
    """The purpose of what stands at a place, such as `stats.models.drafts`. Raises `LookupError` for a room without one."""
    here = place
    while here not in ROOMS:
        here, _, _ = here.rpartition(".")
        if not here:
            raise LookupError(f"no purpose is said of {place}")
    return ROOMS[here]
