"""The words of the account pages, Danish and English: each page, and what it asks before an act."""

from __future__ import annotations

from typing import NamedTuple

from core.text import Text
from partners.people.words import RESTORING
from partners.staff.words import DESK


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
            "Koden fra din app, eller en af dine reservekoder.",
            "The code from your app, or one of your recovery codes.",
        ),
        Text("Log ind", "Sign in"),
    ),
    "reauthenticate": Page(
        Text("Bekræft, at det er dig", "Confirm that it is you"),
        Text(
            "Skriv koden fra din app, eller en af dine reservekoder. Det beder vi om, før noget ved kontoen ændres.",
            "Enter the code from your app, or one of your recovery codes. We ask for it before anything in your account changes.",
        ),
        Text("Fortsæt", "Continue"),
    ),
    "totp": Page(
        Text("Sæt en app op", "Set up an app"),
        Text(
            "Scan billedet med en app, der laver engangskoder, eller indtast nøglen. Skriv derefter koden, som appen viser.",
            "Scan the picture with an app that makes one-time codes, or type in the key. Then enter the code that the app shows.",
        ),
        Text("Tilføj", "Add"),
    ),
    "totp_remove": Page(
        Text("Fjern appen", "Remove the app"),
        Text("Dens koder gælder ikke længere.", "Its codes will no longer work."),
        Text("Fjern", "Remove"),
    ),
    "passkey": Page(
        Text("Tilføj en adgangsnøgle", "Add a passkey"),
        Text(
            "En nøgle i din telefon, computer eller sikkerhedsnøgle. Med den logger du ind uden adgangskode.",
            "A key in your phone, computer or security key. You can sign in with it without a password.",
        ),
        Text("Tilføj", "Add"),
    ),
    "codes_new": Page(
        Text("Erstat alle reservekoder?", "Replace all recovery codes?"),
        Text(
            "Du får et nyt sæt. Ingen af de koder, du har nu, virker derefter.",
            "You will get a new set. The codes that you have now will no longer work.",
        ),
        Text("Erstat dem alle", "Replace them all"),
    ),
    "password": Page(
        Text("Skift adgangskode", "Change the password"),
        Text("Dine andre sessioner afsluttes.", "Your other sessions will end."),
        Text("Skift", "Change"),
    ),
    "name": Page(
        Text("Dit navn", "Your name"),
        Text(
            "Dit brugernavn står altid efter. En kvittering beholder det navn, du skrev under med; siderne viser det, du har nu.",
            "Your user name always follows. A receipt keeps the name that you signed with; pages show the one that you have now.",
        ),
        Text("Gem", "Save"),
    ),
    "logout": Page(
        Text("Log ud", "Sign out"), Text("Sessionen afsluttes.", "The session ends."), Text("Log ud", "Sign out")
    ),
    "invitation": Page(
        Text("Tag imod en invitation", "Accept an invitation"),
        Text(
            "Vælg brugernavn og adgangskode. Får du en konto tilbage, beholder du dit brugernavn.",
            "Choose a user name and a password. If you are getting an account back, you keep your user name.",
        ),
        Text("Fortsæt", "Continue"),
    ),
}

