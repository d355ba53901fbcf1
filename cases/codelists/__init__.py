"""Every closed list of the data dictionary: codes, labels in both languages, roll-ups and names in other standards."""

from cases.codelists.assessment import (
    DECIDED_BY,
    IDENTIFIED_BY,
    OUTCOME,
    PREPARED_RETURN,
    REFERRAL_OUTCOME,
    REFLECTION,
    REFLECTION_DAYS,
    RESIDENCE_OUTCOME,
    WAIT,
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
from cases.codelists.notices import NOTICE_AUDIENCE, NOTICE_CHANNEL, NOTICE_SUBJECT, SERVICE_PLACE, SERVICE_STATE
from cases.codelists.person import (
    AGE_BAND,
    GENDER,
    MINOR_WHEN_EXPLOITED,
    RESIDENCE_BASIS,
    YES_NO_MINOR,
)
from cases.codelists.referral import (
    CONFIRMATION_REASON,
    CONSENT,
    DETECTED_BY,
    PARTNER_KIND,
    PREVIOUSLY_REFERRED,
    REGION,
    RETURN_ANSWER,
    RETURN_REASON,
    SERVICE,
    SETTING,
    WITHDRAWAL_REASON,
)
from cases.codelists.services import (
    AGE18,
    ASSISTANCE_SERVICE,
    CALL_CHANNEL,
    CALL_EXPLOITATION,
    CALL_LANGUAGE,
    CALL_REGION,
    CALL_SUBJECT,
    CALLER_TYPE,
    CITIZENSHIP_GROUP,
    CLINIC_SERVICE,
    COURT_INSTANCE,
    DECISION_NATURE,
    ESTIMATE_METHOD,
    JUDGMENT_OUTCOME,
    OUTREACH_ACTIVITY,
    PLACE_TYPE,
    RETURN_STAGE,
    SHELTER_KIND,
    TIME_BAND,
)
from cases.codelists.types import CodeList

# The published lists by their ids: each list that is imported above. A list for the staff alone stays in its module.
CODELISTS: dict[str, CodeList] = {
    each.id: each
    for each in sorted((value for value in vars().values() if isinstance(value, CodeList)), key=lambda value: value.id)
}
