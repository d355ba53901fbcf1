"""*The year*: what is open in it, its signature with the receipts, and its reopenings. Its people get a receipt as a file."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from cases.months import month_words, this_month, today
from cases.windows import partner_years
from cases.windows.models import FIRST_YEAR, REOPENING_REASONS, ReceiptFile, ReceiptSignature, YearReceipt
from cases.windows.partner_years import ReopeningRefused, WindowClosed
from cases.windows.years import WindowAct
from core.text import Text, with_label
from oversight.reporting.periods import periods_of_year
from oversight.reporting.receipts import signing, status
from oversight.reporting.receipts.content import (
    SignedCounts,
    YearContent,
    canonical,
    content_of,
    counts_of,
    signed_content,
    signed_counts,
)
from oversight.reporting.receipts.signing import OpenPoint, PointPage, SigningRefused, YearOpen, open_points
from oversight.reporting.receipts.status import YEAR_WORDS, YearState, file_of
from pages.desk import reads
from pages.desk.frame import HomeCard, Visit, ask, desk_page, go, go_back, refuse, show
from pages.desk.sending.files import saved_as
from pages.desk.year_words import (
    CHOOSE_REASON,
    CLOSED_TO_YOU,
    LANGUAGE_WORDS,
    NOT_SIGNED,
    OPEN,
    REOPEN,
    REOPENED,
    SIGN,
    SIGNED,
    YEAR,
    total_words,
)
from partners.people.models import Membership
from partners.people.names import name_of
from partners.roles import Right
from partners.staff.questions import is_answered

# The page that settles a point, by its route here.
PLACES: dict[PointPage, str] = {
    PointPage.CALENDAR: "home",
    PointPage.DELIVERIES: "deliveries",
    PointPage.COUNTS: "counts",
}
# What a partner of itself has reasons for; that the centre has asked is the centre's to say.
OWN_REASONS = {code: words for code, words in REOPENING_REASONS.items() if code != "CENTRE_ASKED"}


@require_safe
@desk_page(Right.READ)
def years(visit: Visit) -> HttpResponse:
    """The years that a partner is shown, each with its window and how it stands."""
    of_partner = partner_years.years_of(visit.partner.pk)
    rows = [
        {
            "year": each,
            "address": visit.address("year", year=each),
            "state": YEAR_WORDS[status.year_state(visit.partner.pk, each, looks_at_records=False)[0]],
            "window": of_partner.window(each),
        }
        for each in status.years_to_show(visit.partner.reporting_since, today())
    ]
    return show(visit, "desk/years.html", {"rows": rows, "words_of": YEAR})


@require_safe
@desk_page(Right.READ)
def year(visit: Visit, year: int) -> HttpResponse:
    demand_year(year)
    return show(visit, "desk/year.html", context(visit, year))


def context(visit: Visit, year: int) -> dict[str, Any]:
    """What the page of a year shows."""
    state, receipt = status.year_state(visit.partner.pk, year)
    of_partner, day = partner_years.years_of(visit.partner.pk), today()
    valid_receipt = receipt if of_partner.is_signed(year) else None
    is_signed = valid_receipt is not None
    points = [] if is_signed else open_points(visit.partner, year)
    submits = visit.may(Right.SUBMIT)
    own_people = set(Membership.objects.filter(partner=visit.member.partner).values_list("user_id", flat=True))
    return {
        "words_of": YEAR,
        "year": year,
        "state": YEAR_WORDS[state],
        "is_changed": state == YearState.CHANGED,
        "receipt": receipt,
        "window": of_partner.window(year),
        "reopened_until": of_partner.reopened_until(year, day),
        "is_expected": bool(periods_of_year(visit.partner.calendar, year)),
        "points": [(each, place(visit, each)) for each in points],
        "is_signed": is_signed,
        "months": what_was_signed(visit, valid_receipt) if valid_receipt else what_is_signed(visit, year),
        "sign": visit.address("sign", year=year) if submits and not is_signed and not points else None,
        "reopen": visit.address("reopen", year=year) if submits and is_signed else None,
        "is_closed": of_partner.window(year).refusal(WindowAct.CORRECT, day) is not None,
        "reasons": OWN_REASONS,
        "receipts": [receipt_row(visit, each) for each in receipts_of(visit, year)],
        "reopenings": [
            (each, REOPENING_REASONS[each.reason_code], None if each.user_id in own_people else each.until_on)
            for each in status.reopening_history(visit.partner.pk, year)
        ],
    }


def what_is_signed(visit: Visit, year: int) -> dict[str, Any]:
    """What a signature would stand for now: the months that have begun, with totals. That it was shown is written down."""
    with transaction.atomic():
        counts, forms = content_of(visit.partner.pk, year), counts_of(visit.partner.pk, year)
        reads.write_down(visit, "year", counts.count + len(forms.reports))
    return months_table(visit, YEAR["signs"], counts, forms)


def what_was_signed(visit: Visit, receipt: YearReceipt) -> dict[str, Any]:
    """What a receipt stands for, whatever has changed since. That it was shown is written down."""
    counts, forms = signed_content(receipt.document), signed_counts(json.loads(receipt.document))
    reads.write_down(visit, "year", counts.count + (len(forms.reports) if forms else 0))
    return months_table(visit, YEAR["signed"], counts, forms)


def months_table(visit: Visit, heading: Text, counts: YearContent, forms: SignedCounts | None) -> dict[str, Any]:
    """The table of the months that have begun, with totals, and the forms of counts."""
    months = [(month_words(each.month, visit.language), each) for each in counts.months if each.month <= this_month()]
    return {
        "heading": heading,
        "words": YEAR,
        "months": months,
        "referrals": sum(each.referrals for each in counts.months),
        "withdrawn": sum(each.withdrawals for each in counts.months),
        "forms": forms.by_form if forms else [],
    }


def receipts_of(visit: Visit, year: int) -> list[Any]:
    """The receipts of a year, the newest first, each with the languages whose PDF is made."""
    rows = YearReceipt.objects.filter(partner=visit.partner, year=year).select_related("user", "signature")
    languages = ArrayAgg("files__language", filter=Q(files__isnull=False), order_by="files__language", default=[])
    return list(rows.annotate(languages=languages).order_by("-number"))


def receipt_row(visit: Visit, receipt: Any) -> dict[str, Any]:
    """A receipt with its addresses: of its JSON once it is signed, and of each PDF that is made."""
    parts = {"year": receipt.year, "number": receipt.number}
    return {
        "receipt": receipt,
        "who": name_of(receipt.user),
        "json": visit.address("receipt_json", **parts) if hasattr(receipt, "signature") else None,
        "files": [
            (LANGUAGE_WORDS[each], visit.address("receipt_pdf", **parts, language=each)) for each in receipt.languages
        ],
    }


def place(visit: Visit, point: OpenPoint) -> str | None:
    """The address of the page that settles a point; None where it is this one, or the person may not open it."""
    may_open = point.page in PLACES and (point.page != PointPage.DELIVERIES or visit.may(Right.SUBMIT))
    return visit.address(PLACES[point.page]) if may_open else None


def demand_year(year: int) -> None:
    """Raise `Http404` for what is no year of records."""
    if not FIRST_YEAR <= year <= today().year + 1:
        raise Http404


@require_POST
@desk_page(Right.SUBMIT)
def sign(visit: Visit, year: int) -> HttpResponse:
    """Sign the year, after asking. 409 where something is open."""
    demand_year(year)
    if open_points(visit.partner, year):
        return refuse(visit, OPEN)
    if (question := ask_to_sign(visit, year)) is not None:
        return question
    try:
        signing.sign(visit.member, year, partner=visit.partner)
    except YearOpen:
        return refuse(visit, OPEN)
    except SigningRefused as refusal:
        return refuse(visit, refusal)
    return go(visit, "year", SIGNED, year=year)


def ask_to_sign(visit: Visit, year: int) -> HttpResponse | None:
    """The question, with what is signed; None where the person has answered."""
    if is_answered(visit.request):
        return None
    counts = what_is_signed(visit, year)
    total = total_words(counts["referrals"], counts["withdrawn"])
    about = (
        with_label(YEAR["organisation"], visit.partner.name),
        with_label(YEAR["year"], year),
        with_label(YEAR["signer"], name_of(visit.member.user)),
        with_label(YEAR["total"], total),
        *(() if periods_of_year(visit.partner.calendar, year) else (YEAR["none_expected"],)),
    )
    return ask(visit, SIGN, *about, back=visit.address("year", year=year), part=HomeCard("desk/signs.html", counts))


@require_POST
@desk_page(Right.SUBMIT)
def reopen(visit: Visit, year: int) -> HttpResponse:
    """Reopen a signed year, after asking, while its window is open. 409 where only the centre can."""
    demand_year(year)
    reason = visit.request.POST.get("reason", "")
    if reason not in OWN_REASONS:
        return go_back(visit, "year", CHOOSE_REASON, year=year)
    back = visit.address("year", year=year)
    about = (with_label(YEAR["year"], year), with_label(YEAR["reason"], OWN_REASONS[reason]))
    if (question := ask(visit, REOPEN, *about, back=back, keep=("reason",))) is not None:
        return question
    try:
        partner_years.reopen_own(by=visit.member.user, partner_id=visit.partner.pk, year=year, reason_code=reason)
    except WindowClosed:
        return refuse(visit, CLOSED_TO_YOU)
    except ReopeningRefused:
        return refuse(visit, NOT_SIGNED)
    return go(visit, "year", REOPENED, year=year)


def receipt_of(visit: Visit, year: int, number: int) -> YearReceipt:
    """A receipt of the partner in this mode. Raises `Http404`."""
    receipt = YearReceipt.objects.filter(partner=visit.partner, year=year, number=number).first()
    if receipt is None:
        raise Http404
    return receipt


@require_safe
@desk_page(Right.READ)
def receipt_as_json(visit: Visit, year: int, number: int) -> HttpResponse:
    """The receipt as JSON: what is verified (docs/signing-a-year.md). 404 until a worker has signed it."""
    receipt = receipt_of(visit, year, number)
    if not ReceiptSignature.objects.filter(receipt=receipt).exists():
        raise Http404
    return HttpResponse(
        canonical(file_of(receipt)), "application/json", headers=saved_as(f"{receipt_name(receipt)}.json")
    )


@require_safe
@desk_page(Right.READ)
def receipt_as_pdf(visit: Visit, year: int, number: int, language: str) -> HttpResponse:
    """The receipt as PDF. 404 until a worker has made it."""
    receipt = receipt_of(visit, year, number)
    file = ReceiptFile.objects.filter(receipt=receipt, language=language).first()
    if file is None:
        raise Http404
    return HttpResponse(
        bytes(file.content), "application/pdf", headers=saved_as(f"{receipt_name(receipt)}-{language}.pdf")
    )


def receipt_name(receipt: YearReceipt) -> str:
    """The beginning of a file's name."""
    return f"henvis-{receipt.year}-{receipt.number}"
