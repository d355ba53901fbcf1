"""The digests over a year's records and forms of counts that a receipt signs, which a partner can compute (docs/signing-a-year.md).

That of records is the SHA-256 of one line for each current record of the year, withdrawn ones too, in the order of their bytes. A
line is the reference, the version and the SHA-256 of the content, with a space between and a line end behind. The content is an
object of the members named by `MEMBERS`, as canonical JSON of texts: a set is its codes in order with `BETWEEN_CODES` between, a
month `2025-03`, and what is not there an empty text.

That of forms is the SHA-256 of one line for each report that holds, in the order of their bytes: form, period, version and the
SHA-256 of the content, with a space between and a line end behind. The content is that of `GET /api/v1/counts/{form}/{period}`, as
canonical JSON.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from cases import dictionary as d
from cases.intake.submit import COLUMNS
from cases.models import Referral
from cases.months import later, month_id, span
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.versions import Status
from core.text import Text
from oversight.reporting.models import FirstReport, MonthCompletion

MEMBERS = (*COLUMNS, "status", d.WITHDRAWAL_REASON.name)
BETWEEN_CODES = "|"
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What stands in a month: referrals, those that are withdrawn, and whether it is declared complete.

    `nil`: it was said that there was nothing, and nothing stands or stood when rows were last deleted.
    """

    month: date
    referrals: int
    withdrawals: int
    declared: bool
    nil: bool

    @property
    def as_json(self) -> dict[str, object]:
        """The month as a receipt has it."""
        return {
            "month": month_id(self.month),
            "referrals": self.referrals,
            "withdrawn": self.withdrawals,
            "declared": self.declared,
            "nil": self.nil,
        }


@dataclass(frozen=True, slots=True)
class YearContent:
    """What a receipt says of a year's records. `count`: the lines of the digest."""

    months: tuple[MonthCount, ...]
    count: int
    digest: str


def canonical(value: object) -> bytes:
    """Canonical JSON: members in the order of their names, no spaces, UTF-8. Without fractions it is that of RFC 8785."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_of(partner_id: UUID, year: int) -> YearContent:
    """What stands in a year of a partner now. The rows are read piece by piece."""
    first = date(year, 1, 1)
    rows = Referral.objects.of(partner_id).current().filter(referred_in__range=(first, date(year, 12, 1)))
    standing: Counter[date] = Counter()
    withdrawals: Counter[date] = Counter()
    lines: list[bytes] = []
    for row in rows.values("reference", "version", *MEMBERS).iterator(chunk_size=CHUNK):
        counter = withdrawals if row["status"] == Status.WITHDRAWN else standing
        counter[row["referred_in"]] += 1
        lines.append(line_of(row))
    months_declared = set(
        MonthCompletion.objects.filter(partner_id=partner_id, month__year=year).values_list("month", flat=True)
    )
    months_stood = set(
        FirstReport.objects.filter(partner_id=partner_id, month__year=year, stood=True).values_list("month", flat=True)
    )
    months_nil = months_declared - months_stood - {month for month, number in standing.items() if number}
    months = tuple(
        MonthCount(month, standing[month], withdrawals[month], month in months_declared, month in months_nil)
        for month in span(first, later(first, 11))
    )
    return YearContent(months, len(lines), digest_of(lines))


def signed_content(text: str) -> YearContent:
    """What a receipt says of the year's records. `text`: its document."""
    document = json.loads(text)
    months = tuple(
        MonthCount(
            date.fromisoformat(f"{each['month']}-01"),
            each["referrals"],
            each["withdrawn"],
            each["declared"],
            each["nil"],
        )
        for each in document["months"]
    )
    return YearContent(months, document["records"]["count"], document["records"]["digest"])


def line_of(row: dict[str, Any]) -> bytes:
    content = {name: plain(row[name]) for name in MEMBERS}
    return f"{row['reference']} {row['version']} {sha256(canonical(content)).hexdigest()}\n".encode()


def plain(value: object) -> str:
    """A stored value as a text, the same whether an export is NDJSON or CSV."""
    match value:
        case date():
            return month_id(value)
        case list() | tuple():
            return BETWEEN_CODES.join(sorted(map(str, value)))
        case None:
            return ""
    return str(value)


def digest_of(lines: Iterable[bytes]) -> str:
    """The digest of lines, in hexadecimal."""
    whole = sha256()
    for line in sorted(lines):
        whole.update(line)
    return whole.hexdigest()


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
        tuple((each.form, each.of_period.id, each.version) for each in reports), digest_of(map(line_of_report, reports))
    )


def line_of_report(report: CountReport) -> bytes:
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
