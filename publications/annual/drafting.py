"""Making the draft of a report: an act of staff that a command on the server carries out, with the owner's role.

The web server imports nothing of it: it draws charts.
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
from publications.annual.document import Picture, Section, Table
from publications.annual.drafts import as_stored, basis_of, check_correction, shown_numbers
from publications.annual.errors import ReportRefused, refuse
from publications.annual.kept_texts import keep_texts
from publications.annual.models import ReportDraft, ReportPublication
from publications.annual.numbers import AGE_IN_HEADING, BAND, ShownNumbers, number_fault, phrases_in
from publications.annual.places import places_of, proposals_of
from publications.annual.stored import as_json
from publications.annual.texts import tidy
from stats.reading.measures import CellStatus

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
