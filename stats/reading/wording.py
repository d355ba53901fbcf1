"""Tables, releases and figures in words: headings, notes, and what the statuses of an answer mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cases.dimensions import Axis, Dataset
from cases.invented import MARK
from core.text import Text, of_both
from stats.counting.build import DEFINITIONS_DIFFER, NOT_ENDED, UNRESOLVED
from stats.errors import ReleaseGone
from stats.models import AUTHORITY, EXACT
from stats.reading import external_words as external
from stats.reading import sum_words
from stats.reading.announcements import PART_WITHDRAWN, UNDER_REVIEW
from stats.reading.cells import PublishedBounds
from stats.reading.entries import CatalogueEntry
from stats.reading.exact_figures import NOT_FOR_PUBLICATION
from stats.reading.measures import EXTERNAL as EXTERNAL_STATUSES
from stats.reading.measures import CellStatus, Value, legend
from stats.reading.table import Figures

# What speaks against publishing a release, by the codes of `henvis_grounds`.
GROUNDS = {
    "BEFORE_PERIOD_END": Text(
        "Tallene blev udgivet, før perioden var slut.", "The figures were published before the period had ended."
    ),
    "FEW_REPORTS": Text(
        "Da der blev talt, manglede mange af de forventede indberetninger.",
        "When it was counted, many of the expected reports were missing.",
    ),
    "OTHER_DAY": Text(
        "Tallene blev udgivet på en anden dag end den, der var meldt ud.",
        "The figures were published on another day than the one that had been announced.",
    ),
}
NOTES: dict[str, Text] = {
    NOT_ENDED: Text(
        "Perioden var ikke slut, da der blev talt.",
        "The period had not ended when it was counted.",
    ),
    UNRESOLVED: Text(
        "Hvor en persons oplysninger modsiger hinanden, og ingen har afgjort det, tælles personen under »Ukendt«.",
        "Where records of a person contradict each other and nobody has decided, the person is counted under “Not known”.",
    ),
    DEFINITIONS_DIFFER: Text(
        "Det tal, som andre har offentliggjort for perioden, er opgjort efter en anden definition end vores.",
        "The figure that others published for the period is by another definition than ours.",
    ),
    **GROUNDS,
    UNDER_REVIEW: Text(
        "Udgivelsen er ved at blive gennemgået. Brug den med forbehold.",
        "The release is under review. Use it with caution.",
    ),
    PART_WITHDRAWN: Text(
        "En udgivelse af en del af perioden er trukket tilbage. Tallene her bygger på den. Brug dem med forbehold.",
        "A release of a part of the period was withdrawn. The figures here build on it. Use them with caution.",
    ),
}
# Notes that say nothing of sums.
OF_RECORDS = frozenset({UNRESOLVED, DEFINITIONS_DIFFER})
# The statuses in few words, for who reads a table without its key.
SHORT: dict[CellStatus, Text] = {
    CellStatus.NORMAL: Text("vist", "shown"),
    CellStatus.DERIVED: Text("beregnet", "computed"),
    CellStatus.PROVISIONAL: Text("foreløbigt", "provisional"),
    CellStatus.UNVERIFIED: Text("modsagt af en anden kilde", "contradicted by another source"),
    CellStatus.BREAK: Text("databrud", "break in the series"),
    CellStatus.UNDEFINED: Text("kan ikke beregnes", "cannot be computed"),
    CellStatus.NOT_COLLECTED: Text("ingen udgivelse for året før", "no release for the year before"),
    CellStatus.NOT_PUBLISHED: Text("ikke offentliggjort", "not published"),
    CellStatus.HIDDEN: Text("skjult", "hidden"),
}
BY, AND = Text("efter", "by"), Text(" og ", " and ")


def more_or_fewer(change: Value) -> Text:
    """Whether there are more or fewer, by a change that is not zero."""
    return Text("flere", "more") if (change or 0) > 0 else Text("færre", "fewer")


def heading(dataset: Dataset, axes: Iterable[Axis], language: str) -> str:
    """A table in words. That it is of several quantities goes without saying."""
    *first, last = ("", *(in_sentence(axis.label(language)) for axis in axes if axis.has_total))
    labels = AND(language).join((", ".join(first[1:]), last)) if len(first) > 1 else last
    name = dataset.label(language)
    return f"{name} {BY(language)} {labels}" if labels else name


def in_sentence(label: str) -> str:
    """A label within a sentence: its first letter is small, unless the first word is written in capitals."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def meanings(figures: Figures) -> dict[CellStatus, Text]:
    """What the statuses of an answer mean."""
    dataset = figures.query.dataset
    # What is drawn from others may not be published of one of them.
    others = bool(external.external_releases(figures) or dataset.drawn_from)
    if dataset.quantities is None:
        # An erratum of a total marks it as a contradiction of others does.
        has_marks = any(not EXTERNAL_STATUSES.isdisjoint(each.statuses) for each in figures.columns)
        return legend(threshold(figures), external=others or has_marks)
    words = legend(threshold(figures), external=others)
    of_sums = {**words, CellStatus.HIDDEN: sum_words.HIDDEN}
    return of_sums if others else {**of_sums, CellStatus.NOT_PUBLISHED: sum_words.NO_DATA}


