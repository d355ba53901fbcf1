"""The proof of a public release, checked by the verifier: the certificate by itself, and every offered table against it.

The verifier is the one that anybody can run, and the tables are those that are answered. Nothing here says more than it checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from cases.errors import NotFound
from stats.protection.verify.certificate import check_certificate
from stats.protection.verify.certified_cells import CertifiedCells, compare_with_certificates
from stats.protection.verify.checks import CertificateCheck
from stats.protection.verify.tables import DownloadedTable, Interval, TableRow, TableSum
from stats.reading import published_figures
from stats.reading.cells import PublishedBounds
from stats.reading.datasets import READABLE
from stats.reading.entries import CatalogueEntry
from stats.reading.measures import Measure
from stats.reading.table import Figures


@dataclass(frozen=True, slots=True)
class TableCheck:
    """A table as it is answered, and its checks against the certificates. No checks: the certificates did not hold."""

    figures: Figures
    checks: Sequence[CertificateCheck]

    @property
    def passed(self) -> bool:
        """Whether it was checked and nothing was wrong."""
        return bool(self.checks) and all(each.passed for each in self.checks)


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """The certificates that a release needs by release, its own first; their checks; and those of its tables."""

    certificates: Mapping[str, Any]
    checks: Sequence[CertificateCheck]
    tables: Sequence[TableCheck]

    @property
    def passed(self) -> bool:
        """Whether everything was checked and nothing was wrong."""
        return all(each.passed for each in self.checks) and all(each.passed for each in self.tables)


def check_proof(release: CatalogueEntry) -> ProofCheck:
    """Check one of our public releases. One statement, and one for each dataset. Raises `NotFound` without a certificate."""
    bodies = published_figures.certificates([release.id, *release.tellings_at(None)[-1:]])
    if release.id not in bodies:
        raise NotFound
    certificates = {release.id: bodies.pop(release.id), **bodies}
    checks = [check for each in certificates.values() for check in check_certificate(each)]
    figures = [one for name in release.terms.tables for one in published_figures.every_table(release, READABLE[name])]
    if not all(each.passed for each in checks):
        return ProofCheck(certificates, checks, [TableCheck(each, ()) for each in figures])
    cells = CertifiedCells(certificates.values())
    tables = [TableCheck(each, compare_with_certificates(cells, as_downloaded(each))) for each in figures]
    return ProofCheck(certificates, checks, tables)


def as_downloaded(figures: Figures) -> DownloadedTable:
    """Counts of one release of ours as the verifier reads them from a downloaded table."""
    (answering,), (counts,) = figures.periods, (each for each in figures.columns if each.measure == Measure.COUNT)
    release = answering.release
    tells = bool(figures.intervals or figures.sums)
    table = DownloadedTable()
    dataset = figures.query.dataset.id if figures.query.dataset.quantities else ""
    for place, codes in enumerate(product(*(side.codes for side in figures.sides))):
        names = [(side.axis.id, code.code) for side, code in zip(figures.sides, codes, strict=True)]
        value = None if counts.values[place] is None else int(counts.values[place] or 0)
        interval = interval_of(figures.intervals.get(place)) if value is None and tells else None
        row = TableRow(release.id, release.period.id, names, value, counts.statuses[place], interval, dataset)
        row.check()
        table.add(row)
    table.sums = sums_of(release.id, figures)
    bounds_from = answering.source_of_bounds(None)
    table.tellings = {release.id: bounds_from} if bounds_from else {}
    return table


def interval_of(interval: PublishedBounds | None) -> Interval:
    """What is told of a hidden cell, as the verifier has it."""
    return (None, None) if interval is None else (interval.least, interval.most)


def sums_of(release: str, figures: Figures) -> list[TableSum]:
    """What hidden cells have together."""
    return [
        TableSum(release, {axis: list(codes) for axis, codes in each.codes.items()}, each.count)
        for each in figures.sums
    ]
