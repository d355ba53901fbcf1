"""The words of the pages, Danish and English, as decision 0001 has it: texts in tables."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import get_language

from partners.roles import ROLE_WORDS
from partners.text import Words

# Of the sign-in. None tells whether there is such an account.
ERRORS = {
    "username_password_mismatch": Words(
        "Brugernavn eller adgangskode er forkert.", "The user name or the password is not correct."
    ),
    "incorrect_code": Words(
        "Det kunne ikke bekræftes. En kode kan kun bruges én gang; vent på den næste.",
        "That did not fit. A code works once; wait for the next one.",
    ),
    "enter_current_password": Words("Adgangskoden er forkert.", "The password is not correct."),
    "too_many_login_attempts": Words("For mange forsøg. Vent fem minutter.", "Too many attempts. Wait five minutes."),
    "rate_limited": Words("For mange forsøg. Vent fem minutter.", "Too many attempts. Wait five minutes."),
    "cannot_delete_authenticator": Words(
        "Kontoens sidste app eller adgangsnøgle kan ikke fjernes: tilføj en anden først.",
        "The last second factor cannot be removed: add another one first.",
    ),
}

# Labels of fields, by the field's name.
FIELDS = {
    "login": Words("Brugernavn", "User name"),
    "username": Words("Brugernavn", "User name"),
    "password": Words("Adgangskode", "Password"),
    "oldpassword": Words("Nuværende adgangskode", "Present password"),
    "password1": Words("Ny adgangskode", "New password"),
    "password2": Words("Den nye adgangskode igen", "The new password again"),
    "code": Words("Kode", "Code"),
    "name": Words("Navn på nøglen", "Name of the passkey"),
    "token": Words("Invitationens kode", "The invitation's code"),
    "role": Words("Rolle", "Role"),
    "second": Words(
        "Den anden kode (kun når centret har inviteret dig)", "The second code (only where the centre invited you)"
    ),
}


class Page(NamedTuple):
    """A page that is one form: its title, what it is for, and its button."""

    title: Words
    lead: Words
    submit: Words


PAGES = {
    "login": Page(
        Words("Log ind", "Sign in"),
        Words(
            "Brugernavn og adgangskode, derefter totrinsbekræftelse.", "User name and password, then a second factor."
        ),
        Words("Fortsæt", "Continue"),
    ),
    "authenticate": Page(
        Words("Totrinsbekræftelse", "Second factor"),
        Words(
            "Koden fra din app, eller en af dine reservekoder.", "The code of your app, or one of your recovery codes."
        ),
        Words("Log ind", "Sign in"),
    ),
    "reauthenticate": Page(
        Words("Bekræft, at det er dig", "Show a factor again"),
        Words(
            "Det beder vi om, før noget ved kontoen ændres.", "It is asked for before anything of the account changes."
        ),
        Words("Fortsæt", "Continue"),
    ),
    "totp": Page(
        Words("Sæt en app op", "Set up an app"),
        Words(
            "Scan billedet med en app, der laver engangskoder, eller indtast nøglen. Skriv derefter koden, som appen viser.",
            "Scan the picture with an app that makes one-time codes, or type the key. Then give the code that it shows.",
        ),
        Words("Tilføj", "Add"),
    ),
    "totp_remove": Page(
        Words("Fjern appen", "Remove the app"),
        Words("Dens koder gælder ikke længere.", "Its codes are good no more."),
        Words("Fjern", "Remove"),
    ),
    "passkey": Page(
        Words("Tilføj en adgangsnøgle", "Add a passkey"),
        Words(
            "En nøgle i din telefon, computer eller sikkerhedsnøgle. Med den logger du ind uden adgangskode.",
            "A key in your phone, computer or security key. With it you sign in without a password.",
        ),
        Words("Tilføj", "Add"),
    ),
    "codes_new": Page(
        Words("Erstat alle reservekoder?", "Replace all recovery codes?"),
        Words(
            "Du får et nyt sæt. Ingen af de koder, du har nu, virker derefter.",
            "You get a new set. None of the codes that you have now works afterwards.",
        ),
        Words("Erstat dem alle", "Replace them all"),
    ),
    "password": Page(
        Words("Skift adgangskode", "Change the password"),
        Words("Dine andre sessioner afsluttes.", "Your other sessions end."),
        Words("Skift", "Change"),
    ),
    "logout": Page(
        Words("Log ud", "Sign out"), Words("Sessionen afsluttes.", "The session ends."), Words("Log ud", "Sign out")
    ),
    "invitation": Page(
        Words("Tag imod en invitation", "Accept an invitation"),
        Words(
            "Vælg brugernavn og adgangskode. Den, der får sin konto tilbage, beholder sit brugernavn.",
            "Choose a user name and a password. Whoever gets an account back keeps the user name.",
        ),
        Words("Fortsæt", "Continue"),
    ),
}

OTHERS = {
    "brand": Words("Henvis, konto", "Henvis, account"),
    "other_language": Words("English", "Dansk"),
    "skip": Words("Spring til indholdet", "To the content"),
    "back": Words("Til kontoen", "To the account"),
    "leave": Words("Nej, tilbage", "No, back"),
    "none": Words("Ingen.", "None."),
    "admin": Words("Administration", "Administration"),
    "sign_out": Words("Log ud", "Sign out"),
    "passkey": Words("Adgangsnøgle", "Passkey"),
    "with_passkey": Words("Log ind med adgangsnøgle", "Sign in with a passkey"),
    "show_passkey": Words("Brug adgangsnøgle", "Use a passkey"),
    "show_code": Words("Brug en kode", "Use a code"),
    "passkey_failed": Words(
        "Det lykkedes ikke. Prøv igen, eller bekræft på en anden måde.",
        "That did not work. Try again, or use another factor.",
    ),
    "needs_script": Words("Adgangsnøgler kræver JavaScript.", "Passkeys need JavaScript."),
    "setup": Words("Slå totrinsbekræftelse til", "First a second factor"),
    "setup_lead": Words(
        "Uden den kommer ingen videre. Vælg en måde; du kan tilføje flere bagefter.",
        "Nobody gets any further without one. Choose one; you can add more afterwards.",
    ),
    "app": Words("App med engangskoder", "App with one-time codes"),
    "key": Words("Nøglen", "The key"),
    "home": Words("Din konto", "Your account"),
    "you_are": Words("Du er", "You are"),
    "staff": Words("medarbejder i centret", "staff of the centre"),
    "factors": Words("Totrinsbekræftelse", "Second factors"),
    "added": Words("tilføjet", "added"),
    "used": Words("brugt", "used"),
    "never": Words("aldrig", "never"),
    "add": Words("Tilføj", "Add"),
    "remove": Words("Fjern", "Remove"),
    "codes": Words("Reservekoder", "Recovery codes"),
    "codes_left": Words("tilbage", "left"),
    "codes_replace": Words("Erstat dem alle", "Replace them all"),
    "codes_lead": Words(
        "Gem dem et sikkert sted nu: de vises kun denne ene gang. Hver virker én gang, når appen eller nøglen er væk.",
        "Keep them in a safe place now: they are shown this once. Each works once, when the app or the key is gone.",
    ),
    "codes_shown": Words(
        "De er vist. Dan nye, hvis de er væk.", "They have been shown. Make new ones if they are gone."
    ),
    "sessions": Words("Sessioner", "Sessions"),
    "began": Words("begyndt", "began"),
    "seen": Words("sidst aktiv", "seen"),
    "this_one": Words("denne session", "this one"),
    "end_others": Words("Afslut de andre …", "End the others …"),
    "change_password": Words("Skift adgangskode", "Change the password"),
    "partner": Words("Klienter og hemmeligheder", "Clients and secrets"),
    "people": Words("Brugere", "People"),
    "client": Words("Klient", "Client"),
    "secret": Words("Hemmelighed", "Secret"),
    "expires": Words("udløber", "expires"),
    "last_use": Words("sidst brugt", "last used"),
    "rotate": Words("Skift hemmelighed …", "Rotate the secret …"),
    "make_secret": Words("Lav en hemmelighed", "Make a secret"),
    "revoke": Words("Træk tilbage …", "Revoke …"),
    "new_clients": Words("Nye klienter", "New clients"),
    "new_clients_lead": Words(
        "Centret har oprettet en klient, der kan handle på jeres vegne, når I laver en hemmelighed til den. Kender I den ikke, så "
        "kontakt centret.",
        "The centre has added a client, which can act for you once you make it a secret. If you do not know it, tell the centre.",
    ),
    "added_by_centre": Words("oprettet af centret", "added by the centre"),
    "seen_button": Words("Vi har set den", "We have seen it"),
    "reads": Words("Hvad der er læst", "What was read"),
    "reads_lead": Words(
        "Hver læsning af jeres oplysninger gennem API'et: hvilken klient, hvad, hvornår og hvor mange. Hvilke, gemmes ikke.",
        "Every read of your records through the API: which client, what, when, and how many records. Which ones is not kept.",
    ),
    "reads_by_day": Words("De seneste 31 dage", "The last 31 days"),
    "reads_latest": Words("De enkelte læsninger, de nyeste først", "Each read, the newest first"),
    "day": Words("Dag", "Day"),
    "when": Words("Tidspunkt", "Time"),
    "operation": Words("Hvad", "Operation"),
    "times": Words("Antal læsninger", "Reads"),
    "rows": Words("Antal oplysninger", "Records"),
    "older": Words("Ældre", "Older"),
    "none_read": Words("Intet er læst.", "Nothing was read."),
    "no_secret": Words("ingen gyldig", "none that is live"),
    "shown_once": Words(
        "Kopiér nu: den vises kun denne ene gang. En tidligere hemmelighed udløber om 14 dage.",
        "Copy now: it is shown this once. An earlier secret ends in 14 days.",
    ),
    "rotated": Words("Den nye hemmelighed", "The new secret"),
    "invited": Words("Invitationen", "The invitation"),
    "invited_lead": Words(
        "Linket virker én gang og i syv dage. Giv det til personen selv på en måde, I stoler på.",
        "The link works once and for seven days. Give it to the person, by a way that you trust.",
    ),
    "invite": Words("Invitér", "Invite"),
    "bring_back": Words("Ny adgangskode og totrinsbekræftelse …", "New password and factor …"),
    "open_invitations": Words("Åbne invitationer", "Open invitations"),
    "switch_off": Words("Slå fra …", "Switch off …"),
    "switch_on": Words("Slå til", "Switch on"),
    "off": Words("slået fra", "switched off"),
    "refused": Words("Det kan ikke gøres.", "That cannot be done."),
    "forbidden": Words("Du har ikke adgang til den side.", "That page is not for you."),
    "not_found": Words("Siden findes ikke.", "There is no such page."),
    "old_form": Words(
        "Formularen er forældet. Genindlæs siden, og prøv igen.",
        "The form was out of date. Load the page and try again.",
    ),
    "unavailable": Words(
        "Tjenesten er ikke klar lige nu. Intet er gemt. Prøv igen om lidt.",
        "The service is not ready right now. Nothing was stored. Try again in a moment.",
    ),
    "internal_error": Words(
        "Der skete en fejl hos os. Prøv igen, eller skriv til centret.",
        "Something went wrong on our side. Try again, or write to the centre.",
    ),
    "too_many": Words("For mange forsøg", "Too many attempts"),
    "wait": Words("Vent et minut, og prøv igen.", "Wait a minute and try again."),
    "unusable": Words(
        "Invitationen kan ikke bruges. Bed om en ny.", "This invitation cannot be used. Ask for a new one."
    ),
    "name_taken": Words("Vælg et andet brugernavn.", "Choose another user name."),
    "name_needed": Words("Vælg et brugernavn.", "Choose a user name."),
    "differ": Words("De to adgangskoder er forskellige.", "The two passwords differ."),
}


def context(request: HttpRequest) -> dict[str, object]:
    """For the templates of these pages: the words. A context processor; it chooses nothing before a template asks."""
    return {"words": OTHERS, "roles": ROLE_WORDS, "language": (get_language() or "en")[:2]}
