"""What the staff's page of a partner tells of the forms that it reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from cases.services.expectations import CountExpectation, expectations_of, missing
from cases.services.words import ROOM
from core.text import Text
from partners.kinds import Mode
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.partner_page import Effect, PartnerLine, Reader

# So many missing periods are named.
NAMED = 6


def words_of(name: Text, expectations: list[CountExpectation]) -> Text:
    """A form that is expected, and which of its periods are missing, the latest first."""
    periods = [each.period for each in missing(expectations)]
    if not periods:
        return Text(f"{name.da}: intet mangler", f"{name.en}: nothing is missing")
    da, en = (", ".join(each.words(language) for each in periods[:NAMED]) for language in Text._fields)
    more = len(periods) - NAMED
    rest = Text(f" og {more} til", f" and {more} more") if more > 0 else Text("", "")
    return Text(f"{name.da}: mangler {da}{rest.da}", f"{name.en}: missing {en}{rest.en}")


def lines(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The forms that are expected, those of a crisis too, and the way to set that."""
    if partner.mode != Mode.LIVE:
        return
    expectations = expectations_of([partner], timezone.now())[partner.pk]
    for form, those in groupby(expectations, key=lambda each: each.form):
        yield PartnerLine(words_of(form.label, [*those]))
    if not expectations:
        yield PartnerLine(Text("Ingen skemaer forventes.", "No forms are expected."))
    yield PartnerLine(
        Text("Sæt, om partneren indberetter et skema", "Set whether it reports a form"),
        f"{reverse('admin:services_countassignment_add')}?partner={partner.pk}",
        "services.add_countassignment",
    )


def effects(partner: Partner) -> Iterator[Effect]:
    """The forms that are expected of it: from now on none is."""
    forms = {each.form.id: each.form.label for each in expectations_of([partner], timezone.now())[partner.pk]}
    if forms:
        da, en = (", ".join(label(language) for label in forms.values()) for language in Text._fields)
        yield Effect(
            ROOM,
            Text(f"Der forventes ikke flere skemaer fra partneren: {da}.", f"No more forms are expected of it: {en}."),
        )


partner_page.add(ROOM, right="services.view_countassignment", find=lines)
partner_page.add_effect(right="services.view_countassignment", find=effects)
