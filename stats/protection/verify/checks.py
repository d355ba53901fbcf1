"""A check, and what was wrong where it failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

READABLE = "the certificate can be read"
_NAMED = 5  # so many of the things that are wrong are named, and the others counted


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """One check. `detail`: what is wrong where it failed, and what a reader should know where it passed."""

    name: str
    passed: bool
    detail: str = ""


def check_that(name: str, wrong: Iterable[str]) -> CertificateCheck:
    """A check that passed where nothing is wrong."""
    names = list(wrong)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return CertificateCheck(name, not names, f"{', '.join(names[:_NAMED])}{more}" if names else "")
