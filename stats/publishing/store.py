"""Storing a draft, if nothing has changed since its inputs were read. The release's row comes last: it seals its tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from core.text import Text
from partners import audit, locks
from partners.audit import Actor
from stats import rooms_above
from stats.counting import erasures
from stats.counting.build import DEFINITIONS_DIFFER, LOCK, UNRESOLVED, notes
from stats.errors import refuse
from stats.models import (
    OTHER_DEFINITION,
    PUBLIC,
    DraftTold,
    FactDecision,
    Proof,
    ProtectedTable,
    Release,
    SnapshotRecord,
)
from stats.protection import perturbation
from stats.publishing import sources, vintage_changes
from stats.publishing.cells import TableBounds
from stats.publishing.choice import PROTECTED, Choice
from stats.publishing.inputs import BuildInputs, are_few, reports_behind
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.sources import ReleaseSource
from stats.publishing.vintages import last_vintage, next_id
from stats.sums.datasets import SUM_DATASETS


def store_records(source: ReleaseSource) -> None:
    """Store the counted records: a later release must know what this one tells."""
    SnapshotRecord.objects.bulk_create(
        [
            SnapshotRecord(
                release_id=source.id,
                dataset=PROTECTED.id,
                record=record.id,
                month=record.month,
                codes=list(record.codes),
            )
            for record in source.records
        ],
        batch_size=5000,
    )


def store_tables(release_id: str, protection: ProtectionResult) -> None:
    ProtectedTable.objects.bulk_create(
        [
            ProtectedTable(
                release_id=release_id,
                dataset=PROTECTED.id,
                axes=table.axes,
                codes=list(table.codes),
                counts=list(table.counts),
                hidden=list(table.hidden),
                symbol=table.symbol,
                within=list(table.within),
                offered=table.offered,
            )
            for table in protection.tables
        ]
    )


def store_bounds(release_id: str, tables: Iterable[TableBounds]) -> None:
    """Store what the draft tells of hidden cells, its own and those of earlier releases."""
    DraftTold.objects.bulk_create([DraftTold(**row_of_bounds(release_id, table)) for table in tables])


def row_of_bounds(release_id: str, table: TableBounds) -> dict[str, Any]:
    """The columns of what is told of a table, as they are stored."""
    return {
        "release_id": release_id,
        "of_id": table.of,
        "dataset": PROTECTED.id,
        "axes": table.axes,
        "codes": list(table.intervals),
        "least": [least for least, _ in table.intervals.values()],
        "most": [most for _, most in table.intervals.values()],
    }


def store_draft(
    by: Actor,
    plan: ReleasePlan,
    inputs: BuildInputs,
    protection: ProtectionResult,
    notes: Text,
    reason: Text,
    changes: vintage_changes.ChangeTables | None,
) -> Release:
    """Store the draft: records, tables, changes and proof; then the release that seals them, and a row of the audit log."""
    source, commitment = plan.source, perturbation.commitment(plan.key)
    behind = reports_behind(inputs)
    context = {"context": inputs.context_digest, "umbrellas": inputs.insiders.as_report}
    with transaction.atomic():
        lock_and_recheck(source, inputs)
        release = release_row(by, source, inputs, protection, notes, reason, commitment)
        store_records(source)
        store_tables(source.id, protection)
        store_bounds(source.id, protection.bounds)
        for each in protection.sums:
            each.store()
        vintage_changes.store_changes(source.id, changes)
        Proof.objects.create(
            release_id=source.id,
            passed=protection.passed,
            report={**protection.report, **context, **({"changes": {"since": changes.since}} if changes else {})},
            certificate=protection.certificate,
            against=inputs.against,
            margins=protection.margins,
            behind=behind,
            few_reports=are_few(behind),
        )
        release.save(force_insert=True)
        rooms_above.keep(release)
        details = {"as_of": source.as_of.isoformat(), "passed": protection.passed, **source.choice.as_json()}
        audit.record(by=by, action="release.build", subject=release.pk, **details)
    return release


def lock_and_recheck(source: ReleaseSource, inputs: BuildInputs) -> None:
    """Lock out other builds and erasures until the transaction ends. Raises `ReleaseRefused` where one came in between."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    locks.hold_off_erasures()
    if erasures.count_acts() != inputs.acts_on_persons:
        raise refuse(
            "En person er slettet i mellemtiden, eller behandlingen er begrænset: bestil udgivelsen igen.",
            "A person was erased meanwhile, or the processing restricted: build again.",
        )
    erasures.demand_counted_as_now(source.as_of)
    if next_id(source.audience, source.period) != source.id or sources.published_ids() != inputs.against:
        raise refuse(
            "En anden udgivelse er dannet eller udgivet i mellemtiden: bestil udgivelsen igen.",
            "Another release was built or published meanwhile: build again.",
        )


