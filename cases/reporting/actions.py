"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from partners.staff import audit_words
from partners.text import Text

audit_words.add(
    {
        "year.sign": Text("År underskrevet", "Year signed"),
        "report.nil": Text("Intet at indberette", "Nothing to report"),
    },
    {
        "months": Text("måneder", "months"),
    },
)
