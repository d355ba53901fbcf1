"""Towns in which one rule alone protects somebody: the attack on each fails, and succeeds once that rule demands nothing.

The attacker has every cell of the releases as it will be published, what it knows besides, and the arithmetic of `lattice` and
`reconstruct`. The audit of the weaker build passes too, since it asks what the rules demand: nothing else would notice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from cases.dimensions import PERSONS
from stats.models import AUTHORITY, PUBLIC, ProtectedTable, Release
from stats.protection.views import Target
from stats.published import Figure
from stats.publishing import demands
from tests.attacks.crawl import Seen, bounds
from tests.attacks.lattice import Known, dimensions_of, span, system
from tests.attacks.reconstruct import Reconstruction
from tests.attacks.weakbuild import PUBLISHING, without_facts
from tests.stats.publishing.town import Town, build, cells, publish
from tests.stats.records import at, partner, say_nil

THRESHOLD, FEWEST_OTHERS = 5, 3
POOL = "2012-2013"
WITHOUT_BOUND = 10**6
Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Population:
    """`attack` has the persons entered and the releases built, and says whether it succeeds. `told`: what others publish."""

    name: str
    attack: Callable[[Town], bool]
    without: Patch
    told: tuple[Figure, ...] = ()


def made(period: str, *tables: str, audience: str = PUBLIC, minutes: int = 60, **parameters: Any) -> str:
    """Build and publish a release that passes its audit; its id."""
    built = build(period, audience, tables, as_of=at(minutes), **parameters)
    assert built.passed
    return publish(built)


def released(*ids: str) -> list[Seen]:
    """Every cell of some releases as it is published."""
    return [
        cell
        for release in Release.objects.filter(pk__in=ids)
        for table in ProtectedTable.objects.filter(release=release)
        for cell in cells_as_seen(release, table.axes)
    ]


def cells_as_seen(release: Release, table: str) -> Iterator[Seen]:
    """What a reader sees of every cell of a table. A noisy figure is an interval, and so is one that is told by a symbol."""
    axes = tuple(name for name in table.split(",") if name)
    noise = release.settings["deviation"] if release.audience == AUTHORITY else 0
    row = ProtectedTable.objects.get(release=release, axes=table)
    for codes, value in cells(release.pk, table).items():
        place = tuple(codes.split("|")) if axes else ()
        low, high = bounds(value, noise if value is not None else 0, THRESHOLD)
        if value is None and row.symbol is not None:
            low, high = (0, row.symbol) if codes in row.within else (row.symbol + 1, None)
        yield Seen(release.pk, release.period, str(release.as_of), axes, place, low, high, value is None, noise > 0)


def persons(period: str, low: int = 0, high: int | None = None, **codes: str) -> Known:
    """Persons of a period, each dimension with its submitted codes, separated by blanks. An attacker knows of them, or asks."""
    sides = tuple((name, frozenset(these.split())) for name, these in sorted(codes.items()))
    return Known(*span(period), sides, low, high)


def submitted(*forms: str) -> str:
    """The submitted codes of some forms of exploitation."""
    axis = PERSONS.axes["exploitation.form"]
    return " ".join(code for code in axis.base.names if axis.code_of(code, date(2012, 5, 1)) in forms)


def interval(seen: Sequence[Seen], asked: Known, known: Sequence[Known] = ()) -> tuple[int, int]:
    """The least and the greatest number of persons in what is asked, among all tables that are possible."""
    names = frozenset(name for each in (asked, *known) for name, _ in each.codes).union(*map(dimensions_of, seen))
    problem = system(sorted(names), seen, [*known, asked])
    solver, members = Reconstruction(problem), problem.equations[-1].members
    least, most = solver.extreme(members, 1), solver.extreme(members, -1)
    return least or 0, WITHOUT_BOUND if most is None else most


def finds_few(seen: Sequence[Seen], asked: Known, known: Sequence[Known] = (), own: int = 0) -> bool:
    """Whether it is certain that somebody beside the attacker's own persons is there, and fewer than the threshold."""
    least, most = interval(seen, asked, known)
    return least > own and most - own < THRESHOLD


