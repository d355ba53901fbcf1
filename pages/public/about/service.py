"""*Om*: who publishes the figures, what stands where, and on what terms it may be used; and *Kontakt*: whom to write to and call.

An installation says in its settings whom to call; what it does not say is not made up.
"""

from __future__ import annotations

from django.conf import settings

from core.text import Text
from pages.base.frame import FRAME
from pages.public.about.page import (
    Link,
    PageFact,
    TextPage,
    TextSection,
    link_to,
    publisher_in_sentence,
    reachable,
    same_in_both,
    view,
)
from pages.public.words import SERVICES
from publications.annual.sentences import fill
from stats.revisions.citation import operator

NAME = "about"


def about() -> TextPage:
    site = settings.HENVIS_SITE
    return TextPage(
        Text("Om siden", "About this site"),
        fill(
            Text(
                "Her udgiver {publisher} tal om menneskehandel i Danmark.",
                "Here {publisher} publishes figures on human trafficking in Denmark.",
            ),
            publisher=publisher_in_sentence(),
        ),
        (
            purpose(),
            TextSection(Text("Hvad der står hvor", "What stands where"), links=links()),
            TextSection(
                Text("Brug af tallene", "Use of the figures"),
                (
                    Text(
                        "Tallene må bruges frit, når kilden nævnes. Under hver tabel står, hvordan den citeres.",
                        "The figures may be used freely if the source is named. Below each table stands how it is cited.",
                    ),
                ),
                facts=(
                    PageFact(Text("Licens", "Licence"), same_in_both(site["licence"]), site["licence_address"]),
                    PageFact(Text("Program", "Program"), same_in_both(f"Henvis {settings.HENVIS_VERSION}")),
                ),
            ),
            TextSection(
                Text("Tilgængelighed", "Accessibility"),
                (
                    Text(
                        "Siderne for alle kan læses uden JavaScript, med tastatur og på en telefon. Hvert diagram står også som "
                        "tabel.",
                        "The pages for everybody can be read without JavaScript, by keyboard and on a telephone. Each chart stands "
                        "there as a table too.",
                    ),
                ),
                links=(((FRAME["statement"], lambda _: "/was"),) if site["statement"] else ()),
            ),
        ),
    )


def purpose() -> TextSection:
    return TextSection(
        Text("Hvad siden er til", "What the site is for"),
        (
            Text(
                "Organisationer og myndigheder, der møder mennesker, som kan være udsat for menneskehandel, indberetter "
                "hertil. Personer tælles, og tallene udgives, så ingen enkelt person kan genkendes i dem.",
                "Organisations and authorities that meet people who may be victims of trafficking report here. Persons are "
                "counted, and the figures are published so that no single person can be recognised in them.",
            ),
            Text(
                "I en krise bruges siden også til varsler på flere sprog og til at vise, hvilke tilbud der er åbne.",
                "In a crisis the site also has notices in several languages, and shows which services are open.",
            ),
        ),
    )


def links() -> tuple[Link, ...]:
    """The pages of the site, as the menu and the foot of each page call them."""
    return (
        *(link_to(name, FRAME[name]) for name in ("statistics", "releases", "calendar", "reports", "plans", "notices")),
        link_to("services", SERVICES["title"]),
        *(link_to(name, FRAME[name]) for name in ("about-figures", "readiness", "privacy", "contact")),
    )


show = view(NAME, about)


CONTACT = "contact"
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
        PageFact(LABELS[name], same_in_both(contact) if contact else NOT_NAMED, reachable(contact))
        for name in names
        if (contact := settings.HENVIS_SITE[name]) or name in EXPECTED
    )


def contact() -> TextPage:
    numbers = tuple(
        PageFact(FRAME["hotline"], same_in_both(each), reachable(each)) for each in settings.HENVIS_HELP_NUMBERS
    )
    return TextPage(
        Text("Kontakt", "Contact"),
        Text("Hvem du ringer eller skriver til.", "Whom to call or write to."),
        (
            TextSection(
                Text("Brug for hjælp?", "Do you need help?"),
                (FRAME["help_lead"],),
                facts=(PageFact(FRAME["emergency"], same_in_both("112"), "tel:112"), *numbers),
                links=(link_to("services", FRAME["services"]), link_to("notices", FRAME["notices"])),
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
                links=(link_to("about-figures", Text("Om tallene", "About the figures")),),
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
    return (TextSection(heading, facts=facts, links=(link_to("privacy", Text("Privatliv", "Privacy")),)),)


show_contact = view(CONTACT, contact)
