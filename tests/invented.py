"""A process that asks its database for the first time whether its records are invented; and what readers find of the mark."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import ZipFile

from django.db import connection

from cases import invented
from tests.publications.annual.reading import text_of

TEXTS = (*invented.MARK, *invented.WORDS)


def ask_anew() -> None:
    """Forget what this process knows."""
    invented.KNOWN.answer = None


def take_back() -> None:
    """The database does not say that its records are invented. Within a transaction of a test, as nobody can outside of one."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_inventeddata DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM cases_inventeddata")
        cursor.execute("ALTER TABLE cases_inventeddata ENABLE TRIGGER append_only")


def is_marked(answer: Any) -> bool:
    """Whether the body says that it is invented; of bytes that are signed, whether what stands beside them does."""
    text = re.sub(r"\s+", " ", words_of(answer))
    return any(each in text for each in TEXTS) or answer.headers.get("Henvis-Data") in TEXTS


def words_of(answer: Any) -> str:
    """The words of a body as its readers see them."""
    kind, content = answer.headers["Content-Type"].partition(";")[0], bytes(answer.content)
    if kind == "application/pdf":
        return text_of(content)
    if kind.startswith("application/vnd.openxmlformats"):
        with ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    text = content.decode()
    return text.replace("\r\n ", "") if kind == "text/calendar" else text
