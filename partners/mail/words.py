"""Names of mail on the pages of staff, and the words of the account's page of mail, Danish and English."""

from __future__ import annotations

from core.text import ModelNames, Text

ROOM = Text("Mail til brugere", "Mail to people")
SEND = Text("Send mails, der venter", "Send the mail that waits")

MODELS = {
    "mailbox": ModelNames(
        Text("mailadresse, der ikke virker", "address that does not work"),
        Text("mailadresser, der ikke virker", "addresses that do not work"),
    ),
    "mailing": ModelNames(Text("sendt mail", "mail that was sent"), Text("sendte mails", "mails that were sent")),
}
FIELDS = {
    "user": Text("bruger", "person"),
    "kind": Text("slags", "kind"),
    "key": Text("hvad den handler om", "what it is about"),
    "language": Text("sprog", "language"),
    "asked_by": Text("bedt om af", "asked by"),
    "asked_at": Text("bedt om", "asked at"),
    "begun_at": Text("afsendelse begyndt", "sending began at"),
    "bounced_at": Text("kom tilbage", "came back at"),
    "code": Text("udfald", "outcome"),
    "at": Text("tidspunkt", "at"),
}
CONSTRAINTS = {
    "mailing_once": Text("Personen har allerede fået denne mail.", "The person has already got this mail."),
    "mailbox_of_an_address": Text("Der er ingen adresse at bekræfte.", "There is no address to confirm."),
    "mailbox_confirmed_or_bounced": Text(
        "En adresse, hvis mails kommer tilbage, er ikke bekræftet.",
        "An address whose mail comes back is not confirmed.",
    ),
}
# Of a mail without an outcome: whether it was taken in hand.
UNBEGUN, UNKNOWN = Text("venter", "waits"), Text("uvist", "unknown")
CALL = Text(
    "Ring til brugeren, og bed om, at adressen rettes på »Din konto« under »Mail til dig«. Kun brugeren selv kan rette den.",
    "Call the person, and ask that the address be corrected at “Your account” under “Mail to you”. Nobody else can correct it.",
)
# What there is to do about a mail, by what became of it.
NEXT_STEPS = {
    "SENT": Text("Intet: mailen er afsendt.", "Nothing: the mail is sent."),
    "SKIPPED": Text("Intet: mailen skulle ikke længere sendes.", "Nothing: the mail was no longer to be sent."),
    "REFUSED": CALL,
    "FAILED": Text(
        "Ring til brugeren, hvis sagen haster: mailen sendes ikke igen, men en påmindelse kommer igen af sig selv. Et link, der "
        "bekræfter en adresse, beder brugeren selv om på ny. Sker det for flere, så bed driften se på mailserveren.",
        "Call the person if it is urgent: the mail is not sent again, but a reminder comes again by itself. A link that confirms "
        "an address is asked for anew by the person. If it happens to several, ask operations to look at the mail server.",
    ),
    "waits": Text("Intet endnu: mailen sendes inden for få minutter.", "Nothing yet: the mail is sent within minutes."),
    "late": Text(
        "Bed driften se på, hvorfor der ikke sendes mail. Ring til brugeren, hvis sagen haster.",
        "Ask operations to look at why no mail is sent. Call the person if it is urgent.",
    ),
    "unknown": Text(
        "Ring til brugeren, hvis sagen haster: mailen er måske sendt, og den sendes ikke igen.",
        "Call the person if it is urgent: the mail may have gone out, and it is not sent again.",
    ),
}
OFF = Text(
    "Der sendes ingen mail: HENVIS_MAIL_FROM er ikke sat (docs/mail.md).",
    "No mail is sent: HENVIS_MAIL_FROM is not set (docs/mail.md).",
)

