"""The forms of counts that a receipt signs: which versions of which periods, with a digest that a partner can compute.

The digest is the SHA-256 of one line for each report that holds, in the order of their bytes: form, period, version and the
SHA-256 of the content, with a space between and a line end behind. The content is that of `GET /api/v1/counts/{form}/{period}`, as
canonical JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from cases.services.forms import FORMS
from cases.services.models import CountReport
from core.text import Text
from oversight.reporting.receipts.content import canonical, digest_of


@dataclass(frozen=True, slots=True)
class SignedCounts:
    """The reports of a year: form, period and version of each, and the digest over all."""

    reports: tuple[tuple[str, str, int], ...]
    digest: str

    @property
    def as_json(self) -> dict[str, object]:
        names = ("form", "period", "version")
        return {"digest": self.digest, "reports": [dict(zip(names, each, strict=True)) for each in self.reports]}

    @property
    def by_form(self) -> list[tuple[Text, int]]:
        """Each form that is reported, and for how many periods."""
        number = Counter(form for form, _, _ in self.reports)
        return [(form.label, number[form.id]) for form in FORMS.values() if number[form.id]]


def counts_of(partner_id: UUID, year: int) -> SignedCounts:
    """What holds of a year now. One statement."""
    # A week of a year may begin in the one before.
    first = date(year, 1, 1) - timedelta(days=6)
    rows = CountReport.objects.of(partner_id).current().filter(period__range=(first, date(year, 12, 31)))
    reports = [each for each in rows.order_by("form", "period") if each.of_period.year == year]
    return SignedCounts(
        tuple((each.form, each.of_period.id, each.version) for each in reports), digest_of(map(line_of, reports))
    )


def line_of(report: CountReport) -> bytes:
    digest = sha256(canonical(report.content)).hexdigest()
    return f"{report.form} {report.of_period.id} {report.version} {digest}\n".encode()


def signed_counts(document: Mapping[str, Any]) -> SignedCounts | None:
    """What a receipt says of forms; None for one of before 0.12, which says nothing of them."""
    counts = document.get("counts")
    if counts is None:
        return None
    return SignedCounts(
        tuple((each["form"], each["period"], each["version"]) for each in counts["reports"]), counts["digest"]
    )