WORDS = {
    "other_language": Text("English", "Dansk"),
    "back": Text("Til kontoen", "To the account"),
    "leave": Text("Nej, tilbage", "No, back"),
    "none": Text("Ingen.", "None."),
    "admin": Text("Centrets sider", "The centre's pages"),
    "organisation": Text("Organisation", "Organisation"),
    "sign_in": Text("Log ind", "Sign in"),
    "sign_out": Text("Log ud", "Sign out"),
    "passkey": Text("Adgangsnøgle", "Passkey"),
    "with_passkey": Text("Log ind med adgangsnøgle", "Sign in with a passkey"),
    "show_passkey": Text("Brug adgangsnøgle", "Use a passkey"),
    "show_code": Text("Brug en kode", "Use a code"),
    "passkey_failed": Text(
        "Det lykkedes ikke. Prøv igen, eller bekræft på en anden måde.",
        "It did not work. Try again, or use another second factor.",
    ),
    "needs_script": Text("Adgangsnøgler kræver JavaScript.", "Passkeys need JavaScript."),
    "setup": Text("Slå totrinsbekræftelse til", "Set up a second factor"),
    "setup_lead": Text(
        "Du skal slå totrinsbekræftelse til for at komme videre. Vælg en måde; du kan tilføje flere bagefter.",
        "You need a second factor to go on. Choose one; you can add more later.",
    ),
    "app": Text("App med engangskoder", "App with one-time codes"),
    "key": Text("Nøglen", "The key"),
    "home": Text("Din konto", "Your account"),
    "you_are": Text("Du er", "You are"),
    "staff": Text("medarbejder i centret", "staff of the centre"),
    "factors": Text("Totrinsbekræftelse", "Second factors"),
    "added": Text("tilføjet", "added"),
    "used": Text("brugt", "used"),
    "never_used": Text("ikke brugt endnu", "not used yet"),
    "add": Text("Tilføj", "Add"),
    "remove": Text("Fjern", "Remove"),
    "codes": Text("Reservekoder", "Recovery codes"),
    "codes_left": Text("tilbage", "left"),
    "codes_replace": Text("Erstat dem alle", "Replace them all"),
    "codes_lead": Text(
        "Gem dem et sikkert sted nu: de vises kun denne ene gang. Hver kode virker én gang, hvis du mister appen eller nøglen.",
        "Save them in a safe place now: they are shown only this once. Each works once, if you lose your app or your passkey.",
    ),
    "codes_shown": Text(
        "De er allerede vist. Dan nye, hvis du har mistet dem.",
        "They have already been shown. Make new ones if you have lost them.",
    ),
    "sessions": Text("Sessioner", "Sessions"),
    "began": Text("Begyndt", "Began"),
    "seen": Text("Sidst aktiv", "Last active"),
    "this_one": Text("denne session", "this one"),
    "end_others": Text("Afslut de andre …", "End the others …"),
    "nameless": Text("Du har ikke skrevet dit navn.", "You have not entered your name."),
    "change_name": Text("Skriv eller ret dit navn", "Enter or change your name"),
    "password": Text("Adgangskode", "Password"),
    "change_password": Text("Skift adgangskode", "Change the password"),
    "partner": Text("API-adgang", "API access"),
    "partner_lead": Text(
        "Kun til organisationer, hvis eget it-system sender henvisninger. Sender I filer eller indtaster selv, skal I ikke bruge "
        "siden. En API-nøgle er systemets adgangskode: giv den kun til jeres it-leverandør.",
        "Only for organisations whose own IT system sends referrals. If you send files or enter referrals yourselves, you do not "
        "need this page. A secret is the system's password: give it to your IT supplier alone.",
    ),
    "people": Text("Brugere", "People"),
    "mails": Text("Mail", "Mail"),
    "mail": Text("Mail til dig", "Mail to you"),
    "client": Text("Klient-id", "Client id"),
    "secret": Text("API-nøgle", "Secret"),
    "expires": Text("udløber", "expires"),
    "last_use": Text("sidst brugt", "last used"),
    "rotate": Text("Skift API-nøgle …", "Rotate the secret …"),
    "make_secret": Text("Lav en API-nøgle", "Make a secret"),
    "revoke": Text("Træk tilbage …", "Revoke …"),
    "new_clients": Text("Nye API-adgange", "New API accesses"),
    "new_clients_lead": Text(
        "Centret har oprettet disse adgange for jeres it-system. Et program kan sende på jeres vegne, når adgangen har en "
        "API-nøgle. Kontakt centret, hvis I ikke kender en af dem.",
        "The centre has added these accesses for your IT system. A program can send on your behalf once the access has a "
        "secret. Contact the centre if you do not know one of them.",
    ),
    "added_by_centre": Text("oprettet af centret", "added by the centre"),
    "seen_button": Text("Vi kender den", "We know it"),
    "reads": Text("Hvad der er læst", "What was read"),
    "reads_lead": Text(
        "Hver læsning af jeres henvisninger, på siderne og gennem API'et: af hvem, hvad, hvornår og hvor mange. Det gemmes ikke, "
        "hvilke der blev læst.",
        "Every read of your referrals, on the pages and through the API: by whom, what, when and how many. Which ones is not "
        "stored.",
    ),
    "desk": DESK,
    "to_desk": Text("Til indberetningen", "To the desk"),
    "on_desk": Text("på indberetningssiderne", "on the desk"),
    "reads_by_day": Text("De seneste 31 dage", "The last 31 days"),
    "reads_latest": Text("De enkelte læsninger, de nyeste først", "Each read, the newest first"),
    "day": Text("Dag", "Day"),
    "when": Text("Tidspunkt", "Time"),
    "by_whom": Text("Af hvem", "By whom"),
    "operation": Text("Hvad", "Operation"),
    "times": Text("Antal læsninger", "Reads"),
    "rows": Text("Antal henvisninger", "Referrals"),
    "older": Text("Ældre", "Older"),
    "none_read": Text("Intet er læst.", "Nothing was read."),
    "test": Text("testtilstand", "test mode"),
    "test_first": Text(
        "Begynd med denne: det, den sender, tælles aldrig, og I kan slette det igen.",
        "Begin with this one: what it sends is never counted, and you can delete it again.",
    ),
    "no_secret": Text("Der er ingen gyldig API-nøgle.", "There is no valid secret."),
    "lost": Text(
        "Glemt adgangskoden, eller mistet telefonen? Bed en leder hos jer om et nyt link. Er du den eneste leder, så bed centret. "
        "Arbejder du i centret, så bed den, der giver adgang.",
        "Forgotten your password, or lost your telephone? Ask a manager of yours for a new link. If you are the only manager, ask "
        "the centre. If you work at the centre, ask whoever gives access.",
    ),
    "help": Text("Hjælp til indberetning", "Help with reporting"),
    "write_to_centre": Text("Skriv til centret:", "Write to the centre:"),
    "no_persons": Text("Skriv aldrig om en person i mailen.", "Never write about a person in the mail."),
    "name": Text("Navn", "Name"),
    "role": Text("Rolle", "Role"),
    "last_login": Text("Senest logget ind", "Last signed in"),
    "never": Text("aldrig", "never"),
    "has_factor": Text("sat op", "set up"),
    "no_factor": Text("ikke sat op", "not set up"),
    "act": Text("Handling", "Action"),
    "copy": Text("Kopiér", "Copy"),
    "copied": Text("Kopieret", "Copied"),
    "guide": Text("Vejledning til jeres udvikler", "Guide for your developer"),
    "shown_once": Text(
        "Kopiér nu: den vises kun denne ene gang. En tidligere API-nøgle udløber om 14 dage.",
        "Copy it now: it is shown only this once. An earlier secret expires in 14 days.",
    ),
    "rotated": Text("Den nye API-nøgle", "The new secret"),
    "invited": Text("Invitationen", "The invitation"),
    "invited_lead": Text(
        "Linket virker én gang og i syv dage. Giv det til personen selv på en måde, I stoler på.",
        "The link works once, within seven days. Give it to the person yourself, in a way that you trust.",
    ),
    "invite": Text("Invitér", "Invite"),
    "new_role": Text("Ny rolle", "New role"),
    "change_role": Text("Skift rolle …", "Change the role …"),
    "role_own": Text(
        "Din egen rolle kan kun en anden leder hos jer ændre.",
        "Only another manager of yours can change your own role.",
    ),
    "bring_back": Text("Ny adgangskode og totrinsbekræftelse …", "New password and second factor …"),
    **RESTORING,
    "yourself": Text("dig selv", "yourself"),
    "invitations": Text("Invitationer", "Invitations"),
    "invitations_lead": Text(
        "De åbne, og dem, der er brugt, trukket tilbage eller udløbet inden for 30 dage.",
        "Those that are open, and those that were used, were revoked or have expired within 30 days.",
    ),
    "recipient": Text("Til hvem", "For whom"),
    "restores": Text("ny adgangskode og totrinsbekræftelse", "new password and second factor"),
    "state": Text("Status", "State"),
    "made": Text("Lavet", "Made"),
    "switch_off": Text("Luk adgang …", "Switch off …"),
    "switch_on": Text("Åbn adgang", "Switch on"),
    "off": Text("lukket", "switched off"),
    "refused": Text("Det kan ikke gøres.", "This cannot be done."),
    "forbidden": Text("Du har ikke adgang til den side.", "You do not have access to this page."),
    "not_found": Text("Siden findes ikke.", "The page does not exist."),
    "old_form": Text(
        "Formularen er forældet. Genindlæs siden, og prøv igen.",
        "The form is out of date. Reload the page and try again.",
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
    "form_lost": Text(
        "Du blev logget ud, før formularen kom frem. Den er ikke sendt.",
        "You were signed out before the form arrived. It was not sent.",
    ),
}
