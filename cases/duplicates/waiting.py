"""What waits on the first page of the staff: pairs of persons who may be one."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import User

from cases.duplicates.evidence import likelihood
from cases.duplicates.models import EVIDENCE, PAIR, Duplicate
from cases.linking.pages import may_see_cases
from cases.linking.restriction import open_cases
from cases.models import Case
from core.text import Text, short
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows


def entry_of(pair: Duplicate, *, with_openers: bool) -> WaitingEntry:
    """A pair by how likely it is one person and by its cases, with what it was found by and since when."""
    likely, day = likelihood(pair.score), day_of(pair.found_at)
    one, other = (name_of(case, with_opener=with_openers) for case in (pair.case_a, pair.case_b))
    found_by = [EVIDENCE[reason] for reason in pair.reasons]
    da, en = (", ".join(words(language) for words in found_by) for language in Text._fields)
    return WaitingEntry(
        Text(
            f"{likely.da.capitalize()}: sag {one} og sag {other}",
            f"{likely.en.capitalize()}: case {one} and case {other}",
        ),
        Text(f"{da}, fundet {day}", f"{en}, found {day}"),
    )


def name_of(case: Case, *, with_opener: bool) -> str:
    """A case as lists name it, and who opened it."""
    return f"{short(case.pk)} ({case.opened_by})" if with_opener else short(case.pk)


def find(user: User) -> WaitingRows:
    """The pairs that nobody has decided on, the likeliest first. Who opened the cases stands there for those who see cases."""
    pairs = (
        Duplicate.objects.filter(open_cases(*PAIR))
        .select_related("case_a__opened_by", "case_b__opened_by")
        .order_by("-score", "pk")
    )
    return waiting.newest(pairs, partial(entry_of, with_openers=may_see_cases(user)))


waiting.add(
    "duplicates",
    Text("Ét par af sager er måske samme person", "One pair of cases may be one person"),
    Text("{number} par af sager er måske samme person", "{number} pairs of cases may be one person"),
    rights=["duplicates.decide_duplicates"],
    find=find,
    address="duplicates_duplicate_changelist",
)
