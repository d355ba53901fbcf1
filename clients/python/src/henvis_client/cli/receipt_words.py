"""What `verify-receipt` says."""

from __future__ import annotations

from henvis_client.texts import Text

RECEIPT = Text("{partner}, {year}, kvittering {number}.", "{partner}, {year}, receipt {number}.")
SIGNED = Text("Underskrevet {at} af {by}.", "Signed at {at} by {by}.")
NONE_EXPECTED = Text("Der var ikke forventet henvisninger for året.", "No referrals of the year were expected.")
UNCHANGED = Text(
    "Kvitteringen er uændret, siden den blev underskrevet.", "The receipt is unchanged since it was signed."
)
CHANGED = Text(
    "KVITTERINGEN PASSER IKKE: den er ændret, eller en anden nøgle har underskrevet den.",
    "THE RECEIPT DOES NOT FIT: it was changed, or another key signed it.",
)
KEY_NOT_GIVEN = Text(
    "Nøglen kom fra filen selv, så det beviser intet endnu. Sammenlign dens kontrolsum med den på tjenestens side, eller brug "
    "--public-key: {key_id}",
    "The key came from the file itself, so nothing is proved yet. Compare its digest with the one on the service's page, or use "
    "--public-key: {key_id}",
)
RECORDS_FIT = Text("Jeres henvisninger er dem, der blev underskrevet.", "Your referrals are those that were signed.")
RECORDS_DIFFER = Text(
    "Jeres henvisninger er ikke dem, der blev underskrevet: noget er rettet, slettet eller sendt siden, eller filen er ikke hele "
    "året.",
    "Your referrals are not those that were signed: something was corrected, erased or sent since, or the file is not the whole "
    "year.",
)
