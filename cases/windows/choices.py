"""The reasons for which windows are changed and years reopened. Codes, so that no text names anybody."""

from __future__ import annotations

from core.text import Text

WINDOW_REASONS = {
    "YEAR_PLANNED": Text("Årets frister er fastsat", "The dates of the year were set"),
    "PARTNER_ASKED": Text("Partneren har bedt om mere tid", "The partner asked for more time"),
    "PARTNER_IS_NEW": Text("Partneren er ny", "The partner is new"),
    "SERVICE_FAILED": Text("Tjenesten var nede", "The service was not available"),
    "ENTERED_WRONGLY": Text("Datoerne var indtastet forkert", "The dates had been entered wrongly"),
    "NO_LONGER_NEEDED": Text("Undtagelsen er ikke længere nødvendig", "The exception is no longer needed"),
}
REOPENING_REASONS = {
    "RECORD_MISSING": Text("Der mangler en henvisning", "A referral is missing"),
    "CONTENT_WRONG": Text("Noget af det indberettede er forkert", "Something that was reported is wrong"),
    "NIL_WRONG": Text("En nulindberetning var forkert", "A nil report was wrong"),
    "CENTRE_ASKED": Text("Centret har bedt om en rettelse", "The centre asked for a correction"),
    "SIGNED_BY_MISTAKE": Text("Året blev underskrevet ved en fejl", "The year was signed by mistake"),
}
