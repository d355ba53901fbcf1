"""What the figures of an axis say, in a heading and in sentences. A sentence that cannot be said truly is left out.

Only ordinary numbers are spoken of. A hidden one is named as hidden; what is preliminary, computed or contradicted stands in its
table with its mark, and in no sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.codelists.types import NOT_APPLICABLE, TOTAL, UNKNOWN, Code
from cases.dimensions import Axis
from core.text import NO_TEXT, Text, in_quotes
from publications.annual.sentences import PLAIN, Pair, fill, listing, paragraph, phrase_of, share_in_words
from stats.reading import wording
from stats.reading.measures import ORDINARY, CellStatus, Value
from stats.reading.table import Figures

QUIET = frozenset({UNKNOWN, NOT_APPLICABLE})
MOST_NAMED = 5  # of a long table: its largest groups


@dataclass(frozen=True)
class Group:
    """The persons of a code: how many, their share in per cent and their change, each None where it is no ordinary number.

    A change is one from a year that we counted too. `most`: of how many there can be at most, where everybody is told; None where
    there is no bound. `hidden`: it is not published.
    """

    code: Code
    count: int | None
    share: Value
    change: int | None
    most: int | None
    hidden: bool

    @property
    def quiet(self) -> bool:
        """Whether its code says nothing of a person."""
        return self.code.code in QUIET


@dataclass(frozen=True)
class AxisFindings:
    """The groups of an axis in a year, and all of its persons together."""

    axis: Axis
    year: int
    total: Group
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, figures: Figures, year: int) -> AxisFindings:
        """The findings in a table of one axis and one period, with its totals."""
        (side,) = figures.sides
        groups = [group(figures, place, code) for place, code in enumerate(side.codes)]
        total = next(each for each in groups if each.code.code == TOTAL)
        return cls(side.axis, year, total, tuple(each for each in groups if each is not total))

    @cached_property
    def groups_named(self) -> list[Group]:
        """The largest groups of several persons that are shown, the largest first. No sentence is about one person."""
        shown = [each for each in self.groups if (each.count or 0) > 1 and not each.quiet]
        return sorted(shown, key=lambda each: -(each.count or 0))[:MOST_NAMED]

    @cached_property
    def largest(self) -> Group | None:
        """The group that is certainly larger than every other; None where none is, or a hidden one might be."""
        if not self.groups_named:
            return None
        first, count = self.groups_named[0], self.groups_named[0].count or 0
        others = [each for each in self.groups if each is not first]
        return first if all(each.most is not None and each.most < count for each in others) else None

    @property
    def heading(self) -> Text:
        """What the largest group says; where nothing can be said of it, what the axis is called."""
        share = share_in_words(self.largest.count or 0, self.total.count or 0) if self.largest else None
        if share is None or self.largest is None or not self.has_phrase:
            return self.axis.label
        return fill(Text("{share} var {who}", "{share} were {who}"), share=share, who=self.who(self.largest))

    @property
    def text(self) -> Text | None:
        """The sentences of the section."""
        return paragraph(self.numbers, self.secrets)

    @property
    def numbers(self) -> Text | None:
        """What is said of the groups that have numbers."""
        if not self.has_phrase:
            return paragraph(self.largest_by_label, self.unknown)
        return paragraph(self.sizes, self.unknown, self.changes)

    @property
    def has_phrase(self) -> bool:
        """Whether it is written how the codes of the axis are named within a sentence. Else only their labels can be quoted."""
        return phrase_of(self.axis) is not PLAIN

    @property
    def largest_by_label(self) -> Text | None:
        """The largest group, quoted as the table names it."""
        if self.largest is None or (self.total.count or 0) < 2:
            return None
        label = Text(*(in_quotes(self.largest.code.label(each), each) for each in Text._fields))
        share = (
            fill(Text(" ({share} pct.)", " ({share}%)"), share=self.largest.share) if self.largest.share else NO_TEXT
        )
        return fill(
            Text(
                "Den største gruppe er {label}: {count} af {total} personer{share}.",
                "The largest group is {label}: {count} of {total} persons{share}.",
            ),
            label=label,
            count=self.largest.count,
            total=self.total.count,
            share=share,
        )

    @property
    def sizes(self) -> Text | None:
        """How many of all persons are of each group, with their shares."""
        if (self.total.count or 0) < 2 or not self.groups_named:
            return None
        sizes = [self.size(each) for each in self.groups_named]
        few = len(self.groups_named) < len([each for each in self.groups if each.count and not each.quiet])
        return fill(
            Text("Af de {total} personer var {also}{groups}.", "Of the {total} persons, {groups}{also}."),
            total=self.total.count,
            also=Text("blandt andre ", ", among others") if few else NO_TEXT,
            groups=with_verb(listing(self.each_named(sizes, self.groups_named, phrase_of(self.axis).verbal))),
        )

    def difference(self, change: int) -> Text:
        """How many more or fewer there are, before the name of the group."""
        template = Text("{number} {more} {{who}}", "{number} {more} {{who}}")
        return fill(template, number=abs(change), more=wording.more_or_fewer(change))

    def size(self, of: Group) -> Text:
        """The number of a group before its name, and its share after it."""
        share = fill(Text(" ({share} pct.)", " ({share}%)"), share=of.share) if of.share is not None else NO_TEXT
        return fill(Text("{count} {{who}}{share}", "{count} {{who}}{share}"), count=of.count, share=share)

    @property
    def unknown(self) -> Text | None:
        """How many there are of whom it is not known."""
        of = next((each for each in self.groups if each.code.code == UNKNOWN and each.count), None)
        if of is None:
            return None
        persons = Text("person", "person") if of.count == 1 else Text("personer", "persons")
        return fill(
            Text("For {count} {persons} er det ikke oplyst.", "For {count} {persons} it is not known."),
            count=of.count,
            persons=persons,
        )

    @property
    def changes(self) -> Text | None:
        """How the groups differ from the year before by several persons, where both numbers are ordinary."""
        groups = [each for each in self.groups_named if abs(each.change or 0) > 1]
        if not groups:
            return None
        texts = [self.difference(each.change or 0) for each in groups]
        return fill(
            Text("Det er {groups} end i {before}.", "That is {groups} than in {before}."),
            groups=listing(self.each_named(texts, groups, phrase_of(self.axis).nominal)),
            before=str(self.year - 1),
        )

    @property
    def secrets(self) -> Text | None:
        """Which groups have no number that is shown."""
        groups = [each for each in self.groups if each.hidden and not each.quiet]
        if not groups:
            return None
        names = self.each_named([Text("{who}", "{who}")] * len(groups), groups, phrase_of(self.axis).nominal)
        if len(names) > MOST_NAMED:
            return fill(
                Text(
                    "For {count} grupper vises intet tal af hensyn til personerne.",
                    "For {count} groups no number is shown, to protect the persons.",
                ),
                count=str(len(names)),
            )
        return fill(
            Text(
                "Tallet for {groups} vises ikke af hensyn til personerne.",
                "The number of {groups} is not shown, to protect the persons.",
            ),
            groups=listing(names),
        )

    def who(self, of: Group) -> Text:
        """A group within a sentence."""
        phrase = phrase_of(self.axis)
        return fill(Text("{first}{name}", "{first}{name}"), first=phrase.verbal[0], name=phrase.name(of.code))

    def each_named(self, texts: Sequence[Text], groups: Sequence[Group], before: Pair) -> list[Text]:
        """Each text with the name of its group: what stands before names is said once."""
        name = phrase_of(self.axis).name
        befores = [before[0], *[before[1]] * (len(texts) - 1)]
        return [
            fill(text, who=fill(Text("{first}{name}", "{first}{name}"), first=first, name=name(of.code)))
            for text, first, of in zip(texts, befores, groups, strict=True)
        ]


def group(figures: Figures, place: int, code: Code) -> Group:
    """The group at a place of a table: its columns are counts, shares and changes."""
    counts, shares, changes = figures.columns
    count = ordinary(counts.values[place], counts.statuses[place])
    compares_ours = figures.periods[-1].compares_ours
    change = ordinary(changes.values[place], changes.statuses[place]) if compares_ours else None
    hidden = counts.statuses[place] == CellStatus.HIDDEN
    interval = figures.intervals.get(place)
    bound = interval.symbol if interval and interval.symbol is not None else interval.most if interval else None
    return Group(
        code,
        None if count is None else int(count),
        ordinary(shares.values[place], shares.statuses[place]),
        None if change is None else int(change),
        int(count) if count is not None else bound,
        hidden,
    )


def ordinary(value: Value, status: CellStatus) -> Value:
    """A value that sentences may speak of; None for any other."""
    return value if status in ORDINARY else None


def with_verb(groups: Text) -> Text:
    """The groups of a sentence; in English the verb comes after the first number."""
    count, _, rest = groups.en.partition(" ")
    return Text(groups.da, f"{count} were {rest}")
