"""Erasing the person of a token, purging one referral, and erasing again after a restore.

One function of the database deletes every row of the cases and records and leaves a tombstone. docs/persons-rights.md says what it
does, what stays, and why. Purging is for a referral that should never have been sent. Only staff on the server can do it, past the
append-only trigger.

A backup made before an erasure contains the person and not the tombstone. So tombstones are exported after each erasure, as lines
of JSON with digests alone, and stored apart from the backups. After a restore they are read back before the service starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction

from cases import tokens
from cases.codelists import WITHDRAWAL_REASON
from cases.duplicates import linkage
from cases.erased import digests
from cases.erased.models import REASONS_OF_STAFF, ErasedReference, ErasedToken, ExpiredYear, Tombstone
from cases.errors import NotFound
from cases.models import Case, Referral
from core.text import say
from oversight.rights.database import Parameter, RightsRefused, ask
from oversight.rights.person import PersonData, find
from oversight.rights.words import Json, moment
from partners import audit, locks
from partners.audit import Actor
from partners.models import Partner
from stats.counting.erasures import ErasureCounts

ERASE = "SELECT henvis_erase(%s, %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s)"
KEEP = "SELECT henvis_keep_counts(%s::uuid, %s::jsonb)"
# The locks of `henvis_erase`, in its order and with its timeout: the data that are counted here are those that it erases.
TAKE_LOCKS = """
SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(hashtextextended('henvis.linking', 0)),
       pg_advisory_xact_lock(hashtextextended('henvis.erase', 0)), set_config('lock_timeout', reset_val, true)
FROM pg_settings WHERE name = 'lock_timeout'
"""
CHANGED = say(
    "Oplysningerne om personen er ændret, siden de blev vist: se dem igen.",
    "The data about this person have changed since they were shown: look again.",
)


def erase(*, by: Actor, token: str, test: bool, reason_code: str, fingerprint: str) -> UUID:
    """Erase the person of a token with all cases. Returns the id of the tombstone.

    `fingerprint` is that of the `PersonData` which the user was shown. Raises `RightsRefused` for an unknown token, a reason that
    is not on the code list, data added or corrected since, and a user without the right. Call it outside of a transaction: it
    waits for running writes.
    """
    if reason_code not in dict(REASONS_OF_STAFF):
        raise RightsRefused(say("Begrundelsen er ikke på listen.", "The reason is not on the list."))
    data = find(token, test=test)
    if data.fingerprint != fingerprint:
        raise RightsRefused(CHANGED)
    return erase_data(by=by, data=data, reason_code=reason_code)


def erase_data(*, by: Actor, data: PersonData, reason_code: str) -> UUID:
    """Call the database's function. It refuses where the data that it finds under its locks are others than those named here."""
    tombstone: UUID = erase_by(ERASE, data, before=(by.user_id,), after=(reason_code,))
    return tombstone


def erase_by(
    function: str, data: PersonData, *, before: Sequence[Parameter] = (), after: Sequence[Parameter] = ()
) -> Any:
    """Call a function of the database that erases, and keep what releases counted. Returns what it returns: the id of the
    tombstone, or None where it erased nobody.
    """
    token_digests = [digests.of_token(case.token, test=case.test) for case in data.cases]
    partners, references = [partner for partner, _ in data.referrals], [reference for _, reference in data.referrals]
    reference_digests = [digests.of_reference(reference) for reference in references]
    spare = [tokens.mint() for _ in data.cases]
    with transaction.atomic():
        ask(TAKE_LOCKS)
        around = None if data.cases[0].test else ErasureCounts(data.ids, references)
        rows = ask(function, *before, data.ids, token_digests, spare, partners, references, reference_digests, *after)
        tombstone = rows[0][0]
        if around is not None and tombstone is not None:
            ask(KEEP, tombstone, around.difference())
    return tombstone


