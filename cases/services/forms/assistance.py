"""What is reported of assistance and of prepared returns."""

from __future__ import annotations

from cases.codelists.services import ASSISTANCE_SERVICE, RETURN_STAGE
from cases.services.forms.parts import ON_AGE18, ON_GENDER
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountPeriodKind, CountTable, CountUnit
from core.text import Text
from partners.kinds import Kind

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
