"""What is wrong with a file: of the whole file first, then row by row, with numbers and cells as Excel shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from henvis_client.bodies import Batch, Finding, RowResult
from henvis_client.cli import batch_words as w
from henvis_client.cli.desk import INDENT, MOST_CODES, WHOLE_FILE, Desk
from henvis_client.cli.moments import moment
from henvis_client.cli.refusals import MEANT, detail_of
from henvis_client.cli.verdicts import CHECKS, rows_of
from henvis_client.cli.words import ALLOWED, MOMENT, ROW_OF

# Of more rows than that there is a summary, and then the first few.
MOST_ROWS, FIRST_ROWS = 20, 10
HELD = "held"
VERSION_NEEDED = "version_needed"
# Rules that are met by a number in the column of versions.
NEED_VERSION = frozenset({VERSION_NEEDED, "withdrawn"})


def show_findings(desk: Desk, batch: Batch, rows: Sequence[RowResult], keys: Mapping[str, str]) -> None:
    """All that is wrong, as far as a screen is the place for it."""
    if batch.findings:
        desk.show(f"{desk.text(w.OF_FILE)}:")
        for finding in batch.findings:
            desk.show(sentence(desk, finding), INDENT)
    is_long = len(rows) > MOST_ROWS
    if is_long:
        summarise(desk, batch, rows, keys)
    sheets = {row.sheet for row in rows if row.sheet}
    for row in rows[: FIRST_ROWS if is_long else MOST_ROWS]:
        key = keys.get(row.reference or "")
        desk.show(heading(desk, row, key, names_sheet=len(sheets) > 1))
        for finding in row.findings:
            desk.show(sentence(desk, finding, is_held=row.outcome == HELD, has_key=key is not None), INDENT)
    if is_long:
        rest = rows_of(batch.counts.rejected + batch.counts.held - FIRST_ROWS)
        desk.show(desk.text(w.MORE_ROWS if batch.id else w.MORE_ROWS_PUBLIC, rows=desk.text(rest), batch=batch.id))


def heading(desk: Desk, row: RowResult, key: str | None, *, names_sheet: bool) -> str:
    """Which row it is: by its number and the organisation's own key."""
    place = desk.text(w.RECORD_OF, number=row.index + 1) if row.line is None else desk.text(ROW_OF, line=row.line)
    parts = [desk.text(w.OF_SHEET, sheet=row.sheet)] if names_sheet and row.sheet else []
    parts += [desk.text(w.OF_KEY, key=key)] if key else []
    inside = f" ({', '.join(parts)})" if parts else ""
    end = f", {desk.text(w.HELD)}" if row.outcome == HELD else ""
    return f"{place}{inside}{end}"


def sentence(desk: Desk, finding: Finding, *, is_held: bool = False, has_key: bool = False) -> str:
    """A finding with its cell. Of what sort it is is said where the row does not say it."""
    detail = plain_detail(desk, finding, has_key=has_key)
    cell = "" if finding.cell in {None, "", WHOLE_FILE} else f"{finding.cell} "
    kind = None if is_held and finding.kind in CHECKS else w.KINDS.get(finding.kind)
    return f"{cell}{in_words(desk, finding, detail)}{f' ({desk.text(kind)})' if kind else ''}"


def plain_detail(desk: Desk, finding: Finding, *, has_key: bool = False) -> str:
    """What a finding says. Another person under a reference that is taken is thought of before a correction.

    `has_key`: the reference of the row was made of the organisation's own key.
    """
    if finding.stored_version is None:
        return detail_of(finding.rule, finding.detail, desk.language, finding.suggestion)
    detail = detail_of(finding.rule, finding.detail, desk.language)
    if finding.rule == VERSION_NEEDED:
        person = w.ANOTHER_PERSON_KEY if has_key else w.ANOTHER_PERSON
        since = moment(finding.stored_at, desk.text(MOMENT))
        detail = f"{desk.text(person)} {desk.text(w.CORRECTION, version=finding.stored_version, moment=since)}"
    # Without a cell the file has no such column, or is JSON and has none at all.
    return detail if finding.cell or finding.rule not in NEED_VERSION else f"{detail} {desk.text(w.NO_VERSION)}"


def in_words(desk: Desk, finding: Finding, detail: str) -> str:
    """A sentence with the labels of the codes that it names; without a guess, with those to choose from where they are few."""
    field, guess = finding.field or "", finding.suggestion
    if guess is not None:
        label = desk.dictionaries.label(field, guess, desk.language)
        question = MEANT(desk.language, code=f"{label} ({guess})")
        # Henvis may have said the label already.
        return detail.replace(MEANT(desk.language, code=guess), question) if label else detail
    if not 0 < len(finding.allowed) <= MOST_CODES or not field:
        return detail
    codes = (f"{code} {desk.dictionaries.label(field, code, desk.language)}".strip() for code in finding.allowed)
    return f"{detail} {desk.text(ALLOWED, codes=', '.join(codes))}"


def summarise(desk: Desk, batch: Batch, rows: Sequence[RowResult], keys: Mapping[str, str]) -> None:
    """How many rows break each rule, what is most frequent first."""
    is_whole = len(rows) == batch.counts.rejected + batch.counts.held
    title = desk.text(w.SUMMARY) if is_whole else desk.text(w.SUMMARY_PART, count=len(rows))
    desk.show(f"{title}:")
    groups: dict[tuple[str, str | None], list[tuple[int, str]]] = defaultdict(list)
    for row in rows:
        for finding in row.findings:
            detail = plain_detail(desk, replace(finding, suggestion=None), has_key=bool(keys.get(row.reference or "")))
            groups[finding.rule, finding.field].append((row.index, detail))
    for places in sorted(groups.values(), key=len, reverse=True):
        count = len({index for index, _ in places})
        desk.show(f"{desk.text(rows_of(count))}: {common_sentences([detail for _, detail in places])}", INDENT)
    desk.show(f"{desk.text(w.OF_ROWS)}:")


def common_sentences(details: Sequence[str]) -> str:
    """What all details begin with, in whole sentences: the guesses at their ends differ."""
    if len(set(details)) == 1:
        return details[0]
    parts = takewhile(lambda each: len(set(each)) == 1, zip(*(each.split(". ") for each in details), strict=False))
    return ". ".join(each[0] for each in parts) or details[0]


def checks_to_confirm(batch: Batch, rows: Sequence[RowResult]) -> dict[str, list[str]]:
    """The checks that wait for a word, of the whole file and of rows that are held, by their rule.

    Whoever confirms a rule confirms it of every column: each has a sentence of its own, and all of them are shown.
    """
    rows_held = chain.from_iterable(row.findings for row in rows if row.outcome == HELD)
    of_file = () if batch.is_stored else batch.findings
    details: dict[str, list[str]] = defaultdict(list)
    for each in (*of_file, *rows_held):
        if each.kind in CHECKS and each.detail not in details[each.rule]:
            details[each.rule].append(each.detail)
    return dict(details)
