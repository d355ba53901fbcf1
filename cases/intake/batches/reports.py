"""The files that say what is wrong with the rows of a batch, made while the sender's file is still there.

They are kept in the database, where an erasure finds them, and not beside the spool.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import attrgetter

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from cases.errors import NotFound, RestrictionHolds
from cases.intake.batches import results
from cases.intake.batches.rows import SentRow
from cases.intake.batches.staging import stored_form
from cases.intake.batches.stream import RowStream
from cases.intake.batches.wording import field_of, sentence_in_file
from cases.intake.errorfiles.files import errors_csv, errors_xlsx, marked_again
from cases.intake.errorfiles.tables import MOST_ROWS, Mark, SentFile
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, ErrorFile, Outcome, RowResult
from cases.intake.readers import spool
from cases.intake.readers.strict_json import JSONRefused, loads
from cases.intake.understanding import mappings
from cases.intake.understanding.sources import JSON_FORMATS
from cases.linking.restriction import open_references
from cases.months import today
from core.failures import where_it_broke
from partners import locks

log = structlog.get_logger("henvis.intake")
NOT_MADE_AGAIN = "error file not made again"
IN_DOUBT = (Outcome.REJECTED, Outcome.HELD)


def make(batch: Batch, stream: RowStream) -> None:
    """Make both files, where a row is rejected or held. At most 10,000 rows are marked, and the files say how many more there are.

    Once the sender's file is gone, they are made of what they have themselves. There is no file where the guard sees something
    in it; where a row was erased meanwhile, as if that had come after; or where a row is of a person who was erased before, since
    we would keep again what we have forgotten.
    """
    in_doubt = results.page(batch, outcomes=IN_DOUBT, limit=MOST_ROWS)
    if not in_doubt or has_erased(batch):
        ErrorFile.objects.filter(batch=batch).delete()
        return
    if not stream.path.exists():
        make_again(batch, in_doubt)
        return
    file = stream.sent_file(batch.total or 0)
    number = number_in(file)
    say = sentences_for(batch)
    marks = {number(each): marks_of(each, say) for each in in_doubt}
    rows = [(number(each), members_of(each)) for each in stream.rows() if number(each) in marks]
    left_out = batch.rejected + batch.held - len(in_doubt)
    contents = {
        "xlsx": errors_xlsx(file, marks, rows, language=batch.language, day=today(), left_out=left_out),
        "csv": errors_csv(file, marks, rows, language=batch.language, left_out=left_out),
    }
    with transaction.atomic():
        locks.hold_off_erasures()
        if results.page(batch, outcomes=IN_DOUBT, limit=MOST_ROWS) == in_doubt:
            ErrorFile.objects.filter(batch=batch).delete()
            files = (ErrorFile(batch=batch, format=name, content=each) for name, each in contents.items() if each)
            ErrorFile.objects.bulk_create(files)


def make_again(batch: Batch, in_doubt: Sequence[results.Result]) -> None:
    """Make the files anew of what they have: the sender's own is gone, and some of its rows are stored by now."""
    mapping, _ = mappings.read(batch.partner_id)
    say = sentences_for(batch)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for result in in_doubt:
        marks[str(result.reference)] += [(field_of(each), say(each)) for each in result.findings]
    with transaction.atomic():
        locks.hold_off_erasures()
        for name, content in ErrorFile.objects.filter(batch=batch).values_list("format", "content"):
            path = spool.spool([bytes(content)], len(content))
            try:
                again = marked_again(path, name, marks, mapping, language=batch.language, day=today())
            except FileRefused as refusal:
                # Its columns are told in another way by now. What it says is true of when it was made.
                log.warning(NOT_MADE_AGAIN, **where_it_broke(refusal))
                continue
            finally:
                spool.forget(path)
            ErrorFile.objects.filter(batch=batch, format=name).delete()
            if again:
                ErrorFile.objects.create(batch=batch, format=name, content=again)


def has_erased(batch: Batch) -> bool:
    """Whether a row of the batch is of a person who was erased."""
    return RowResult.objects.filter(batch=batch, findings__contains=[{"rule": "erased"}]).exists()


def sentences_for(batch: Batch) -> Callable[[Finding], str]:
    """What a file says of a finding to who sent it, a person or a program."""
    return partial(sentence_in_file, language=batch.language, on_desk=batch.client.is_desk)


def marks_of(result: results.Result, say: Callable[[Finding], str]) -> list[Mark]:
    """What is said of a row, each with its column or its member."""
    return [(field_of(each) if each.column is None else each.column, say(each)) for each in result.findings]


def number_in(file: SentFile) -> Callable[[SentRow | results.Result], int]:
    """How the rows of a file are told apart: by their lines; in JSON by their index, since an array may stand on one line."""
    return attrgetter("index" if file.form in JSON_FORMATS else "line")


def members_of(row: SentRow) -> Mapping[str, object]:
    """The members of a row; none where it is no JSON."""
    if row.raw is None:
        return row.members or {}
    try:
        members = loads(row.raw)
    except JSONRefused:
        return {}
    return members if isinstance(members, Mapping) else {}


def errors_file(batch: Batch, name: str) -> bytes:
    """The file of a batch in a format. Raises `NotFound` where nothing is wrong, or it was forgotten.

    It has rows as they were sent. Raises `RestrictionHolds` where the batch has one of a referral that is restricted now.
    """
    of_restricted = RowResult.objects.filter(~open_references(), batch_id=OuterRef("batch_id"))
    row = ErrorFile.objects.filter(batch=batch, format=name).annotate(tells=~Exists(of_restricted)).first()
    if row is None:
        raise NotFound
    if not row.tells:
        raise RestrictionHolds
    return bytes(row.content)


def of_refusal(refusal: FileRefused) -> list[dict[str, object]]:
    """The findings for which a file was refused, as a batch keeps them, each with its line."""
    return [{**stored_form(each), **({} if line is None else {"line": line})} for each, line in refusal.findings]
