"""Storing a draft, if nothing has changed since its inputs were read."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction

from core.text import Text
from partners import audit, locks
from partners.audit import Actor
from stats import beside, erasures
from stats.counting.build import DEFINITIONS_DIFFER, LOCK, UNRESOLVED, notes
from stats.errors import refuse
from stats.models import OTHER_DEFINITION, PUBLIC, FactDecision, Proof, Release
from stats.protection import keys
from stats.publishing import draft, records, sources, vintage_changes
from stats.publishing.choice import PROTECTED, Choice
from stats.publishing.grounds import are_few, reports_behind
from stats.publishing.inputs import BuildInputs
from stats.publishing.plan import ProtectionResult, ReleasePlan
from stats.publishing.sources import ReleaseSource
from stats.publishing.vintages import last_vintage, next_id
from stats.sums.datasets import SUM_DATASETS


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
    source, commitment = plan.source, keys.commitment(plan.key)
    behind = reports_behind(inputs)
    context = {"context": inputs.context_digest, "umbrellas": inputs.insiders.as_report}
    with transaction.atomic():
        lock_and_recheck(source, inputs)
        release = release_row(by, source, inputs, protection, notes, reason, commitment)
        draft.store_records(source)
        draft.store_tables(source.id, protection)
        draft.store_told(source.id, protection.bounds)
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
        beside.keep(release)
        details = {"as_of": source.as_of.isoformat(), "passed": protection.passed, **source.choice.as_json()}
        audit.record(by=by, action="release.build", subject=release.pk, **details)
    return release


def lock_and_recheck(source: ReleaseSource, inputs: BuildInputs) -> None:
    """Lock out other builds and erasures until the transaction ends. Raises `ReleaseRefused` where one came in between."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    locks.hold_off_erasures()
    if erasures.count_erased() != inputs.erased_persons:
        raise refuse(
            "En person er slettet i mellemtiden: bestil udgivelsen igen.",
            "A person was erased meanwhile: build again.",
        )
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
        rule=records.rule(),
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
