"""What is reported of support: by shelters, and of assistance and prepared returns."""

from __future__ import annotations

from cases.codelists.services import ASSISTANCE_SERVICE, RETURN_STAGE, SHELTER_KIND
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
from partners.kinds import Kind

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


BY_ASSISTANCE = CountDimension.of(ASSISTANCE_SERVICE, "assistance", Text("Bistandens art", "Kind of assistance"))
BY_STAGE = CountDimension.of(RETURN_STAGE, "stage", Text("Trin", "Stage"))
ASSISTANCE = CountForm(
    "ASSISTANCE",
    Text("Bistand og hjemrejse", "Assistance and return"),
    Text(
        "Hvad personer har fået, og hvor langt hjemrejser er kommet.",
        "What persons were granted, and how far returns came.",
    ),
    CountPeriodKind.MONTH,
    frozenset({Kind.CENTRE}),
    (
        CountTable(
            "grants",
            Text("Bistand", "Assistance"),
            (BY_ASSISTANCE, ON_GENDER, ON_AGE18),
            (
                CountMeasure(
                    "granted",
                    Text("Bevillinger til personer", "Grants to persons"),
                    CountUnit.GRANT,
                    earlier=Text("Personer, der fik det", "Persons to whom it was granted"),
                ),
            ),
        ),
        CountTable(
            "returns",
            Text("Forberedte hjemrejser", "Prepared returns"),
            (BY_STAGE, ON_GENDER, ON_AGE18),
            (
                CountMeasure(
                    "returns",
                    Text("Trin i hjemrejser", "Stages of returns"),
                    CountUnit.RETURN,
                    Text(
                        "Tæl en person én gang på hvert trin, der er nået.",
                        "Count a person once at each stage that was reached.",
                    ),
                    earlier=Text("Personer", "Persons"),
                ),
            ),
        ),
    ),
)
