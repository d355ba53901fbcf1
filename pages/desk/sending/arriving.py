"""The file of a form on its way in: it goes into the spool while the form is read, and does not stay there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from cases.intake.arriving import FileToSpool

# The last field of the form: without it the form did not arrive whole, and neither did the file before it.
END = "end"


@contextmanager
def arriving(request: HttpRequest) -> Iterator[FileToSpool]:
    """The file of a form, which goes into the spool once the form is read. Whatever happens, it does not stay there."""
    upload = FileToSpool()
    request.upload_handlers = [upload]
    try:
        yield upload
    finally:
        upload.discard()
