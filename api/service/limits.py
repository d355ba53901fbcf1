"""The limits of files, as they are told to callers: those that the rooms of the intake keep."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from api.service.bodies import MeLimitsBody
from cases.intake.batches import public, storing, tidy, work
from cases.intake.readers.limits import MOST_BYTES, MOST_BYTES_AT_ONCE, MOST_LINES, MOST_ROWS

BODY = MeLimitsBody(
    bytes_of_file=dict(MOST_BYTES),
    bytes_answered_at_once=dict(MOST_BYTES_AT_ONCE),
    rows_answered_at_once=storing.MOST_AT_ONCE,
    rows_of_strict=work.MOST_STRICT,
    rows_of_workbook=MOST_ROWS,
    lines_of_file=MOST_LINES,
    rows_of_public_check=public.MOST_ROWS,
    bytes_of_public_check=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    days_of_results=tidy.KEPT // timedelta(days=1),
    hours_until_commit=tidy.WAITS // timedelta(hours=1),
)