# Labels of the forms, by the field's name.
LABELS = {
    "address": Text("Mailadresse", "Mail address"),
    "language": Text("Sprog i mails", "Language of mails"),
    "kinds": Text("Send mig en mail", "Send me a mail"),
    "token": Text("Koden fra mailen", "The code from the mail"),
}
HELPS = {
    "address": Text(
        "Brug din arbejdsadresse. Lad feltet stå tomt, hvis du ingen mails vil have.",
        "Use your address at work. Leave it empty if you want no mail.",
    ),
}
NOT_ASCII = Text("Skriv adressen uden æ, ø og å.", "Write the address without letters such as æ, ø and å.")
WORDS = {
    "title": Text("Mail til dig", "Mail to you"),
    "lead": Text(
        "En mail oplyser kun, at noget venter, og hvor du logger ind. Der står aldrig tal, referencer eller navne i den.",
        "A mail says only that something waits, and where to sign in. It never has a figure, a reference or a name in it.",
    ),
    "off": Text("Tjenesten sender ingen mails for tiden.", "The service sends no mail at present."),
    "none": Text("Du har ingen mailadresse her.", "You have no mail address here."),
    "confirmed": Text("Adressen er bekræftet.", "The address is confirmed."),
    "waits": Text(
        "Adressen er ikke bekræftet. Vi har sendt et link til den; før du har åbnet det, sender vi intet andet.",
        "The address is not confirmed. We sent a link to it; until you have opened it, we send nothing else.",
    ),
    "bounced": Text(
        "En mail til adressen kom tilbage. Ret adressen, eller få et nyt link, hvis den virker igen.",
        "A mail to this address came back. Correct the address, or get a new link if it works again.",
    ),
    "save": Text("Gem", "Save"),
    "again": Text("Send et nyt link", "Send a new link"),
    "have_code": Text("Skriv koden fra mailen", "Enter the code from the mail"),
    "back": Text("Til Mail til dig", "To Mail to you"),
    "confirm": Text("Bekræft mailadressen", "Confirm the mail address"),
    "confirm_lead": Text(
        "Koden står efter # i linket fra mailen. Åbnede du linket, er feltet udfyldt.",
        "The code stands after the # in the link of the mail. If you opened the link, the field is filled in.",
    ),
    "stop": Text("Vil du ikke have disse mails?", "Do you no longer want these mails?"),
    "stop_lead": Text(
        "Du får ikke flere af denne slags. Du kan vælge dem til igen på din konto.",
        "You will get no more of this kind. You can choose them again in your account.",
    ),
    "stop_button": Text("Send dem ikke mere", "Send no more of them"),
    "has_stopped": Text("Du får ikke flere af disse mails.", "You will get no more of these mails."),
    "stop_unknown": Text(
        "Linket virker ikke. Log ind, og vælg mails fra på din konto.",
        "This link does not work. Sign in and choose your mails in your account.",
    ),
}
OUTCOMES_OF_PAGE = {
    "saved": Text("Dit valg er gemt.", "Your choice is saved."),
    "code_sent": Text(
        "Vi sender et link til adressen. Åbn det for at bekræfte.",
        "We are sending a link to the address. Open it to confirm.",
    ),
    "forgotten": Text("Din mailadresse er slettet.", "Your mail address is deleted."),
    "confirmed": Text("Mailadressen er bekræftet.", "The mail address is confirmed."),
    "too_many": Text(
        "Vi har sendt fem links i dag. Prøv igen i morgen.", "We have sent five links today. Try again tomorrow."
    ),
}
WRONG_CODE = Text(
    "Koden passer ikke til adressen. Måske er den brugt eller for gammel: få et nyt link.",
    "The code does not fit the address. It may be used or too old: get a new link.",
)
# What stands below every mail.
FOOTER = Text(
    "Du får denne mail, fordi du er bruger i Henvis. Vi beder aldrig om adgangskoder eller oplysninger i en mail.",
    "You get this mail because you use Henvis. We never ask for passwords or records by mail.",
)
FOOTER_CHOOSE = Text("Vælg dine mails", "Choose your mails")
FOOTER_STOP = Text("Stop mails af denne slags", "Stop mails of this kind")
