"""The words of a referral that is stored: receipt, detail, withdrawal, and the list."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import Text
from pages.desk.frame import DeskQuestion

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
    "count": Text("{number} henvisninger", "{number} referrals"),
    "count_one": Text("1 henvisning", "1 referral"),
    "none": Text("Ingen henvisninger passer.", "No referrals match."),
    "reference": Text("Reference", "Reference"),
    "month": Text("Henvist i", "Referred in"),
    "person": Text("Person", "Person"),
    "when": Text("Senest gemt", "Last stored"),
    "fetch": Text("Hent", "Download"),
    "fetch_lead": Text(
        "Filen har alle de viste henvisninger, også fra de andre sider.",
        "The file has all of these referrals, those of the other pages too.",
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