def release_row(
    by: Actor,
    source: ReleaseSource,
    inputs: BuildInputs,
    protection: ProtectionResult,
    notes: Text,
    reason: Text,
    commitment: str,
) -> Release:
    """The row of the release, not stored yet."""
    return Release(
        id=source.id,
        audience=source.audience,
        period=source.period.id,
        first_month=source.period.first,
        last_month=source.period.last,
        vintage=last_vintage(source.audience, source.period) + 1,
        as_of=source.as_of,
        client_id=by.client_id,
        user_id=by.user_id,
        settings=source.choice.as_json(),
        codelists=codelists(source.choice),
        records={PROTECTED.id: len(inputs.counted_records), **reports_of(inputs)},
        cells=count_shown_cells(protection),
        snapshots=inputs.snapshots,
        digest=protection.digest,
        commitment=commitment,
        notes=notes_of(source, protection),
        change_notes_da=notes.da,
        change_notes_en=notes.en,
        reason_da=reason.da,
        reason_en=reason.en,
        software=settings.HENVIS_VERSION,
        rule=sources.rule_of_records(),
    )


def reports_of(inputs: BuildInputs) -> dict[str, int]:
    """By dataset of sums the number of reports that are counted."""
    return {each.plan.dataset.id: each.snapshot.reports for each in inputs.sums}


def count_shown_cells(protection: ProtectionResult) -> dict[str, int]:
    """By dataset the number of cells that are listed as shown."""
    of_sums = {each.dataset: sum(len(row["codes"]) for row in each.tables) for each in protection.sums}
    return {PROTECTED.id: sum(len(table.codes) for table in protection.tables), **of_sums}


def notes_of(source: ReleaseSource, protection: ProtectionResult) -> list[str]:
    """The notes of a protected release. Each has the note on contradictions, so that it does not tell whether there are any."""
    differing = [DEFINITIONS_DIFFER] if is_of_other_definition(source, protection) else []
    return [*notes(source.period, source.as_of), UNRESOLVED, *differing]


def is_of_other_definition(source: ReleaseSource, protection: ProtectionResult) -> bool:
    """Whether it was decided that others published the period's total by another definition.

    Of a total that is hidden or changed at random the decision would tell which number it is not.
    """
    shows_total = source.audience == PUBLIC and any(
        not each.axes and each.total is not None for each in protection.tables
    )
    decision = FactDecision.in_force().get(source.period.id) if shows_total else None
    return decision is not None and decision.decision == OTHER_DEFINITION


def codelists(choice: Choice) -> dict[str, str]:
    """The present version of each code list that the tables use, and that the sums use."""
    names_used = {axis.dimension for table in choice.tables for axis in table}
    lists = [dimension.codelist for dimension in PROTECTED.dimensions if dimension.name in names_used]
    lists += [dimension.codelist for name in choice.sums for dimension in SUM_DATASETS[name].table.dimensions]
    return {each.id: each.version for each in sorted(lists, key=lambda each: each.id)}
