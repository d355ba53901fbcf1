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
from core.text import Text

BY_TARGET = CountDimension.of(SHELTER_KIND, "places_for", Text("Målgruppe", "Target group"))
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
            (ON_REGION, BY_TARGET),
            (
                CountMeasure(
                    "places",
                    Text("Pladser ved periodens slutning", "Places at the end of the period"),
                    CountUnit.PLACE,
                    kind=MeasureKind.STOCK,
                    earlier=Text("Pladser ved periodens slutning", "Places at the end"),
                ),
                CountMeasure(
                    "nights",
                    Text("Overnatninger", "Nights"),
                    CountUnit.NIGHT,
                    earlier=Text("Nætter brugt", "Occupied nights"),
                ),
                CountMeasure(
                    "turned_away",
                    Text("Afviste henvendelser om plads", "Requests for a place turned away"),
                    CountUnit.REQUEST,
                    earlier=Text("Afvist", "Turned away"),
                ),
                CountMeasure(
                    "waiting",
                    Text("På venteliste ved periodens slutning", "Waiting at the end of the period"),
                    CountUnit.REQUEST,
                    kind=MeasureKind.STOCK,
                    earlier=Text("Venter ved periodens slutning", "Waiting at the end"),
                ),
            ),
        ),
        CountTable(
            "moves",
            Text("Ind og ud", "In and out"),
            (ON_REGION, BY_TARGET, ON_GENDER, ON_AGE18),
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
            Text("Overnatninger er højst pladser gange dage.", "Nights are at most places times days."),
            times_days=True,
        ),
    ),
)
