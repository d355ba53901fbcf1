"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "sandbox.load": Text("Opdigtede data indlæst", "Invented data loaded"),
        "sandbox.partner": Text("Opdigtet partner oprettet", "Invented partner added"),
    },
    {"persons": Text("personer", "persons"), "years": Text("år", "years")},
)
# The same seed draws the same data again.
subjects.say(("sandbox.load",), lambda seed: str(Text(f"startværdi {seed}", f"seed {seed}")))