def why_hidden(interval: PublishedBounds | None, threshold: int | None) -> Text | None:
    """Why just this count of persons is hidden, by what is told of it; None where nothing is told."""
    if interval is None or threshold is None:
        return None
    if interval.symbol is not None:
        return Text(
            "Skjult: tallet er lille eller beskytter et andet lille tal",
            "Hidden: it is small or protects another small number",
        )
    if interval.least >= threshold:
        return Text(
            "Skjult: et lille tal kunne beregnes af det",
            "Hidden: a small number could be computed from it",
        )
    return Text(
        f"Skjult: det kunne være færre end {threshold} personer, eller et sådant tal kunne beregnes af det",
        f"Hidden: it could be fewer than {threshold} persons, or such a number could be computed from it",
    )


def what_it_may_be(intervals: Sequence[PublishedBounds]) -> Text:
    """Between which numbers a hidden count is; of several that each says so itself."""
    if len(intervals) > 1:
        return Text("hvad det kan være, står der", "what it may be stands there")
    (of,) = intervals
    most = of.symbol if of.symbol is not None else of.most
    if most is None:
        return Text(f"mindst {of.least}", f"at least {of.least}")
    return Text(f"mellem {of.least} og {most}", f"between {of.least} and {most}")


def short(dataset: Dataset, status: CellStatus, symbol: int | None, language: str) -> str:
    """A status in few words; of a cell that is told by the symbol of its table with the numbers that it may be."""
    is_no_data = status == CellStatus.NOT_PUBLISHED and dataset.quantities is not None
    words = (sum_words.NOT_KNOWN if is_no_data and not dataset.drawn_from else SHORT[status])(language)
    return words if symbol is None else f"{words}, 0–{symbol}"


def releases(figures: Figures) -> dict[str, CatalogueEntry]:
    """Every release of which an answer may show something, by id."""
    return {one.id: one for each in figures.periods for one in each.releases}


def threshold(figures: Figures) -> int | None:
    """The threshold of the protected releases of an answer, the highest where they differ; None for exact figures."""
    thresholds = [one.terms.threshold for one in releases(figures).values() if one.terms.threshold is not None]
    return max(thresholds, default=None)


def notes(figures: Figures) -> list[Text]:
    """What the reader of an answer has to know."""
    noise = [one.terms.deviation for one in releases(figures).values() if one.audience == AUTHORITY]
    return [
        *([MARK] if external.is_invented(figures) else []),
        figures.query.dataset.about,
        *([NOT_FOR_PUBLICATION] if figures.audience == EXACT else []),
        *([noise_note(max(noise), of_sums=figures.query.dataset.quantities is not None)] if noise else []),
        *sum_words.notes_of_sums(figures),
        *(withdrawal_note(release) for each in figures.periods if (release := each.release).withdrawal),
        *([external.NOT_OURS] if external.external_releases(figures) else []),
        *external.notes_of_breaks(figures),
        *external.notes_of_others(figures),
        *release_notes(figures),
        *(text for release in releases(figures).values() for text in reason_notes(release)),
        *(text for release in releases(figures).values() for text in (*erratum_notes(release), *part_notes(release))),
        *gone_notes(figures),
    ]


