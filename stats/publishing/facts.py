"""Facts: figures that others have published of the same persons. Every intruder is assumed to know them.

A fact is compared with the records first. One that they contradict is wrong, of another definition, or of another moment. No
program can decide which, so the build stops until two members of staff have decided (`FactDecision`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases import dictionary as d
from cases.codelists import EXPLOITATION_DETAIL
from core.text import Text
from stats import published, rooms_above
from stats.choices import words_of_fact
from stats.errors import refuse
from stats.models import CountedFact, FactDecision
from stats.published import Figure, FigureKind, FigureUnit
from stats.publishing.choice import PROTECTED
from stats.publishing.sources import NAMES, CountedRecord

SUPERSEDED, OTHER_DEFINITION, INTERVAL = "superseded", "different_definition", "interval"
DETAIL, FORM = d.EXPLOITATION_DETAIL.name, d.EXPLOITATION.name

CONTRADICTION = Text(
    "Oplysningerne modsiger, hvad der er offentliggjort andetsteds. Afgør for hvert, om det er afløst, har en anden definition "
    "eller kendes som et interval:",
    "The records contradict what is published elsewhere. Decide for each whether it is superseded, of a different definition, or "
    "known as an interval:",
)

Sides = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Between `low` and `high` persons (None: no bound) of these years have these submitted codes, by dimension."""

    id: str
    first: int
    last: int
    sides: Sides
    low: int
    high: int | None
    source: str

    def holds(self, record: CountedRecord) -> bool:
        """Whether the fact counts a record, as far as the protected dimensions tell."""
        return self.first <= record.month.year <= self.last and all(
            record.codes[NAMES.index(name)] in codes for name, codes in self.sides if name in NAMES
        )

    def fits(self, records: Iterable[CountedRecord]) -> bool:
        """Whether records do not contradict the fact, as far as the protected dimensions tell."""
        count = self.count(records)
        return count >= self.low and not (self.is_exact and self.high is not None and count > self.high)

    def count(self, records: Iterable[CountedRecord]) -> int:
        """How many records the fact counts, as far as the protected dimensions tell."""
        return sum(map(self.holds, records))

    @property
    def is_exact(self) -> bool:
        """Whether the protected dimensions tell whom the fact counts. Else they count too many."""
        return all(name in NAMES for name, _ in self.sides)


def known_facts() -> Iterator[Fact]:
    """Every fact before any decision of staff: what is typed in, and what was sent abroad that no release shows.

    Figures that a later report replaced are not among them: they are totals of an earlier moment, and say nothing of a cell.
    """
    for figure in (*published.known_figures(), *rooms_above.figures_sent()):
        if figure.measure == FigureUnit.IDENTIFIED and figure.kind != FigureKind.EARLY:
            yield fact_of(figure)


def facts_of_years(first: int, last: int) -> tuple[Fact, ...]:
    """The facts of some years, after the decisions of staff that a second person confirmed."""
    decisions = FactDecision.in_force()
    facts = [fact for fact in known_facts() if first <= fact.first <= fact.last <= last]
    return tuple(after for fact in facts if (after := apply_decision(fact, decisions.get(fact.id))) is not None)


def records_in_years(facts: Iterable[Fact], records: Iterable[CountedRecord]) -> tuple[CountedRecord, ...]:
    """Those of some records that are of the years of a fact."""
    years = {year for fact in facts for year in range(fact.first, fact.last + 1)}
    return tuple(record for record in records if record.month.year in years)


def apply_decision(fact: Fact, decision: FactDecision | None) -> Fact | None:
    """A fact after a decision of staff. None: it is no fact of these persons."""
    if decision is None:
        return fact
    if decision.decision in {SUPERSEDED, OTHER_DEFINITION}:
        return None
    return replace(fact, low=decision.low or 0, high=decision.high)


