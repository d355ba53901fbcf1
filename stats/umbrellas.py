"""Who knows together: the partners under each umbrella organisation, and every partner with its successor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import NAMESPACE_OID, UUID, uuid5

from partners.kinds import Kind, Mode
from partners.models import Partner
from partners.organisations.models import PartnerName, SuccessionRequest
from stats.models import Proof

# The partners under each umbrella, two or more.
Umbrellas = frozenset[frozenset[UUID]]
NONE: Umbrellas = frozenset()


def joint_id(partners: frozenset[UUID]) -> UUID:
    """The id of the partners under an umbrella as one insider. It is the same for the same partners."""
    return uuid5(NAMESPACE_OID, " ".join(sorted(map(str, partners))))


def umbrellas_now() -> Umbrellas:
    """The partners under each umbrella, as staff have set it, and every partner with its successor. Capitals make no difference.

    A partner is under its own name as well: an umbrella organisation may be a partner itself, or be under another. Those whose
    umbrella is a name that it had before, or will have, are under it too.
    """
    live = Partner.objects.filter(mode=Mode.LIVE).exclude(kind=Kind.CENTRE)
    by_name: dict[str, set[UUID]] = {}
    for who, *names in live.values_list("pk", "name", "umbrella"):
        for name in filter(None, {each.casefold() for each in names}):
            by_name.setdefault(name, set()).add(who)
    above = {umbrella.casefold() for umbrella in live.values_list("umbrella", flat=True)}
    for who, name in PartnerName.objects.filter(partner__in=live).values_list("partner", "name"):
        if name.casefold() in above:
            by_name[name.casefold()].add(who)
    return join_groups([*by_name.values(), *successions()])


def umbrellas_of(releases: Iterable[str]) -> Umbrellas:
    """The umbrellas that the builds of some releases (by id) reckoned with.

    What partners knew together they go on knowing. So an umbrella that staff have cleared since still protects the months of what
    was published under it.
    """
    reports = Proof.objects.filter(pk__in=list(releases)).values_list("report__umbrellas", flat=True)
    return frozenset(frozenset(map(UUID, partners)) for report in reports if report for partners in report.values())


def join_groups(groups: Iterable[Collection[UUID]]) -> Umbrellas:
    """Groups of partners, those that share a partner made one. A group of one is none."""
    apart: list[frozenset[UUID]] = []
    for partners in groups:
        touching = [group for group in apart if group & frozenset(partners)]
        apart = [*(group for group in apart if group not in touching), frozenset(partners).union(*touching)]
    return frozenset(group for group in apart if len(group) > 1)


def successions() -> list[tuple[UUID, UUID]]:
    """Each partner that has a successor, and the successor."""
    return list(SuccessionRequest.objects.filter(decision__approved=True).order_by("pk").values_list("old", "new"))
