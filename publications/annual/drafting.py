"""Making the draft of a report: an act of staff that a command on the server carries out, with the owner's role.

The web server imports nothing of it: it draws charts.

Of an earlier draft that went stale, the texts of sections whose figures are the same stay finished. A release that got a new
vintage, was withdrawn or has an erratum makes a draft stale, even where most of what the draft shows is as it was. What a person
finished there needs no second look. Who wrote it stays its author, and cannot publish the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import transaction

from core.text import NO_TEXT, Text, lazily
from partners import audit
from partners.audit import Actor
from publications.annual.content.compose import Composition, compose
from publications.annual.content.parts import Material, bound_of
from publications.annual.content.topics import KEY_FIGURES
from publications.annual.document import Block, Document, Picture, Section, Table, as_json, from_json
from publications.annual.drafts import (
    as_stored,
    basis_of,
    check_correction,
    earlier_texts,
    faults_of,
    shown_numbers,
    tidy,
)
from publications.annual.models import ReportDraft, ReportPublication, ReportText
from publications.annual.numbers import AGE_IN_HEADING, BAND, ShownNumbers, number_fault, phrases_in
from publications.annual.places import of_section, places_of, proposals_of
from publications.annual.refusals import ReportRefused, refuse
from stats.reading.measures import CellStatus


def keep_texts(draft: ReportDraft) -> int:
    """Take over what was written last in sections that show the same now. Returns how many texts."""
    texts_written = earlier_texts(draft)
    shown_before = {each.pk: sections_of(each) for each in {row.draft for row in texts_written.values()}}
    texts_kept = []
    for name, sections in sections_of(draft).items():
        rows = [texts_written[place] for place in of_section(sections[0]) if place in texts_written]
        if all(shown_before[row.draft_id].get(name) == sections and fits(draft, row) for row in rows):
            texts_kept += [
                ReportText(draft=draft, place=row.place, text_da=row.text_da, text_en=row.text_en, user_id=row.user_id)
                for row in rows
            ]
    return len(ReportText.objects.bulk_create(texts_kept))


def fits(draft: ReportDraft, row: ReportText) -> bool:
    """Whether a text may stand in a draft: it may name a number that the report no longer has, such as a year's total."""
    return not faults_of(draft, row.place, Text(row.text_da, row.text_en))


def sections_of(draft: ReportDraft) -> dict[str, tuple[Section, ...]]:
    """Each section of a draft in each language, by its id, as far as it tells figures."""
    documents: list[Document] = [from_json(draft.documents[language]) for language in Text._fields]
    pairs = zip(*(each.sections for each in documents), strict=True)
    return {each[0].id: tuple(map(content_of, each)) for each in pairs}


def content_of(section: Section) -> Section:
    """A section without its drawings and without where its figures are from: another vintage may tell the same."""
    return replace(section, blocks=tuple(map(figures_of, section.blocks)))


def figures_of(block: Block) -> Block:
    """A table without its source; a chart as its table, with the alternative text that is proposed."""
    match block:
        case Table():
            return replace(block, source="")
        case Picture():
            return replace(block, svg="", portrait="", table=replace(block.table, source=""))
    return block


NUMBER = re.compile(r"\d+", re.ASCII)


def make_draft(*, by: Actor, year: int, correction: Text = NO_TEXT) -> ReportDraft:
    """A new draft of a year. `correction`: what it corrects, where a report of the year is published. Raises `ReportRefused`."""
    if by.user_id is None:
        raise refuse("Et udkast bestilles af en medarbejder.", "A draft is ordered by a member of staff.")
    versions = ReportPublication.objects.filter(year=year).count()
    correction = Text(*(tidy("", each) for each in correction))
    check_correction(correction, versions)
    with transaction.atomic():
        # Before the figures: whatever is published meanwhile makes the draft stale.
        basis = basis_of(year)
        composition = compose(year, versions + 1, correction)
        shown = shown_in(composition)
        check_numbers(correction, shown[""])
        draft = ReportDraft.objects.create(
            year=year,
            user_id=by.user_id,
            documents={language: as_json(each) for language, each in composition.documents.items()},
            places=places_of(composition.documents["da"]),
            numbers={section: as_stored(each) for section, each in shown.items()},
            basis=basis,
            correction_da=correction.da,
            correction_en=correction.en,
            software=settings.HENVIS_VERSION,
        )
        texts_kept = keep_texts(draft)
        audit.record(by=by, action="report.draft", subject=str(year), draft=draft.pk, kept=texts_kept)
    return draft


def check_numbers(correction: Text, shown: ShownNumbers) -> None:
    """Refuse a correction with a figure that neither the report nor an earlier version of it shows, and with any small one."""
    for earlier in ReportDraft.objects.filter(year=shown.year, reportpublication__isnull=False):
        shown |= shown_numbers(earlier)
    for language in Text._fields:
        if fault := number_fault([correction(language)], language, shown):
            raise ReportRefused(lazily(fault))


def shown_in(composition: Composition) -> dict[str, ShownNumbers]:
    """What each section shows with the number of all persons of each year; by the empty name, what is not small in any section."""
    documents, materials = composition.documents, composition.materials
    bound = bound_of([table for each in materials.values() for table in each.tables])
    totals = frozenset(each for each in materials[KEY_FIGURES].counts if each >= bound)
    year = documents["da"].year
    ages = frozenset(age for each in documents.values() for age in ages_in(each.sections))
    every = ShownNumbers(year, counts=totals, ages=ages)
    shown = {}
    for sections in zip(*(each.sections for each in documents.values()), strict=True):
        shown[sections[0].id] = every | shown_by(sections, materials[sections[0].id], year)
    return {**shown, "": without_small(reduce(or_, shown.values()), bound)}


def shown_by(sections: Sequence[Section], material: Material, year: int) -> ShownNumbers:
    """What a section, given in each language, shows by itself."""
    cells = [cell for table in tables_of(sections) for row in table.grid.rows for cell in row.cells]
    return ShownNumbers(
        year,
        frozenset(material.counts),
        frozenset(material.changes),
        frozenset(material.percents),
        bands=frozenset(each for cell in cells if cell.status == CellStatus.HIDDEN for each in BAND.findall(cell.text)),
        phrases=phrases_in(text for each in sections for text in proposals_of(each).values()),
    )


def without_small(shown: ShownNumbers, bound: int) -> ShownNumbers:
    """Numbers without those of persons below a bound, and without phrases."""
    counts, changes = (frozenset(n for n in each if abs(n) >= bound) for each in (shown.counts, shown.changes))
    return replace(shown, counts=counts, changes=changes, phrases=frozenset())


def tables_of(sections: Iterable[Section]) -> Iterator[Table]:
    """Every table of some sections, those of charts among them."""
    for block in (block for each in sections for block in each.blocks):
        if isinstance(block, Picture | Table):
            yield block.table if isinstance(block, Picture) else block


def ages_in(sections: Iterable[Section]) -> Iterator[int]:
    """The ages in the headings of tables."""
    for table in tables_of(sections):
        for heading in (*table.grid.headings, *(row.heading for row in table.grid.rows)):
            if AGE_IN_HEADING.search(heading):
                yield from map(int, NUMBER.findall(heading))
