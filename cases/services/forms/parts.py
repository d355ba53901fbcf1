"""Dimensions and numbers that several forms have."""

from __future__ import annotations

from cases.codelists import GENDER, REGION
from cases.codelists.services import AGE18, CITIZENSHIP_GROUP
from cases.services.shapes import CountDimension, CountMeasure, CountUnit
from partners.text import Text

ON_REGION = CountDimension.of(REGION)
ON_GENDER = CountDimension.of(GENDER)
ON_AGE18 = CountDimension.of(AGE18)
ON_CITIZENSHIP = CountDimension.of(CITIZENSHIP_GROUP)

SUSPICIONS = CountMeasure(
    "suspicions",
    Text("Mistanker om menneskehandel", "Suspicions of human trafficking"),
    CountUnit.SUSPICION,
    Text("Personer, om hvem der opstod en mistanke.", "Persons about whom a suspicion arose."),
)
REFERRALS_MADE = CountMeasure(
    "referrals_made",
    Text("Henvisninger", "Referrals"),
    CountUnit.REFERRAL,
    Text("Henvisninger, der blev sendt videre.", "Referrals that were made."),
)
