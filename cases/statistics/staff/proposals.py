"""The answers to orders of proposals, in words: what each table would tell, and what it would cost a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join

from cases.statistics.models import AUTHORITY, DONE, PROPOSE, BuildOrder
from cases.statistics.periods import Period
from cases.statistics.staff.words import axes
from partners.text import Text, one_of

NOT_OFFERED = Text("tilbydes ikke læserne for sig", "not offered to readers by itself")


def latest_answer(period: object, audience: object) -> BuildOrder | None:
    """The last answered order of proposals for a period, as it is written in a form, and an audience."""
    of = Period.parse(str(period or "").strip())
    if of is None:
        return None
    answers = BuildOrder.objects.filter(kind=PROPOSE, state=DONE, period=of.id, audience=audience)
    return answers.order_by("ordered_at", "pk").last()


def ticks(answer: BuildOrder) -> list[tuple[str, str]]:
    """The tables of an answer that can be ordered, with their figures in words."""
    return [(row["axes"], describe(row, answer.audience)) for row in answer.proposals or () if "refusal" not in row]


def as_list(answer: BuildOrder) -> str:
    """Every table of an answer as a list, with its figures or why it cannot be published."""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines(answer)))


def lines(answer: BuildOrder) -> Iterator[tuple[str]]:
    """A line for each table of an answer."""
    for row in answer.proposals or ():
        if "refusal" in row:
            yield (f"{axes(row['axes'])}: {one_of(row['refusal'])}",)
        else:
            yield (describe(row, answer.audience),)


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
