"""What is reported of shelters."""

from __future__ import annotations

from cases.codelists.services import SHELTER_KIND
from cases.services.forms.parts import ON_AGE18, ON_GENDER, ON_REGION
from cases.services.shapes import (
    CountDimension,
    CountForm,
    CountMeasure,
    CountPeriodKind,
    CountTable,
    CountUnit,
    MeasureKind,
    PartOfWhole,
)
from partners.text import Text

SHELTER = CountForm(
    "SHELTER",
    Text("Krisecenter", "Shelter"),
    Text("Pladser og belægning. Voksne og børn står hver for sig.", "Places and nights. Adults and children apart."),
    CountPeriodKind.MONTH,
    frozenset(),
    (
        CountTable(
            "places",
            Text("Pladser", "Places"),
            (ON_REGION, CountDimension.of(SHELTER_KIND, "places_for")),
            (
                CountMeasure(
                    "places",
                    Text("Pladser ved periodens slutning", "Places at the end of the period"),
                    CountUnit.PLACE,
                    kind=MeasureKind.STOCK,
                ),
                CountMeasure("nights", Text("Overnatninger", "Nights"), CountUnit.NIGHT),
                CountMeasure("turned_away", Text("Afviste anmodninger", "Requests turned away"), CountUnit.REQUEST),
                CountMeasure(
                    "waiting",
                    Text("På venteliste ved periodens slutning", "Waiting at the end of the period"),
                    CountUnit.REQUEST,
                    kind=MeasureKind.STOCK,
                ),
            ),
        ),
        CountTable(
            "moves",
            Text("Ind og ud", "In and out"),
            (ON_REGION, CountDimension.of(SHELTER_KIND, "places_for"), ON_GENDER, ON_AGE18),
            (
                CountMeasure("persons_in", Text("Flyttet ind", "Moved in"), CountUnit.STAY),
                CountMeasure("persons_out", Text("Flyttet ud", "Moved out"), CountUnit.STAY),
            ),
        ),
    ),
    (
        PartOfWhole(
            "nights_above_places",
            ("places", "nights"),
            ("places", "places"),
            Text("Nætter er højst pladser gange dage.", "Nights are at most places times days."),
            times_days=True,
        ),
    ),
)
