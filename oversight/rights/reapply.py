"""Exporting tombstones, and erasing again after a restore.

A backup made before an erasure contains the person and not the tombstone. So tombstones are exported after each erasure, as lines
of JSON with digests alone, and stored apart from the backups. After a restore they are read back before the service starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction

from cases.codelists import WITHDRAWAL_REASON
from cases.erased import digests
from cases.erased.models import ErasedReference, ErasedToken, Tombstone
from cases.models import Case, Referral
from core.text import say
from oversight.rights.database import RightsRefused
from oversight.rights.erase import erase_data
from oversight.rights.person import find
from oversight.rights.purge import purge
from oversight.rights.words import Json, moment
from partners.audit import Actor
from partners.models import Partner

RESTORED = "RESTORED"
PURGED = WITHDRAWAL_REASON.names[-1]


@dataclass(frozen=True, slots=True)
class ReapplyCounts:
    """The numbers of missing tombstones, of persons erased again, and of single referrals purged from other cases."""

    tombstones: int
    persons: int
    referrals: int


def export() -> Iterator[Json]:
    """One line for each tombstone, and one for each partner's erased references."""
    for stone in Tombstone.objects.select_related("user").prefetch_related("tokens").order_by("erased_at"):
        yield {
            "tombstone": str(stone.pk),
            "test": stone.test,
            "erased_at": moment(stone.erased_at),
            "user": stone.user.get_username(),
            "reason_code": stone.reason_code,
            "counts": stone.counts,
            "tokens": sorted(token.digest for token in stone.tokens.all()),
        }
    names: dict[UUID, list[str]] = {}
    for partner, digest in ErasedReference.objects.values_list("partner_id", "digest").order_by("partner_id", "digest"):
        names.setdefault(partner, []).append(digest)
    for partner, references in names.items():
        yield {"partner": str(partner), "references": references}


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
        if not isinstance(row, dict) or not {"tombstone", "partner"} & set(row):
            raise RightsRefused(say("En linje er ikke en sletning.", "A line is not a tombstone."))
        yield row


@transaction.atomic
def restore_tombstones(substitute: int, rows: list[Json]) -> int:
    """Store the missing tombstones and digests. Returns the number of tombstones. `substitute` stands in for an unknown user."""
    stones = [row for row in rows if "tombstone" in row]
    users = dict(User.objects.values_list("username", "pk"))
    before = Tombstone.objects.count()
    with connection.cursor() as cursor:
        # Tombstones keep the time of the erasure.
        cursor.execute("SET LOCAL henvis.restore = 'on'")
    Tombstone.objects.bulk_create(
        (tombstone_of(row, users.get(row["user"], substitute)) for row in stones), ignore_conflicts=True
    )
    tokens = [ErasedToken(digest=each, tombstone_id=row["tombstone"]) for row in stones for each in row["tokens"]]
    ErasedToken.objects.bulk_create(tokens, ignore_conflicts=True)
    here = {str(partner) for partner in Partner.objects.values_list("pk", flat=True)}
    partners = [row for row in rows if row.get("partner") in here]
    names = [
        ErasedReference(partner_id=UUID(row["partner"]), digest=each) for row in partners for each in row["references"]
    ]
    ErasedReference.objects.bulk_create(names, ignore_conflicts=True)
    return Tombstone.objects.count() - before


def tombstone_of(row: Json, user: int) -> Tombstone:
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
