"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words

audit_words.add(
    {
        "partner.remind": Text("Partner mindet om indberetning", "Partner reminded of a report"),
    },
    {
        "period": Text("periode", "reporting period"),
        "told": Text("antal mails", "mails"),
    },
)
