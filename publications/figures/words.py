"""The words of charts."""

from __future__ import annotations

from collections.abc import Sequence

from core.text import ModelNames, Text

# What the server does in the background.
DRAW_CHARTS = Text("Tegne diagrammer af det, der er udgivet", "Draw charts of what is published")
OF_OTHERS = Text("fra en anden kilde", "from another source")
STAGE = Text("Trin", "Stage")
EXTERNAL = Text("Tal fra andre kilder", "Figures from other sources")
OURS = Text("Henvis", "Henvis")
HIDDEN = Text("skjult", "hidden")
NOT_PUBLISHED = Text("ikke offentliggjort", "not published")
BAND = Text("Skjult: ligger i dette interval", "Hidden: within this interval")
SHARE_OF_YEAR = Text("Andel af årets personer, pct.", "Share of the year's persons, %")
NO_FIGURES = Text("Ingen udgivne tal", "No published figures")
TOO_FEW = Text("Ingen udgivne tal, eller for få til at tegne", "No published figures, or too few to draw")
NOT_WHOLE = Text(
    "Fordelingen er delvis skjult eller ikke offentliggjort", "The distribution is partly hidden or not published"
)
SOURCE = Text("Kilde", "Source")
OFF_MAP = Text("Ikke på kortet", "Not on the map")


def largest(some: int, every: int, language: str) -> str:
    """That a chart has some of its rows alone."""
    return Text(
        f"Figuren viser {some} af {every} rækker. Tabellen har alle.",
        f"The chart shows {some} of {every} rows. The table has them all.",
    )(language)


def on_map(title: str, language: str) -> str:
    """The title of a map, which stands beside bars of the same figures."""
    return Text(f"{title}, på kortet", f"{title}, on the map")(language)


def too_thin(parts: Sequence[tuple[str, int, int]], language: str) -> str:
    """Why nothing is drawn of some periods: how many of the persons of each are in parts that are published."""
    each_one = (
        Text(f"{number_known} af {total} i {when}", f"{number_known} of {total} in {when}")
        for when, number_known, total in parts
    )
    some = ", ".join(each(language) for each in each_one)
    return Text(
        f"Ingen figur tegnes, hvor de dele, der er offentliggjort, har under 90 pct. af personerne: {some}. En større del kan være "
        "blandt resten.",
        f"No chart is drawn where the parts that are published have under 90% of the persons: {some}. A larger part may be "
        "among the rest.",
    )(language)


def breaks(places: Sequence[str], language: str) -> str:
    """Where the series breaks."""
    names = ", ".join(places)
    return Text(f"Databrud før {names}.", f"Break in the series before {names}.")(language)


def left_out(number: int, language: str) -> str:
    """How many rows a chart leaves out since there is nothing in them."""
    da, en = ("række", "row") if number == 1 else ("rækker", "rows")
    return Text(f"{number} {da} med 0 er ikke med.", f"Without {number} {en} of 0.")(language)


def percent(number: str, language: str) -> str:
    """A number of per cent."""
    return Text(f"{number} pct.", f"{number}%")(language)


# The names of the app and its model on the staff pages.
ROOM = Text("Figurer", "Charts")
MODELS = {"chartpicture": ModelNames(Text("figur", "chart"), Text("figurer", "charts"))}
FIELDS = {
    "answer": Text("svar", "answer"),
    "name": Text("navn", "name"),
    "kind": Text("art", "kind"),
    "place": Text("plads", "place"),
    "title": Text("titel", "title"),
    "alt": Text("beskrivelse", "description"),
    "svg": Text("SVG", "SVG"),
    "portrait": Text("SVG til telefon", "SVG for telephones"),
    "png": Text("PNG", "PNG"),
    "width": Text("bredde", "width"),
    "height": Text("højde", "height"),
    "drawn_at": Text("tegnet", "drawn at"),
    "unused_since": Text("ikke i brug siden", "unused since"),
}