def purge(*, by: Actor, partner: Partner, reference: UUID, reason_code: str) -> int:
    """Delete every version of a referral, what was asked about it, and its linkage code. Returns the number of versions.

    The case stays, since others may have quoted its token. The time of the partner's first report on each month stays too, so that
    no month becomes late or missing. Releases that counted the referral do not change; `release verify` says that they cannot be
    built again. The audit row names the partner and the reason, not the reference. Raises `NotFound`, and `ValueError` for a
    reason that is not on the code list.
    """
    if reason_code not in WITHDRAWAL_REASON.by_code:
        raise ValueError("unknown reason")
    with transaction.atomic():
        locks.serialise(partner.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT henvis_keep_first_reports(ARRAY[%s]::uuid[])", [partner.pk])
            cursor.execute("SELECT set_config('henvis.purge', 'on', true)")
            cursor.execute("SELECT henvis_erase_returns(ARRAY[%s]::uuid[], ARRAY[%s]::uuid[])", [partner.pk, reference])
            number, _ = Referral.objects.of(partner.pk).filter(reference=reference).delete()
            cursor.execute("SELECT set_config('henvis.purge', 'off', true)")
        if not number:
            raise NotFound
        linkage.forget(partner_id=partner.pk, reference=reference)
        audit.record(by=by, action="referral.purge", subject=str(partner.pk), versions=number, reason_code=reason_code)
    return number


RESTORED = "RESTORED"
PURGED = WITHDRAWAL_REASON.names[-1]


@dataclass(frozen=True, slots=True)
class ReapplyCounts:
    """The numbers of missing tombstones, of persons erased again, and of single referrals purged from other cases."""

    tombstones: int
    persons: int
    referrals: int


def export() -> Iterator[Json]:
    """One line for each tombstone, one for each partner's erased references, and one for each year that is whole no more."""
    for stone in Tombstone.objects.select_related("user").prefetch_related("tokens").order_by("erased_at"):
        yield {
            "tombstone": str(stone.pk),
            "test": stone.test,
            "erased_at": moment(stone.erased_at),
            "user": stone.user and stone.user.get_username(),
            "reason_code": stone.reason_code,
            "counts": stone.counts,
            "tokens": sorted(token.digest for token in stone.tokens.all()),
        }
    names: dict[UUID, list[str]] = {}
    for partner, digest in ErasedReference.objects.values_list("partner_id", "digest").order_by("partner_id", "digest"):
        names.setdefault(partner, []).append(digest)
    for partner, references in names.items():
        yield {"partner": str(partner), "references": references}
    for year, identified in ExpiredYear.objects.order_by("year", "identified").values_list("year", "identified"):
        yield {"expired_year": year, "identified": identified}


def reapply(*, by: Actor, lines: Iterable[str]) -> ReapplyCounts:
    """Restore the tombstones, and erase the persons and referrals that they name. Needs the rights of the database's owner.

    A partner that the restored database does not know is skipped: it has no referrals there. Raises `RightsRefused` for a line
    that `export` did not write.
    """
    if by.user_id is None:
        raise RightsRefused(
            say(
                "Kun en medarbejder kan gennemføre sletninger igen.",
                "Only a member of staff can apply tombstones again.",
            )
        )
    missing = restore_tombstones(by.user_id, list(parse(lines)))
    persons = erase_again(by)
    return ReapplyCounts(missing, persons, purge_leftovers(by))


def parse(lines: Iterable[str]) -> Iterator[Json]:
    """The tombstones of lines of JSON. Raises `RightsRefused`, and repeats nothing of the line."""
    for line in lines:
        try:
            row: Any = json.loads(line)
        except ValueError:
            raise RightsRefused(say("En linje er ikke JSON.", "A line is not JSON.")) from None
        if not isinstance(row, dict) or not {"tombstone", "partner", "expired_year"} & set(row):
            raise RightsRefused(say("En linje er ikke en sletning.", "A line is not a tombstone."))
        yield row


@transaction.atomic
def restore_tombstones(substitute: int, rows: list[Json]) -> int:
    """Store the missing tombstones and digests. Returns the number of tombstones. `substitute` stands in for an unknown user.

    Whom a rule erased no user has erased.
    """
    stones = [row for row in rows if "tombstone" in row]
    users = dict(User.objects.values_list("username", "pk"))
    before = Tombstone.objects.count()
    with connection.cursor() as cursor:
        # Tombstones keep the time of the erasure.
        cursor.execute("SET LOCAL henvis.restore = 'on'")
    Tombstone.objects.bulk_create(
        (tombstone_of(row, row["user"] and users.get(row["user"], substitute)) for row in stones), ignore_conflicts=True
    )
    tokens = [ErasedToken(digest=each, tombstone_id=row["tombstone"]) for row in stones for each in row["tokens"]]
    ErasedToken.objects.bulk_create(tokens, ignore_conflicts=True)
    here = {str(partner) for partner in Partner.objects.values_list("pk", flat=True)}
    partners = [row for row in rows if row.get("partner") in here]
    names = [
        ErasedReference(partner_id=UUID(row["partner"]), digest=each) for row in partners for each in row["references"]
    ]
    ErasedReference.objects.bulk_create(names, ignore_conflicts=True)
    years = [
        ExpiredYear(year=row["expired_year"], identified=row["identified"]) for row in rows if "expired_year" in row
    ]
    ExpiredYear.objects.bulk_create(years, ignore_conflicts=True)
    return Tombstone.objects.count() - before


def tombstone_of(row: Json, user: int | None) -> Tombstone:
    values = {name: row[name] for name in ("test", "erased_at", "reason_code", "counts")}
    return Tombstone(id=UUID(row["tombstone"]), user_id=user, **values)


def erase_again(by: Actor) -> int:
    """Erase every person with a case that has an erased token and was opened before the erasure. Returns their number."""
    count = 0
    moments = dict(ErasedToken.objects.values_list("digest", "tombstone__erased_at"))
    for case in Case.objects.order_by("opened_at").iterator():
        at = moments.get(digests.of_token(case.token, test=case.test))
        if at is not None and case.opened_at < at and Case.objects.filter(pk=case.pk).exists():
            erase_data(by=by, data=find(case.token, test=case.test), reason_code=RESTORED)
            count += 1
    return count


def purge_leftovers(by: Actor) -> int:
    """Purge single referrals of erased persons on other cases of the restored database. Returns their number."""
    count = 0
    for partner in Partner.objects.all():
        names_gone = set(ErasedReference.objects.filter(partner=partner).values_list("digest", flat=True))
        current = Referral.objects.of(partner.pk).current() if names_gone else Referral.objects.none()
        for reference in current.values_list("reference", flat=True):
            if digests.of_reference(reference) in names_gone:
                purge(by=by, partner=partner, reference=reference, reason_code=PURGED)
                count += 1
    return count
