"""What the staff pages say of a release: its state, its notes, the outcome of its audit, and its sums of counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from core.text import NO_TEXT, Text, lazily, say
from partners.roles import ROLE_WORDS
from stats.choices import AUDIENCES, ORDER_STATES
from stats.models import (
    DONE,
    PROPOSE,
    PUBLIC,
    BuildOrder,
    DraftRefusal,
    PreReleaseAccess,
    Release,
)
from stats.periods import Period
from stats.publishing.choice import PROTECTED
from stats.reading.wording import NOTES
from stats.sums.datasets import DATASETS_AS_READ, SUM_DATASETS, datasets_of
from stats.words import FIELDS

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
    return [(each.id, str(DATASETS_AS_READ[each.id].label)) for each in datasets_of(str(audience), of)] if of else []


def sums_before(period: object, audience: object) -> list[str]:
    """The datasets of the last published vintage of a period for an audience: a new one has each of them."""
    of = Period.parse(str(period or "").strip())
    published = Release.objects.filter(period=of.id if of else "", audience=str(audience), publication__isnull=False)
    settings = published.order_by("vintage").values_list("settings", flat=True).last()
    return list((settings or {}).get("sums", ()))


def names_of(datasets: Iterable[str]) -> str:
    """Datasets in words. One that is gone stands by its name."""
    return "; ".join(str(DATASETS_AS_READ[name].label) if name in DATASETS_AS_READ else name for name in datasets)


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


SETTINGS = {
    "tables": Text("Tabeller", "Tables"),
    "sums": Text("Tællinger", "Counts"),
    "threshold": Text("Grænse (T): færre personer skjules", "Threshold (T): fewer persons are hidden"),
    "deviation": Text("Støjens største afvigelse (D)", "Greatest deviation of the noise (D)"),
    "variance": Text("Støjens varians (V)", "Variance of the noise (V)"),
    "most_dimensions": Text("Dimensioner i en tabel, højst", "Dimensions of a table, at most"),
}
NAMED = ("tables", "sums")
# A release for everybody keeps the parameters too, and they do nothing there.
OF_NOISE = ("deviation", "variance")
WITHOUT_NOISE = Text(
    "Støj: ingen. Små tal til offentligheden er skjult, og de viste er eksakte.",
    "Noise: none. Small figures are hidden from the public, and those shown are exact.",
)
AS_PROPOSED = Text("alle, som læserne kan tilbydes", "every one that can be offered to readers")
SERVER_CHOSE = Text("serveren vælger blandt:", "the server chooses among:")
CHANGE_NOTES = ("change_notes_da", "change_notes_en")
REASONS = ("reason_da", "reason_en")
DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
STATES = {
    DRAFT: Text("udkast", "draft"),
    PUBLISHED: Text("udgivet", "published"),
    WITHDRAWN: Text("trukket tilbage", "withdrawn"),
}
DRAFT_REFUSED = Text("udkast, afvist af en godkender", "draft, refused by an approver")
AUDIT_FAILED = Text("udkast, men fortrolighedskontrollen fejlede", "draft, but the disclosure check failed")
BUILT_IN_VAIN = Text("dannet, men fortrolighedskontrollen fejlede", "built, but the disclosure check failed")
PROPOSED = Text("klar: vælg tabeller", "ready: choose tables")


def state_of(release: Release) -> str:
    """The state of a release: draft, published or withdrawn."""
    if hasattr(release, "publication"):
        return WITHDRAWN if hasattr(release, "withdrawal") else PUBLISHED
    return DRAFT


def state_in_words(release: Any) -> Text:
    """The same in words. Of a release `with_outcome`: a draft of which the audit failed is not one that waits for an approver."""
    state = state_of(release)
    if state == DRAFT and hasattr(release, "refusal"):
        return DRAFT_REFUSED
    return AUDIT_FAILED if state == DRAFT and release.audit_failed else STATES[state]


def state_of_order(order: BuildOrder) -> Text:
    """How far an order is. A draft whose audit failed is built, and of no use."""
    if order.audit_failed:
        return BUILT_IN_VAIN
    if refusal_of(order):
        return DRAFT_REFUSED
    return PROPOSED if order.kind == PROPOSE and order.state == DONE else ORDER_STATES[order.state]


def refusal_of(order: BuildOrder) -> DraftRefusal | None:
    """What an approver said of the draft of an order, where she refused it."""
    return getattr(order.release, "refusal", None)


def change_notes_of(release: Release) -> list[tuple[object, object]]:
    """The change notes of a later vintage, which everybody will read."""
    return [(capfirst(lazily(FIELDS[name])), getattr(release, name)) for name in CHANGE_NOTES if getattr(release, name)]


def notes_of(release: Release) -> str:
    """The notes of the build in words. A note of an exact release has more behind its code, and stays as it is."""
    return " ".join(str(NOTES[code]) if code in NOTES else code for code in release.notes)


def as_folded_json(data: object) -> str:
    """Stored data as JSON that a reader unfolds."""
    summary = say("Som det er gemt, til programmer", "As it is stored, for programs")
    return format_html("<details><summary>{}</summary><pre>{}</pre></details>", summary, json.dumps(data, indent=1))


def settings_of(release: Release) -> str:
    """The tables and the parameters of a release in words, and as they are stored."""
    tables = [name for tables_named in release.settings.get("tables", {}).values() for name in tables_named]
    is_public = release.audience == PUBLIC
    choice = {name: each for name, each in release.settings.items() if not (is_public and name in OF_NOISE)}
    noise = format_html("<p>{}</p>", WITHOUT_NOISE) if is_public else ""
    return format_html("{}{}{}", choice_in_words({**choice, "tables": tables}), noise, as_folded_json(release.settings))


def choice_in_words(choice: Mapping[str, Any]) -> str:
    """The tables and the parameters that a choice names; without tables, among which the server chooses."""
    names = "; ".join(axes(name) for name in choice.get("tables", choice.get("among", ())))
    tables = f"{SERVER_CHOSE} {names}" if "among" in choice else names or str(AS_PROPOSED)
    rows = [(str(SETTINGS["tables"]), tables)]
    rows += [(str(SETTINGS["sums"]), names_of(choice["sums"]))] if choice.get("sums") else []
    rows += [(str(SETTINGS[name]), str(choice[name])) for name in SETTINGS if name not in NAMED and name in choice]
    return format_html_join("", "<p>{}: {}</p>", rows)


def axes(table: str) -> str:
    """The labels of the axes of a table. An axis that is gone stands by its name."""
    axes_known = PROTECTED.axes
    if not table:
        return str(Text("i alt", "in all"))
    return " × ".join(str(axes_known[name].label) if name in axes_known else name for name in table.split(","))


def label_of(period: str) -> Text:
    months = Period.parse(period)
    return months.label if months else Text(period, period)


def period_and_audience(of: Release | BuildOrder) -> Text:
    """What a release or an order is of, in words: `4. kvartal 2023, myndigheder`."""
    months, audience = label_of(of.period), AUDIENCES[of.audience]
    return Text(f"{months.da}, {audience.da}", f"{months.en}, {audience.en}")


def vintage_of(release: Release) -> Text:
    """A release by its period and vintage: `4. kvartal 2023, udgave 1`."""
    months = label_of(release.period)
    return Text(f"{months.da}, udgave {release.vintage}", f"{months.en}, vintage {release.vintage}")


def release_in_words(release: Release) -> Text:
    """A release as a choice or a title names it: `4. kvartal 2023, myndigheder, udgave 1 (2023-Q4.a1)`."""
    of, vintage = period_and_audience(release), release.vintage
    return Text(f"{of.da}, udgave {vintage} ({release.pk})", f"{of.en}, vintage {vintage} ({release.pk})")


def release_in_a_sentence(release: Release) -> Text:
    """A release within a sentence, which cites nothing: `udgave 1 af 4. kvartal 2023 for myndigheder`."""
    months, audience, vintage = label_of(release.period), AUDIENCES[release.audience], release.vintage
    return Text(
        f"udgave {vintage} af {months.da} for {audience.da}", f"vintage {vintage} of {months.en} for {audience.en}"
    )


def question_of(release: Release, words: Text) -> Text:
    """A question with `{}`, asked of a release."""
    return Text(*(each.format(name) for each, name in zip(words, release_in_a_sentence(release), strict=True)))


def name_of(release: Release) -> Text:
    """A release by itself, as a name: `Udgave 1 af 4. kvartal 2023 for myndigheder`."""
    return Text(*map(capfirst, release_in_a_sentence(release)))


def sentence_about(release: Release, words: Text) -> Text:
    """A sentence with `{subject}`, said of a release."""
    names = release_in_a_sentence(release)
    return Text(*(capfirst(each.format(subject=name)) for each, name in zip(words, names, strict=True)))


def cells(table: dict[str, Any]) -> str:
    """The cells of a table: shown, hidden, and the share of persons in shown ones in per cent, where the total is shown."""
    shown, hidden, share = table["shown"], table["hidden"], table["share"]
    da, en = NO_TEXT if share is None else Text(f", {share} % af personerne vist", f", {share}% of the persons shown")
    return str(Text(f"{shown} vist, {hidden} skjult{da}", f"{shown} shown, {hidden} hidden{en}"))


def access_in_words(row: PreReleaseAccess) -> str:
    """A person who could see a release before, with role and looks."""
    roles = ", ".join(str(ROLE_WORDS.get(name, name)) for name in row.roles.split(",") if name)
    da, en = ("gang", "time") if row.looks == 1 else ("gange", "times")
    looks = Text(f"så et udkast {row.looks} {da}", f"looked at a draft {row.looks} {en}")
    never = Text("så intet udkast", "looked at no draft")
    return f"{row.user}{f' ({roles})' if roles else ''}: {looks if row.looks else never}"
