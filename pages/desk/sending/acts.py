"""Acts on a delivery: sending what waits, confirming alone, cancelling, giving rows references; and emptying a rehearsal.

Each asks first, but for the references: a caseworker's own sheet, whose rows have none, comes back with one in each, before
anything is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from cases.errors import DomainError
from cases.intake import rehearsal
from cases.intake.batches import committing, retention
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.holding import BatchBusy
from cases.intake.errorfiles.numbering import numbered_workbook
from cases.intake.findings import FileRefused
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.models import Batch, Handling, RowResult
from cases.intake.readers.formats import XLSX
from cases.intake.readers.spool import FileToSpool
from cases.intake.templates.columns import REFERENCE
from cases.intake.understanding import mappings
from cases.intake.understanding.columns import COLUMN_WORDS
from cases.months import today
from pages.desk.frame import Visit, ask, desk_page, go, go_back, refuse
from pages.desk.sending.deliveries import batch_of, record_act
from pages.desk.sending.delivery_words import NUMBERING
from pages.desk.sending.files import END, attachment, file_of_form
from pages.desk.sending.refusals import refusal_words
from pages.desk.sending.rows import asked_checks, confirmations_in, count_words, fields_of
from pages.desk.sending.words import (
    BUSY,
    CANCEL_QUESTION,
    CANCELLED,
    CHOOSE_REASON,
    CONFIRMED,
    EMPTIED,
    EMPTY_QUESTION,
    LENIENT_QUESTION,
    NO_FILE,
    NOT_ALL,
    SENT,
    STRICT_QUESTION,
)
from partners import audit
from partners.kinds import Mode
from partners.roles import Right

QUESTIONS = {Handling.STRICT: STRICT_QUESTION, Handling.LENIENT: LENIENT_QUESTION}


@require_POST
@desk_page(Right.SUBMIT)
def send(visit: Visit, batch_id: UUID) -> HttpResponse:
    """Store what waits, after asking: all of it, or the rows that are right. 404 for another act."""
    batch, form = batch_of(visit, batch_id), visit.request.POST
    if form.get("act") not in list(Handling):
        raise Http404
    handling = Handling(form["act"])
    if lacks_reasons(visit, batch, handling):
        return go_back(visit, "delivery", CHOOSE_REASON, batch_id=batch.pk)
    page = visit.address("delivery", batch_id=batch.pk)
    question = ask(visit, QUESTIONS[handling], *count_words(batch), back=page, keep=("act", *fields_of(form)))
    return question or store(visit, batch, handling)


def lacks_reasons(visit: Visit, batch: Batch, handling: Handling) -> bool:
    """Whether all rows are to be sent and something that is asked has no reason: then nothing would be stored."""
    if handling == Handling.LENIENT or not retention.is_waiting(batch):
        return False
    rules_answered = {each.rule for each in confirmations_in(visit.request.POST)}
    return any(each.rule not in rules_answered for each in asked_checks(batch, visit.language))


def store(visit: Visit, batch: Batch, handling: Handling) -> HttpResponse:
    """Store it. Whoever asks again, after a lost answer or twice at once, is led to what became of it."""
    if retention.is_waiting(batch):
        # Before it: a crash amid the storing leaves no rows that nobody sent.
        record_act(visit, batch, "delivery.send", handling=str(handling))
    try:
        batch = committing.commit(
            by=visit.by, batch_id=batch.pk, handling=handling, confirmations=confirmations_in(visit.request.POST)
        )
    except NothingWaits as error:
        batch.refresh_from_db()
        if not batch.stored:
            return refuse(visit, refusal_words(error).both)
    except BatchBusy:
        return go(visit, "delivery", BUSY, batch_id=batch.pk)
    except DomainError as error:
        return refuse(visit, refusal_words(error).both)
    if retention.is_at_work(batch):
        return go(visit, "delivery", batch_id=batch.pk)
    if not batch.stored:
        return go_back(visit, "delivery", NOT_ALL, batch_id=batch.pk)
    return go(visit, "delivery", SENT, batch_id=batch.pk)


@require_POST
@desk_page(Right.SUBMIT)
def confirm(visit: Visit, batch_id: UUID) -> HttpResponse:
    """Keep what is confirmed and send nothing."""
    batch = batch_of(visit, batch_id)
    confirmations = confirmations_in(visit.request.POST)
    if not confirmations:
        return go_back(visit, "delivery", CHOOSE_REASON, batch_id=batch.pk)
    try:
        committing.confirm_alone(by=visit.by, batch_id=batch.pk, confirmations=confirmations)
    except BatchBusy:
        return go(visit, "delivery", BUSY, batch_id=batch.pk)
    except DomainError as error:
        return refuse(visit, refusal_words(error).both)
    record_act(visit, batch, "delivery.confirm", rules=[each.rule for each in confirmations])
    return go(visit, "delivery", CONFIRMED, batch_id=batch.pk)


@require_POST
@desk_page(Right.SUBMIT)
def cancel(visit: Visit, batch_id: UUID) -> HttpResponse:
    """Forget what waits, after asking. Again, nothing changes."""
    batch = batch_of(visit, batch_id)
    page = visit.address("delivery", batch_id=batch.pk)
    question = ask(visit, CANCEL_QUESTION, *count_words(batch), back=page)
    if question is not None:
        return question
    try:
        committing.cancel(by=visit.by, batch_id=batch.pk)
    except NothingWaits:
        return go(visit, "delivery", batch_id=batch.pk)
    record_act(visit, batch, "delivery.cancel")
    return go(visit, "file", CANCELLED)


@require_POST
@desk_page(Right.SUBMIT)
def empty(visit: Visit) -> HttpResponse:
    """Delete all that was sent in test mode, after asking. 404 in live mode."""
    if visit.mode != Mode.TEST:
        raise Http404
    question = ask(visit, EMPTY_QUESTION, visit.partner.name, back=visit.address("file"))
    if question is not None:
        return question
    counts = rehearsal.empty(by=visit.by)
    audit.record(by=visit.actor, action="rehearsal.empty", subject=str(visit.partner.pk), **counts)
    return go(visit, "file", EMPTIED)


NO_COLUMN = {"rule": "column_missing", "field": REFERENCE}
# What is said of a column with keys of the sender's own, which the sheet comes back without.
OWN_KEYS = frozenset({"own_key_column", IdentifierKind.CASE_NUMBER.rule})
# What has to be mended first: such a sheet is given no references.
MENDED_FIRST = frozenset({*COLUMN_WORDS, *(kind.rule for kind in IdentifierKind)}) - OWN_KEYS
NO_CELL = {"rule": "required", "field": REFERENCE}


def lacks_references(batch: Batch) -> bool:
    """Whether rows of a delivery need references: there is a key of their own or no column of them, or a row has none in it."""
    if has_no_column(batch) or any(each["rule"] in OWN_KEYS for each in batch.findings):
        return True
    return bool(batch.rejected) and RowResult.objects.filter(batch=batch, findings__contains=[NO_CELL]).exists()


def has_no_column(batch: Batch) -> bool:
    """Whether a file has no column of references."""
    return any(is_no_column(each) for each in batch.findings)


def has_more_wrong(batch: Batch) -> bool:
    """Whether columns are wrong, or name somebody, beside those of references and of keys of their own."""
    return any(each["rule"] in MENDED_FIRST and not is_no_column(each) for each in batch.findings)


def is_no_column(finding: Mapping[str, object]) -> bool:
    """Whether a finding says that there is no column of references."""
    return NO_COLUMN.items() <= finding.items()


@csrf_exempt  # asked for by `give_back`, as by the page on which a file is chosen: the file must not lie about before that
@require_POST
@desk_page(Right.SUBMIT)
def number_rows(visit: Visit) -> HttpResponse:
    """The chosen sheet with references."""
    with file_of_form(visit.request) as upload:
        return give_back(visit.request, visit, upload)


@csrf_protect
def give_back(request: HttpRequest, visit: Visit, upload: FileToSpool) -> HttpResponse:
    """The sheet of a form with references, to be saved. Nothing of it is kept, and nothing is stored."""
    if upload.path is None or END not in request.POST:
        return refuse(visit, NO_FILE, status=400)
    mapping, _ = mappings.read(visit.partner.pk)
    try:
        content = numbered_workbook(
            upload.path, upload.media_type, upload.name, mapping, language=visit.language, day=today()
        )
    except FileRefused as error:
        return refuse(visit, refusal_words(error).both)
    return attachment(content, XLSX, NUMBERING["file"](visit.language))
