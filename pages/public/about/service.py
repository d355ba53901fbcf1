"""*Om*: who publishes the figures, what stands where, and on what terms it may be used."""

from __future__ import annotations

from django.conf import settings

from core.text import Text
from pages.base.words import FRAME
from pages.public.about.page import Link, PageFact, TextPage, TextSection, plainly, publisher_in_sentence, to, view
from pages.public.notice_words import SERVICES
from publications.annual.sentences import fill

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
                    PageFact(Text("Licens", "Licence"), plainly(site["licence"]), site["licence_address"]),
                    PageFact(Text("Program", "Program"), plainly(f"Henvis {settings.HENVIS_VERSION}")),
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
        *(to(name, FRAME[name]) for name in ("statistics", "releases", "calendar", "reports", "plans", "notices")),
        to("services", SERVICES["title"]),
        *(to(name, FRAME[name]) for name in ("about-figures", "readiness", "privacy", "contact")),
    )


show = view(NAME, about)
