"""What was written for the National Archives, what they received, and of which years they want nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from cases.invented import is_invented
from cases.months import today
from oversight.archive import package
from oversight.archive.indices import PackageFacts
from oversight.archive.package import PackageRefused
from oversight.retention.models import ArchiveTransfer
from partners import audit
from partners.audit import COMMAND


def write(
    package_id: str, first: int, last: int, home: Path, schemas: Path, tell: Callable[[str], None]
) -> ArchiveTransfer:
    """Write a package of some years that are over. Raises `PackageRefused` and what `package.write` raises."""
    if is_invented():
        raise PackageRefused("The records are invented: the National Archives take none of them.")
    if not first <= last < today().year:
        raise PackageRefused("Give years that are over, the first one first.")
    earlier = ArchiveTransfer.objects.exclude(received_at=None).exclude(package="").order_by("pk")
    facts = PackageFacts(package_id, first, last, tuple(dict.fromkeys(earlier.values_list("package", flat=True))))
    taken_at, digest = package.write(facts, home, schemas, tell)
    with transaction.atomic():
        row = ArchiveTransfer.objects.create(
            first_year=first, last_year=last, package=package_id, digest=digest, taken_at=taken_at
        )
        audit.record(by=COMMAND, action="archive.write", subject=str(row), years=row.years)
    return row


def receive(folder: Path, decision: str) -> ArchiveTransfer:
    """Enter that the archive has received a package, which is as it was written. Raises `PackageRefused`."""
    package.check(folder)
    row = ArchiveTransfer.objects.filter(digest=package.digest_of(folder), received_at=None).first()
    if row is None:
        raise PackageRefused("No such package waits: it was received before, or is not the one that was written.")
    with transaction.atomic():
        ArchiveTransfer.objects.filter(pk=row.pk).update(received_at=timezone.now())
        audit.record(by=COMMAND, action="archive.receive", subject=str(row), years=row.years, decision=decision)
    return row


def waive(first: int, last: int, decision: str) -> ArchiveTransfer:
    """Enter that the archive wants nothing of some years that are over. Raises `PackageRefused`."""
    if not first <= last < today().year:
        raise PackageRefused("Give years that are over, the first one first.")
    with transaction.atomic():
        row = ArchiveTransfer.objects.create(first_year=first, last_year=last, received_at=timezone.now())
        audit.record(by=COMMAND, action="archive.waive", subject=str(row), years=row.years, decision=decision)
    return row
