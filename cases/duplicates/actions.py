"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists.staff import DIFFERENT_REASON
from core.text import Text
from partners.staff import audit_words, subjects

ALL_REFERRALS = Text("alle henvisninger", "all referrals")

audit_words.add(
    {
        "duplicate.same": Text("Dublet afgjort: én person", "Duplicate decided: one person"),
        "duplicate.different": Text("Dublet afgjort: to personer", "Duplicate decided: two persons"),
        "duplicates.search": Text("Mulige dubletter fundet", "Possible duplicates searched for"),
        "linkage_code.put": Text("Koblingskode givet", "Linkage code set"),
        "linkage_code.delete": Text("Koblingskode slettet", "Linkage code deleted"),
    },
    {
        "found": Text("fundne par", "pairs found"),
        "by_code": Text("fundet ved koblingskode", "found by linkage code"),
        "decided": Text("afgjort som to personer", "decided to be two persons"),
        "listed": Text("par på listen", "pairs on the list"),
        "too_common": Text("for almindelige til at vise noget", "too common to say anything"),
        "dropped_blocks": Text("grupper, der var for store til at sammenligne", "groups too large to compare"),
        "common_codes": Text("koblingskoder, som for mange har", "linkage codes that too many have"),
    },
    {
        "reason": {code.code: code.label for code in DIFFERENT_REASON.codes},
    },
)


def search_in_words(subject: str) -> str:
    """Which referrals were searched: all, or those of a month and later (`since 2026-03`)."""
    month = audit_words.time_in_words(subject.removeprefix("since "))
    return str(Text(f"henvisninger siden {month}", f"referrals since {month}") if month else ALL_REFERRALS)


subjects.say(("duplicates.search",), search_in_words)
