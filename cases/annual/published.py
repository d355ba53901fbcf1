"""Published reports as readers get them. Each function is one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from cases.annual.document import Document
from cases.annual.stored import from_json
from cases.statistics.revisions.citation import day
from partners.text import Text, of_both

# A version is there once it is there in both languages: they are made together. Its colophon lists each release of ours that a
# figure is from; what the draft was based on has older vintages too.
YEARS = """
SELECT DISTINCT p.year FROM annual_reportpublication p JOIN annual_reportedition e ON e.publication_id = p.draft_id
ORDER BY p.year DESC
"""
VERSIONS = """
SELECT p.version, p.published_at, d.correction_da, d.correction_en,
       json_object_agg(e.language, e.data_digest)::text, json_object_agg(e.language, e.pdf_digest)::text,
       (SELECT json_agg(json_build_array(w.release_id, w.reason) ORDER BY w.release_id)::text
        FROM statistics_withdrawal w
        WHERE EXISTS (
            SELECT FROM annual_reportedition x
            WHERE x.publication_id = p.draft_id AND strpos(x.document->>'colophon', w.release_id || ' (') > 0
        ))
FROM annual_reportpublication p
JOIN annual_reportdraft d ON d.id = p.draft_id
JOIN annual_reportedition e ON e.publication_id = p.draft_id
WHERE p.year = %s GROUP BY p.draft_id, d.id ORDER BY p.version
"""
OF_VERSION = """
FROM annual_reportpublication p JOIN annual_reportedition e ON e.publication_id = p.draft_id
WHERE p.year = %s AND e.language = %s AND (%s::integer IS NULL OR p.version = %s) ORDER BY p.version DESC LIMIT 1
"""
DOCUMENT, DATA, PDF = (f"SELECT {column} {OF_VERSION}" for column in ("e.document::text", "e.data", "e.pdf"))


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A version of a year's report. The digests are SHA-256 in hexadecimal, by language.

    `withdrawals`: releases that its figures are from and that are withdrawn now, each with the reason.
    """

    version: int
    published_at: datetime
    correction: Text
    data_digests: dict[str, str]
    pdf_digests: dict[str, str]
    withdrawals: tuple[tuple[str, Text], ...] = ()

    @property
    def published_on(self) -> date:
        """The day of its publication in Copenhagen."""
        return day(self.published_at)


def years() -> list[int]:
    """The years that have a report, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS)
        return [year for (year,) in cursor.fetchall()]


def versions(year: int) -> list[ReportVersion]:
    """The versions of a year's report, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [year])
        return [
            ReportVersion(version, at, Text(da, en), json.loads(data), json.loads(pdfs), withdrawals_of(withdrawals))
            for version, at, da, en, data, pdfs, withdrawals in cursor.fetchall()
        ]


def withdrawals_of(text: str | None) -> tuple[tuple[str, Text], ...]:
    """The releases and the reasons of a row."""
    return tuple((release, of_both(reason)) for release, reason in json.loads(text or "[]"))


def document(year: int, language: str, version: int | None = None) -> Document | None:
    """A report in a language; without a version the newest. None where there is none."""
    content = first(DOCUMENT, year, language, version)
    return from_json(json.loads(content)) if isinstance(content, str) else None


def data(year: int, language: str, version: int | None = None) -> bytes | None:
    """The data of the same, of which the colophon has the digest."""
    content = first(DATA, year, language, version)
    return content.encode() if isinstance(content, str) else None


def pdf(year: int, language: str, version: int | None = None) -> bytes | None:
    """The PDF of the same."""
    content = first(PDF, year, language, version)
    return bytes(content) if isinstance(content, bytes | memoryview) else None


def first(sql: str, year: int, language: str, version: int | None) -> object:
    """The one column of the first row. None where there is no row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [year, language, version, version])
        row = cursor.fetchone()
    return row[0] if row else None
