"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists.duplicates import DIFFERENT_REASON
from partners.staff import audit_words
from partners.text import Text

audit_words.add(
    {
        "duplicate.same": Text("Dublet afgjort: én person", "Duplicate decided: one person"),
        "duplicate.different": Text("Dublet afgjort: to personer", "Duplicate decided: two persons"),
        "duplicates.search": Text("Mulige dubletter fundet", "Possible duplicates searched for"),
        "linkage_code.put": Text("Koblingskode givet", "Linkage code set"),
        "linkage_code.delete": Text("Koblingskode slettet", "Linkage code deleted"),
    },
    values={
        "reason": {code.code: code.label for code in DIFFERENT_REASON.codes},
    },
)
