"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from partners.staff import audit_words
from partners.text import Text

audit_words.add(
    {
        "return.ask": Text("Henvisning sendt retur", "Referral returned"),
        "return.answer": Text("Svar på henvisning, der blev sendt retur", "Answer to a returned referral"),
        "return.take_back": Text("Henvisning ikke længere sendt retur", "Return taken back"),
    },
)
