"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.mail.kinds import IDLE
from partners.staff import audit_words

audit_words.add(
    {},
    {
        "rule": Text("efter reglen om", "by the rule on"),
        "idle_days": Text("dage uden brug", "days without use"),
    },
    {"rule": {IDLE: Text("konti, der ikke bruges", "idle accounts")}},
)
