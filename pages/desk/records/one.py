"""Entering one referral: the form, and the receipt."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases import tokens
from cases.conditions import NONE
from cases.intake.readers.formats import XLSX
from cases.intake.templates.columns import REFERENCE
from cases.intake.templates.guides import DRAFT
from cases.intake.templates.making import filled_workbook
from cases.models import Referral
from cases.months import today
from pages.desk import reads
from pages.desk.frame import Visit, desk_page, show
from pages.desk.records.form_page import FormPage, FormPlace
from pages.desk.records.handles import address, record_page
from pages.desk.records.record_words import RECEIPT
from pages.desk.records.sending import SentForm, form_of, read_form, usable_members, usable_reference
from pages.desk.records.taking import take
from pages.desk.records.words import FORM_WORDS
from pages.desk.sending.downloads import attachment
from pages.desk.sending.page_words import CARD_WORDS
from partners.roles import Right

# The button that keeps what is filled in as a sheet.
KEEP = "keep"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def one(visit: Visit) -> HttpResponse:
    """The form of a new referral, and what is sent by it."""
    place = FormPlace(visit.address("one"), visit.address("home"))
    if visit.request.method == "POST":
        form = form_of(visit.request.POST)
        return draft(visit, form) if KEEP in visit.request.POST else take(visit, form, NONE, place)
    return FormPage({}, str(uuid4()), place).answer(visit)


def draft(visit: Visit, form: SentForm) -> HttpResponse:
    """What was filled in, as a sheet of one row that is sent as a file once it is whole. Nothing of it is kept here."""
    row = {REFERENCE: usable_reference(form.reference), **usable_members(read_form(visit, form).members)}
    content = filled_workbook(visit.language, today(), [row], DRAFT)
    return attachment(content, XLSX, FORM_WORDS["draft"](visit.language))


@require_safe
@record_page(Right.READ)
def receipt(visit: Visit, current: Referral) -> HttpResponse:
    """What to keep of a referral that was sent: its reference, and where its card is printed."""
    reads.write_down(visit, "receipt", 1)
    context = {
        "say": RECEIPT,
        "card": address(visit, "card", current.reference),
        "current": current,
        "token": tokens.in_groups(current.case.token),
        "record": address(visit, "record", current.reference),
        "another": visit.address("one") if visit.may(Right.SUBMIT) else "",
    }
    return show(visit, "desk/receipt.html", context)


@require_safe
@record_page(Right.READ)
def card(visit: Visit, current: Referral) -> HttpResponse:
    """The card with the case token of one referral, as those of a delivery are printed."""
    reads.write_down(visit, "card", 1)
    context = {
        "visit": visit,
        "words": CARD_WORDS,
        "cards": [(None, tokens.in_groups(current.case.token))],
        "back": address(visit, "receipt", current.reference),
    }
    return render(visit.request, "desk/sending/cards.html", context)
