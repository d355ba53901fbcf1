"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.staff import audit_words, subjects
from publications.annual.place_words import PLACES, report_in_words

audit_words.add(
    {
        "report.draft": Text("Udkast til årsrapport dannet", "Draft of an annual report made"),
        "report.write": Text("Tekst i årsrapport skrevet", "Text of an annual report written"),
        "report.read": Text("Hele udkastet til årsrapport læst", "Whole draft of an annual report read"),
        "report.publish": Text("Årsrapport udgivet", "Annual report published"),
        "report.render_failure": Text(
            "Årsrapportens sider kunne ikke dannes", "Pages of an annual report could not be made"
        ),
        "reportorder.add": Text("Årsrapport bestilt", "Annual report ordered"),
    },
    {
        "draft": Text("udkast", "draft"),
        "kept": Text("tekster, der stadig er færdige", "texts that are still finished"),
        "last_text": Text("seneste tekst", "latest text"),
        "place": Text("sted i rapporten", "place in the report"),
        "ordered_by": Text("bestilt af", "ordered by"),
        "error": Text("fejl", "error"),
        "where": Text("sted i programmet", "place in the program"),
    },
    {"place": PLACES},
)
subjects.say(("report.publish", "report.render_failure"), report_in_words)
