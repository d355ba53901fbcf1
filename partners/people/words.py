"""Names of people and invitations on the pages of staff, and words of signing in and of restoring accounts, in two languages."""

from __future__ import annotations

from core.text import ModelNames, Text
from partners.staff.words import FIELDS as EVERYWHERE

FIELDS = EVERYWHERE
ROOM = Text("Brugere og invitationer", "People and invitations")

MODELS = {
    "membership": ModelNames(
        Text("bruger hos en partner", "person of a partner"), Text("brugere hos partnere", "people of partners")
    ),
    "invitation": ModelNames(
        Text("invitation", "invitation"),
        Text("invitationer", "invitations"),
        {"recipient": Text("til hvem", "for whom"), "user": Text("konto, der genåbnes", "account to restore")},
    ),
}

# Errors of forms. None of the sign-in tells whether there is such an account.
ERRORS = {
    "username_password_mismatch": Text(
        "Brugernavn eller adgangskode er forkert.", "The user name or the password is not correct."
    ),
    "incorrect_code": Text(
        "Det kunne ikke bekræftes. En kode kan kun bruges én gang; vent på den næste.",
        "We could not confirm the code. Each code works only once; wait for the next one.",
    ),
    "enter_current_password": Text("Adgangskoden er forkert.", "The password is not correct."),
    "too_many_login_attempts": Text("For mange forsøg. Vent fem minutter.", "Too many attempts. Wait five minutes."),
    "rate_limited": Text("For mange forsøg. Vent fem minutter.", "Too many attempts. Wait five minutes."),
    "cannot_delete_authenticator": Text(
        "Kontoens sidste app eller adgangsnøgle kan ikke fjernes: tilføj en anden først.",
        "The last second factor cannot be removed: add another one first.",
    ),
    "unusable": Text(
        "Invitationen kan ikke bruges. Har centret inviteret dig, skal begge koder være rigtige: prøv igen. Ellers bed om en ny.",
        "This invitation cannot be used. If the centre invited you, both codes must be right: try again. Otherwise ask for a new "
        "one.",
    ),
    "name_taken": Text("Vælg et andet brugernavn.", "Choose another user name."),
    "name_needed": Text("Vælg et brugernavn.", "Choose a user name."),
    "name_of_another": Text(
        "En anden hos jer hedder sådan. Skriv dit navn, så man kan se forskel.",
        "Somebody else of yours has this name. Write yours so that you can be told apart.",
    ),
    "not_a_name": Text(
        "Skriv navnet med bogstaver fra ét alfabet. Mellemrum, bindestreg, apostrof og punktum er tilladt.",
        "Write the name in letters of one alphabet. Spaces, hyphens, apostrophes and full stops are allowed.",
    ),
    "not_a_recipient": Text(
        "Skriv et navn eller en funktion, uden mailadresse og nummer.",
        "Write a name or a function, without an e-mail address or a number.",
    ),
    "differ": Text("De to adgangskoder er forskellige.", "The two passwords differ."),
}