def fact_of(figure: Figure) -> Fact:
    """A published figure as a fact. A detail of an exploitation is also of its form."""
    years = str(figure.first) if figure.first == figure.last else f"{figure.first}-{figure.last}"
    name = ";".join([years, *(f"{dimension}={'+'.join(codes)}" for dimension, codes in figure.cell)])
    sides = dict(side(dimension, codes) for dimension, codes in figure.cell)
    if DETAIL in sides and FORM not in sides:
        sides[FORM] = frozenset(str(EXPLOITATION_DETAIL.by_code[code].parent) for code in sides[DETAIL])
    return Fact(
        name, figure.first, figure.last, tuple(sorted(sides.items())), figure.count, figure.greatest, figure.source
    )


def side(name: str, codes: Iterable[str]) -> tuple[str, frozenset[str]]:
    """The codes of a fact in one dimension. A code of a level becomes the submitted codes below it."""
    if name not in PROTECTED.by_name:
        return name, frozenset(codes)
    dimension = PROTECTED.by_name[name]
    leaves: set[str] = set()
    for code in codes:
        if (axis := dimension.axis_of(code)) is None:
            raise LookupError(f"a figure names a code that {name} does not have")
        leaves.update(leaf for leaf in dimension.codelist.names if axis.code_of(leaf, date(2000, 1, 1)) == code)
    return name, frozenset(leaves)


def project_facts(facts: Iterable[Fact], names: Collection[str]) -> tuple[Fact, ...]:
    """The facts over some dimensions. Where others are dropped a fact is a lower bound: the wider cell may hold more persons.

    Those that keep the same cell and drop disjoint codes of one dimension add up. A lower bound of none is left out.
    """
    whole, parts = [], defaultdict(list)
    for fact in facts:
        sides_left = tuple((name, codes) for name, codes in fact.sides if name in names)
        names_dropped = tuple(name for name, _ in fact.sides if name not in names)
        if names_dropped:
            parts[fact.first, fact.last, sides_left, names_dropped].append(fact)
        else:
            whole.append(fact)
    facts_merged = [merge_facts(group, key[2], key[3]) for key, group in parts.items()]
    return (*whole, *(fact for fact in facts_merged if fact.low))


def merge_facts(facts: list[Fact], sides: Sides, names_dropped: tuple[str, ...]) -> Fact:
    """One lower bound for the cell of these sides: the sum of disjoint facts, or else the greatest of them."""
    codes = [dict(fact.sides)[names_dropped[0]] for fact in facts]
    disjoint = len(names_dropped) == 1 and sum(map(len, codes)) == len(frozenset().union(*codes))
    low = sum(fact.low for fact in facts) if disjoint else max(fact.low for fact in facts)
    return unite(facts, sides, low, None)


def unite(facts: Sequence[Fact], sides: Sides, low: int, high: int | None) -> Fact:
    """One fact in place of several of the same years. It names them and their sources."""
    sources = dict.fromkeys(source for fact in facts for source in fact.source.split(" "))
    names = "+".join(fact.id for fact in facts)
    return replace(facts[0], id=names, sides=sides, low=low, high=high, source=" ".join(sources))


def check_facts(facts: Iterable[Fact], records: Collection[CountedRecord], *, keep: bool = True) -> None:
    """Raise `ReleaseRefused` where the records contradict facts. It names the facts, and never a count.

    `keep`: the counts are kept where the web server's role reaches them by a guarded function alone, for who decides.
    """
    wrong = [fact for fact in facts if not fact.fits(records)]
    if wrong:
        if keep:
            counts = {fact.id: fact.count(records) for fact in wrong}
            CountedFact.objects.bulk_create(CountedFact(fact=name, persons=count) for name, count in counts.items())
        words = [words_of_fact(fact.id) for fact in wrong]
        da, en = ("; ".join(each(language) for each in words) for language in Text._fields)
        raise refuse(f"{CONTRADICTION.da} {da}.", f"{CONTRADICTION.en} {en}.")


def facts_in_refusal(refusal: Text) -> list[str]:
    """The ids of the facts that a refusal of `check_facts` names; none where it is another's."""
    if not refusal.en.startswith(CONTRADICTION.en):
        return []
    names = refusal.en.removeprefix(CONTRADICTION.en).strip().removesuffix(".").split("; ")
    return [*dict.fromkeys(fact.id for fact in known_facts() if words_of_fact(fact.id).en in names)]
