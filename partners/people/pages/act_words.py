"""What the pages ask before an act that cannot be undone, and what they say after it."""

from __future__ import annotations

from partners.people.pages.words import Page
from partners.text import Text

QUESTIONS = {
    "passkey_remove": Page(
        Text("Fjern adgangsnøglen?", "Remove the passkey?"),
        Text("Du kan ikke længere logge ind med den.", "You can sign in with it no more."),
        Text("Fjern", "Remove"),
    ),
    "end_others": Page(
        Text("Afslut dine andre sessioner?", "End your other sessions?"),
        Text(
            "Alle andre steder, hvor du er logget ind, bliver du logget ud. Hvad der ikke er gemt dér, går tabt.",
            "Everywhere else where you are signed in you are signed out. What is not saved there is lost.",
        ),
        Text("Afslut dem", "End them"),
    ),
    "revoke": Page(
        Text("Træk hemmeligheden tilbage nu?", "Revoke the secret now?"),
        Text(
            "Den virker ikke længere, og klientens adgangstokens heller ikke. Det kan ikke fortrydes.",
            "It stops working at once, and so do the client's access tokens. That cannot be undone.",
        ),
        Text("Træk tilbage nu", "Revoke now"),
    ),
    "rotate": Page(
        Text("Skift klientens hemmelighed?", "Rotate the client's secret?"),
        Text(
            "Der dannes en ny, som vises én gang. Den nuværende udløber om 14 dage. Det kan ikke fortrydes.",
            "A new one is made and shown once. The present one ends in 14 days. That cannot be undone.",
        ),
        Text("Skift", "Rotate"),
    ),
    "withdraw": Page(
        Text("Træk invitationen tilbage nu?", "Revoke the invitation now?"),
        Text(
            "Linket virker ikke længere. Det kan ikke fortrydes; I kan invitere igen.",
            "Its link stops working. That cannot be undone; you can invite again.",
        ),
        Text("Træk tilbage nu", "Revoke now"),
    ),
    "switch_off": Page(
        Text("Slå brugeren fra?", "Switch the person off?"),
        Text(
            "Personens sessioner afsluttes, personens invitationer trækkes tilbage, og personen kan ikke logge ind, før I slår "
            "kontoen til igen.",
            "The person's sessions and invitations end. Nobody signs in with the account until you switch it on again.",
        ),
        Text("Slå fra", "Switch off"),
    ),
    "bring_back": Page(
        Text("Lav et link til ny adgangskode og totrinsbekræftelse?", "Make a link to a new password and factor?"),
        Text(
            "Når linket bruges, gælder personens adgangskode, totrinsbekræftelse og sessioner ikke længere.",
            "Once it is used, the person's password, factors and sessions are good no more.",
        ),
        Text("Lav linket", "Make the link"),
    ),
}

# What was done, said on the page that follows; in the braces, to what.
DONE = {
    "app_added": Text("Appen er tilføjet.", "The app is added."),
    "app_removed": Text(
        "Appen er fjernet. Dens koder virker ikke længere.", "The app is removed. Its codes work no more."
    ),
    "key_added": Text("Adgangsnøglen er tilføjet.", "The passkey is added."),
    "key_removed": Text("Adgangsnøglen er fjernet.", "The passkey is removed."),
    "codes_renewed": Text(
        "Du har nye reservekoder. De gamle virker ikke længere.",
        "You have new recovery codes. The old ones work no more.",
    ),
    "password_changed": Text(
        "Adgangskoden er skiftet, og dine andre sessioner er afsluttet.",
        "The password is changed, and your other sessions have ended.",
    ),
    "ended": Text("Andre sessioner, der er afsluttet: {}.", "Other sessions that have ended: {}."),
    "revoked": Text(
        "Hemmeligheden {} er trukket tilbage, og klientens adgangstokens virker ikke længere.",
        "The secret {} is revoked, and the client's access tokens work no more.",
    ),
    "withdrawn": Text(
        "Invitationen er trukket tilbage. Dens link virker ikke længere.",
        "The invitation is revoked. Its link works no more.",
    ),
    "switched_off": Text(
        "{} er slået fra, og personens sessioner er afsluttet.",
        "{} is switched off, and the person's sessions have ended.",
    ),
    "switched_on": Text("{} er slået til igen.", "{} is switched on again."),
}
