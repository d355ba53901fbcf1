"""What is reported of assistance and of prepared returns."""

from __future__ import annotations

from cases.codelists.services import ASSISTANCE_SERVICE, RETURN_STAGE
from cases.services.forms.parts import ON_AGE18, ON_GENDER
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountPeriodKind, CountTable, CountUnit
from partners.kinds import Kind
from partners.text import Text

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
            (CountDimension.of(ASSISTANCE_SERVICE, "assistance"), ON_GENDER, ON_AGE18),
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
            (CountDimension.of(RETURN_STAGE, "stage"), ON_GENDER, ON_AGE18),
            (
                CountMeasure(
                    "returns",
                    Text("Hjemrejser", "Returns"),
                    CountUnit.RETURN,
                    earlier=Text("Personer", "Persons"),
                ),
            ),
        ),
    ),
)
