"""Releases of sums as sources of knowledge: what each counted and what it shows; and who knows which leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from partners.kinds import SCOPES_OF_KIND, Kind, Scope
from partners.models import Partner
from stats.models import PUBLIC
from stats.periods import Period
from stats.sums.datasets import SumTable
from stats.sums.leaves import CountLeaf
from stats.umbrellas import Umbrellas, joint_id

# Whose own numbers are their own affair: what an authority does is the public's.
PRIVATE = frozenset({Kind.NGO, Kind.UNION, Kind.OTHER})
THRESHOLD = 5
DEVIATION, VARIANCE = 5, 4
# So the views end of those who know besides what every public body reported.
WITH_PUBLIC = "+public"

# A cell of a release: the measure, the table and the codes.
Place = tuple[str, SumTable, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class SumSource:
    """A release of a dataset, or its part of a release: what it counted, and what it shows.

    `shown`: each cell that is shown, zeros too; of a release for authorities the cells of persons with their noise. Every other
    cell is hidden. Of the one to come nothing is shown yet. `names_cured`: the cells (by id) of a release for authorities that are
    hidden whatever they are with noise.
    """

    id: str
    audience: str
    period: Period
    as_of: datetime
    tables: tuple[SumTable, ...]
    leaves: frozenset[CountLeaf]
    shown: Mapping[Place, int] = field(default_factory=dict)
    names_cured: frozenset[str] = frozenset()
    threshold: int = THRESHOLD
    deviation: int = DEVIATION
    variance: int = VARIANCE

    @property
    def public(self) -> bool:
        """Whether it is for everybody."""
        return self.audience == PUBLIC


@dataclass(frozen=True, slots=True)
class KnownReports:
    """Whose reports an intruder knows: those that `partners` reported or sent, and those of `public` bodies."""

    partners: frozenset[UUID] = frozenset()
    public: frozenset[UUID] = frozenset()

    def has(self, leaf: CountLeaf) -> bool:
        """Whether a leaf is among them."""
        return leaf.partner in self.public or leaf.known_to(self.partners)


NOTHING_KNOWN = KnownReports()


@dataclass(frozen=True)
class Contributors:
    """Who has reported. `private`: the partners whose own numbers are not the public's. `public`: all others, the centre too.

    `insiders`: by insider (a partner, or the partners under one umbrella together) the partners whose leaves it knows. `parties`:
    by partner the insider under which it counts as one contributor with others. `readers`: the insiders that may read releases for
    authorities. The centre is no insider: it reads exact figures.
    """

    private: frozenset[UUID] = frozenset()
    public: frozenset[UUID] = frozenset()
    insiders: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    parties: Mapping[UUID, UUID] = field(default_factory=dict)
    readers: frozenset[UUID] = frozenset()

    @property
    def as_text(self) -> str:
        """Equal for equal contributors."""
        insiders = sorted((who, sorted(partners)) for who, partners in self.insiders.items())
        bodies = sorted(self.private), sorted(self.public)
        return repr((*bodies, insiders, sorted(self.parties.items()), sorted(self.readers)))

    def of_view(self, view: str) -> KnownReports:
        """What the intruder of a view knows: an insider (its number), what public bodies reported, or both."""
        who, with_public, _ = view.partition(":")[2].partition(WITH_PUBLIC)
        return KnownReports(
            self.insiders[UUID(who)] if who else frozenset(),
            self.public if with_public else frozenset(),
        )

    def party(self, partner: UUID) -> UUID:
        return self.parties.get(partner, partner)


def find_contributors(leaves: Iterable[CountLeaf], umbrellas: Umbrellas) -> Contributors:
    """The contributors of some leaves, with the partners under each umbrella as one insider more."""
    every = {who for leaf in leaves for who in (leaf.partner, leaf.sender)}
    kinds = dict(Partner.objects.filter(pk__in=every).values_list("pk", "kind"))
    return contributors_of({who: Kind(kind) for who, kind in kinds.items()}, umbrellas)


def contributors_of(kinds: Mapping[UUID, Kind], umbrellas: Collection[frozenset[UUID]] = ()) -> Contributors:
    """The contributors, by the kinds of partners and who is under one umbrella."""
    outside = sorted(who for who, kind in kinds.items() if kind != Kind.CENTRE)
    alone = {who: frozenset({who}) for who in outside}
    together = {joint_id(partners): partners & kinds.keys() for partners in umbrellas}
    parties = {who: joint_id(partners) for partners in umbrellas for who in partners}
    return Contributors(
        frozenset(who for who, kind in kinds.items() if kind in PRIVATE),
        frozenset(who for who, kind in kinds.items() if kind not in PRIVATE),
        alone | {who: partners for who, partners in sorted(together.items()) if partners},
        parties,
        frozenset(
            who for who, partners in (alone | together).items() if any(is_reader(kinds[each]) for each in partners)
        ),
    )


def is_reader(kind: Kind) -> bool:
    """Whether clients of a kind may read releases for authorities."""
    return kind != Kind.CENTRE and Scope.STATISTICS_AUTHORITY in SCOPES_OF_KIND[kind]
