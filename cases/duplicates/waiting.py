"""What waits on the first page of the staff: pairs of persons who may be one."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from cases.duplicates.choices import EVIDENCE
from cases.duplicates.models import Duplicate
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from partners.text import Text


def entry_of(pair: Duplicate) -> WaitingEntry:
    """A pair by what it was found by, since when."""
    day = day_of(pair.found_at)
    found_by = [EVIDENCE[reason] for reason in pair.reasons]
    return WaitingEntry(
        Text(*(", ".join(words(language) for words in found_by) for language in Text._fields)),
        Text(f"fundet {day}", f"found {day}"),
        reverse("admin:duplicates_duplicate_change", args=[pair.pk]),
    )


def find(user: User) -> WaitingRows:
    """The pairs that nobody has decided on, the likeliest first."""
    return waiting.newest(Duplicate.objects.order_by("-score", "pk"), entry_of)


waiting.add(
    "duplicates",
    Text("Ét par af sager er måske samme person", "One pair of cases may be one person"),
    Text("{number} par af sager er måske samme person", "{number} pairs of cases may be one person"),
    rights=["duplicates.decide_duplicates"],
    find=find,
    address=lambda: reverse("admin:duplicates_duplicate_changelist"),
)