def noise_note(deviation: int, *, of_sums: bool) -> Text:
    """What an authority has to know of its figures."""
    if of_sums:
        return sum_words.fill_in(sum_words.NOISE, deviation=deviation)
    return Text(
        f"Til myndigheder: tal, der ikke er offentliggjort, er ændret tilfældigt med op til {deviation}, totalerne hver for sig. "
        "De går ikke nødvendigvis op, og små forskelle betyder intet.",
        f"For authorities: figures that are not published are changed at random by up to {deviation}, totals on their own. "
        "They may not add up, and small differences say nothing.",
    )


def reason_notes(release: CatalogueEntry) -> list[Text]:
    """Why a release was published although something spoke against it."""
    return [
        Text(f"Hvorfor {release.id} blev udgivet alligevel: {each.da}", f"Why {release.id} was published: {each.en}")
        for each in release.announcements.reasons
    ]


def gone_notes(figures: Figures) -> list[Text]:
    """Of which periods the figures were withdrawn, and none of ours stands."""
    return [
        ReleaseGone(each.id, each.withdrawal.at, of_both(each.withdrawal.reason)).words
        for each in figures.releases_gone
        if each.withdrawal
    ]


def withdrawal_note(release: CatalogueEntry) -> Text:
    by = release.withdrawal.replacement if release.withdrawal else ""
    if not by:
        return Text(f"Udgivelsen {release.id} er trukket tilbage.", f"Release {release.id} has been withdrawn.")
    return Text(
        f"Udgivelsen {release.id} er trukket tilbage og blev erstattet af {by}.",
        f"Release {release.id} has been withdrawn and was replaced by {by}.",
    )


def warnings(releases: Iterable[CatalogueEntry]) -> list[Text]:
    """What whoever takes a single row must know of the releases that it is from, where something is wrong or may be."""
    return [
        text
        for release in releases
        for text in (
            *([withdrawal_note(release)] if release.withdrawal else ()),
            *([NOTES[UNDER_REVIEW]] if release.announcements.sign else ()),
            *erratum_notes(release),
            *part_notes(release),
        )
    ]


def erratum_notes(release: CatalogueEntry) -> list[Text]:
    return [
        Text(f"Rettelse til {release.id}: {each.text.da}", f"Erratum to {release.id}: {each.text.en}")
        for each in release.announcements.errata
    ]


def part_notes(release: CatalogueEntry) -> list[Text]:
    """Why releases of parts of a release's period were withdrawn."""
    return [
        Text(f"Trukket tilbage: {part}. Begrundelse: {why.da}", f"Withdrawn: {part}. Reason: {why.en}")
        for part, why in release.announcements.parts
    ]


def release_notes(figures: Figures) -> list[Text]:
    """The notes of the releases that answer, each once; with the ids of the releases that have it, where some do not.

    Of sums none that is about records.
    """
    texts: list[Text] = []
    unfit = OF_RECORDS if figures.query.dataset.quantities else frozenset()
    for code, text in NOTES.items():
        if code in unfit:
            continue
        ids = [each.release.id for each in figures.periods if code in note_codes(each.release, figures)]
        prefix = "" if len(ids) == len(figures.periods) else f"{', '.join(ids)}: "
        if ids:
            texts.append(Text(f"{prefix}{text.da}", f"{prefix}{text.en}"))
    return texts


def note_codes(release: CatalogueEntry, figures: Figures) -> Iterator[str]:
    """The notes that concern an answer, without their numbers: an exact release names the attribute that is not resolved."""
    dimensions = {side.axis.dimension for side in figures.sides}
    for note in release.notes:
        code, _, rest = note.partition(":")
        if not rest or rest.partition(":")[0] in dimensions:
            yield code
