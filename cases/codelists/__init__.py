"""Every closed list of the data dictionary: codes, labels in both languages, roll-ups and names in other standards."""

from cases.codelists.assessment import (
    DECIDED_BY,
    OUTCOME,
    PREPARED_RETURN,
    REFLECTION,
    REFLECTION_DAYS,
    RESIDENCE_OUTCOME,
)
from cases.codelists.countries import CITIZENSHIP
from cases.codelists.exploitation import (
    DURATION,
    EXPLOITATION,
    EXPLOITED_IN,
    MEANS_OF_CONTROL,
    RECRUITER,
)
from cases.codelists.exploitation_detail import EXPLOITATION_DETAIL
from cases.codelists.person import (
    AGE_BAND,
    GENDER,
    MINOR_WHEN_EXPLOITED,
    RESIDENCE_BASIS,
    YES_NO_MINOR,
)
from cases.codelists.referral import (
    CONSENT,
    DETECTED_BY,
    PARTNER_KIND,
    PREVIOUSLY_REFERRED,
    REGION,
    SERVICE,
    SETTING,
    WITHDRAWAL_REASON,
)
from cases.codelists.types import CodeList

CODELISTS: dict[str, CodeList] = {
    code_list.id: code_list
    for code_list in (
        REGION,
        SETTING,
        DETECTED_BY,
        GENDER,
        AGE_BAND,
        MINOR_WHEN_EXPLOITED,
        CITIZENSHIP,
        RESIDENCE_BASIS,
        EXPLOITATION,
        EXPLOITATION_DETAIL,
        EXPLOITED_IN,
        MEANS_OF_CONTROL,
        RECRUITER,
        DURATION,
        YES_NO_MINOR,
        SERVICE,
        PREVIOUSLY_REFERRED,
        CONSENT,
        WITHDRAWAL_REASON,
        OUTCOME,
        DECIDED_BY,
        REFLECTION,
        REFLECTION_DAYS,
        PREPARED_RETURN,
        RESIDENCE_OUTCOME,
        PARTNER_KIND,
    )
}

__all__ = [
    "AGE_BAND",
    "CITIZENSHIP",
    "CODELISTS",
    "CONSENT",
    "DECIDED_BY",
    "DETECTED_BY",
    "DURATION",
    "EXPLOITATION",
    "EXPLOITATION_DETAIL",
    "EXPLOITED_IN",
    "GENDER",
    "MEANS_OF_CONTROL",
    "MINOR_WHEN_EXPLOITED",
    "OUTCOME",
    "PARTNER_KIND",
    "PREPARED_RETURN",
    "PREVIOUSLY_REFERRED",
    "RECRUITER",
    "REFLECTION",
    "REFLECTION_DAYS",
    "REGION",
    "RESIDENCE_BASIS",
    "RESIDENCE_OUTCOME",
    "SERVICE",
    "SETTING",
    "WITHDRAWAL_REASON",
    "YES_NO_MINOR",
]
