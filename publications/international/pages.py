"""What the page of a file shows: its state, its fields with figures, and what the reader may do; and the form of a new file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst

from core.text import Text, lazily
from partners.audit import Actor
from publications.international.bodies import BODIES
from publications.international.files import basis_of, value_in_words
from publications.international.models import FileDispatch, InternationalFile
from publications.international.reading import BETWEEN_CODES, words_of_cell
from publications.international.shapes import ABSENT, BodyField, FigureState
from publications.international.words import (
    FIELD_STATES,
    FIELDS,
    FIGURE_STATES,
    HELPS,
    NO_RELEASE,
    REFUSALS,
    STATES,
    ZEROS,
)
from stats.periods import PeriodKind
from stats.reading.catalogue import PUBLISHED
from stats.reading.datasets import READABLE


@dataclass(frozen=True, slots=True)
class FieldPart:
    """A field of a file: how far it is met and why, how many cells it has of each state, which of its breakdowns have none and
    why, the cells that say something, and those of which it is known that there was none.
    """

    field: BodyField
    state: Text
    why: Text
    counts: Text | None
    absences: list[tuple[Text, Text]]
    rows: list[tuple[str, Text, str]]
    zeros: list[tuple[str, Text]]

    @property
    def zeros_words(self) -> Text:
        """What the list of zeros is called: `Known to be none (15)`."""
        return Text(*(f"{words} ({len(self.zeros)})" for words in ZEROS))


def parts_of(file: InternationalFile) -> Iterator[FieldPart]:
    """Each field of a file. A field that the program no longer has is left out: the file itself has it."""
    for field in BODIES[file.body].fields:
        figures = [each for each in file.content["figures"] if each["field"] == field.id]
        rows = [
            (each["period"], who_of(field, each), value_of(each))
            for each in figures
            if each["status"] in {FigureState.KNOWN, FigureState.AT_LEAST, FigureState.NOT_SHOWN}
        ]
        zeros = [(each["period"], who_of(field, each)) for each in figures if each["status"] == FigureState.NONE]
        state, why = field.state_with({FigureState(each["status"]) for each in figures})
        yield FieldPart(field, FIELD_STATES[state], why, counts_of(figures), absences_of(field, figures), rows, zeros)


def who_of(field: BodyField, figure: dict[str, Any]) -> Text:
    """Of whom a figure is: its cell, or of all in the breakdown."""
    return cell_of(figure) if figure["labels"] else breakdown_of(field, figure)


def breakdown_of(field: BodyField, figure: dict[str, Any]) -> Text:
    """How a figure's field is divided, in the reader's language; as the file has it where the program divides otherwise by now."""
    words = figure["breakdown"]
    return next((each.label for each in field.breakdowns if each.label.en == words), Text(words, words))


def cell_of(figure: dict[str, Any]) -> Text:
    """The cell of a figure in the reader's language; as the file has it where the program knows its axis or code no more."""
    dataset = READABLE.get(figure["dataset"])
    names, codes = filter(None, figure["table"].split(",")), figure["codes"].split(BETWEEN_CODES)
    labels = [
        (axis.label, code.label)
        for axis, name in zip([dataset.axes.get(each) for each in names] if dataset else [], codes, strict=False)
        for code in (axis.codes if axis else ())
        if axis and code.code == name
    ]
    words = words_of_cell(labels)
    return words if words.en == figure["labels"] else Text(figure["labels"], figure["labels"])


def counts_of(figures: list[dict[str, Any]]) -> Text | None:
    """How many cells a field has of each state: `12 figures, 3 not shown`. None where it has none."""
    numbers = Counter(each["status"] for each in figures)
    present = [
        (FIGURE_STATES[state], numbers[state]) for state in FigureState if numbers[state] and state not in ABSENT
    ]
    if not present:
        return None
    return Text(*(", ".join(f"{number} {words(language)}" for words, number in present) for language in Text._fields))


def absences_of(field: BodyField, figures: list[dict[str, Any]]) -> list[tuple[Text, Text]]:
    """Why breakdowns have no cells, and which: `no such table in the release`, `registering organisation; citizenship`."""
    by_state: dict[FigureState, dict[Text, None]] = defaultdict(dict)
    for each in figures:
        if (state := FigureState(each["status"])) in ABSENT:
            period = Text(each["period"], each["period"])
            by_state[state][period if state == FigureState.NO_PERIOD else breakdown_of(field, each)] = None
    return [
        (FIGURE_STATES[state], Text(*map("; ".join, zip(*names, strict=True)))) for state, names in by_state.items()
    ]


def value_of(figure: dict[str, Any]) -> str:
    """A figure with the ends that are told of it."""
    if figure["status"] == FigureState.AT_LEAST:
        return f"≥ {figure['value']}"
    if figure["status"] != FigureState.NOT_SHOWN:
        return value_in_words(figure)
    least, most = figure["at_least"], figure["at_most"]
    words = str(FIGURE_STATES[FigureState.NOT_SHOWN])
    if least is None:
        return words
    return f"{words} (≥ {least})" if most is None else f"{words} ({least}–{most})"


def state_of(file: InternationalFile) -> Text:
    """How far a file is."""
    if FileDispatch.objects.filter(pk=file.pk).exists():
        return STATES["sent"]
    return STATES["made" if is_newest(file) else "superseded"]


def is_newest(file: InternationalFile) -> bool:
    """Whether no later file of its body and year is there."""
    return not InternationalFile.objects.filter(body=file.body, year=file.year, pk__gt=file.pk).exists()


def why_outdated(file: InternationalFile) -> Text | None:
    """Why a file is not to be sent any more: a later one is there, or its releases are others now."""
    if not is_newest(file):
        return REFUSALS["ABROAD_NOT_NEWEST"]
    return REFUSALS["ABROAD_STALE"] if basis_of(file.content["periods"]) != file.basis else None


def obstacles(file: InternationalFile, by: Actor) -> list[Text]:
    """What keeps somebody from marking a file as sent, as far as can be said before. The database decides."""
    by_maker = REFUSALS["ABROAD_BY_MAKER"] if by.user_id == file.user_id else None
    return [each for each in (why_outdated(file), by_maker) if each]


def years_published() -> list[tuple[int, str]]:
    """The years of which there is a public release that is not withdrawn, as choices, the newest first."""
    releases = PUBLISHED.read().releases
    years = {int(each.period.id) for each in releases if each.period.kind == PeriodKind.YEAR and not each.withdrawal}
    return [(year, str(year)) for year in sorted(years, reverse=True)]


class InternationalFileForm(forms.ModelForm):
    """A file for a body, of a year that there are public figures of."""

    year = forms.TypedChoiceField(
        label=capfirst(lazily(FIELDS["year"])),
        coerce=int,
        choices=years_published,
        help_text=lazily(HELPS["year"]),
        error_messages={"invalid_choice": lazily(NO_RELEASE)},
    )

    class Meta:
        model = InternationalFile
        fields = ("body", "year")
