"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "intake.revalidate": Text("Lagrede henvisninger kontrolleret", "Stored referrals checked"),
        "mapping.change": Text("Egne kolonner og ord ændret", "Own columns and words changed"),
    },
    {
        "report": Text("rapport", "report"),
        "referrals": Text("henvisninger", "referrals"),
        "refused": Text("afvist", "refused"),
        "held": Text("holdt tilbage", "held"),
    },
)
subjects.say(("intake.revalidate",), lambda _: str(Text("alle partnere", "all partners")))
