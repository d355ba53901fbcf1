"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.mail.kinds import KINDS
from partners.staff import audit_words

audit_words.add(
    {
        "mail.give": Text("Mailadresse oplyst", "Mail address given"),
        "mail.forget": Text("Mailadresse slettet", "Mail address deleted"),
        "mail.confirm": Text("Mailadresse bekræftet", "Mail address confirmed"),
        "mail.stop": Text("Mails slået fra", "Mails stopped"),
        "mail.bounce": Text("Mail kom retur", "Mail came back"),
    },
    {"by_link": Text("ved link", "by link")},
    {"kind": {name: kind.title for name, kind in KINDS.items()}},
)
