"""What the audit calls the actions of this room."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words, subjects
from publications.international.bodies import BODIES

audit_words.add(
    {
        "internationalfile.add": Text(
            "Fil til en international organisation dannet", "File for an international organisation made"
        ),
        "report.send_abroad": Text(
            "Fil til en international organisation markeret som sendt",
            "File for an international organisation marked as sent",
        ),
    },
    {"file": Text("fil", "file"), "made_by": Text("dannet af", "made by")},
)


def file_in_words(subject: str) -> str:
    """A file by the body that asks for it and its year."""
    body, _, year = subject.partition(" ")
    return f"{BODIES[body].name} {year}" if body in BODIES else subject


subjects.say(("internationalfile.", "report.send_abroad"), file_in_words)
