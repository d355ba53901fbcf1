"""Entering one referral: the form, and the receipt."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases import tokens
from cases.conditions import NONE
from cases.models import Referral
from pages.desk import reads
from pages.desk.frame import Visit, desk_page, show
from pages.desk.records.form_page import FormPage, FormPlace
from pages.desk.records.handles import address, record_page
from pages.desk.records.record_words import RECEIPT
from pages.desk.records.sending import form_of
from pages.desk.records.taking import take
from pages.desk.sending.page_words import CARD_WORDS
from partners.roles import Right


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def one(visit: Visit) -> HttpResponse:
    """The form of a new referral, and what is sent by it."""
    place = FormPlace(visit.address("one"), visit.address("home"))
    if visit.request.method == "POST":
        return take(visit, form_of(visit.request.POST), NONE, place)
    return FormPage({}, str(uuid4()), place).answer(visit)


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
