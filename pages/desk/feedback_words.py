"""Words of the feedback and of looks at the desk."""

from __future__ import annotations

from core.text import Text

FEEDBACK_WORDS: dict[str, Text] = {
    "title": Text("Tilbagemelding", "Feedback"),
    "lead": Text(
        "Her ser I, hvad der kom, hvad der blev afvist, og hvad I ikke kendte. Centret kan se, at en leder har læst den.",
        "Here you see what came, what was refused, and what you did not know. The centre can see that a manager has read it.",
    ),
    "csv": Text("Hent som CSV", "Download as CSV"),
    "all_years": Text("Alle år", "All years"),
    "years_lead": Text("Vælg et år.", "Choose a year."),
    "live_alone": Text("Tilbagemeldingen gælder kun rigtige henvisninger.", "The feedback is for real referrals only."),
    "looks": Text("Når centret har set jeres sider", "When the centre has looked at your pages"),
    "looks_lead": Text(
        "Centret kan se jeres sider, som I ser dem, og kan ikke ændre noget. Hver gang er noteret her.",
        "The centre can see your pages as you see them, and cannot change anything. Each time is noted here.",
    ),
    "no_looks": Text("Centret har ikke set jeres sider.", "The centre has not looked at your pages."),
    "day": Text("Dag", "Day"),
    "page": Text("Side", "Page"),
    "reason": Text("Begrundelse", "Reason"),
    "times": Text("Gange", "Times"),
}


def unread(year: int) -> Text:
    """That the feedback of a year waits for a manager."""
    return Text(f"Læs tilbagemeldingen for {year}", f"Read the feedback on {year}")
