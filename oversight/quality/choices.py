"""What staff may see of a partner's desk, and the reasons for looking, with labels as Django's choices."""

from __future__ import annotations

from core.text import Text

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
