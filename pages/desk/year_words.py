"""The words of *the year*."""

from __future__ import annotations

from core.text import Text
from pages.desk.frame import DeskQuestion

YEAR: dict[str, Text] = {
    "title": Text("Årets indberetning", "The year's reporting"),
    "lead": Text(
        "Når intet mangler, underskriver I året og får en kvittering. Derefter er året lukket, til det genåbnes.",
        "When nothing is left, you sign the year and get a receipt. After that the year is closed until it is reopened.",
    ),
    "signed_lead": Text(
        "Året er underskrevet. Nye henvisninger, skemaer med tal og rettelser afvises, til det genåbnes. Kun det, centret "
        "spørger om, kan rettes.",
        "The year is signed. New referrals, forms of counts and corrections are refused until it is reopened. Only what the centre "
        "asks about can be corrected.",
    ),
    "organisation": Text("Organisation", "Organisation"),
    "year": Text("År", "Year"),
    "signer": Text("Underskrives af", "To be signed by"),
    "state": Text("Underskrift", "Signature"),
    "opens": Text("Åbner", "Opens"),
    "deadline": Text("Frist", "Deadline"),
    "new_until": Text("Nye henvisninger til og med", "New referrals until"),
    "corrections_until": Text("Rettelser til og med", "Corrections until"),
    "no_end": Text("uden slutdato", "no end"),
    "window": Text("Frister", "Deadlines"),
    "reopened_until": Text("Året er genåbnet til og med", "The year is reopened until"),
    "open": Text("Det mangler, før I kan underskrive", "What is left before you can sign"),
    "nothing_open": Text("Intet mangler. Året kan underskrives.", "Nothing is left. The year can be signed."),
    "none_expected": Text(
        "Der forventes ingen henvisninger fra jer for dette år. I kan underskrive, at det, I har sendt, er alt; I behøver det "
        "ikke.",
        "No referrals are expected of you for this year. You can sign that what you have sent is all; you need not.",
    ),
    "settle": Text("Gå til siden", "Go to the page"),
    "signs": Text("Det underskriver I", "What you sign"),
    "signed": Text("Det har I underskrevet", "What you signed"),
    "month": Text("Måned", "Month"),
    "referrals": Text("Henvisninger", "Referrals"),
    "withdrawn": Text("Trukket tilbage", "Withdrawn"),
    "declared": Text("Meldt færdig", "Declared complete"),
    "nil": Text("ja, intet at indberette", "yes, nothing to report"),
    "yes": Text("ja", "yes"),
    "total": Text("I alt", "Total"),
    "form": Text("Skema med tal", "Form of counts"),
    "periods": Text("Perioder indberettet", "Periods reported"),
    "sign": Text("Underskriv …", "Sign …"),
    "who_signs": Text("En leder eller en sagsbehandler kan underskrive.", "A manager or a caseworker can sign."),
    "changed": Text(
        "Noget i året er ændret, siden det blev underskrevet: en person er slettet, eller centret har bedt om en rettelse. "
        "Underskriften gælder stadig.",
        "Something in the year has changed since it was signed: a person was erased, or the centre asked for a correction. The "
        "signature still holds.",
    ),
    "receipts": Text("Kvitteringer", "Receipts"),
    "no_receipts": Text("Ingen endnu.", "None yet."),
    "number": Text("Nummer", "Number"),
    "signed_at": Text("Underskrevet", "Signed"),
    "by": Text("Af", "By"),
    "files": Text("Filer", "Files"),
    "being_made": Text(
        "Filerne bliver dannet. Genindlæs siden om et minut.", "The files are being made. Reload the page in a minute."
    ),
    "reopen": Text("Genåbn året", "Reopen the year"),
    "reason": Text("Begrundelse", "Reason"),
    "choose": Text("Vælg …", "Choose …"),
    "reopen_button": Text("Genåbn …", "Reopen …"),
    "ask_centre": Text(
        "Året er lukket for rettelser. Bed centret om at genåbne det.",
        "The year is closed for corrections. Ask the centre to reopen it.",
    ),
    "reopenings": Text("Genåbninger", "Reopenings"),
    "until": Text("Til og med", "Until"),
    "when": Text("Tidspunkt", "Time"),
    "to_years": Text("Alle år", "All years"),
}
LANGUAGE_WORDS: dict[str, Text] = {"da": Text("dansk", "Danish"), "en": Text("engelsk", "English")}
SIGN = DeskQuestion(
    Text("Underskriv årets indberetning?", "Sign the year's reporting?"),
    Text(
        "Du underskriver på jeres vegne, at indberetningen er fuldstændig. Dit navn, som det står ovenfor, kommer på kvitteringen. "
        "Derefter afvises nye henvisninger og rettelser i året, til det genåbnes.",
        "You sign for your organisation that its reporting is complete. Your name, as it stands above, will be on the receipt. "
        "After that, new referrals and corrections of the year are refused until it is reopened.",
    ),
    Text("Ja, underskriv", "Yes, sign"),
)
REOPEN = DeskQuestion(
    Text("Genåbn året?", "Reopen the year?"),
    Text(
        "Underskriften gælder ikke længere. I kan sende nye henvisninger og rette, indtil årets frister for det er gået. Bagefter "
        "skal året underskrives igen.",
        "The signature no longer holds. You can send new referrals and correct until the year's days for it have passed. Then "
        "the year has to be signed again.",
    ),
    Text("Ja, genåbn", "Yes, reopen"),
)
SIGNED = Text(
    "Året er underskrevet. Kvitteringen kommer herunder, så snart den er klar.",
    "The year is signed. The receipt comes below as soon as it is ready.",
)
REOPENED = Text(
    "Året er genåbnet. Underskriv det igen, når I er færdige.", "The year is reopened. Sign it again when you are done."
)
OPEN = Text("Året kan ikke underskrives endnu: noget er åbent.", "The year cannot be signed yet: something is open.")
CLOSED_TO_YOU = YEAR["ask_centre"]
CHOOSE_REASON = Text("Intet er genåbnet. Vælg en begrundelse.", "Nothing is reopened. Choose a reason.")
NOT_SIGNED = Text("Året er ikke underskrevet.", "The year is not signed.")
TO_SIGN = Text("{}: alt er indberettet. Underskriv året.", "{}: everything is reported. Sign the year.")


def total_words(referrals: int, withdrawals: int) -> Text:
    """What a year has, in words."""
    return Text(
        f"{referrals} {'henvisning' if referrals == 1 else 'henvisninger'}, {withdrawals} trukket tilbage",
        f"{referrals} {'referral' if referrals == 1 else 'referrals'}, {withdrawals} withdrawn",
    )
