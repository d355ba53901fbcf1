"""The words of the form of one referral, and of one that is stored: receipt, detail, withdrawal, and the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, MonthField, TokenField
from cases.versions import Status
from core.text import Text
from pages.desk.frame import DeskQuestion

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


SENT = Text("Henvisningen er sendt.", "The referral is sent.")
CORRECTED = Text("Rettelsen er gemt.", "The correction is saved.")
UNCHANGED = Text("Det stod der allerede. Intet er ændret.", "It was stored already. Nothing has changed.")
WITHDRAWN = Text("Henvisningen er trukket tilbage.", "The referral is withdrawn.")
AGAIN = Text("Henvisningen gælder igen.", "The referral counts again.")
CHANGED_MEANWHILE = Text(
    "Henvisningen er ændret, siden du så den. Se den igen, før du gør noget.",
    "The referral has changed since you looked at it. Look at it again before you act.",
)
NEEDS_CORRECTION = Text(
    "Henvisningen kan ikke sendes igen, som den er. Ret den her.",
    "The referral cannot be sent again as it is. Correct it here.",
)
OTHER_REASON = Text(
    "Henvisningen er ikke trukket tilbage: begrundelsen kan ikke længere bruges. Vælg en anden.",
    "The referral is not withdrawn: the reason can no longer be used. Choose another one.",
)
SEE_YEAR = Text("Siden Året oplyser, hvad I kan gøre.", "The page The year says what you can do.")
NOT_FOUND = Text(
    "Ingen af jeres henvisninger har den reference eller sagskode.",
    "None of your referrals has that reference or case token.",
)
NO_KEY = Text(
    "Skriv en reference eller en sagskode. Det, du skrev, er ingen af delene.",
    "Write a reference or a case token. What you wrote is neither.",
)
TOO_LARGE = Text(
    "Der er for mange henvisninger til et Excel-ark. Hent dem som CSV, eller vælg færre måneder.",
    "There are too many referrals for an Excel sheet. Download them as CSV, or choose fewer months.",
)
QUESTION_AGAIN = DeskQuestion(
    Text("Skal henvisningen gælde igen?", "Should the referral count again?"),
    Text(
        "Den sendes igen, som den var, og tælles med. Det bliver en ny version.",
        "It is sent again as it was, and is counted. It becomes a new version.",
    ),
    Text("Ja, send den igen", "Yes, send it again"),
)
RECEIPT: Mapping[str, Text] = {
    "title": Text("Kvittering", "Receipt"),
    "received": Text("Henvisningen er modtaget.", "The referral was received."),
    "keep": Text("Gem referencen", "Keep the reference"),
    "keep_lead": Text(
        "I finder henvisningen igen ved dens reference. Gem den i jeres eget system ved siden af jeres sag.",
        "The reference is how you find the referral again. Keep it in your own system beside your case.",
    ),
    "reference": Text("Reference", "Reference"),
    "token": Text("Sagskode", "Case token"),
    "when": Text("Modtaget", "Received"),
    "card": Text("Kort til personen", "A card for the person"),
    "card_lead": Text(
        "Viser personen kortet til den næste, der hjælper, bliver henvisningerne til én sag. Giv det kun til personen, og kun hvis "
        "det er sikkert at have på sig.",
        "If the person shows the card to whoever helps next, the referrals become one case. Give it to the person alone, and only "
        "if it is safe to carry.",
    ),
    "print": Text("Udskriv kortet", "Print the card"),
    "another": Text("Indtast en til", "Enter another"),
    "record": Text("Se henvisningen", "See the referral"),
}
RECORD: Mapping[str, Text] = {
    "title": Text("Henvisning fra {month}", "Referral of {month}"),
    "reference": RECEIPT["reference"],
    "content": Text("Oplysninger", "Data"),
    "history": Text("Historik", "History"),
    "version": Text("Version", "Version"),
    "when": Text("Tidspunkt", "Time"),
    "status": Text("Status", "Status"),
    "sender": Text("Sendt fra", "Sent from"),
    "changes": Text("Ændringer", "Changes"),
    "first": Text("Første version", "First version"),
    "no_changes": Text("Ingen ændrede oplysninger", "No data changed"),
    "to": Text("til", "to"),
    "correct": Text("Ret", "Correct"),
    "withdraw": Text("Træk tilbage", "Withdraw"),
    "again": Text("Send igen", "Send again"),
    "receipt": Text("Kvittering og kort", "Receipt and card"),
    "list": Text("Til listen", "To the list"),
    "field": Text("Felt", "Field"),
    "value": Text("Svar", "Answer"),
    "is_withdrawn": Text(
        "Henvisningen er trukket tilbage og tælles ikke.", "The referral is withdrawn and is not counted."
    ),
    "counts_again": Text(
        "Henvisningen er trukket tilbage. Gemmer du, gælder den igen og tælles med.",
        "The referral is withdrawn. If you save it, it counts again.",
    ),
}
WITHDRAWAL: Mapping[str, Text] = {
    "title": Text("Træk henvisningen tilbage", "Withdraw the referral"),
    "lead": Text(
        "Henvisningen tælles ikke længere med i nye tal. Dens versioner bevares, og I kan sende den igen. Det, der allerede er "
        "udgivet, ændres ikke.",
        "The referral no longer counts in new figures. Its versions are kept, and you can send it again. What is already "
        "published does not change.",
    ),
    "erase": Text(
        "Det sletter ikke personens oplysninger. Beder personen om at blive slettet, så henvis til centret.",
        "This does not erase the person's data. Where the person asks to be erased, refer to the centre.",
    ),
    "consent": Text(
        "Har personen trukket sit samtykke tilbage, men er henvist, så ret samtykket i stedet. Personen tælles med, også uden "
        "samtykke.",
        "Where the person withdrew consent but was referred, correct the consent instead. People are counted even without consent.",
    ),
    "correct_consent": Text("Ret samtykket", "Correct the consent"),
    "submit": Text("Træk tilbage", "Withdraw"),
}
LIST: Mapping[str, Text] = {
    "title": Text("Jeres henvisninger", "Your referrals"),
    "from": Text("Fra og med måned", "From month"),
    "to": Text("Til og med måned", "To month"),
    "every_month": Text("Alle måneder", "All months"),
    "status": Text("Status", "Status"),
    "every_status": Text("Alle", "All"),
    "sender": Text("Sendt fra", "Sent from"),
    "every_sender": Text("Alle", "All"),
    "apply": Text("Vis", "Show"),
    "filters": Text("Afgræns listen", "Narrow the list"),
    "is_narrowed": Text("den er afgrænset", "it is narrowed"),
    "locked": Text("Behandlingen er begrænset", "The processing is restricted"),
    "count": Text("{number} henvisninger", "{number} referrals"),
    "count_one": Text("1 henvisning", "1 referral"),
    "none": Text("Ingen henvisninger passer.", "No referrals match."),
    "reference": Text("Reference", "Reference"),
    "month": Text("Henvist i", "Referred in"),
    "person": Text("Person", "Person"),
    "when": Text("Senest gemt", "Last stored"),
    "fetch": Text("Hent", "Download"),
    "fetch_lead": Text(
        "Filen har alle de viste henvisninger, også fra de andre sider, men ingen, hvis behandling er begrænset.",
        "The file has all of these referrals, those of the other pages too, but none whose processing is restricted.",
    ),
    "fetch_to_correct": Text("Den kan rettes og sendes tilbage.", "You can correct it and send it back."),
    "file": Text("henvisninger", "referrals"),
    "csv": Text("CSV", "CSV"),
    "xlsx": Text("Excel", "Excel"),
    "find": Text("Find én", "Find one"),
    "find_label": Text(
        "Reference (hele, eller de første otte tegn) eller sagskode",
        "Reference (whole, or its first eight characters) or case token",
    ),
    "find_submit": Text("Find", "Find"),
    "newer": Text("Nyere", "Newer"),
    "older": Text("Ældre", "Older"),
    "pages": Text("Sider", "Pages"),
    "page": Text("Side {page} af {pages}", "Page {page} of {pages}"),
}