def of_small(town: Town) -> bool:
    """Four in a region, each referred by another organisation."""
    town.enter(4, "2012-05", region="DK02", by=[partner() for _ in range(4)])
    for region in ("DK01", "DK03"):
        town.enter(30, "2012-05", region=region, by=[partner() for _ in range(5)])
    return finds_few(released(made("2012", "region")), persons("2012", region="DK02"))


def of_coalition(town: Town) -> bool:
    """Twelve in a region, ten of them referred by the organisation that asks."""
    several = [partner() for _ in range(5)]
    town.enter(10, "2012-05", region="DK02", by=several[:1])
    town.enter(2, "2012-05", region="DK02", by=several[1:])
    for region in ("DK01", "DK03"):
        town.enter(30, "2012-05", region=region, by=several)
    here = persons("2012", region="DK02")
    return finds_few(released(made("2012", "region")), here, [replace(here, low=10)], own=10)


def of_group(town: Town) -> bool:
    """Twelve in a region, all exploited for labour; and three in another, for whose sake both regions' totals are hidden.

    Hidden as it is, the twelve's own cell says little of how many they are. The zeros beside it would say what was done to each of
    them. The attacker has met one of them.
    """
    several = [partner() for _ in range(4)]
    for region, form, count in (("DK05", "LABOUR", 12), ("DK02", "LABOUR", 3), ("DK01", "LABOUR", 30)):
        town.enter(count, "2012-05", region=region, exploitation=form, by=several)
    for form in ("SEXUAL", "CRIMINAL"):
        town.enter(30, "2012-05", region="DK01", exploitation=form, by=several)
    say_nil(2013)
    seen = released(made(POOL, "region,exploitation.form"))
    _, most = interval(
        seen,
        persons(POOL, region="DK05", exploitation=submitted("SEX", "OTH", "_U")),
        [persons(POOL, 1, region="DK05")],
    )
    return most < FEWEST_OTHERS


def of_roll_ups(town: Town) -> bool:
    """Three between 18 and 24, between six minors and many adults."""
    several = [partner() for _ in range(6)]
    for band, count in (("Y15T17", 6), ("Y18T24", 3), ("Y25T34", 40)):
        town.enter(count, "2012-05", age_band=band, by=several)
    return finds_few(released(made("2012", "age_band.age18", "age_band.age25")), persons("2012", age_band="Y18T24"))


def of_other_years(town: Town) -> bool:
    """Three of 2011, which is published within 2011–2012 alone, beside 2012."""
    several = [partner() for _ in range(6)]
    for year, few in (("2011", 3), ("2012", 15)):
        town.enter(40, f"{year}-05", region="DK01", by=several)
        town.enter(few, f"{year}-05", region="DK03", by=several)
    seen = released(made("2012", "region"), made("2011-2012", "region"))
    return finds_few(seen, persons("2011", region="DK03"))


def of_revised(town: Town) -> bool:
    """Two who came late to a region, and ten to another. The attacker compares the vintages."""
    several = [partner() for _ in range(6)]
    for region, count in (("DK01", 40), ("DK02", 20), ("DK03", 30)):
        town.enter(count, "2012-05", region=region, by=several)
    first = made("2012", "region")
    for region, count in (("DK02", 2), ("DK01", 10)):
        town.enter(count, "2012-05", region=region, by=several, minutes=70)
    second = made("2012", "region", minutes=90)
    before = cells(first, "region")["DK02"]
    assert before is not None
    return finds_few(released(second), persons("2012", region="DK02"), own=before)


def square(town: Town, **knowing: Any) -> tuple[list[Seen], list[Known]]:
    """Two women exploited for labour, hidden by a square of cells of which somebody knows nearly all; and what that one knows."""
    several, known = [partner() for _ in range(6)], []
    numbers = (("F", "SEXUAL", 30, 0), ("F", "LABOUR", 2, 1), ("F", "CRIMINAL", 7, 7))
    for gender, form, count, own in (
        *numbers,
        ("M", "SEXUAL", 25, 0),
        ("M", "LABOUR", 7, 0),
        ("M", "CRIMINAL", 6, 6),
    ):
        codes: dict[str, Any] = {"gender": gender, "exploitation": form}
        town.enter(own, "2012-05", **{"by": several, **knowing}, **codes)
        town.enter(count - own, "2012-05", by=several, **codes)
        known.append(persons(POOL, own, **codes))
    say_nil(2013)
    return released(made(POOL, "gender,exploitation.form")), known


