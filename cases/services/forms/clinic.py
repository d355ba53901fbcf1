"""What is reported of drop-in centres and health clinics."""

from __future__ import annotations

from cases.codelists.services import CLINIC_SERVICE, ESTIMATE_METHOD, PLACE_TYPE
from cases.services.forms.parts import ON_REGION, SUSPICIONS
from cases.services.shapes import (
    CountDimension,
    CountForm,
    CountMeasure,
    CountPeriodKind,
    CountTable,
    CountUnit,
    PartOfWhole,
)
from core.text import Text

BY_SERVICE = CountDimension.of(CLINIC_SERVICE, "service", Text("Ydelsens art", "Kind of service"))
CLINIC = CountForm(
    "CLINIC",
    Text("Drop-in og sundhedsklinik", "Drop-in centre and health clinic"),
    Text("Åbne tilbud, hvor ingen spørges om navn.", "Open places, where nobody is asked for a name."),
    CountPeriodKind.MONTH,
    frozenset(),
    (
        CountTable(
            "opening",
            Text("Åbningsdage og besøg", "Opening days and visits"),
            (ON_REGION, CountDimension.of(PLACE_TYPE), CountDimension.of(ESTIMATE_METHOD, "method")),
            (
                CountMeasure("opening_days", Text("Dage med åbent", "Opening days"), CountUnit.DAY),
                CountMeasure("visits", Text("Besøg", "Visits"), CountUnit.CONSULTATION),
                CountMeasure(
                    "persons",
                    Text("Personer, anslået", "Persons, estimated"),
                    CountUnit.ESTIMATE,
                    earlier=Text("Personer, skønnet", "Persons, estimated"),
                ),
                SUSPICIONS,
            ),
            earlier=Text("Åbent", "Opening"),
        ),
        CountTable(
            "services",
            Text("Ydelser", "Services"),
            (ON_REGION, CountDimension.of(PLACE_TYPE), BY_SERVICE),
            (CountMeasure("given", Text("Ydelser givet", "Services given"), CountUnit.SERVICE),),
        ),
    ),
    (
        PartOfWhole(
            "persons_above_visits",
            ("opening", "persons"),
            ("opening", "visits"),
            Text("Personer er højst så mange som besøg.", "Persons are at most as many as visits."),
        ),
    ),
)
