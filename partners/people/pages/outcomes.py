"""What the account pages say after an act, Danish and English."""

from __future__ import annotations

from core.text import Text

# What was done, said on the page that follows; in the braces, to what.
OUTCOMES = {
    "app_added": Text("Appen er tilføjet.", "The app is added."),
    "app_removed": Text(
        "Appen er fjernet. Dens koder virker ikke længere.", "The app is removed. Its codes no longer work."
    ),
    "key_added": Text("Adgangsnøglen er tilføjet.", "The passkey is added."),
    "key_removed": Text("Adgangsnøglen er fjernet.", "The passkey is removed."),
    "codes_renewed": Text(
        "Du har nye reservekoder. De gamle virker ikke længere.",
        "You have new recovery codes. The old ones no longer work.",
    ),
    "password_changed": Text(
        "Adgangskoden er skiftet, og dine andre sessioner er afsluttet.",
        "The password is changed, and your other sessions have ended.",
    ),
    "named": Text("Andre læser nu dit navn som {}.", "Others now read your name as {}."),
    "ended": Text("Andre sessioner, der er afsluttet: {}.", "Other sessions that have ended: {}."),
    "revoked": Text(
        "API-nøglen {} er trukket tilbage, og klientens adgangstokens virker ikke længere.",
        "The secret {} is revoked, and the client's access tokens no longer work.",
    ),
    "withdrawn": Text(
        "Invitationen er trukket tilbage. Dens link virker ikke længere.",
        "The invitation is revoked. Its link no longer works.",
    ),
    "switched_off": Text(
        "Adgangen for {} er lukket, og personens sessioner er afsluttet.",
        "{} is switched off, and the person's sessions have ended.",
    ),
    "back_refused": Text(
        "Anmodningen er afvist. Kontoen er, som den var.", "The request is refused. The account is as it was."
    ),
    "role_changed": Text("{} har en ny rolle. Den gælder fra nu af.", "{} has a new role. It holds from now on."),
    "switched_on": Text("Adgangen for {} er åbnet igen.", "{} is switched on again."),
}
