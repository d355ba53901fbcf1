"""Building a protected release: snapshot, protection, audit, draft. It takes a second person to publish the draft.

Only the snapshot and the storing are transactions. The long part between them is a function of the snapshot, the choice, the key
and what was published before. Nothing is stored until it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from core.text import Text
from partners.audit import Actor
from stats.counting import erasures, moments
from stats.counting.build import period_and_moment
from stats.counting.notes import notes_of_vintage
from stats.errors import refuse
from stats.models import Proof, Publication, Release
from stats.periods import Period
from stats.protection.audit.knowledge import Contradiction
from stats.protection.suppress.complementary import Untrue
from stats.publishing import cell_noise, planning, release_sums, sources, vintage_changes, vintages
from stats.publishing.authority import protect_for_authorities
from stats.publishing.choice import PROTECTED, Choice
from stats.publishing.inputs import BuildInputs, check_data, check_reason, check_years, read_inputs
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.public import protect_for_the_public
from stats.publishing.sources import ReleaseSource, digest_of_records
from stats.publishing.store import store_draft
from stats.publishing.vintages import last_vintage, next_id
from stats.sums.planning import check_sums
from stats.umbrellas import umbrellas_of

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuiltDraft:
    """A draft, or the equivalent release that exists already. `created`: it is new. `passed`: its audit passed."""

    release: Release
    created: bool
    passed: bool


def build(
    *,
    by: Actor,
    period: str,
    audience: str,
    choice: Choice,
    as_of: datetime | None = None,
    change_notes: Text | None = None,
    reason: Text | None = None,
    tell: Tell = lambda _: None,
) -> BuiltDraft:
    """Build the draft of a release for an audience. Raises `ReleaseRefused` for what cannot be built or protected.

    A vintage after one that its audience could read needs change notes. `reason`: why it is built although something
    speaks against publishing it (`henvis_grounds`). A draft whose audit failed is stored as well, with its report; it can never be
    published.
    """
    vintages.check_audience(audience)
    reason = check_reason(reason)
    of, moment = period_and_moment(period, as_of)
    moments.wait_for_writers(moment, longest=moments.LONGEST, tell=tell)
    tell("snapshot")
    inputs = read_inputs(audience, of, moment, choice=choice)
    check_data(inputs)
    choice.check(audience, of, len(inputs.counted_records))
    vintages.check_pool(audience, of, inputs.earlier)
    check_years(inputs)
    erasures.demand_whole(of, years_published=vintages.years_frozen(audience, of, inputs.earlier), identified=True)
    if (present := find_equivalent(audience, of, choice, inputs, reason)) is not None:
        return BuiltDraft(present, created=False, passed=Proof.objects.get(pk=present.pk).passed)
    vintages.check_vintage(audience, of, choice, moment, inputs.counted_records, inputs.earlier)
    for each in inputs.sums:
        check_sums(each.plan)
    notes = notes_of_vintage(change_notes, audience, of, last_vintage(audience, of) + 1)
    if vintages.is_early(audience, of, moment) and any(choice.tables):
        tell(str(vintages.EARLY))
    plan = plan_release(audience, of, moment, choice, inputs, tell)
    protection = protect(plan)
    release_stored = store_draft(
        by, plan, inputs, protection, notes, reason, vintage_changes.changes_since_last(plan, protection.tables)
    )
    tell(f"{release_stored.pk} is a draft" if protection.passed else f"{release_stored.pk} failed its audit")
    return BuiltDraft(release_stored, created=True, passed=protection.passed)


def plan_release(
    audience: str, period: Period, moment: datetime, choice: Choice, inputs: BuildInputs, tell: Tell
) -> ReleasePlan:
    """The plan of the next vintage, with its key."""
    release_id = next_id(audience, period)
    key = cell_noise.provide_key(cell_noise.key_name(audience, period.id, inputs.digest))
    source = ReleaseSource(release_id, audience, period, moment, choice, inputs.counted_records, {}, {})
    return plan_of(source, inputs, key, tell)


def plan_of(source: ReleaseSource, inputs: BuildInputs, key: bytes, tell: Tell) -> ReleasePlan:
    """The plan of a release, by its inputs. Its sums have its key."""
    sums = tuple(replace(each, plan=replace(each.plan, key=key, tell=tell)) for each in inputs.sums)
    return ReleasePlan(
        source, inputs.earlier, inputs.everyone, inputs.span, inputs.facts, inputs.insiders, key, tell, sums
    )


def protect(plan: ReleasePlan) -> ProtectionResult:
    """Protect and audit. Raises `ReleaseRefused` where no hiding could protect, or where the solver gives up."""
    try:
        persons = protect_for_the_public(plan) if plan.source.public else protect_for_authorities(plan)
        return add_sums(persons, release_sums.protect_all(plan.sums)) if plan.sums else persons
    except (Contradiction, Untrue) as wrong:
        raise refuse(
            f"Hvad der vides om {wrong.view}, modsiger sig selv: {', '.join(wrong.sources)}.",
            f"What is known of {wrong.view} contradicts itself: {', '.join(wrong.sources)}.",
        ) from None
    except TimeoutError:
        raise refuse(
            "Beregningen gav op: vælg færre eller grovere tabeller.",
            "The solver gave up: choose fewer or coarser tables.",
        ) from None


def add_sums(persons: ProtectionResult, sums: tuple[release_sums.ReleaseSums, ...]) -> ProtectionResult:
    """A release of persons with its sums: it passes where all of it does, and one certificate is of all."""
    certificate = persons.certificate
    has_passed = persons.passed and all(each.protection.passed for each in sums)
    if certificate and has_passed:
        certificate = {**certificate, "blocks": [*certificate["blocks"], *release_sums.blocks_of(sums)]}
    return replace(
        persons,
        passed=has_passed,
        report={**persons.report, **release_sums.reports_of(sums)},
        certificate=certificate if has_passed else {},
        margins={**persons.margins, **release_sums.margins_of(sums)},
        digest=planning.published_digest(persons.tables, [row for each in sums for row in each.tables]),
        sums=sums,
    )


def plan_rebuild(release_stored: Release, tell: Tell) -> ReleasePlan:
    """The plan by which a stored release is protected again, to verify it. It uses none of the results."""
    period, proof = sources.period_of(release_stored.period), Proof.objects.get(pk=release_stored.pk)
    umbrellas = umbrellas_of([release_stored.pk])
    records_counted, choice = sources.records_of(release_stored.pk), Choice.of_settings(release_stored.settings)
    inputs = read_inputs(
        release_stored.audience, period, release_stored.as_of, proof.against, umbrellas,
        choice=choice, release=release_stored.pk,
    )  # fmt: skip
    source = ReleaseSource(
        release_stored.pk, release_stored.audience, period, release_stored.as_of, choice, records_counted, {}, {}
    )
    key = cell_noise.read_key(cell_noise.key_name_of_release(release_stored))
    return plan_of(source, inputs, key, tell)


def find_equivalent(audience: str, period: Period, choice: Choice, inputs: BuildInputs, reason: Text) -> Release | None:
    """An existing release that this build would duplicate.

    It has the same records and tables. A draft, not published yet, must also be of the same version of this program, reckon with
    the same releases, facts and insiders, have the same reason, and not be refused. One that was withdrawn
    is no equivalent: nobody is to use it.
    """
    of_choice = Release.objects.filter(audience=audience, period=period.id, settings=choice.as_json(), withdrawal=None)
    for release in of_choice.order_by("-vintage"):
        proof = Proof.objects.get(pk=release.pk)
        alone = set(inputs.against) - {release.pk}
        if set(proof.against) <= alone and counts_same_records(release, inputs):
            context_made = set(proof.against), release.software, proof.report.get("context")
            is_same = (release.reason_da, release.reason_en) == reason and not hasattr(release, "refusal")
            if (
                is_same and context_made == (alone, settings.HENVIS_VERSION, inputs.context_digest)
            ) or Publication.objects.filter(pk=release.pk).exists():
                return release
    return None


def counts_same_records(release: Release, inputs: BuildInputs) -> bool:
    """Whether a release counts the same records. Its digest is of ids, and a person who was erased since has another."""
    if release.snapshots == inputs.snapshots:
        return True
    of_persons = {PROTECTED.id: release.snapshots[PROTECTED.id]}
    same_sums = release.snapshots == {**inputs.snapshots, **of_persons}
    records_stored = sources.records_of(release.pk)
    return same_sums and erasures.erased_since(release.built_at) and digest_of_records(records_stored) == inputs.digest
