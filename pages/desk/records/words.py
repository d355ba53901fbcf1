"""The words of the form of one referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, MonthField, TokenField
from cases.statuses import Status
from core.text import Text

# Each section by the name of the field that it begins with: a new field stands where the dictionary has it.
SECTIONS: Mapping[str, Text] = {
    d.CASE_TOKEN.name: Text("Henvisningen", "The referral"),
    d.GENDER.name: Text("Personen", "The person"),
    d.EXPLOITATION.name: Text("Udnyttelsen", "The exploitation"),
    d.UNACCOMPANIED_MINOR.name: Text("Støtte", "Support"),
    d.CONSENT.name: Text("Samtykke", "Consent"),
}
STATUS_WORDS: Mapping[str, Text] = {
    Status.REPORTED: Text("Modtaget", "Received"),
    Status.CORRECTED: Text("Rettet", "Corrected"),
    Status.WITHDRAWN: Text("Trukket tilbage", "Withdrawn"),
}
# What a form says of a field where the dictionary speaks of codes and answers, which people do not see.
HELP: Mapping[str, Text] = {
    "case_token": Text(
        "Nummeret på personens kort (»Mit nummer«), hvis personen har et. Uden nummer åbnes en ny sag, og I får et kort at give "
        "videre.",
        "The number on the person's card (“My number”), if there is one. Without it a new case begins, and you get a card to "
        "hand over.",
    ),
    "referred_in": Text("Måneden for henvisningen.", "The month of the referral."),
    "citizenship": Text(
        "Landet, hvor personen er statsborger. Har personen flere: det, som opholdet bygger på.",
        "The country of which the person is a citizen. Of several: the one on which the stay is based.",
    ),
}
FIELD_HINTS: Mapping[type, Sequence[Text]] = {
    TokenField: (
        Text(
            "Tegnene kontrolleres for tastefejl. Om centret kender koden, får ingen at vide.",
            "The characters are checked for typing errors. Nobody is told whether the centre knows the token.",
        ),
    ),
}
ALONE_HINT = Text(
    "Vælg alle, der passer. Vælg »Ingen«, hvis det er kendt, at der ingen er.",
    "Choose all that apply. Choose “None” where it is known that there are none.",
)
NO_LONGER = Text("bruges ikke længere", "no longer in use")
# What a form says of a field, where the rule speaks of what programs send.
CHOOSE, CHOOSE_MONTH = Text("Vælg et svar.", "Choose an answer."), Text("Vælg en måned.", "Choose a month.")
REQUIRED_WORDS: Mapping[type, Text] = {CodedField: CHOOSE, CodeSetField: CHOOSE, MonthField: CHOOSE_MONTH}
MISTYPED = Text(
    "Der er en tastefejl i sagskoden: det sidste tegn passer ikke til de andre. Læs den igen, eller lad feltet stå tomt.",
    "There is a typing error in the case token: its last character does not fit the others. Read it again, or leave the "
    "field empty.",
)
NONE_ALONE = Text(
    "»Ingen« står alene: fjern det eller de andre valg.", "“None” stands alone: remove it or the other choices."
)
REMOVED = Text("Vi har slettet det, du skrev.", "We have deleted what you typed.")
NO_REASON = Text("Vælg, hvorfor det er rigtigt, eller ret svaret.", "Choose why it is right, or correct the answer.")

FORM_WORDS: Mapping[str, Text] = {
    "one": Text("Indtast én henvisning", "Enter one referral"),
    "one_lead": Text(
        "Udfyld alle felter, medmindre der står frivilligt. Skriv aldrig navne, numre eller andet, der peger på personen.",
        "Fill in every field unless it says optional. Never write names, numbers or anything else that points at the person.",
    ),
    "idle": Text(
        "Du logges ud, når der er gået {minutes} minutter, uden at du har åbnet eller sendt en side.",
        "You are signed out when {minutes} minutes have passed without your opening or sending a page.",
    ),
    "optional": Text("frivilligt", "optional"),
    "choose": Text("Vælg", "Choose"),
    "none_picked": Text("(intet valgt)", "(none chosen)"),
    "not_asked": Text("(ikke spurgt)", "(not asked)"),
    "no_answer": Text("Intet svar", "No answer"),
    "send": Text("Send henvisningen", "Send the referral"),
    "keep": Text("Gem som kladde (Excel)", "Keep as a draft (Excel)"),
    "keep_lead": Text(
        "En kladde er et ark hos jer: her gemmes intet af den. Udfyld resten i arket, og send det som fil.",
        "A draft is a sheet of yours: nothing of it is kept here. Fill in the rest in the sheet, and send it as a file.",
    ),
    "draft": Text("henvisning-kladde", "referral-draft"),
    "save": Text("Gem rettelsen", "Save the correction"),
    "error": Text("Fejl", "Error"),
    "errors": Text(
        "Noget skal rettes, før henvisningen kan sendes", "Some answers must be corrected before you can send"
    ),
    "errors_lead": Text(
        "Alt det andet, du har udfyldt, står der endnu.", "Everything else that you filled in is still there."
    ),
    "checks": Text("Er det rigtigt?", "Is this right?"),
    "checks_lead": Text(
        "Svarene passer sjældent sammen. Ret dem, eller vælg, hvorfor de er rigtige, og send igen.",
        "These answers rarely go together. Correct them, or choose why they are right, and send again.",
    ),
    "reason": Text("Hvorfor er det rigtigt?", "Why is it right?"),
    "correct": Text("Ret henvisningen", "Correct the referral"),
    "correct_lead": Text(
        "Rettelsen bliver en ny version. De tidligere versioner bevares i historikken.",
        "The correction becomes a new version. Earlier versions stay in the history.",
    ),
    "conflict": Text("Henvisningen er ændret imens", "The referral has changed meanwhile"),
    "conflict_lead": Text(
        "Det, du har udfyldt, er ikke gemt, men står i formularen. Se ændringen, før du gemmer: gemmer du, gælder dine svar.",
        "What you filled in is not stored, but stands in the form. Look at the change before you save: if you save, your "
        "answers apply.",
    ),
    "look": Text("Se henvisningen, som den er nu (ny fane)", "See the referral as it is now (new tab)"),
    "leave": Text("Fortryd", "Cancel"),
}
