"""Erasing the person of a token: every row of her cases and records, in one function of the database, which leaves a tombstone.

What that function does, and what stays and why, is in docs/persons-rights.md.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases import tokens
from cases.codelists.rights import ERASURE_REASON
from cases.erased import digests
from cases.rights.database import RightsRefused, ask
from cases.rights.person import PersonData, find
from cases.statistics.counting.erasure_counts import ErasureCounts
from partners.audit import Actor
from partners.text import say

ERASE = "SELECT henvis_erase(%s, %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s)"
KEEP = "SELECT henvis_keep_counts(%s::uuid, %s::jsonb)"
# The locks that the function takes, in its order and with its patience: what is counted before is what it erases.
ALONE = """
SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(hashtextextended('henvis.linking', 0)),
       pg_advisory_xact_lock(hashtextextended('henvis.erase', 0)), set_config('lock_timeout', reset_val, true)
FROM pg_settings WHERE name = 'lock_timeout'
"""
CHANGED = say(
    "Oplysningerne om personen er ændret, siden de blev vist: se dem igen.",
    "What is held about this person has changed since it was shown: look again.",
)


def erase(*, by: Actor, token: str, test: bool, reason_code: str, fingerprint: str) -> UUID:
    """Erase the person of a token, with all her cases; return the tombstone's id.

    `fingerprint` is that of `PersonData`, as it was shown to whoever confirmed. Raises `RightsRefused`: unknown token, a reason
    that is not on the list, something added or corrected since, or no right to. Outside of a transaction: it waits for writers.
    """
    if reason_code not in ERASURE_REASON.names:
        raise RightsRefused(say("Begrundelsen er ikke på listen.", "The reason is not one of the list."))
    held = find(token, test=test)
    if held.fingerprint != fingerprint:
        raise RightsRefused(CHANGED)
    return erase_held(by=by, held=held, reason_code=reason_code)


def erase_held(*, by: Actor, held: PersonData, reason_code: str) -> UUID:
    """Ask the database. It refuses where what it finds under its locks is not what is named here."""
    digest_of = [digests.of_token(case.token, test=case.test) for case in held.cases]
    partners, references = [who for who, _ in held.referrals], [name for _, name in held.referrals]
    named = [digests.of_reference(reference) for reference in references]
    spare = [tokens.mint() for _ in held.cases]
    with transaction.atomic():
        ask(ALONE)
        around = None if held.cases[0].test else ErasureCounts(held.ids, references)
        rows = ask(ERASE, by.user_id, held.ids, digest_of, spare, partners, references, named, reason_code)
        tombstone: UUID = rows[0][0]
        if around is not None:
            ask(KEEP, tombstone, around.difference())
    return tombstone
