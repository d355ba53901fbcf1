"""What is reported of the centre's hotline."""

from __future__ import annotations

from cases.codelists.services import CALL_LANGUAGE, CALL_SUBJECT, CALLER_TYPE, TIME_BAND
from cases.services.forms.parts import REFERRALS_MADE, SUSPICIONS
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountPeriodKind, CountTable, CountUnit
from partners.kinds import Kind
from partners.text import Text

HOTLINE = CountForm(
    "HOTLINE",
    Text("Centrets hotline", "Hotline"),
    Text("Opkald, som hotlinen har fået.", "Calls to the centre's hotline."),
    CountPeriodKind.MONTH,
    frozenset({Kind.CENTRE}),
    (
        CountTable(
            "calls",
            Text("Opkald", "Calls"),
            (
                CountDimension.of(CALLER_TYPE, "caller"),
                CountDimension.of(CALL_SUBJECT, "subject"),
                CountDimension.of(CALL_LANGUAGE, "language"),
                CountDimension.of(TIME_BAND, "time"),
            ),
            (
                CountMeasure("calls", Text("Opkald", "Calls"), CountUnit.CALL, concerns=("caller", "SELF")),
                SUSPICIONS,
                REFERRALS_MADE,
            ),
        ),
    ),
)
