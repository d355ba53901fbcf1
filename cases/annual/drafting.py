"""Making the draft of a report: an act of staff that a command on the server carries out, with the owner's role.

The web server imports nothing of it: it draws charts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction

from cases.annual.content.compose import Composition, compose
from cases.annual.document import Document, Picture, Table
from cases.annual.drafts import as_stored, basis_of, check_correction, shown_numbers
from cases.annual.errors import ReportRefused, refuse
from cases.annual.models import ReportDraft, ReportPublication
from cases.annual.numbers import AGE, BAND, ShownNumbers, foreign_numbers, refusal_of
from cases.annual.places import places_of
from cases.annual.stored import as_json
from cases.statistics.reading.measures import SECRET
from partners import audit
from partners.audit import Actor
from partners.text import NO_TEXT, Text, lazily

NUMBER = re.compile(r"\d+", re.ASCII)


def make_draft(*, by: Actor, year: int, correction: Text = NO_TEXT) -> ReportDraft:
    """A new draft of a year. `correction`: what it corrects, where a report of the year is published. Raises `ReportRefused`."""
    if by.user_id is None:
        raise refuse("Et udkast bestilles af en medarbejder.", "A draft is ordered by a member of staff.")
    versions = ReportPublication.objects.filter(year=year).count()
    check_correction(correction, versions)
    with transaction.atomic():
        # Before the figures: whatever is published meanwhile makes the draft stale.
        basis = basis_of(year)
        composition = compose(year, versions + 1, correction)
        check_numbers(correction, composition)
        draft = ReportDraft.objects.create(
            year=year,
            user_id=by.user_id,
            documents={language: as_json(each) for language, each in composition.documents.items()},
            places=places_of(composition.documents["da"]),
            numbers=as_stored(shown_in(composition)),
            basis=basis,
            correction_da=correction.da,
            correction_en=correction.en,
            software=settings.HENVIS_VERSION,
        )
        audit.record(by=by, action="report.draft", subject=str(year), draft=draft.pk)
    return draft


def check_numbers(correction: Text, composition: Composition) -> None:
    """Refuse a correction with a figure that neither the report nor an earlier version of it shows."""
    shown = shown_in(composition)
    for earlier in ReportDraft.objects.filter(year=shown.year, reportpublication__isnull=False):
        shown |= shown_numbers(earlier)
    if strange := [
        n for language, each in composition.documents.items() for n in foreign_numbers(each.correction, language, shown)
    ]:
        raise ReportRefused(lazily(refusal_of(strange)))


def shown_in(composition: Composition) -> ShownNumbers:
    """Every number that the report shows."""
    material, tables = composition.material, [*tables_of(composition.documents.values())]
    ages = {age for table in tables for age in ages_of(table)}
    cells = [cell for table in tables for row in table.grid.rows for cell in row.cells]
    bands = {each for cell in cells if cell.status in SECRET for each in BAND.findall(cell.text)}
    year = composition.documents["da"].year
    return ShownNumbers(
        year, frozenset(material.counts), frozenset(material.percents), frozenset(ages), frozenset(bands)
    )


def tables_of(documents: Iterable[Document]) -> Iterator[Table]:
    """Every table of some reports, those of charts among them."""
    for block in (block for each in documents for section in each.sections for block in section.blocks):
        if isinstance(block, Picture | Table):
            yield block.table if isinstance(block, Picture) else block


def ages_of(table: Table) -> Iterator[int]:
    """The ages in the headings of a table."""
    for heading in (*table.grid.headings, *(row.heading for row in table.grid.rows)):
        if re.search(rf"\d{AGE.pattern}", heading):
            yield from map(int, NUMBER.findall(heading))
