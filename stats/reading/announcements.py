"""What is announced of a release beside its figures: what changed since the vintage before, its errata, and its withdrawal, also
that of a release of a part of its period.

And why it was published although something spoke against it, and whether it is under review.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from core.text import Text, of_both

ERRATUM, UNDER_REVIEW, PART_WITHDRAWN = "ERRATUM", "UNDER_REVIEW", "PART_WITHDRAWN"
# As one text: the driver takes long to read arrays. The moment is written as PostgreSQL writes it in JSON, which is RFC 3339.
ERRATA = """
SELECT json_agg(json_build_array(m.id, d.decided_at, m.text_da, m.text_en, m.of_total) ORDER BY d.decided_at, m.id)::text AS every
FROM statistics_erratum m JOIN statistics_erratumdecision d ON d.erratum_id = m.id AND d.approved WHERE m.release_id = r.id
"""
# The sign that is up, by its number; and what spoke against the publication with both reasons.
SIGN = """
(SELECT s.id FROM statistics_reviewsign s WHERE s.release_id = r.id
 AND NOT EXISTS (SELECT FROM statistics_reviewsignend n WHERE n.sign_id = s.id))
"""
# The releases of parts of the period that were there when it was built, and that were withdrawn since.
PARTS = """
(SELECT json_agg(json_build_array(v.id, x.reason) ORDER BY v.first_month, v.id)::text
 FROM statistics_release v JOIN statistics_withdrawal x ON x.release_id = v.id
 WHERE v.audience = r.audience AND v.period <> r.period AND v.first_month >= r.first_month AND v.last_month <= r.last_month
   AND x.withdrawn_at > r.built_at)
"""
COLUMNS = f"""
r.change_notes_da, r.change_notes_en, e.every, {SIGN}, {PARTS}, array_to_string(p.grounds, ' '),
r.reason_da, r.reason_en, p.reason_da, p.reason_en
"""


@dataclass(frozen=True, slots=True)
class WithdrawalNotice:
    """When and why a release was withdrawn, and the release that stands in its place; empty where none does.

    `is_replaced`: another took its place, which may have been withdrawn since.
    """

    at: datetime
    reason: str
    replacement: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class ErratumNotice:
    """What has to be known of a published release that is wrong."""

    id: int
    at: datetime
    text: Text
    of_total: bool


@dataclass(frozen=True, slots=True)
class Announcements:
    """The change notes, None for a first vintage without any; and the errata, the oldest first.

    `sign`: the number of the sign "under review", where one is up. `grounds`: what spoke against the publication, as codes; then
    `reasons` are of who ordered it and of who approved it. `parts`: the releases of parts of its period that were withdrawn
    since it was built, each with the reason.
    """

    change_notes: Text | None = None
    errata: tuple[ErratumNotice, ...] = ()
    sign: int | None = None
    grounds: tuple[str, ...] = ()
    reasons: tuple[Text, ...] = ()
    parts: tuple[tuple[str, Text], ...] = ()

    @property
    def key(self) -> str:
        """A text that changes when an erratum is added, a sign is put up or taken down, and a part is withdrawn."""
        sign = [f"s{self.sign}"] if self.sign else []
        return " ".join(
            [*(f"e{erratum.id}" for erratum in self.errata), *sign, *(f"w{part}" for part, _ in self.parts)]
        )

    @property
    def codes(self) -> tuple[str, ...]:
        errata, sign = (ERRATUM,) if self.errata else (), (UNDER_REVIEW,) if self.sign else ()
        return (*self.grounds, *errata, *sign, *((PART_WITHDRAWN,) if self.parts else ()))


NONE = Announcements()


def announcements_of(
    notes_da: str,
    notes_en: str,
    errata: str | None,
    sign: int | None,
    parts: str | None,
    grounds: str | None,
    *reasons: str | None,
) -> Announcements:
    """The announcements in the columns of a row. `reasons`: of the order and of the approval, each in Danish and in English."""
    rows = json.loads(errata) if errata else ()
    notices = tuple(
        ErratumNotice(number, datetime.fromisoformat(at), Text(da, en), of_total)
        for number, at, da, en, of_total in rows
    )
    codes = tuple((grounds or "").split())
    both_reasons = dict.fromkeys(Text(da or "", en or "") for da, en in batched(reasons, 2)) if codes else {}
    parts_gone = tuple((release, of_both(reason)) for release, reason in json.loads(parts or "[]"))
    notes = Text(notes_da, notes_en) if notes_da else None
    return Announcements(notes, notices, sign, codes, tuple(both_reasons), parts_gone)