# Labels of the forms of the account pages, by the field's name.
LABELS = {
    "login": Text("Brugernavn", "User name"),
    "username": Text("Brugernavn", "User name"),
    "password": Text("Adgangskode", "Password"),
    "oldpassword": Text("Nuværende adgangskode", "Current password"),
    "password1": Text("Ny adgangskode", "New password"),
    "password2": Text("Den nye adgangskode igen", "Repeat the new password"),
    "code": Text("Kode", "Code"),
    "name": Text("Navn på nøglen", "Name of the passkey"),
    "full_name": Text("Dit navn", "Your name"),
    "token": Text("Invitationens kode", "The invitation's code"),
    "role": Text("Rolle", "Role"),
    "recipient": Text("Til hvem", "For whom"),
    "second": Text(
        "Den anden kode (kun når centret har inviteret dig)", "The second code (only if the centre invited you)"
    ),
}
# What a field asks for, told before it is answered.
HINTS = {
    "password1": Text(
        "Mindst 12 tegn, og ingen adgangskode, som mange bruger. Flere ord efter hinanden er gode.",
        "At least 12 characters, and none that many people use. Several words in a row are good.",
    ),
    "recipient": Text(
        "Et navn eller en funktion, højst 80 tegn, så I kan kende invitationerne fra hinanden. Skriv ikke, hvordan linket "
        "afleveres. Jeres ledere ser det, til invitationen er brugt, og centret også derefter. Det slettes 30 dage efter, at "
        "invitationen er brugt, trukket tilbage eller udløbet.",
        "A name or a function, at most 80 characters, so that you can tell invitations apart. Do not write how the link is handed "
        "over. Your managers see it until the invitation is used, and the centre after that too. It is erased 30 days after the "
        "invitation was used, was revoked or has expired.",
    ),
    "recipient_by_staff": Text(
        "Et navn eller en funktion, højst 80 tegn. Den, der godkender, giver linket til denne person. Skriv ikke, hvordan det "
        "afleveres. Centret ser det, og partnerens ledere, til invitationen er brugt. Det slettes 30 dage efter, at invitationen "
        "er brugt, trukket tilbage eller udløbet, og i anmodningen 37 dage efter, at du bad om den.",
        "A name or a function, at most 80 characters. Whoever approves gives the link to this person. Do not write how it is "
        "handed over. The centre sees it, and the partner's managers until the invitation is used. It is erased 30 days after the "
        "invitation was used, was revoked or has expired, and from the request 37 days after you made it.",
    ),
    "full_name": Text(
        "Står foran dit brugernavn på kvitteringer, aftaler og lister for dine kolleger og centret.",
        "Stands before your user name on receipts, agreements and lists for your colleagues and the centre.",
    ),
}

# Before a session ends, and once it has.
STAY = {
    "title": Text("Du bliver logget ud", "You will be signed out"),
    "idle": Text(
        "Der er ikke sket noget et stykke tid. Om højst {ahead} minutter bliver du logget ud, og det, du ikke har sendt, går tabt.",
        "Nothing has happened for a while. In {ahead} minutes at most you will be signed out, and what you have not sent is lost.",
    ),
    "longest": Text(
        "Ingen kan være logget ind i mere end {longest} timer. Send det, du er i gang med, inden for {ahead} minutter, og log "
        "ind igen.",
        "Nobody can be signed in for more than {longest} hours. Send what you are doing within {ahead} minutes, and sign in "
        "again.",
    ),
    "ended": Text(
        "Du er logget ud. Det, du har skrevet, er ikke sendt. Kopiér det, du vil beholde, og log ind igen.",
        "You are signed out. What you have written was not sent. Copy what you want to keep, and sign in again.",
    ),
    "stay": Text("Bliv logget ind", "Stay signed in"),
    "close": Text("Luk", "Close"),
    "no_script": Text(
        "Du bliver logget ud, når der ikke er sket noget i {idle} minutter. En formular skal være sendt inden da.",
        "You will be signed out once nothing has happened for {idle} minutes. A form must be sent before that.",
    ),
}


RESTORING = {
    "centre": Text("centret", "the centre"),
    "restorations": Text(
        "Konti, der venter på ny adgangskode og totrinsbekræftelse",
        "Accounts that wait for a new password and second factor",
    ),
    "restorations_lead": Text(
        "Der skal to til. En anden leder hos jer godkender; er der ingen, gør centret det. Ring til personen først.",
        "It takes two. Another manager of yours approves; where there is none, the centre does. Call the person first.",
    ),
    "approve_back": Text("Godkend …", "Approve …"),
    "refuse_back": Text("Afvis …", "Refuse …"),
    "asked_by": Text("Bedt om af", "Asked for by"),
    "two_needed": Text(
        "En anden leder end den, der bad om det, skal godkende det. Har I kun en, så ring til centret.",
        "Another manager than the one who asked has to approve it. If you have one alone, call the centre.",
    ),
    "second_code": Text("Den anden kode", "The second code"),
    "second_code_lead": Text(
        "Giv koden til personen selv. En anden leder hos jer, eller centret, godkender og får linket. Der skal begge dele til, og "
        "personen får besked på mail.",
        "Give the code to the person yourself. Another manager of yours, or the centre, approves and gets the link. Both are "
        "needed, and the person is told by mail.",
    ),
    "restored_lead": Text(
        "Giv linket til personen selv på en måde, I stoler på. Det virker kun sammen med den kode, som den, der bad om det, fik.",
        "Give the link to the person yourself, in a way that you trust. It works only with the code that the asker got.",
    ),
}
