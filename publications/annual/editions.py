"""Published reports as readers get them. Each function is one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from core.text import Text, of_both
from publications.annual.document import Document, from_json
from stats.models import Release
from stats.revisions.citation import day

# A version is there once it is there in both languages: they are made together. Its colophon lists each release of ours that a
# figure is from; what the draft was based on has older vintages too.
YEARS = """
SELECT DISTINCT p.year FROM annual_reportpublication p JOIN annual_reportedition e ON e.publication_id = p.draft_id
ORDER BY p.year DESC
"""
USES = """
EXISTS (
    SELECT FROM annual_reportedition x
    WHERE x.publication_id = p.draft_id AND strpos(x.document->>'colophon', {}.release_id || ' (') > 0
)
"""
# Errata that were public when it was drafted stand in the report itself.
VERSIONS = f"""
SELECT p.version, p.published_at, d.correction_da, d.correction_en,
       json_object_agg(e.language, e.data_digest)::text, json_object_agg(e.language, e.pdf_digest)::text,
       (SELECT json_agg(json_build_array(w.release_id, w.reason) ORDER BY w.release_id)::text
        FROM statistics_withdrawal w WHERE {USES.format("w")}),
       (SELECT json_agg(json_build_array(m.release_id, m.text_da, m.text_en) ORDER BY a.decided_at, m.id)::text
        FROM statistics_erratum m JOIN statistics_erratumdecision a ON a.erratum_id = m.id AND a.approved
        WHERE a.decided_at > d.drafted_at AND {USES.format("m")}),
       (SELECT json_agg(s.release_id ORDER BY s.release_id)::text FROM statistics_reviewsign s
        WHERE {USES.format("s")} AND NOT EXISTS (SELECT FROM statistics_reviewsignend n WHERE n.sign_id = s.id))
FROM annual_reportpublication p
JOIN annual_reportdraft d ON d.id = p.draft_id
JOIN annual_reportedition e ON e.publication_id = p.draft_id
WHERE p.year = %s GROUP BY p.draft_id, d.id ORDER BY p.version
"""
REPORTS_OF = """
SELECT DISTINCT p.year FROM annual_reportpublication p JOIN annual_reportedition e ON e.publication_id = p.draft_id
WHERE strpos(e.document->>'colophon', %s) > 0
  AND NOT EXISTS (SELECT FROM annual_reportpublication later WHERE later.year = p.year AND later.version > p.version)
ORDER BY p.year
"""
OF_VERSION = """
FROM annual_reportpublication p JOIN annual_reportedition e ON e.publication_id = p.draft_id
WHERE p.year = %s AND e.language = %s AND (%s::integer IS NULL OR p.version = %s) ORDER BY p.version DESC LIMIT 1
"""
DOCUMENT, DATA, PDF = (f"SELECT {column} {OF_VERSION}" for column in ("e.document::text", "e.data", "e.pdf"))


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A version of a year's report. The digests are SHA-256 in hexadecimal, by language.

    `withdrawals`: releases that its figures are from and that are withdrawn now, each with the reason. `errata`: what was found
    wrong with such releases since it was drafted. `reviews`: which of them are under review.
    """

    version: int
    published_at: datetime
    correction: Text
    data_digests: dict[str, str]
    pdf_digests: dict[str, str]
    withdrawals: tuple[tuple[str, Text], ...] = ()
    errata: tuple[tuple[str, Text], ...] = ()
    reviews: tuple[str, ...] = ()

    @property
    def published_on(self) -> date:
        """The day of its publication in Copenhagen."""
        return day(self.published_at)


def reports_of(release: Release) -> list[Text]:
    """The newest versions of reports that have figures of a release, by year. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(REPORTS_OF, [f"{release.pk} ("])
        return [Text(f"årsrapporten {year}", f"the annual report {year}") for (year,) in cursor.fetchall()]


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
            ReportVersion(version, at, Text(da, en), json.loads(data), json.loads(pdfs), *notices_of(*notices))
            for version, at, da, en, data, pdfs, *notices in cursor.fetchall()
        ]


def notices_of(
    withdrawals: str | None, errata: str | None, reviews: str | None
) -> tuple[tuple[tuple[str, Text], ...], tuple[tuple[str, Text], ...], tuple[str, ...]]:
    """What a row says of its releases."""
    return (
        tuple((release, of_both(reason)) for release, reason in json.loads(withdrawals or "[]")),
        tuple((release, Text(da, en)) for release, da, en in json.loads(errata or "[]")),
        tuple(json.loads(reviews or "[]")),
    )


def document(year: int, language: str, version: int | None = None) -> Document | None:
    """A report in a language; without a version the newest. None where there is none."""
    content = first(DOCUMENT, year, language, version)
    return from_json(json.loads(content)) if isinstance(content, str) else None


def data(year: int, language: str, version: int | None = None) -> bytes | None:
    """The data of the same, of which the colophon has the digest."""
    content = first(DATA, year, language, version)
    return content.encode() if isinstance(content, str) else None


def pdf(year: int, language: str, version: int | None = None) -> bytes | None:
    content = first(PDF, year, language, version)
    return bytes(content) if isinstance(content, bytes | memoryview) else None


def first(sql: str, year: int, language: str, version: int | None) -> object:
    """The one column of the first row. None where there is no row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [year, language, version, version])
        row = cursor.fetchone()
    return row[0] if row else None
