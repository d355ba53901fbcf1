"""The answers to orders of proposals, in words: what each table would tell, and what it would cost a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.forms.renderers import get_default_renderer
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from core.text import Text, one_of
from partners.staff.naming import NOTHING
from stats.models import AUTHORITY, DONE, PROPOSE, BuildOrder
from stats.periods import Period
from stats.reading.marks import number
from stats.staff.words import axes

HEADS = {
    "proposals": Text("Forslag", "Proposals"),
    "table": Text("Tabel", "Table"),
    "persons": Text("Personer i eksakte tal", "Persons in exact figures"),
    "noisy": Text("Personer i tal med støj", "Persons in figures with noise"),
    "share": Text("Andel", "Share"),
    "hidden": Text("Skjulte tal", "Figures hidden"),
    "doubt": Text("Tvivl", "Doubt"),
    "remark": Text("Bemærkning", "Remark"),
}
# So many answers are offered where proposals are asked for; the list of orders has them all.
OFFERED = 5
WITHOUT_BOUND = Text("uden grænse", "without bound")
# The choice beside the tables: the server chooses among those that its reader was shown.
SERVER = "*"
# The choice beside the tables: none of them, but how many persons there are.
TOTAL = "TOTAL"
TOTAL_ALONE = Text(
    "Kun det samlede antal. En ny udgave kan være det, også hvor tabellerne ikke kan vises endnu.",
    "The total alone. A new vintage may be that, also where its tables cannot be shown yet.",
)
NOT_OFFERED = Text("tilbydes ikke læserne for sig", "not offered to readers by itself")


def latest_answer(period: object, audience: object) -> BuildOrder | None:
    """The last answered order of proposals for a period, as it is written in a form, and an audience."""
    of = Period.parse(str(period or "").strip())
    if of is None:
        return None
    answers = BuildOrder.objects.filter(kind=PROPOSE, state=DONE, period=of.id, audience=audience)
    return answers.order_by("ordered_at", "pk").last()


def latest_answers() -> list[BuildOrder]:
    """The last answers of the last periods and audiences for which proposals were ordered, the newest first."""
    answers = BuildOrder.objects.filter(kind=PROPOSE, state=DONE)
    newer = answers.filter(period=OuterRef("period"), audience=OuterRef("audience"), pk__gt=OuterRef("pk"))
    return list(answers.exclude(Exists(newer)).order_by("-pk")[:OFFERED])


def ticks(answer: BuildOrder) -> list[tuple[str, str]]:
    """The tables of an answer that can be ordered, with their figures in words."""
    return [(row["axes"], describe(row, answer.audience)) for row in answer.proposals or () if "refusal" not in row]


def tables_offered(answer: BuildOrder | None) -> list[str]:
    """The tables of an answer that would be offered to readers: among these the server chooses."""
    rows = (answer.proposals or ()) if answer else ()
    return [row["axes"] for row in rows if row.get("offered")]


def server_chooses(answer: BuildOrder | None) -> Text:
    """The choice to let the server choose, with what it may take."""
    number = len(tables_offered(answer))
    return Text(
        f"Serveren vælger: højst de {number}, som læserne kan tilbydes, når de kan bevises sammen, og alle tabeller i de forrige "
        "udgaver. Af et år, der ikke er slut, kun det samlede antal.",
        f"The server chooses: at most the {number} that can be offered to readers, where they can be proved together, and every "
        "table of the vintages before. Of a year that has not ended the total alone.",
    )


def count_and_names(tables: Iterable[str]) -> str:
    """Tables as a question tells them: how many, and each."""
    names = [capfirst(each) for each in tables]
    return f"{len(names)}: {'; '.join(names)}"


def as_table(answer: BuildOrder, boxes: Mapping[str, SafeString] | None = None) -> SafeString:
    """Every table of an answer in a row, with its figures and what there is to say of it, as why it cannot be published.

    `boxes`: what stands for the names of the tables that a form offers; then there is no row of another.
    """
    heads_of = figures_of(answer.audience)
    heads = format_html_join("", '<th scope="col" class="number">{}</th>', ((head,) for head in heads_of.values()))
    names = {row["axes"]: capfirst(axes(row["axes"])) for row in answer.proposals or ()} if boxes is None else boxes
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}<td class="words" data-name="{}">{}</td></tr>',
        (
            (names[row["axes"]], cells_of(row, heads_of), HEADS["remark"], remark_on(row))
            for row in answer.proposals or ()
            if row["axes"] in names
        ),
    )
    return format_html(
        '<div class="wide" tabindex="0" role="region" aria-label="{}"><table class="figures"><thead><tr><th scope="col">{}</th>{}'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div>',
        HEADS["proposals"], HEADS["table"], heads, HEADS["remark"], rows,
    )  # fmt: skip


def figures_of(audience: str) -> dict[str, Text]:
    """The figures of a table for an audience, with their heads. For authorities figures have noise, and no doubt is told."""
    noisy = audience == AUTHORITY
    names = ("persons", "share", "hidden", *(() if noisy else ("doubt",)))
    return {name: HEADS["noisy" if noisy and name == "persons" else name] for name in names}


def cells_of(row: Mapping[str, Any], heads: Mapping[str, Text]) -> SafeString:
    """The figures of a table, each with its head."""
    cells = ((head, figure_of(row, name)) for name, head in heads.items())
    return format_html_join("", '<td data-name="{}">{}</td>', cells)


def remark_on(row: Mapping[str, Any]) -> object:
    """Why a table cannot be published, or is not offered by itself; mostly nothing."""
    return one_of(row["refusal"]) if "refusal" in row else "" if row["offered"] else NOT_OFFERED


def figure_of(row: Mapping[str, Any], name: str) -> object:
    """A figure of a table in words; a dash where there is none."""
    value = row.get(name)
    if "refusal" in row or (value is None and name != "doubt"):
        return NOTHING
    if name == "doubt":
        return WITHOUT_BOUND if value is None else number_format(value, 2)
    return Text(f"{value} %", f"{value}%") if name == "share" else number(value, str(Text(*Text._fields)))


def describe(row: Mapping[str, Any], audience: str) -> str:
    """A table with the persons in shown figures, the number of hidden ones, the doubt, and whether it would be offered."""
    parts = [cost(row, audience)]
    if audience != AUTHORITY:
        parts.append(doubt(row["doubt"]))
    if not row["offered"]:
        parts.append(NOT_OFFERED)
    return f"{axes(row['axes'])}: {', '.join(str(part) for part in parts)}"


def cost(row: Mapping[str, Any], audience: str) -> Text:
    """The persons in shown figures, and the number of hidden ones."""
    persons, hidden = row["persons"], row["hidden"]
    da, en = ("", "") if row["share"] is None else (f" ({row['share']} %)", f" ({row['share']}%)")
    da_hidden = "skjult" if hidden == 1 else "skjulte"
    kind = Text("tal med støj", "figures with noise") if audience == AUTHORITY else Text("eksakte tal", "exact figures")
    return Text(
        f"{persons} personer i {kind.da}{da}, {hidden} {da_hidden} tal",
        f"{persons} persons in {kind.en}{en}, {hidden} hidden",
    )


def doubt(value: float | None) -> Text:
    """The doubt that a public table leaves."""
    if value is None:
        return Text("tvivl uden grænse", "doubt without bound")
    return Text(f"tvivl {number_format(value, 2)}", f"doubt {number_format(value, 2)}")


class TableOfTicks(forms.CheckboxSelectMultiple):
    """The choices that name no table, and below them a table of proposals, each with its box and its figures."""

    def __init__(self, answer: BuildOrder) -> None:
        super().__init__()
        self.answer = answer

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The boxes. That of a table says its name alone: its figures stand beside it."""
        options = [
            each for _, group, _ in self.get_context(name, value, attrs)["widget"]["optgroups"] for each in group
        ]
        boxes, form_renderer = {}, renderer or get_default_renderer()
        for each in options:
            label = each["label"] if each["value"] in {SERVER, TOTAL} else capfirst(axes(each["value"]))
            box = form_renderer.render(each["template_name"], {"widget": {**each, "label": label}})
            boxes[each["value"]] = mark_safe(box)  # noqa: S308 (Django's own template)
        without_table = [[boxes.pop(each)] for each in (SERVER, TOTAL) if each in boxes]
        return format_html("{}{}", format_html_join("", "<div>{}</div>", without_table), as_table(self.answer, boxes))
