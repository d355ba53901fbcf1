"""What waits on the first page of the staff: pairs of persons who may be one."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from cases.duplicates.choices import EVIDENCE
from cases.duplicates.models import Duplicate
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from partners.text import Text, short


def entry_of(pair: Duplicate) -> WaitingEntry:
    """A pair by its cases, with what it was found by and since when."""
    day, one, other = day_of(pair.found_at), short(pair.case_a_id), short(pair.case_b_id)
    found_by = [EVIDENCE[reason] for reason in pair.reasons]
    da, en = (", ".join(words(language) for words in found_by) for language in Text._fields)
    return WaitingEntry(
        Text(f"sag {one} og {other}", f"cases {one} and {other}"),
        Text(f"{da}, fundet {day}", f"{en}, found {day}"),
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
