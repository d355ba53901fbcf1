"""Building a protected release: snapshot, protection, proof, draft. What comes out is a draft: two people have to publish it.

Only the snapshot and the storing are transactions. The long part between them keeps its progress (`work.Memory`), is a function of
the snapshot, the choice, the key and what was published before, and goes on where it was interrupted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from cases.statistics import erasures
from cases.statistics.counting import waiting
from cases.statistics.counting.build import begun
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import Proof, Publication, Release
from cases.statistics.notes import of_vintage
from cases.statistics.periods import Period
from cases.statistics.protection import keys
from cases.statistics.protection.audit.knowledge import Contradiction
from cases.statistics.protection.suppress.complementary import Untrue
from cases.statistics.publishing import changed, keyfile, sources, vintages
from cases.statistics.publishing.authority import protect_for_authorities
from cases.statistics.publishing.choice import PROTECTED, Choice
from cases.statistics.publishing.plan import Company, Plan, Protection
from cases.statistics.publishing.public import protect_for_the_public
from cases.statistics.publishing.records import digest_of
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.store import store
from cases.statistics.publishing.taken import Taken, take
from cases.statistics.publishing.vintages import last_vintage, next_id
from cases.statistics.publishing.work import Memory
from partners.audit import Actor
from partners.text import Text, say

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A draft or release, and whether it is new or was there already with the same records, choice and company."""

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
    longest_wait: timedelta = waiting.LONGEST,
    tell: Tell = lambda _: None,
) -> Built:
    """Build the draft of a release for an audience. Raises `ReleaseRefused` for what cannot be built or protected.

    A later vintage, drafts counted, needs change notes.

    A draft whose audit failed is stored as well, with its report; it can never be published.
    """
    vintages.check_audience(audience)
    of, moment = begun(period, as_of)
    waiting.wait_for_writers(moment, longest=longest_wait, tell=tell)
    tell("snapshot")
    taken = take(audience, of, moment)
    choice.check(audience, of, len(taken.mine))
    vintages.check_pool(audience, of, taken.earlier)
    if (present := same(audience, of, choice, taken)) is not None:
        return Built(present, created=False, passed=Proof.objects.get(pk=present.pk).passed)
    vintages.check(audience, of, choice, moment, taken.mine, taken.earlier)
    said = of_vintage(change_notes, audience, of, last_vintage(audience, of) + 1)
    plan = plan_of(audience, of, moment, choice, taken, tell)
    protection = protect(plan)
    stored = store(by, plan, taken, protection, said, changed.since_last(plan, protection.tables))
    plan.memory.clear()
    tell(f"{stored.pk} is a draft" if protection.passed else f"{stored.pk} failed its audit")
    return Built(stored, created=True, passed=protection.passed)


def plan_of(audience: str, period: Period, moment: datetime, choice: Choice, taken: Taken, tell: Tell) -> Plan:
    """The plan of the next vintage, with its key, and with the progress of an earlier attempt at just this."""
    release_id = next_id(audience, period)
    key = keyfile.provide(keyfile.name_of(audience, period.id, taken.digest))
    source = Source(release_id, audience, period, moment, choice, taken.mine, {}, {})
    made_of = release_id, keys.commitment(key), taken.digest, choice.as_json(), taken.against, taken.beside
    memory = Memory(*made_of, settings.HENVIS_VERSION)
    company = Company(taken.referred, taken.decided, taken.authorities)
    return Plan(source, taken.earlier, taken.everyone, taken.span, taken.facts, company, key, memory, tell)


def protect(plan: Plan) -> Protection:
    """Protect and prove. Raises `ReleaseRefused` where nothing that is hidden could protect, or nothing is found in time."""
    try:
        return protect_for_the_public(plan) if plan.source.public else protect_for_authorities(plan)
    except (Contradiction, Untrue) as wrong:
        raise ReleaseRefused(
            say(
                f"Hvad der vides om {wrong.view}, modsiger sig selv: {', '.join(wrong.sources)}.",
                f"What is known of {wrong.view} contradicts itself: {', '.join(wrong.sources)}.",
            )
        ) from None
    except TimeoutError:
        raise ReleaseRefused(
            say(
                "Beregningen gav op: vælg færre eller grovere tabeller.",
                "The solver gave up: choose fewer or coarser tables.",
            )
        ) from None


def plan_again(stored: Release, tell: Tell) -> Plan:
    """The plan of a stored release, to be carried out again. Nothing that was found then is used."""
    period, proof = sources.period_of(stored.period), Proof.objects.get(pk=stored.pk)
    taken = take(stored.audience, period, stored.as_of, proof.against)
    counted, choice = sources.records_of(stored.pk), Choice.stored(stored.settings)
    source = Source(stored.pk, stored.audience, period, stored.as_of, choice, counted, {}, {})
    company = Company(taken.referred, taken.decided, taken.authorities)
    key = keyfile.read(keyfile.name_for(stored))
    return Plan(source, taken.earlier, taken.everyone, taken.span, taken.facts, company, key, {}, tell)


def same(audience: str, period: Period, choice: Choice, taken: Taken) -> Release | None:
    """The release of the same records and choice, or the draft that this program made of them beside the same facts and company."""
    for release in Release.objects.filter(audience=audience, period=period.id, settings=choice.as_json()).order_by(
        "-vintage"
    ):
        proof = Proof.objects.get(pk=release.pk)
        alone = set(taken.against) - {release.pk}
        if set(proof.against) <= alone and counts_the_same(release, taken):
            made = set(proof.against), release.software, proof.report.get("beside")
            if (
                made == (alone, settings.HENVIS_VERSION, taken.beside)
                or Publication.objects.filter(pk=release.pk).exists()
            ):
                return release
    return None


def counts_the_same(release: Release, taken: Taken) -> bool:
    """Whether a release counts the records taken. Its digest is of the ids that they had; who was erased since has another."""
    if release.snapshots == {PROTECTED.id: taken.digest}:
        return True
    return erasures.since(release.built_at) and digest_of(sources.records_of(release.pk)) == taken.digest
