"""*Kontakt*: whom to write to and to call. An installation says it in its settings; what it does not say is not made up."""

from __future__ import annotations

from django.conf import settings

from core.text import Text
from pages.base.words import FRAME
from pages.public.about.page import PageFact, TextPage, TextSection, plainly, reachable, to, view
from stats.revisions.citation import operator

NAME = "contact"
LABELS: dict[str, Text] = {
    "contact": Text("Mail", "E-mail"),
    "telephone": Text("Telefon", "Telephone"),
    "postal_address": Text("Adresse", "Postal address"),
    "press": Text("Presse", "Press"),
    "data_protection": Text("Databeskyttelse", "Data protection"),
    "security": Text("Fejl i sikkerheden", "Weaknesses in security"),
}
# Of these a reader is told that none is named: of the others the page is silent.
EXPECTED = ("contact", "telephone", "press")
NOT_NAMED = Text("ikke oplyst her", "not named here")


def facts_of(*names: str) -> tuple[PageFact, ...]:
    """The contacts of these names, in order, as the installation has set them."""
    return tuple(
        PageFact(LABELS[name], plainly(contact) if contact else NOT_NAMED, reachable(contact))
        for name in names
        if (contact := settings.HENVIS_SITE[name]) or name in EXPECTED
    )


def contact() -> TextPage:
    numbers = tuple(PageFact(FRAME["hotline"], plainly(each), reachable(each)) for each in settings.HENVIS_HELP_NUMBERS)
    return TextPage(
        Text("Kontakt", "Contact"),
        Text("Hvem du ringer eller skriver til.", "Whom to call or write to."),
        (
            TextSection(
                Text("Brug for hjælp?", "Do you need help?"),
                (FRAME["help_lead"],),
                facts=(PageFact(FRAME["emergency"], plainly("112"), "tel:112"), *numbers),
                links=(to("services", FRAME["services"]), to("notices", FRAME["notices"])),
            ),
            TextSection(
                Text("Spørgsmål til tallene", "Questions about the figures"),
                (
                    Text(
                        "Skriv, hvilken tabel og hvilken udgave spørgsmålet gælder. Udgavens navn står under tabellen.",
                        "Say which table and which vintage the question is about. The name of the vintage stands below the table.",
                    ),
                    Text(
                        "Skriv aldrig navn, CPR-nummer eller andet, der kan pege på en person, i en mail.",
                        "Never write a name, a civil registration number or anything else that could point to a person in an "
                        "e-mail.",
                    ),
                ),
                facts=(
                    PageFact(Text("Udgiver", "Publisher"), operator(settings.HENVIS_OPERATOR)),
                    *facts_of("contact", "telephone", "postal_address", "press"),
                ),
                links=(to("about-figures", Text("Om tallene", "About the figures")),),
            ),
            *privacy_and_security(),
        ),
    )


def privacy_and_security() -> tuple[TextSection, ...]:
    """Whom to ask about one's own data, and where to report a weakness, where the installation names somebody."""
    facts = facts_of("data_protection", "security")
    if not facts:
        return ()
    heading = Text("Personoplysninger og sikkerhed", "Personal data and security")
    return (TextSection(heading, facts=facts, links=(to("privacy", Text("Privatliv", "Privacy")),)),)


show = view(NAME, contact)
