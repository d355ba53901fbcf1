"""The words of the pages of notices and of services."""

from __future__ import annotations

from core.text import Text
from notices.languages import ORDER

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
    "offers": Text("Hvad der tilbydes, og til hvem", "What is offered, and to whom"),
    "languages": Text("Varsler, der gælder, kan læses på:", "Notices that hold can be read in:"),
}
# What is offered, and to whom. Where it lists something, a code list has it.
OFFERS: dict[str, Text] = {
    "outreach": Text(
        "For mennesker, der kan være udsat for menneskehandel. Medarbejdere opsøger dem: på gaden, i "
        "massageklinikker, på arbejdspladser og på internettet.",
        "For people who may be victims of trafficking. Staff seek them out: in the street, in massage "
        "clinics, at workplaces and on the internet.",
    ),
    "clinic": Text(
        "For alle, der kommer. Ingen spørger om navn. Hjælpen kan gælde {services}. Ikke alle steder har det hele.",
        "For everybody who comes. Nobody asks for a name. What they help with: {services}. Not every place has all of it.",
    ),
    "shelter": Text(
        "Et sted at bo i sikkerhed. Der er pladser til {kinds}. Et krisecenter kan være for en af grupperne eller for alle.",
        "A safe place to stay. There are places for {kinds}. A shelter may be for one of the groups or for all.",
    ),
    "hotline_name": Text("Den nationale hotline", "The national hotline"),
    "hotline": Text(
        "For den, det handler om, og for alle, der har mistanke om menneskehandel. Du kan ringe uden at oplyse dit navn.",
        "For the person concerned, and for everybody who suspects trafficking. You can call without giving your name.",
    ),
    "support_name": Text("Støtte til en person", "Support for a person"),
    "support": Text(
        "For den, der kan være udsat for menneskehandel. Det kan være {services}. Hvad du kan få, oplyser den organisation eller "
        "myndighed, du er i kontakt med.",
        "For somebody who may be a victim of trafficking. It may be {services}. The organisation or authority that you are in "
        "touch with will tell you what you can get.",
    ),
    "identified_name": Text("Efter en vurdering", "After an identification"),
    "identified": Text(
        "For den, der er vurderet udsat for menneskehandel. Myndighederne kan give {services}. Hver sag afgøres for sig.",
        "For somebody who has been identified as a victim. What the authorities can grant: {services}. Each case is decided by "
        "itself.",
    ),
}
