"""Erasing the person of a token. One function of the database deletes every row of the cases and records and leaves a tombstone.

docs/persons-rights.md says what that function does, what stays, and why.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases import tokens
from cases.codelists.rights import ERASURE_REASON
from cases.erased import digests
from core.text import say
from oversight.rights.database import RightsRefused, ask
from oversight.rights.person import PersonData, find
from partners.audit import Actor
from stats.counting.erasure_counts import ErasureCounts

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
    if reason_code not in ERASURE_REASON.names:
        raise RightsRefused(say("Begrundelsen er ikke på listen.", "The reason is not on the list."))
    data = find(token, test=test)
    if data.fingerprint != fingerprint:
        raise RightsRefused(CHANGED)
    return erase_data(by=by, data=data, reason_code=reason_code)


def erase_data(*, by: Actor, data: PersonData, reason_code: str) -> UUID:
    """Call the database's function. It refuses where the data that it finds under its locks are others than those named here."""
    token_digests = [digests.of_token(case.token, test=case.test) for case in data.cases]
    partners, references = [partner for partner, _ in data.referrals], [reference for _, reference in data.referrals]
    reference_digests = [digests.of_reference(reference) for reference in references]
    spare = [tokens.mint() for _ in data.cases]
    with transaction.atomic():
        ask(TAKE_LOCKS)
        around = None if data.cases[0].test else ErasureCounts(data.ids, references)
        rows = ask(
            ERASE, by.user_id, data.ids, token_digests, spare, partners, references, reference_digests, reason_code
        )
        tombstone: UUID = rows[0][0]
        if around is not None:
            ask(KEEP, tombstone, around.difference())
    return tombstone
