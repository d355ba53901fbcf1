"""What stands already under the references of a chunk, asked by one statement, or two where a row has retired codes.

A row that says what is stored already changes nothing, whatever the rules say today: so it is for a single referral, and so it is
here. Such a row is neither staged nor compared again, which makes a delivery of what is known several times faster than a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from cases.fields import MonthField
from cases.intake.batches.rows import CheckedRow
from cases.intake.batches.statements import FRESH_PLANS
from cases.intake.checks.content import BETWEEN_CODES, BETWEEN_FIELDS, NAMES, SETS
from cases.intake.exported import agrees
from cases.intake.submit import FIELDS
from cases.models import Referral
from cases.statuses import Status

BETWEEN_ROWS = "\n"


def part_in_sql(name: str) -> str:
    """The text of a column, as `cases.intake.checks.content.parts_of` writes the value."""
    if isinstance(FIELDS[name], MonthField):
        return f"to_char(r.{name}, 'YYYY-MM-DD')"
    return f"array_to_string(r.{name}, '{BETWEEN_CODES}')" if name in SETS else f"r.{name}"


# One look into an index for each row. Without LIMIT the database, which does not know how many rows have come of late, may read all
# that a partner has for every chunk. The token of a case is looked up where a row names one. What is asked comes as three texts
# that are taken apart here, which is several times quicker than three arrays.
STANDING = f"""
SELECT e.reference::text, s.version, s.token, s.is_same, s.withdrawn
FROM unnest(
    string_to_array(%s, '{BETWEEN_ROWS}')::uuid[],
    string_to_array(%s, '{BETWEEN_ROWS}'),
    string_to_array(%s, '{BETWEEN_ROWS}')::boolean[]
) AS e (reference, content, has_token)
CROSS JOIN LATERAL (
    SELECT r.version, CASE WHEN e.has_token THEN (SELECT c.token FROM cases_case c WHERE c.id = r.case_id) END AS token,
        e.content = concat_ws('{BETWEEN_FIELDS}', {", ".join(map(part_in_sql, NAMES))}) AS is_same,
        CASE WHEN r.status = '{Status.WITHDRAWN}' THEN r.reason_code END AS withdrawn
    FROM cases_referral r WHERE r.partner_id = %s AND r.reference = e.reference AND r.superseded_at IS NULL LIMIT 1
) s
"""


class StandingVersion(NamedTuple):
    """The current version under a reference, whether it says what the row says, and the token of its case where a row names one.

    `withdrawn`: the reason for which it is withdrawn, if it is.
    """

    version: int
    token: str | None
    is_same: bool
    withdrawn: str | None


class StandingVersions:
    """What stands under the references of the rows of a chunk."""

    def __init__(self, partner_id: UUID | None, rows: Sequence[CheckedRow]) -> None:
        """Ask, where there is a partner.

        Of several rows with one reference the last one is compared with what is stored, and the others with that one.
        """
        self.partner_id = partner_id
        self.last = {row.reference: row for row in rows}
        self.versions = self.of_partner(partner_id, rows) if partner_id else {}

    def of_partner(self, partner_id: UUID, rows: Sequence[CheckedRow]) -> dict[str, StandingVersion]:
        """What the partner has stored, by one statement, in the caller's transaction.

        Its plan is made anew: one that was kept from when the partner had stored little would read all of its rows for each row.
        """
        with_token = {row.reference for row in rows if row.token}
        columns = (
            self.last,
            (BETWEEN_FIELDS.join(row.parts) for row in self.last.values()),
            ("t" if each in with_token else "f" for each in self.last),
        )
        with connection.cursor() as cursor:
            cursor.execute(FRESH_PLANS)
            cursor.execute(STANDING, [*map(BETWEEN_ROWS.join, columns), partner_id])
            return {reference: StandingVersion(*rest) for reference, *rest in cursor.fetchall()}

    def version_of(self, row: CheckedRow) -> int | None:
        """The number of the stored version that says what the row says, of the same case; None where there is none.

        Without a partner nobody knows; a row that says it is withdrawn is believed.
        """
        if self.partner_id is None:
            return None if row.withdrawn is None else row.expected or 1
        version = self.versions.get(row.reference)
        if version is None or not version.is_same or row.token not in {None, version.token}:
            return None
        if not agrees(row.withdrawn, version.withdrawn):
            return None
        return version.version if row.parts == self.last[row.reference].parts else None

    def referrals_of(self, rows: Sequence[CheckedRow]) -> dict[str, Referral]:
        """What is stored under the references of rows, in full."""
        references = [row.reference for row in rows if row.reference in self.versions]
        if not references or self.partner_id is None:
            return {}
        current = Referral.objects.filter(
            partner_id=self.partner_id, reference__in=references, superseded_at__isnull=True
        )
        return {str(each.reference): each for each in current}
