"""The words of the pages of notices and of services."""

from __future__ import annotations

from cases.notices.languages import ORDER
from partners.text import Text

NOTICES: dict[str, Text] = {
    "title": Text("Varsler på flere sprog", "Notices in several languages"),
    "lead": Text(
        "Hvad myndighederne oplyser i en krise: om smitte, test, restriktioner og hjælp. Du kan læse, hente og give det videre.",
        "What the authorities say in a crisis: on infection, tests, restrictions and help. You can read it, fetch it and hand "
        "it on.",
    ),
    "none": Text("Der er ingen varsler lige nu.", "There are no notices at present."),
    "languages": Text("Sprog", "Languages"),
    "text": Text("Teksten", "The text"),
    "issuer": Text("Fra", "From"),
    "over": Text("Varslets tid er gået.", "The notice is past its time."),
    "order": ORDER,
    "pdf": Text("Hent som opslag (PDF)", "Fetch as a sheet (PDF)"),
    "cap": Text("Som CAP 1.2, for programmer", "As CAP 1.2, for programs"),
    "feed": Text("Abonnér på varsler (Atom)", "Subscribe to notices (Atom)"),
    "sms": Text("Som SMS", "As a text message"),
    "send_sms": Text("Send som SMS", "Send as a text message"),
    "source": Text("Kilde", "Source"),
    "gone_title": Text("Varslet er trukket tilbage", "The notice is withdrawn"),
    "gone": Text("Det gælder ikke længere.", "It no longer holds."),
    "replacement": Text("Det gælder nu:", "This holds now:"),
    "all": Text("Alle varsler", "All notices"),
    "services": Text("Hvilke tilbud er åbne?", "Which services are open?"),
}
CRISIS: dict[str, Text] = {
    "title": Text("Krise", "Crisis"),
    "read": Text("Læs, hvad myndighederne oplyser", "Read what the authorities say"),
    "none": Text("Der er ingen varsler endnu.", "There are no notices yet."),
}
SERVICES: dict[str, Text] = {
    "title": Text("Hvilke tilbud er åbne?", "Which services are open?"),
    "lead": Text(
        "Her skriver organisationerne selv, om deres tilbud er åbne. Nogle adresser vises ikke, for at beskytte dem, der bor "
        "eller kommer der. Ring til hotlinen, så får du hjælp til at finde et sted.",
        "The organisations themselves write here whether their services are open. Some addresses are not shown, to protect "
        "those who live or come there. Call the hotline: they will help you find a place.",
    ),
    "call": Text("Den nationale hotline ved, hvor der er hjælp:", "The national hotline knows where there is help:"),
    "none": Text("Ingen har oplyst noget om sine tilbud.", "Nobody has said anything about their services."),
    "address": Text("Adresse", "Address"),
    "no_address": Text("vises ikke, ring til hotlinen", "not shown, call the hotline"),
    "until": Text("til og med", "until"),
    "said": Text("opdateret", "updated"),
}
