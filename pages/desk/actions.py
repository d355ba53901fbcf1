"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.intake.models import Handling
from cases.intake.rulebook import RULES
from core.text import Text
from partners.staff import audit_words

HANDLINGS = {
    Handling.STRICT: Text("alle rækker eller ingen", "all rows or none"),
    Handling.LENIENT: Text("de rækker, der er rigtige", "the rows that are right"),
}

audit_words.add(
    {
        "delivery.send": Text("Leverance sendt", "Delivery sent"),
        "delivery.confirm": Text("Rækker i en leverance bekræftet", "Rows of a delivery confirmed"),
        "delivery.cancel": Text("Leverance fortrudt", "Delivery cancelled"),
        "referral.send": Text("Henvisning sendt", "Referral sent"),
        "referral.correct": Text("Henvisning rettet", "Referral corrected"),
        "referral.withdraw": Text("Henvisning trukket tilbage", "Referral withdrawn"),
    },
    {
        "handling": Text("håndtering", "handling"),
        "rules": Text("regler", "rules"),
        "replaced_by": Text("erstattet af", "replaced by"),
    },
    {
        "handling": HANDLINGS,
        "rules": {rule: each.title for rule, each in RULES.items()},
    },
)
