"""The pairs that the cases on a page wait in: the room of cases, whose page it is, does not know duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import template
from django.db.models import Q

from cases.duplicates.models import PAIR, Duplicate
from cases.linking.restriction import open_cases

register = template.Library()


@register.simple_tag
def with_pairs(cases: Sequence[Any]) -> list[tuple[UUID, UUID]]:
    """The pairs of a person's cases that wait for a decision, the likeliest first: the other case, and the id of the pair.

    A pair of two of the cases is left out: they are one person already. `cases`: as the page of a person shows them.
    """
    own = {each.case.pk for each in cases}
    rows = Duplicate.objects.filter(open_cases(*PAIR)).filter(Q(case_a__in=own) | Q(case_b__in=own))
    both = [(({row.case_a_id, row.case_b_id} - own), row.pk) for row in rows]
    return [(other, pair) for others, pair in both for other in others]