def of_partner(town: Town) -> bool:
    """The organisation that referred those of the square asks for the other woman."""
    seen, known = square(town, by=[partner()])
    return finds_few(seen, persons(POOL, gender="F", exploitation=submitted("LAB")), known, own=1)


def of_decider(town: Town) -> bool:
    """The authority that assessed those of the square asks how many women there are beside its one."""
    seen, known = square(town, decider=partner("IMMIGRATION"))
    least, most = interval(seen, persons(POOL, gender="F", exploitation=submitted("LAB")), known)
    return least == most


def of_facts(town: Town) -> bool:
    """Three of gender X, and men, who cost less to hide than women, whom somebody else has counted and published."""
    for gender, count in (("F", 70), ("M", 35), ("X", 3)):
        town.enter(count, "2012-05", gender=gender, by=[partner() for _ in range(4)])
    return finds_few(
        released(made("2012", "gender")), persons("2012", gender="X"), [persons("2012", 35, 35, gender="M")]
    )


YEARS = range(2010, 2016)


def of_noise(town: Town) -> bool:
    """Four of gender X in each of several years. An authority joins the exact figures of the public and its own noisy ones.

    Where the noise of two hidden cells with a known sum is of one sign, it knows better than the noise alone lets it.
    """
    for year in YEARS:
        for gender, count in (("F", 44), ("M", 10), ("X", 4)):
            town.enter(count, f"{year}-05", gender=gender, by=[partner() for _ in range(4)])
    open_to_all = [made(str(year), "gender") for year in YEARS]
    noisy = [made(str(year), "gender", audience=AUTHORITY, threshold=3, deviation=2, variance=2) for year in YEARS]
    seen = released(*open_to_all, *noisy)
    widths = [most - least for least, most in (interval(seen, persons(str(year), gender="X")) for year in YEARS)]
    return min(widths) < FEWEST_OTHERS


def everywhere(patch: pytest.MonkeyPatch, name: str, other: object) -> None:
    """Replace a function of the demands in every module that has it."""
    true = getattr(demands, name)
    for module in [module for each, module in sys.modules.items() if each.startswith(PUBLISHING)]:
        if vars(module).get(name) is true:
            patch.setattr(module, name, other)


def without(rule: str = "", *, views: str = "") -> Patch:
    """A rule makes no cell primary and has no target; or no target of any rule is in the views whose names begin so.

    Without the views of partners nothing is hidden either because one of them knows all of it.
    """
    true = demands.find_demands

    def demand_less(*given: Any, for_partners: bool = False) -> demands.Demands:
        full = true(*given, for_partners=for_partners and not views.startswith("partner"))
        primaries = {name: left for name, why in full.primaries.items() if (left := why - {rule})}
        return demands.Demands(primaries, tuple(filter(is_wanted, full.targets)))

    def is_wanted(target: Target) -> bool:
        return target.reason != rule and not (views and target.view.startswith(views))

    return lambda patch: everywhere(patch, "find_demands", demand_less)


def with_bare_groups(patch: pytest.MonkeyPatch) -> None:
    """The cells that the group rule hits are hidden, and nothing is demanded of what stays possible in them."""
    true = demands.find_demands

    def demand_less(*given: Any, **named: Any) -> demands.Demands:
        full = true(*given, **named)
        return replace(full, targets=tuple(target for target in full.targets if target.reason != "group"))

    everywhere(patch, "find_demands", demand_less)


def without_implied(patch: pytest.MonkeyPatch) -> None:
    """Nobody thinks of cells that follow from others."""
    everywhere(patch, "implied_cells", lambda *given: ())


MEN = Figure(2012, 2012, (("gender", ("M",)),), 35, "https://example.org/report")
POPULATIONS = (
    Population("small", of_small, without("small")),
    Population("coalition", of_coalition, without("coalition")),
    Population("group", of_group, without("group")),
    Population("targets of groups", of_group, with_bare_groups),
    Population("implied by roll-ups", of_roll_ups, without_implied),
    Population("implied by years", of_other_years, without_implied),
    Population("revised", of_revised, without("revised")),
    Population("partner", of_partner, without(views="partner:")),
    Population("decider", of_decider, without(views="decider:")),
    Population("facts", of_facts, without_facts, (MEN,)),
    Population("noise", of_noise, without(views="authority")),
)
