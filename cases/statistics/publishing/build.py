"""Building a protected release: snapshot, protection, proof, draft. What comes out is a draft: two people have to publish it.

Only the snapshot and the storing are transactions. The long part between them keeps its progress (`work.Memory`), is a function of
the snapshot, the choice, the key and what was published before, and goes on where it was interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from cases.codelists.types import Text
from cases.rights import erasures
from cases.rules import COPENHAGEN
from cases.statistics import waiting
from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import AUTHORITY, PUBLIC, Proof, Publication, Release
from cases.statistics.periods import Period
from cases.statistics.protection import keys
from cases.statistics.protection.knowledge import Contradiction
from cases.statistics.protection.suppress import Untrue
from cases.statistics.publishing import changed, draft, facts, keyfile, records, sources, vintages
from cases.statistics.publishing.authority import protect_for_authorities
from cases.statistics.publishing.choice import PROTECTED, Choice
from cases.statistics.publishing.plan import Company, Plan, Protection
from cases.statistics.publishing.public import protect_for_the_public
from cases.statistics.publishing.records import Record, digest_of
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.work import Memory
from cases.statistics.release import LOCK, UNRESOLVED, notes, parse_period
from cases.statistics.revisions.notes import of_vintage
from partners import audit, locks
from partners.audit import Actor
from partners.words import say

LETTERS = {PUBLIC: "p", AUTHORITY: "a"}

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A draft or release, and whether it is new or was there already with the same records, choice and company."""

    release: Release
    created: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What a build is a function of, apart from its choice and its key."""

    mine: tuple[Record, ...]
    digest: str
    span: tuple[date, date]
    everyone: tuple[Record, ...]
    earlier: tuple[Source, ...]
    against: list[str]
    referred: records.Known
    decided: records.Known
    authorities: frozenset[UUID]
    facts: tuple[facts.Fact, ...]
    erased: int

    @property
    def beside(self) -> str:
        """A digest of what it stands beside apart from releases: facts as they were decided, and whom each partner knows."""
        told = [(fact.id, fact.low, fact.high) for fact in self.facts], digest_of(self.everyone)
        knowing = [[(who, sorted(known)) for who, known in each.items()] for each in (self.referred, self.decided)]
        return sha256(repr((told, knowing, sorted(self.authorities))).encode()).hexdigest()


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
    if audience not in LETTERS:
        raise ReleaseRefused(
            say(
                f"Beskyttede udgivelser er for: {', '.join(LETTERS)}.",
                f"Protected releases are for: {', '.join(LETTERS)}.",
            )
        )
    of, moment = parse_period(period), waiting.moment(as_of)
    if of.first > moment.astimezone(COPENHAGEN).date():
        raise ReleaseRefused(
            say("Perioden begynder efter det tidspunkt, der opgøres pr.", "The period begins after the as-of moment.")
        )
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


def take(audience: str, period: Period, as_of: datetime, against: Collection[str] | None = None) -> Taken:
    """Everything that the build reads, in one transaction. `against`: the company it is in, by default all that is published."""
    with transaction.atomic():
        erased = erasures.count()
        company = sources.every_id() if against is None else sorted(against)
        span = sources.linked(period, company)
        counted = records.take(period, as_of)
        everyone = records.take(Period("", *span), as_of)
        earlier = sources.published(*span, company)
        mine = vintages.frozen(period, counted, earlier) if audience == PUBLIC and period.pool else counted
        people = {record for source in earlier for record in source.records} | set(everyone)
        referred, decided, authorities = records.referred_by(people), records.decided_by(people), records.authorities()
        told = facts.known(span[0].year, span[1].year)
    facts.check(told, everyone)
    return Taken(
        mine,
        digest_of(mine),
        span,
        everyone,
        earlier,
        company,
        referred,
        decided,
        authorities,
        told,
        erased,
    )


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


def next_id(audience: str, period: Period) -> str:
    """The id of the next vintage, drafts counted."""
    return f"{period.id}.{LETTERS[audience]}{last_vintage(audience, period) + 1}"


def last_vintage(audience: str, period: Period) -> int:
    """The number of the last vintage, or 0."""
    found = Release.objects.filter(audience=audience, period=period.id).aggregate(last=Max("vintage"))["last"]
    return found or 0


def store(
    by: Actor, plan: Plan, taken: Taken, protection: Protection, said: Text, changes: changed.Changes | None
) -> Release:
    """Store the draft: records, tables, changes, proof, then the release that seals them, and its audit row."""
    source, commitment = plan.source, keys.commitment(plan.key)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        locks.hold_off_erasures()
        if erasures.count() != taken.erased:
            raise ReleaseRefused(
                say(
                    "En person er slettet i mellemtiden: bestil udgivelsen igen.",
                    "A person was erased meanwhile: build again.",
                )
            )
        if next_id(source.audience, source.period) != source.id or sources.every_id() != taken.against:
            raise ReleaseRefused(
                say(
                    "En anden udgivelse er dannet eller udgivet i mellemtiden: bestil udgivelsen igen.",
                    "Another release was built or published meanwhile: build again.",
                )
            )
        release = Release(
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
            records={PROTECTED.id: len(taken.mine)},
            cells={PROTECTED.id: sum(len(table.codes) for table in protection.tables)},
            snapshots={PROTECTED.id: taken.digest},
            digest=protection.digest,
            commitment=commitment,
            notes=notes_of(source),
            change_notes_da=said.da,
            change_notes_en=said.en,
            software=settings.HENVIS_VERSION,
        )
        draft.store_records(source)
        draft.store_tables(source.id, protection)
        changed.store(source.id, changes)
        Proof.objects.create(
            release_id=source.id,
            passed=protection.passed,
            report={**protection.report, "beside": taken.beside, **(changes.told if changes else {})},
            certificate=protection.certificate,
            against=taken.against,
            margins=protection.margins,
        )
        release.save(force_insert=True)
        details = {"as_of": source.as_of.isoformat(), "passed": protection.passed, **source.choice.as_json()}
        audit.record(by=by, action="release.build", subject=release.pk, **details)
    return release


def notes_of(source: Source) -> list[str]:
    """The notes of a protected release. How contradictions count is said of each, so it tells of none whether there are any."""
    return [*notes(source.period, source.as_of), UNRESOLVED]


def codelists(choice: Choice) -> dict[str, str]:
    """The present version of each code list that the tables use."""
    used = {axis.dimension for table in choice.tables for axis in table}
    lists = [dimension.codelist for dimension in PROTECTED.dimensions if dimension.name in used]
    return {each.id: each.version for each in sorted(lists, key=lambda each: each.id)}
