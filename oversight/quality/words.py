"""Names of this app and its models on the staff pages; what staff may see of a partner's desk, and the reasons for looking."""

from __future__ import annotations

from core.text import ModelNames, Text

ROOM = Text("Kvalitet", "Quality")

MODELS = {
    "ruletally": ModelNames(Text("kvalitet", "quality"), Text("kvalitet", "quality")),
    "feedbackread": ModelNames(
        Text("læst tilbagemelding", "feedback read"), Text("læste tilbagemeldinger", "feedback read")
    ),
    "desklook": ModelNames(
        Text("visning af en partners side", "look at a desk"), Text("visninger af partneres sider", "looks at desks")
    ),
}
FIELDS = {
    "partner": Text("partner", "partner"),
    "year": Text("år", "year"),
    "user": Text("person", "person"),
    "read_at": Text("læst første gang", "first read"),
    "page": Text("side", "page"),
    "reason_code": Text("begrundelse", "reason"),
    "looked_at": Text("set", "seen"),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "ruletally_once": Text("Leverancens rækker er talt allerede.", "The rows of this delivery are counted already."),
    "feedbackread_once": Text(
        "Det er allerede noteret, at personen har læst det.", "That this person has read it is noted already."
    ),
    "ruletally_rows_positive": Text("Der skal være mindst én række.", "There must be at least one row."),
    "fieldcomparison_band": Text(
        "Et interval er fem procentpoint bredt.", "An interval is five percentage points wide."
    ),
}
LOOKS_LEAD = Text(
    "Hver gang en medarbejder har set en partners sider, som partneren selv ser dem, og hvorfor. Partneren kan også se det.",
    "Each time a member of staff saw a partner's pages as the partner does, and why. The partner can see it too.",
)


CALENDAR, FEEDBACK, YEAR = "CALENDAR", "FEEDBACK", "YEAR"
LOOK_PAGES = {
    CALENDAR: Text("Kalender", "Calendar"),
    FEEDBACK: Text("Tilbagemelding", "Feedback"),
    YEAR: Text("Årets tal", "Figures of the year"),
}
LOOK_REASONS = {
    "ASKED_FOR_HELP": Text("Partneren har bedt om hjælp", "The partner has asked for help"),
    "FOLLOW_UP": Text("Opfølgning på manglende eller forsinket indberetning", "Following up a missing or late report"),
    "QUALITY_TALK": Text("Forberedelse af en samtale om datakvalitet", "Preparing a talk about the quality of data"),
    "FAULT": Text("Fejlsøgning", "Looking into a fault"),
}
