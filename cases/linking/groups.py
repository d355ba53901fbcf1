"""The cases of each person: the connected components of the standing merges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from cases.linking.models import LinkDecisionKind, MergedCase
from cases.models import Case

Merges = dict[UUID, set[UUID]]


def standing_merges(cases: Collection[UUID]) -> Merges:
    """The standing merges that concern these cases, directly or through other cases: the cases that each of them names."""
    merges: Merges = {}
    cases_seen, new = set(cases), set(cases)
    while new:
        touching = MergedCase.objects.filter(case__in=new).values("decision")
        rows = MergedCase.objects.filter(
            decision__in=touching, decision__kind=str(LinkDecisionKind.MERGE), decision__undone_by=None
        ).values_list("decision_id", "case_id")
        for decision, case in rows:
            merges.setdefault(decision, set()).add(case)
        new = {case for merge in merges.values() for case in merge} - cases_seen
        cases_seen |= new
    return merges


def components(cases: Iterable[UUID], merges: Iterable[Collection[UUID]]) -> Iterator[set[UUID]]:
    """The groups of cases that merges connect."""
    group = {case: {case} for case in cases}
    for merge in merges:
        together = set().union(*(group[case] for case in merge))
        group |= dict.fromkeys(together, together)
    cases_seen: set[UUID] = set()
    for case, together in group.items():
        if case not in cases_seen:
            cases_seen |= together
            yield together


def persons_of(cases: Collection[UUID]) -> dict[UUID, UUID]:
    """The person of each of these cases, and of each case that a standing merge connects with them: the case opened first."""
    merges = standing_merges(cases)
    everyone = set(cases).union(*merges.values())
    moments = dict(Case.objects.filter(pk__in=everyone).values_list("pk", "opened_at"))
    return {
        case: min(group, key=lambda each: (moments[each], each))
        for group in components(everyone, merges.values())
        for case in group
    }
