"""What waits on the first page of the staff: conflicts about persons that nobody has resolved."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from cases.linking.conflicts import unresolved_conflicts
from cases.linking.pages import MAY_DECIDE, MAY_VIEW, SEEING
from cases.linking.words import LABELS
from core.text import Text, short
from partners.staff import waiting
from partners.staff.waiting import NAMED, WaitingEntry, WaitingRows, Way, WayGroup


def find(user: User) -> WaitingRows:
    """The conflicts by their attributes and persons. No value is read: who wants to see one opens the person."""
    number, pairs = unresolved_conflicts(size=NAMED)
    entries = [
        WaitingEntry(LABELS[field], f"person {short(person)}", reverse("admin:cases_case_change", args=[person]))
        for person, field in pairs
    ]
    return WaitingRows(number, entries)


waiting.add(
    "conflicts",
    Text("En modsigelse om en person er uafklaret", "A conflict about a person is unresolved"),
    Text("{number} modsigelser om personer er uafklarede", "{number} conflicts about persons are unresolved"),
    rights=[MAY_DECIDE, MAY_VIEW],
    find=find,
    address="cases_case_conflicts",
)
waiting.lead(
    WayGroup.CASES,
    Way(Text("Modsigelser om personer", "Conflicts about persons"), SEEING, "cases_case_conflicts"),
    Way(Text("Find en sag", "Find a case"), SEEING, "cases_case_find"),
)
