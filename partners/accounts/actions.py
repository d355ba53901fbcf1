"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.mail.kinds import IDLE
from partners.staff import audit_words, subjects

audit_words.add(
    {"review.export": Text("Gennemgangen af adgang hentet som fil", "Access review taken as a file")},
    {
        "rule": Text("efter reglen om", "by the rule on"),
        "idle_days": Text("dage uden brug", "days without use"),
    },
    {"rule": {IDLE: Text("konti, der ikke bruges", "idle accounts")}},
)
subjects.say(("review.export",), lambda _: str(Text("konti og API-nøgler", "accounts and secrets")))
