"""What was published of services: calls, places, prepared returns. They are counts of the forms, and no persons of a release.

The sandbox reproduces them, and disclosure control takes none of them for known: they are of no release's dimensions of persons.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.text import NO_TEXT, Text
from stats.published.sources import ADDRESSES
from stats.published.types import Cell, Codes, cell


@dataclass(frozen=True, slots=True)
class ServiceFigure:
    """A published number of a year: the form with its table and measure, the cell (dimension → codes), and where it stands.

    `count` is what was published, or the least where a source has words: then `most` is the most. `note`: how it was read.
    """

    year: int
    form: str
    table: str
    measure: str
    cell: Cell
    count: int
    source: str
    most: int | None = None
    note: Text = NO_TEXT

    @property
    def greatest(self) -> int:
        """The greatest number that the figure allows."""
        return self.count if self.most is None else self.most


def calls(count: int, most: int | None = None, note: Text = NO_TEXT, **codes: Codes) -> ServiceFigure:
    """Calls to the hotline in 2019."""
    return ServiceFigure(2019, "HOTLINE", "calls", "calls", cell(**codes), count, ADDRESSES["centre-2019"], most, note)


def places(region: str, count: int, note: Text) -> ServiceFigure:
    """Places of shelters at the end of 2019."""
    return ServiceFigure(
        2019, "SHELTER", "places", "places", cell(region=region), count, ADDRESSES["places-2019"], None, note
    )


SERVICE_FIGURES: tuple[ServiceFigure, ...] = (
    calls(316),
    calls(
        143,
        157,
        Text(
            "Kilden oplyser knap halvdelen: læst som mindst 45 pct. og mindre end halvdelen.",
            "The source says just under half: read as 45 per cent at least and less than a half.",
        ),
        caller="POLICE",
    ),
    ServiceFigure(
        2021,
        "ASSISTANCE",
        "returns",
        "returns",
        cell(stage="ACCEPTED"),
        38,
        ADDRESSES["board-report-2021"],
        note=Text("Det højeste antal indtil da.", "The highest number until then."),
    ),
    places(
        "DK01",
        7,
        Text("København; to flere, når der er mest brug for det.", "Copenhagen; two more at the peak."),
    ),
    places("DK05", 2, Text("Aalborg.", "Aalborg.")),
)
