"""What the audit calls the actions of this room."""

from __future__ import annotations

from partners.staff import audit_words
from partners.text import Text

audit_words.add(
    {
        "internationalfile.add": Text("Fil til udlandet dannet", "File for a body abroad made"),
        "report.send_abroad": Text("Fil til udlandet markeret som sendt", "File for a body abroad marked as sent"),
    },
    {"file": Text("fil", "file"), "made_by": Text("dannet af", "made by")},
)
