"""A caseworker's own sheet, whose rows have no references: it comes back with one in each, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from cases.intake.arriving import FileToSpool
from cases.intake.errorfiles.numbered import numbered
from cases.intake.findings import FileRefused
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.models import Batch, RowResult
from cases.intake.readers.formats import XLSX
from cases.intake.templates.columns import REFERENCE
from cases.intake.understanding import mappings
from cases.intake.understanding.columns import COLUMN_WORDS
from cases.months import today
from pages.desk.frame import Visit, desk_page, refuse
from pages.desk.sending.arriving import END, arriving
from pages.desk.sending.downloads import attachment
from pages.desk.sending.page_words import NUMBERING
from pages.desk.sending.refusals import refusal_words
from pages.desk.sending.words import NO_FILE
from partners.roles import Right

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
    with arriving(visit.request) as upload:
        return give_back(visit.request, visit, upload)


@csrf_protect
def give_back(request: HttpRequest, visit: Visit, upload: FileToSpool) -> HttpResponse:
    """The sheet of a form with references, to be saved. Nothing of it is kept, and nothing is stored."""
    if upload.path is None or END not in request.POST:
        return refuse(visit, NO_FILE, status=400)
    mapping, _ = mappings.read(visit.partner.pk)
    try:
        content = numbered(upload.path, upload.media_type, upload.name, mapping, language=visit.language, day=today())
    except FileRefused as error:
        return refuse(visit, refusal_words(error).both)
    return attachment(content, XLSX, NUMBERING["file"](visit.language))
