"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from oversight.quality.shares import LABELS
from oversight.quality.words import LOOK_PAGES, LOOK_REASONS
from partners.staff import audit_words

audit_words.add(
    {
        "desk.look": Text("Partners side set", "Page of a partner seen"),
        "feedback.read": Text("Tilbagemelding læst", "Feedback read"),
        "quality.field": Text("Uoplyste værdier set", "Values not known seen"),
        "quality.waits": Text("Ventetider set", "Waits seen"),
    },
    {
        "page": Text("side", "shown page"),
        "year": Text("år", "year"),
    },
    {
        "page": LOOK_PAGES,
        "reason": LOOK_REASONS,
        "field": LABELS,
    },
)
