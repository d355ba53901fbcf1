"""What is reported of the centre's hotline."""

from __future__ import annotations

from cases.codelists.services import (
    CALL_CHANNEL,
    CALL_EXPLOITATION,
    CALL_LANGUAGE,
    CALL_REGION,
    CALL_SUBJECT,
    CALLER_TYPE,
    TIME_BAND,
)
from cases.services.forms.parts import REFERRALS_MADE, SUSPICIONS
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountPeriodKind, CountTable, CountUnit
from core.text import Text
from partners.kinds import Kind

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
                # Version 1.1 asks for these besides.
                CountDimension.of(CALL_CHANNEL, "channel", is_optional=True),
                CountDimension.of(CALL_REGION, "region", is_optional=True),
                CountDimension.of(CALL_EXPLOITATION, "exploitation", is_optional=True),
            ),
            (
                CountMeasure("calls", Text("Opkald", "Calls"), CountUnit.CALL, concerns=("caller", "SELF")),
                SUSPICIONS,
                REFERRALS_MADE,
            ),
        ),
    ),
    version="1.1",
)
