"""*Beredskab*: who does what when a crisis is declared. Roles, forms, days and languages are those that the program has."""

from __future__ import annotations

from cases.codelists import NOTICE_CHANNEL, NOTICE_SUBJECT
from cases.services.expectations import DUE_DAYS
from cases.services.forms import FORMS
from cases.services.shapes import CountPeriodKind
from core.rows import ask
from core.text import Text, in_quotes
from notices import crises
from notices.choices import CRISIS_FORMS
from notices.languages import LANGUAGES
from notices.models import LONGEST_SMS
from pages.base.frame import FRAME
from pages.public.about.page import PageFact, TextPage, TextSection, in_text, link_to, view
from partners.roles import STAFF_ROLES, covers
from publications.annual.sentences import OR, capital, fill, listing

NAME = "readiness"
PARTNERS, READERS = Text("Partnerne", "Partners"), Text("Alle", "Everybody")


def readiness() -> TextPage:
    """The page. One statement."""
    return TextPage(
        FRAME[NAME],
        Text(
            "Hvem der gør hvad, når en krise rammer mennesker, der kan være ofre for menneskehandel.",
            "Who does what when a crisis hits people who may be victims of trafficking.",
        ),
        (now(), declaration(), notices(), distribution()),
    )


def now() -> TextSection:
    """Whether there is a crisis."""
    titles = tuple(each.title for each in ask(crises.lasting_crises()))
    return TextSection(
        Text("Lige nu", "Right now"),
        (
            Text("Der er udsendt varsler om:", "There are notices of:")
            if titles
            else Text(
                "Der er ingen krise, som der er udsendt varsler om.", "There is no crisis of which there are notices."
            ),
        ),
        titles,
        links=(link_to("notices", FRAME["notices"]), link_to("services", FRAME["services"])),
    )


def declaration() -> TextSection:
    """Who declares a crisis, and what is reported while it lasts."""
    forms = listing(
        [Text(*(in_quotes(FORMS[form].label(each), each) for each in Text._fields)) for form in CRISIS_FORMS]
    )
    return TextSection(
        Text("Krisen erklæres", "The crisis is declared"),
        facts=(
            PageFact(
                who("notices.add_crisis"),
                Text(
                    "erklærer krisen med dens første dag, og afslutter den igen.",
                    "declares the crisis with its first day, and ends it again.",
                ),
            ),
            PageFact(
                PARTNERS,
                fill(
                    Text(
                        "indberetter hver uge {forms}, når de er bedt om det. Det er kun antal, aldrig oplysninger om en person. "
                        "Fristen er {days} dage efter ugens slutning.",
                        "report {forms} each week where they are asked to. These are numbers alone, never data of a person. They "
                        "are due {days} days after the end of the week.",
                    ),
                    forms=forms,
                    days=DUE_DAYS[CountPeriodKind.WEEK],
                ),
            ),
        ),
    )


def notices() -> TextSection:
    """How a notice comes about."""
    languages = listing([each.name for each in LANGUAGES.values()])
    return TextSection(
        Text("Et varsel skrives, læses og udgives", "A notice is written, read and published"),
        (
            fill(
                Text("Et varsel handler om {subjects}.", "A notice is about {subjects}."),
                subjects=listing([in_text(each.label) for each in NOTICE_SUBJECT.codes], OR),
            ),
            fill(Text("Det kan skrives på {languages}.", "It can be written in {languages}."), languages=languages),
        ),
        facts=(
            PageFact(
                who("notices.add_notice"),
                Text(
                    f"skriver varslet efter myndighedens oplysninger, og som SMS på højst {LONGEST_SMS} tegn.",
                    f"writes the notice after what the authority says, and as a text message of at most {LONGEST_SMS} characters.",
                ),
            ),
            PageFact(
                who("notices.review_notice"),
                Text(
                    "læser teksten igennem. Det er aldrig den, der har skrevet den.",
                    "reviews the text. That is never the person who wrote it.",
                ),
            ),
            PageFact(
                who("notices.publish_notice"),
                Text(
                    "udgiver varslet, et sprog ad gangen, og trækker det tilbage, når det ikke gælder mere.",
                    "publishes the notice, one language at a time, and withdraws it when it holds no longer.",
                ),
            ),
        ),
    )


def distribution() -> TextSection:
    """How it reaches people."""
    return TextSection(
        Text("Varslet når frem", "The notice gets there"),
        facts=(
            PageFact(
                PARTNERS,
                fill(
                    Text(
                        "får besked om varslet, giver det videre og oplyser hvordan: {channels}. Ingen spørger, hvor mange "
                        "personer det nåede.",
                        "are told of the notice, hand it on and say how: {channels}. Nobody asks how many persons it reached.",
                    ),
                    channels=listing([in_text(each.label) for each in NOTICE_CHANNEL.codes], OR),
                ),
            ),
            PageFact(
                PARTNERS,
                Text(
                    "skriver, om deres tilbud er åbne, og til hvornår. Det kan alle læse med det samme.",
                    "say whether their services are open, and until when. Everybody can read that at once.",
                ),
            ),
            PageFact(
                READERS,
                Text(
                    "læser varslet her på sit sprog, og kan hente det som opslag. Forsiden viser, at der er en krise.",
                    "read the notice here in their language, and can download it as a sheet. The front page says that there is a "
                    "crisis.",
                ),
            ),
        ),
    )


def who(permission: str) -> Text:
    """The roles of staff that may do something."""
    titles = [in_text(role.title) for role in STAFF_ROLES.values() if covers(role.permissions, permission)]
    return capital(listing(titles, OR))


show = view(NAME, readiness)
