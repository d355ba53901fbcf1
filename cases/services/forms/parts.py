"""Dimensions and numbers that several forms have."""

from __future__ import annotations

from cases.codelists import GENDER, REGION
from cases.codelists.services import AGE18, CITIZENSHIP_GROUP
from cases.services.shapes import CountDimension, CountMeasure, CountUnit
from core.text import Text

ON_REGION = CountDimension.of(REGION)
ON_GENDER = CountDimension.of(GENDER)
ON_AGE18 = CountDimension.of(AGE18)
ON_CITIZENSHIP = CountDimension.of(CITIZENSHIP_GROUP)

CONTACTS = CountMeasure(
    "contacts",
    Text("Kontakter med personer", "Contacts with persons"),
    CountUnit.CONTACT,
    Text(
        "Tæl en person én gang i hver linje. I næste periode tæller samme person med igen.",
        "Count a person once in each line. In the next period the same person counts again.",
    ),
    earlier=Text("Personer i kontakt", "Persons contacted"),
)
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
