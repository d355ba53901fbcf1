"""Checking files: certificates, and downloaded tables against them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .certificate import check_certificate
from .certified_cells import CertifiedCells, compare_with_certificates
from .checks import READABLE, CertificateCheck, check_that
from .tables import table_of

QUIET = "--quiet"


def verify_files(arguments: Sequence[str], write: Callable[[str], object] = sys.stdout.write) -> int:
    """Check certificates, and tables against them, in any order. 0 where every check passed, else 1.

    A table is CSV, JSON-stat or a list of objects, as it was answered. One over several periods needs the certificates of all
    its releases, and of those with which was told what hidden cells may be. Each check is written as a line, and the verdict on
    all of them as the last. With `--quiet` among the arguments it is the only one.
    """
    paths = [each for each in arguments if each != QUIET]
    try:
        files = [(Path(path).name, Path(path).read_text(encoding="utf-8-sig")) for path in paths]
        checks = list(_check_files(files))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        checks = [CertificateCheck(READABLE, False, f"{type(error).__name__}: {error}")]
    for each in checks if QUIET not in arguments else ():
        write(f"{'passed' if each.passed else 'FAILED':8}{_in_words(each)}\n")
    write(f"{_verdict(checks, len(paths))}\n")
    return 0 if all(each.passed for each in checks) else 1


def _verdict(checks: Sequence[CertificateCheck], files: int) -> str:
    """The outcome in one line, with the first check that failed."""
    failures = [each for each in checks if not each.passed]
    if failures:
        return f"NOT VERIFIED: {len(failures)} of {len(checks)} checks failed; the first: {_in_words(failures[0])}"
    return f"VERIFIED: {len(checks)} checks of {files} files passed"


def _in_words(check: CertificateCheck) -> str:
    return f"{check.name}{f' ({check.detail})' if check.detail else ''}"


def _check_files(files: Sequence[tuple[str, str]]) -> Iterator[CertificateCheck]:
    """The checks of the certificates; and, where all of these passed, of the tables."""
    certificates = [(name, content) for name, text in files if (content := _certificate_of(text)) is not None]
    yield _check_releases([content["release"] for _, content in certificates])
    checks = [_with_file(name, each) for name, content in certificates for each in check_certificate(content)]
    yield from checks
    if all(each.passed for each in checks):
        certificates_known = CertifiedCells(content for _, content in certificates)
        for name, text in files:
            if _certificate_of(text) is None:
                for each in compare_with_certificates(certificates_known, table_of(text)):
                    yield _with_file(name, each)


def _check_releases(releases: Sequence[str]) -> CertificateCheck:
    if not releases:
        return CertificateCheck(READABLE, False, "no certificate")
    twice = sorted({each for each in releases if releases.count(each) > 1})
    return check_that("there is a certificate, and one of each release", twice)


def _with_file(file: str, check: CertificateCheck) -> CertificateCheck:
    return replace(check, name=f"{file}: {check.name}")


def _certificate_of(text: str) -> dict[str, Any] | None:
    """The certificate that a file holds. None where it holds a table."""
    content = json.loads(text) if text.startswith("{") else None
    return content if isinstance(content, dict) and "blocks" in content else None
