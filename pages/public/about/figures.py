"""*Om tallene*: what they are figures of, how a person is counted, why some are hidden, how good they are, and what is revised."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from cases.codelists import DECIDED_BY
from cases.codelists.types import NOT_APPLICABLE
from cases.dimensions import PRINCIPAL
from core.text import Text
from pages.base.frame import FRAME
from pages.public.about.page import PageFact, TextPage, TextSection, link_to, same_in_both, view
from pages.public.about.service import facts_of
from publications.annual import words as report_words
from publications.annual.sentences import OR, fill, listing
from publications.figures.rules import LEAST_PUBLISHED
from stats.counting.build import UNRESOLVED
from stats.models import PUBLIC
from stats.reading import catalogue, sum_words, wording
from stats.reading.entries import OWN
from stats.reading.external_words import NOT_OURS
from stats.reading.marks import MARKS, SUFFIXES
from stats.reading.measures import SMALL_BASE, STATUSES, CellStatus
from stats.sums.datasets import ABOUT

NAME = "about-figures"
# What the key of a table of sums says of a hidden figure, as a sentence.
HIDDEN_SUMS = Text(
    f"Et tal fra tilbud, politi eller anklagemyndighed skjules, når {sum_words.HIDDEN.da.partition(': ')[2]}.",
    f"A figure from services, police or prosecution is hidden if {sum_words.HIDDEN.en.partition(': ')[2]}.",
)


def figures() -> TextPage:
    return TextPage(
        FRAME[NAME],
        Text(
            "Hvad tallene viser, hvordan en person tælles, og hvorfor nogle tal er skjult.",
            "What the figures show, how a person is counted, and why some figures are hidden.",
        ),
        (identification(), counting_rule(), protection(), marks(), quality(), revisions(), questions()),
    )


def identification() -> TextSection:
    """What "identified" means, and who decides it."""
    authorities = tuple(each.label for each in DECIDED_BY.codes if each.code != NOT_APPLICABLE)
    return TextSection(
        Text("Hvad »vurderet« betyder", "What “identified” means"),
        (
            Text(
                "Tallene viser personer, som er vurderet udsat for menneskehandel. En person er vurderet, når en af disse har "
                "truffet en positiv afgørelse:",
                "The figures show persons who have been identified as victims of trafficking. A person is identified once one of "
                "these has made a positive decision:",
            ),
        ),
        authorities,
        links=(link_to("statistics", Text("Se tallene", "See the figures")),),
    )


def counting_rule() -> TextSection:
    """How a person is counted, and what the figures do not say."""
    return TextSection(
        Text("Hvordan en person tælles", "How a person is counted"),
        (
            PRINCIPAL.about,
            Text(
                "Henviser flere organisationer den samme person, hører henvisningerne sammen ved personens sagsnummer. Derudover "
                "leder programmet efter sager, der kan være den samme person, og en medarbejder afgør det.",
                "If several organisations refer the same person, the referrals belong together by the person's case token. "
                "Besides, the program looks for cases that may be the same person, and a member of staff decides.",
            ),
            wording.NOTES[UNRESOLVED],
            Text(
                "En person, som der er mistanke om, men som ingen har vurderet, er ikke med. Tallene viser derfor ikke, hvor mange "
                "der udsættes for menneskehandel i Danmark.",
                "A person who is suspected to be a victim, but whom nobody has identified, is not among them. So the figures do "
                "not say how many people are victims of trafficking in Denmark.",
            ),
            Text(
                "Tal fra tilbud, politi og anklagemyndighed er noget andet:",
                "Figures from services, police and prosecution are something else:",
            ),
            ABOUT,
        ),
    )


def protection() -> TextSection:
    """Why some figures are hidden, by the thresholds of the releases that stand."""
    every = (each for each in catalogue.every(PUBLIC) if each.kind == OWN and not each.is_gone)
    thresholds = sorted({each.terms.threshold for each in every if each.terms.threshold is not None})
    names = [same_in_both(str(each)) for each in thresholds]
    return TextSection(
        Text("Hvorfor nogle tal er skjult", "Why some figures are hidden"),
        (
            Text(
                "Et lille tal kan pege på et menneske. Derfor vises små tal ikke, når de handler om personer.",
                "A small number can point to a human being. So small numbers are not shown where they are of persons.",
            ),
            *((fill(report_words.PROTECTED, thresholds=listing(names, OR)),) if names else ()),
            HIDDEN_SUMS,
            Text(
                "Andele og ændringer regnes ud af de tal, der vises. Er tallet skjult, er de det også. Andele har ingen "
                f"decimaler, hvor der er under {SMALL_BASE} personer.",
                "Shares and changes are computed from the figures that are shown. Where the figure is hidden, so are they. Shares "
                f"have no decimals where there are fewer than {SMALL_BASE} persons.",
            ),
        ),
        links=(link_to("releases", Text("Udgivelserne og deres beviser", "The releases and their proofs")),),
    )


def marks() -> TextSection:
    return TextSection(
        Text("Tegn i tabellerne", "Signs in the tables"),
        (
            Text(
                "To tal med en streg imellem, som 0–9, er et skjult tal: det er et af dem eller ligger imellem dem.",
                "Two numbers with a dash between them, as 0–9, are a hidden figure: it is one of them or between them.",
            ),
        ),
        facts=tuple(facts_of_marks()),
    )


def facts_of_marks() -> Iterator[PageFact]:
    yield PageFact(same_in_both("0"), STATUSES[CellStatus.NORMAL])
    for status, mark in {**MARKS, **SUFFIXES}.items():
        yield PageFact(same_in_both(mark), STATUSES[status])


def quality() -> TextSection:
    """How good the figures are."""
    return TextSection(
        Text("Kvalitet", "Quality"),
        (
            Text(
                "Tallene bygger på det, som organisationer og myndigheder indberetter. Ved tal fra tilbud står, hvor mange "
                "indberetninger der var forventet, og hvor mange der er modtaget.",
                "The figures rest on what organisations and authorities report. Figures from services say how many reports were "
                "expected, and how many were received.",
            ),
            fill(
                Text(
                    "Er under {least} pct. af de forventede indberetninger for en periode modtaget, udgives tallene kun med en "
                    "begrundelse. Den står ved tallene.",
                    "If fewer than {least}% of the expected reports of a period were received, the figures are published with a "
                    "reason alone. It stands beside the figures.",
                ),
                least=settings.HENVIS_LEAST_REPORTS,
            ),
            Text(
                "Den, der bestiller en udgivelse, kan ikke selv udgive den. En anden medarbejder læser den og godkender.",
                "Whoever orders a release cannot publish it. Another member of staff reads it and approves it.",
            ),
            fill(
                Text(
                    "Der tegnes intet diagram, hvor de dele, der er offentliggjort, er under {least} pct. af det hele.",
                    "No chart is drawn where the parts that are published are under {least}% of the whole.",
                ),
                least=round(LEAST_PUBLISHED * 100),
            ),
            NOT_OURS,
        ),
    )


def revisions() -> TextSection:
    """What happens where a figure was wrong, or something came later."""
    return TextSection(
        Text("Revisioner og rettelser", "Revisions and errata"),
        (
            Text(
                "Et udgivet tal ændres ikke. Kommer der oplysninger til, eller var noget forkert, udgives en ny udgave, som "
                "oplyser, hvad der er nyt. Den gamle kan stadig læses og citeres.",
                "A published figure is not changed. If something comes later, or was wrong, a new vintage is published, which says "
                "what is new. The old one can still be read and cited.",
            ),
            Text(
                "En fejl får en rettelse, som står ved tallene. En udgivelse, der ikke kan bruges, trækkes tilbage; på dens "
                "adresse står hvorfor.",
                "An error gets an erratum, which stands beside the figures. A release that cannot be used is withdrawn; its "
                "address says why.",
            ),
            Text(
                "Kalenderen viser, hvornår der udgives. Flyttes en dato, står grunden der.",
                "The calendar says when something is published. If a date is moved, the reason stands there.",
            ),
        ),
        links=(link_to("releases", FRAME["releases"]), link_to("calendar", FRAME["calendar"])),
    )


def questions() -> TextSection:
    return TextSection(
        Text("Spørgsmål og presse", "Questions and press"),
        (
            Text(
                "Spørg, før du bruger et tal, du er i tvivl om.",
                "Ask before you use a figure that you are in doubt about.",
            ),
        ),
        facts=facts_of("contact", "telephone", "press"),
        links=(link_to("contact", FRAME["contact"]),),
    )


show = view(NAME, figures)
