"""Checking a protected release: its cells, its key, and all of it made again from what was counted."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from cases.rights import erasures
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import Proof, Protected, ProtectedTable, Publication, PublishedTable, Release
from cases.statistics.protection import keys
from cases.statistics.publishing import build, changed, keyfile, outcome
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.release import Tell
from cases.statistics.revisions.models import Changed, DraftChange, PublishedChange
from cases.statistics.verify import Check, find


def verify(release_id: str, *, tell: Tell = lambda _: None) -> list[Check]:
    """Every check of a protected release. Raises `UnknownRelease`. Nothing is written."""
    stored = find(release_id)
    tell("stored cells")
    checks = [*cells_checks(stored), *changes_checks(stored), key_check(stored), proof_check(stored)]
    return [*checks, rebuild_check(stored, tell)] if checks[-2].passed else checks


def cells_checks(stored: Release) -> Iterator[Check]:
    """Whether the draft's cells, and the published ones, still have the release's digest."""
    models: list[tuple[str, type[Protected]]] = [("the draft's cells", ProtectedTable)]
    if Publication.objects.filter(pk=stored.pk).exists():
        models.append(("the published cells", PublishedTable))
    for name, model in models:
        rows = model._default_manager.filter(release_id=stored.pk, dataset=PROTECTED.id)
        same = outcome.digest(rows) == stored.digest
        yield Check(f"{name} have the release's digest", same, "" if same else "the cells were changed")


def changes_checks(stored: Release) -> Iterator[Check]:
    """Whether what is said to have changed is the difference of the draft's cells and those of the vintage before."""
    told = Proof.objects.get(pk=stored.pk).report.get("changes")
    if told is None:
        return
    made = {table.axes: changed.row_of(stored.pk, told["since"], table) for table in changed.again(stored, told)}
    models: list[tuple[str, type[Changed]]] = [("the draft's changes", DraftChange)]
    if Publication.objects.filter(pk=stored.pk).exists():
        models.append(("the published changes", PublishedChange))
    for name, model in models:
        rows = model._default_manager.filter(release_id=stored.pk).values(*(next(iter(made.values()), {})))
        same = {row["axes"]: row for row in rows} == made
        yield Check(f"{name} are those of the cells", same, "" if same else "the changes were changed")


def key_check(stored: Release) -> Check:
    """Whether the key in the directory of keys is the one that was committed to."""
    name = "the key is the one committed to"
    try:
        same = keys.commitment(keyfile.read(keyfile.name_for(stored))) == stored.commitment
    except ReleaseRefused as refused:
        return Check(name, None, str(refused))
    return Check(name, same, "" if same else "another key")


def proof_check(stored: Release) -> Check:
    """Whether the audit passed."""
    passed = Proof.objects.get(pk=stored.pk).passed
    return Check("the audit passed", passed, "" if passed else "the draft cannot be published")


def rebuild_check(stored: Release, tell: Tell) -> Check:
    """Whether the same records, key and company give the same cells."""
    name = "protecting the same records again gives the same cells"
    if stored.software != settings.HENVIS_VERSION:
        return Check(name, None, f"it was built by version {stored.software}")
    if erasures.since(stored.built_at):
        return Check(name, None, erasures.WHY)
    same = outcome.digest(build.protect(build.plan_again(stored, tell)).tables) == stored.digest
    return Check(name, same, "" if same else "the cells differ, or facts were decided otherwise since")
