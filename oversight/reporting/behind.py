"""The reports behind the months of a release: how many were expected of partners and came. For staff, before it is published."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from oversight.reporting import states
from oversight.reporting.coverage import until
from oversight.reporting.expectations import expectations
from stats.beside import ExpectedReports

# Of partners in the live world, whether a report was expected of them or not.
REPORTED = """
SELECT (
    SELECT count(*) FROM cases_referral r JOIN partners_partner p ON p.id = r.partner_id
    WHERE p.mode = 'LIVE' AND r.referred_in BETWEEN %(first)s AND %(last)s AND r.recorded_at <= %(at)s
    AND (r.superseded_at IS NULL OR r.superseded_at > %(at)s) AND r.status <> 'withdrawn'
), (
    SELECT count(*) FROM reporting_monthcompletion n JOIN partners_partner p ON p.id = n.partner_id
    WHERE p.mode = 'LIVE' AND n.month BETWEEN %(first)s AND %(last)s AND n.recorded_at <= %(at)s
)
"""


def behind(first: date, last: date, at: datetime) -> ExpectedReports:
    """The reports of the months from `first` to `last` as they had come by a moment. A few statements.

    Who has closed since was expected to report what had ended by then: nobody leaves the count of what is missing.
    """
    periods_wanted = {partner.pk: those for partner, those in expectations(first, last, at).items()}
    every = [period for each in periods_wanted.values() for period in each]
    answers = states.answers_by_partner(periods_wanted.keys(), *states.bounds(every)) if every else {}
    came = sum(
        states.evaluate(period, until(answers.get(partner, {}), at), at).state in states.COMPLETE
        for partner, those in periods_wanted.items()
        for period in those
    )
    with connection.cursor() as cursor:
        cursor.execute(REPORTED, {"first": first, "last": last, "at": at})
        referrals, months_declared = cursor.fetchone() or (0, 0)
    return ExpectedReports(len(every), came, referrals, months_declared)
