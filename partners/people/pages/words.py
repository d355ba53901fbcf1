"""The words of the pages, Danish and English, as decision 0001 has it: texts in tables."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import get_language

from partners.roles import ROLE_WORDS
from partners.text import Text

# Of the sign-in. None tells whether there is such an account.
ERRORS = {
    "username_password_mismatch": Text(
        "Brugernavn eller adgangskode er forkert.", "The user name or the password is not correct."
    ),
    "incorrect_code": Text(
        "Det kunne ikke bekræftes. En kode kan kun bruges én gang; vent på den næste.",
        "That did not fit. A code works once; wait for the next one.",
    ),
    "enter_current_password": Text("Adgangskoden er forkert.", "The password is not correct."),
    "too_many_login_attempts": Text("For mange forsøg. Vent fem minutter.", "Too many attempts. Wait five minutes."),
    "rate_limited": Text("For mange forsøg. Vent fem minutter.", "Too many attempts. Wait five minutes."),
    "cannot_delete_authenticator": Text(
        "Kontoens sidste app eller adgangsnøgle kan ikke fjernes: tilføj en anden først.",
        "The last second factor cannot be removed: add another one first.",
    ),
}

# Labels of fields, by the field's name.
FIELDS = {
    "login": Text("Brugernavn", "User name"),
    "username": Text("Brugernavn", "User name"),
    "password": Text("Adgangskode", "Password"),
    "oldpassword": Text("Nuværende adgangskode", "Present password"),
    "password1": Text("Ny adgangskode", "New password"),
    "password2": Text("Den nye adgangskode igen", "The new password again"),
    "code": Text("Kode", "Code"),
    "name": Text("Navn på nøglen", "Name of the passkey"),
    "token": Text("Invitationens kode", "The invitation's code"),
    "role": Text("Rolle", "Role"),
    "second": Text(
        "Den anden kode (kun når centret har inviteret dig)", "The second code (only where the centre invited you)"
    ),
}


class Page(NamedTuple):
    """A page that is one form: its title, what it is for, and its button."""

    title: Text
    lead: Text
    submit: Text


PAGES = {
    "login": Page(
        Text("Log ind", "Sign in"),
        Text(
            "Brugernavn og adgangskode, derefter totrinsbekræftelse.", "User name and password, then a second factor."
        ),
        Text("Fortsæt", "Continue"),
    ),
    "authenticate": Page(
        Text("Totrinsbekræftelse", "Second factor"),
        Text(
            "Koden fra din app, eller en af dine reservekoder.", "The code of your app, or one of your recovery codes."
        ),
        Text("Log ind", "Sign in"),
    ),
    "reauthenticate": Page(
        Text("Bekræft, at det er dig", "Show a factor again"),
        Text(
            "Det beder vi om, før noget ved kontoen ændres.", "It is asked for before anything of the account changes."
        ),
        Text("Fortsæt", "Continue"),
    ),
    "totp": Page(
        Text("Sæt en app op", "Set up an app"),
        Text(
            "Scan billedet med en app, der laver engangskoder, eller indtast nøglen. Skriv derefter koden, som appen viser.",
            "Scan the picture with an app that makes one-time codes, or type the key. Then give the code that it shows.",
        ),
        Text("Tilføj", "Add"),
    ),
    "totp_remove": Page(
        Text("Fjern appen", "Remove the app"),
        Text("Dens koder gælder ikke længere.", "Its codes are good no more."),
        Text("Fjern", "Remove"),
    ),
    "passkey": Page(
        Text("Tilføj en adgangsnøgle", "Add a passkey"),
        Text(
            "En nøgle i din telefon, computer eller sikkerhedsnøgle. Med den logger du ind uden adgangskode.",
            "A key in your phone, computer or security key. With it you sign in without a password.",
        ),
        Text("Tilføj", "Add"),
    ),
    "codes_new": Page(
        Text("Erstat alle reservekoder?", "Replace all recovery codes?"),
        Text(
            "Du får et nyt sæt. Ingen af de koder, du har nu, virker derefter.",
            "You get a new set. None of the codes that you have now works afterwards.",
        ),
        Text("Erstat dem alle", "Replace them all"),
    ),
    "password": Page(
        Text("Skift adgangskode", "Change the password"),
        Text("Dine andre sessioner afsluttes.", "Your other sessions end."),
        Text("Skift", "Change"),
    ),
    "logout": Page(
        Text("Log ud", "Sign out"), Text("Sessionen afsluttes.", "The session ends."), Text("Log ud", "Sign out")
    ),
    "invitation": Page(
        Text("Tag imod en invitation", "Accept an invitation"),
        Text(
            "Vælg brugernavn og adgangskode. Den, der får sin konto tilbage, beholder sit brugernavn.",
            "Choose a user name and a password. Whoever gets an account back keeps the user name.",
        ),
        Text("Fortsæt", "Continue"),
    ),
}

OTHERS = {
    "brand": Text("Henvis, konto", "Henvis, account"),
    "other_language": Text("English", "Dansk"),
    "skip": Text("Spring til indholdet", "To the content"),
    "back": Text("Til kontoen", "To the account"),
    "leave": Text("Nej, tilbage", "No, back"),
    "none": Text("Ingen.", "None."),
    "admin": Text("Administration", "Administration"),
    "sign_out": Text("Log ud", "Sign out"),
    "passkey": Text("Adgangsnøgle", "Passkey"),
    "with_passkey": Text("Log ind med adgangsnøgle", "Sign in with a passkey"),
    "show_passkey": Text("Brug adgangsnøgle", "Use a passkey"),
    "show_code": Text("Brug en kode", "Use a code"),
    "passkey_failed": Text(
        "Det lykkedes ikke. Prøv igen, eller bekræft på en anden måde.",
        "That did not work. Try again, or use another factor.",
    ),
    "needs_script": Text("Adgangsnøgler kræver JavaScript.", "Passkeys need JavaScript."),
    "setup": Text("Slå totrinsbekræftelse til", "First a second factor"),
    "setup_lead": Text(
        "Uden den kommer ingen videre. Vælg en måde; du kan tilføje flere bagefter.",
        "Nobody gets any further without one. Choose one; you can add more afterwards.",
    ),
    "app": Text("App med engangskoder", "App with one-time codes"),
    "key": Text("Nøglen", "The key"),
    "home": Text("Din konto", "Your account"),
    "you_are": Text("Du er", "You are"),
    "staff": Text("medarbejder i centret", "staff of the centre"),
    "factors": Text("Totrinsbekræftelse", "Second factors"),
    "added": Text("tilføjet", "added"),
    "used": Text("brugt", "used"),
    "never": Text("aldrig", "never"),
    "add": Text("Tilføj", "Add"),
    "remove": Text("Fjern", "Remove"),
    "codes": Text("Reservekoder", "Recovery codes"),
    "codes_left": Text("tilbage", "left"),
    "codes_replace": Text("Erstat dem alle", "Replace them all"),
    "codes_lead": Text(
        "Gem dem et sikkert sted nu: de vises kun denne ene gang. Hver virker én gang, når appen eller nøglen er væk.",
        "Keep them in a safe place now: they are shown this once. Each works once, when the app or the key is gone.",
    ),
    "codes_shown": Text(
        "De er vist. Dan nye, hvis de er væk.", "They have been shown. Make new ones if they are gone."
    ),
    "sessions": Text("Sessioner", "Sessions"),
    "began": Text("begyndt", "began"),
    "seen": Text("sidst aktiv", "seen"),
    "this_one": Text("denne session", "this one"),
    "end_others": Text("Afslut de andre …", "End the others …"),
    "change_password": Text("Skift adgangskode", "Change the password"),
    "partner": Text("Klienter og hemmeligheder", "Clients and secrets"),
    "people": Text("Brugere", "People"),
    "client": Text("Klient", "Client"),
    "secret": Text("Hemmelighed", "Secret"),
    "expires": Text("udløber", "expires"),
    "last_use": Text("sidst brugt", "last used"),
    "rotate": Text("Skift hemmelighed …", "Rotate the secret …"),
    "make_secret": Text("Lav en hemmelighed", "Make a secret"),
    "revoke": Text("Træk tilbage …", "Revoke …"),
    "new_clients": Text("Nye klienter", "New clients"),
    "new_clients_lead": Text(
        "Centret har oprettet en klient, der kan handle på jeres vegne, når I laver en hemmelighed til den. Kender I den ikke, så "
        "kontakt centret.",
        "The centre has added a client, which can act for you once you make it a secret. If you do not know it, tell the centre.",
    ),
    "added_by_centre": Text("oprettet af centret", "added by the centre"),
    "seen_button": Text("Vi har set den", "We have seen it"),
    "reads": Text("Hvad der er læst", "What was read"),
    "reads_lead": Text(
        "Hver læsning af jeres oplysninger gennem API'et: hvilken klient, hvad, hvornår og hvor mange. Hvilke, gemmes ikke.",
        "Every read of your records through the API: which client, what, when, and how many records. Which ones is not kept.",
    ),
    "reads_by_day": Text("De seneste 31 dage", "The last 31 days"),
    "reads_latest": Text("De enkelte læsninger, de nyeste først", "Each read, the newest first"),
    "day": Text("Dag", "Day"),
    "when": Text("Tidspunkt", "Time"),
    "operation": Text("Hvad", "Operation"),
    "times": Text("Antal læsninger", "Reads"),
    "rows": Text("Antal oplysninger", "Records"),
    "older": Text("Ældre", "Older"),
    "none_read": Text("Intet er læst.", "Nothing was read."),
    "no_secret": Text("ingen gyldig", "none that is live"),
    "shown_once": Text(
        "Kopiér nu: den vises kun denne ene gang. En tidligere hemmelighed udløber om 14 dage.",
        "Copy now: it is shown this once. An earlier secret ends in 14 days.",
    ),
    "rotated": Text("Den nye hemmelighed", "The new secret"),
    "invited": Text("Invitationen", "The invitation"),
    "invited_lead": Text(
        "Linket virker én gang og i syv dage. Giv det til personen selv på en måde, I stoler på.",
        "The link works once and for seven days. Give it to the person, by a way that you trust.",
    ),
    "invite": Text("Invitér", "Invite"),
    "bring_back": Text("Ny adgangskode og totrinsbekræftelse …", "New password and factor …"),
    "open_invitations": Text("Åbne invitationer", "Open invitations"),
    "switch_off": Text("Slå fra …", "Switch off …"),
    "switch_on": Text("Slå til", "Switch on"),
    "off": Text("slået fra", "switched off"),
    "refused": Text("Det kan ikke gøres.", "That cannot be done."),
    "forbidden": Text("Du har ikke adgang til den side.", "That page is not for you."),
    "not_found": Text("Siden findes ikke.", "There is no such page."),
    "old_form": Text(
        "Formularen er forældet. Genindlæs siden, og prøv igen.",
        "The form was out of date. Load the page and try again.",
    ),
    "unavailable": Text(
        "Tjenesten er ikke klar lige nu. Intet er gemt. Prøv igen om lidt.",
        "The service is not ready right now. Nothing was stored. Try again in a moment.",
    ),
    "internal_error": Text(
        "Der skete en fejl hos os. Prøv igen, eller skriv til centret.",
        "Something went wrong on our side. Try again, or write to the centre.",
    ),
    "too_many": Text("For mange forsøg", "Too many attempts"),
    "wait": Text("Vent et minut, og prøv igen.", "Wait a minute and try again."),
    "unusable": Text(
        "Invitationen kan ikke bruges. Bed om en ny.", "This invitation cannot be used. Ask for a new one."
    ),
    "name_taken": Text("Vælg et andet brugernavn.", "Choose another user name."),
    "name_needed": Text("Vælg et brugernavn.", "Choose a user name."),
    "differ": Text("De to adgangskoder er forskellige.", "The two passwords differ."),
}


def context(request: HttpRequest) -> dict[str, object]:
    """For the templates of these pages: the words. A context processor; it chooses nothing before a template asks."""
    return {"words": OTHERS, "roles": ROLE_WORDS, "language": (get_language() or "en")[:2]}
