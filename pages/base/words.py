"""The words of the frame of every page."""

from __future__ import annotations

from core.text import Text

FRAME: dict[str, Text] = {
    "skip": Text("Spring til indholdet", "Skip to the content"),
    "site": Text("Menneskehandel i Danmark", "Human trafficking in Denmark"),
    "by": Text("Tal fra Henvis", "Figures from Henvis"),
    "menu": Text("Hovedmenu", "Main menu"),
    "front": Text("Forside", "Front page"),
    "statistics": Text("Statistik", "Statistics"),
    "releases": Text("Udgivelser", "Releases"),
    "calendar": Text("Kalender", "Calendar"),
    "reports": Text("Årsrapport", "Annual report"),
    "plans": Text("Handlingsplaner", "Action plans"),
    "date": Text("j. F Y", "j F Y"),  # how a day is written
    "other": Text("In English", "På dansk"),
    "leave": Text("Forlad siden", "Leave this site"),
    "help": Text("Brug for hjælp?", "Do you need help?"),
    "help_lead": Text(
        "Er du i fare, så ring 112. Du kan også ringe anonymt til hotlinen mod menneskehandel.",
        "If you are in danger, call 112. You can also call the hotline against human trafficking without giving your name.",
    ),
    "hotline": Text("Hotline", "Hotline"),
    "notices": Text("Varsler på flere sprog", "Notices in several languages"),
    "services": Text("Hvilke tilbud er åbne?", "Which services are open?"),
    "emergency": Text("Akut fare", "Emergency"),
    "about": Text("Om siden", "About this site"),
    "about-figures": Text("Om tallene", "About the figures"),
    "about-site": Text("Om siden og udgiveren", "About the site and its publisher"),
    "contact": Text("Kontakt", "Contact"),
    "privacy": Text("Privatliv", "Privacy"),
    "readiness": Text("Beredskab", "Crisis readiness"),
    "statement": Text("Tilgængelighedserklæring", "Accessibility statement (in Danish)"),
    "data_licence": Text("Tallene må bruges frit under", "The figures may be reused under"),
    "developers": Text("For udviklere", "For developers"),
    "people": Text("Log ind", "Sign in"),
}
