"""What a write of a record shares: a referral sent to its own address, and a warning of codes that are going to be retired.

A referral is sent as a sender writes it, as a row of a file says it, or as a GET has answered it. The warning is `Deprecation`
(RFC 9745), `Sunset` (RFC 8594) and where to read of it. What was sent is accepted all the same. A record that keeps a code which
is retired already is answered with a sunset in the past.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import http_date

from api.http.problems import ProblemError
from api.http.reading import finding, record_reader
from api.records.bodies import ReferralInput
from cases import dictionary as d
from cases.fields import Field
from cases.intake import submit
from cases.intake.additions import READ_ONLY, withdrawal_of
from cases.intake.batches.decoding import REFERENCE, VERSION
from cases.intake.batches.rows import read_reference, read_version
from cases.intake.rules import retirement_of
from cases.intake.submit import ReferralResult
from cases.intake.values import READ_EXPORTED
from cases.months import COPENHAGEN
from cases.rules import REFERRAL_RULES
from cases.versions import NONE, Condition
from partners.credentials import Principal

ADDRESSED = record_reader(
    ReferralInput,
    d.REFERRAL,
    of_service={REFERENCE: read_reference, VERSION: read_version, **READ_EXPORTED},
    rules=REFERRAL_RULES,
)


def put(*, by: Principal, reference: UUID, data: object, condition: Condition) -> ReferralResult:
    """Create or correct a referral. Its `version` is the condition where the request has none; its `reference` is the address's.

    Raises `ProblemError`, and what `cases.intake.submit.put` does.
    """
    values = ADDRESSED.read(data)
    if values.get(REFERENCE, str(reference)) != str(reference):
        raise ProblemError("validation_failed", [finding(READ_ONLY, REFERENCE)])
    if condition == NONE and VERSION in values:
        condition = Condition(versions=frozenset({values[VERSION]}))
    return submit.put(
        by=by, reference=reference, values=values, condition=condition, withdrawn_for=withdrawal_of(values)
    )


CHANGES_ADDRESS = "/api/v1/codelists/changes"


def retirement_headers(request: HttpRequest, fields: Iterable[Field], record: object) -> dict[str, str]:
    """The headers of the answer to a write. Of several codes the first announcement and the first end are told; of none nothing."""
    retirement = retirement_of(fields, record)
    if retirement is None:
        return {}
    return {
        "Deprecation": f"@{beginning_of(retirement.announced)}",
        "Sunset": http_date(beginning_of(retirement.last + timedelta(days=1))),
        "Link": f'<{request.build_absolute_uri(CHANGES_ADDRESS)}>; rel="deprecation"; type="application/json"',
    }


def beginning_of(day: date) -> int:
    """The second, since 1970 in UTC, in which a day begins in Copenhagen."""
    return int(datetime.combine(day, time(), COPENHAGEN).timestamp())
