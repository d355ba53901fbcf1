"""The sums of counts of a release in words: what can be ordered, what was, and what the approver reads of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst

from core.text import Text, say
from stats.models import Release
from stats.periods import Period
from stats.sums.datasets import SUM_DATASETS, datasets_of
from stats.sums.of_forms import OF_SUMS

NO_SUMS = Text(
    "Der er ingen tællinger af en sådan periode for disse modtagere.", "There are no counts of such a period."
)
COUNTS_HELP = Text(
    "De udgives sammen med personerne og skjules, hvor de er små, eller hvor én organisation står bag. Offentligheden læser år, og "
    "myndigheder kvartaler. En ny udgave har alle tællinger fra den forrige.",
    "They are published with the persons, and hidden where they are small or one organisation is behind them. The public reads "
    "years, and authorities quarters. A new vintage has all counts of the last one.",
)
NOTHING_SHOWN = Text("intet tal vises", "no figure is shown")


def sums_offered(period: object, audience: object) -> list[tuple[str, str]]:
    """The datasets that may come with a release of a period, as it is written in a form, for an audience: by id, in words."""
    of = Period.parse(str(period or "").strip())
    return [(each.id, str(OF_SUMS[each.id].label)) for each in datasets_of(str(audience), of)] if of else []


def sums_before(period: object, audience: object) -> list[str]:
    """The datasets of the last published vintage of a period for an audience: a new one has each of them."""
    of = Period.parse(str(period or "").strip())
    published = Release.objects.filter(period=of.id if of else "", audience=str(audience), publication__isnull=False)
    settings = published.order_by("vintage").values_list("settings", flat=True).last()
    return list((settings or {}).get("sums", ()))


def names_of(datasets: Iterable[str]) -> str:
    """Datasets in words. One that is gone stands by its name."""
    return "; ".join(str(OF_SUMS[name].label) if name in OF_SUMS else name for name in datasets)


def label_of_measure(dataset: str, measure: str) -> str:
    """A measure in words. One that is gone stands by its name."""
    measures = SUM_DATASETS[dataset].measures if dataset in SUM_DATASETS else {}
    return str(measures[measure].label) if measure in measures else measure


def facts_of_sums(margins: Mapping[str, Any]) -> list[tuple[object, object]]:
    """What the approver reads of each dataset: which measures are shown, how many figures are hidden, and the coverage."""
    facts: list[tuple[object, object]] = []
    for dataset, of in margins.get("sums", {}).items():
        label = Text(*(f"{word}, {names_of([dataset])}" for word in ("Tal", "Figures")))
        cells = "; ".join(
            f"{label_of_measure(dataset, name)}: {cells_in_words(each)}" for name, each in of["measures"].items()
        )
        facts += [(label, cells), (coverage_label(dataset), coverage_in_words(of["coverage"]))]
    return facts


def cells_in_words(cells: Mapping[str, int]) -> Text:
    """How many figures are shown and hidden."""
    if not cells["shown"]:
        return NOTHING_SHOWN
    return Text(f"{cells['shown']} vist, {cells['hidden']} skjult", f"{cells['shown']} shown, {cells['hidden']} hidden")


def coverage_label(dataset: str) -> object:
    """The label of what is behind a dataset."""
    name = names_of([dataset])
    return say(f"Skemaer bag {name}", f"Reports behind {name}")


def coverage_in_words(coverage: Mapping[str, Any]) -> Text:
    """How many reports came of those that were due, beside these, and how many leave a number open."""
    came, due, others = (coverage[name] for name in ("came", "due", "beside"))
    unknown = max((came + others - each for each in coverage["knowing"].values()), default=0)
    more = Text(f", og {others} derudover", f", and {others} others") if others else Text("", "")
    blank = (
        Text(f". I højst {unknown} mangler et tal", f". In at most {unknown} a number is missing")
        if unknown
        else Text("", "")
    )
    return Text(f"{came} af {due} forventede{more.da}{blank.da}.", f"{came} of {due} expected{more.en}{blank.en}.")


def title_of(dataset: str, dimensions: Iterable[str]) -> str:
    """A table of a dataset by its name and its dimensions."""
    of = SUM_DATASETS[dataset]
    labels = {each.name: str(each.label) for each in of.table.dimensions}
    return " – ".join(
        [names_of([dataset]), " × ".join(labels[name] for name in dimensions) or str(Text("i alt", "in all"))]
    )


def label_of_code(dataset: str, dimension: str, code: str) -> str:
    """A code of a dimension in words."""
    (of,) = (each for each in SUM_DATASETS[dataset].table.dimensions if each.name == dimension)
    return capfirst(str(next((each.label for each in of.codelist.codes if each.code == code), code)))
