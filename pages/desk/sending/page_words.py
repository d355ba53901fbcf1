"""The words of the page of a delivery: what was checked, how far it is, and the receipt."""

from __future__ import annotations

from math import ceil

from core.text import Text
from pages.desk.sending.question_words import NAMES_NOBODY, UNKNOWN_WORDS

# From so many seconds on, what is left is told in minutes.
IN_MINUTES = 91

DELIVERY_WORDS: dict[str, Text] = {
    "preview": Text("Filen er kontrolleret", "The file is checked"),
    "preview_lead": Text("Intet er sendt endnu.", "Nothing is sent yet."),
    "until": Text("Et døgn efter at filen kom, slettes rækkerne:", "The rows are forgotten a day after the file came:"),
    "summary": Text("Det skal rettes", "This has to be corrected"),
    "row": Text("Række", "Row"),
    "cell": Text("Celle", "Cell"),
    "column": Text("Kolonne", "Column"),
    "in_file": Text("i jeres fil", "of your file"),
    "all_of_it": Text("Hele filen", "The whole file"),
    "allowed": Text("Skriv et af disse", "Write one of these"),
    "more": Text("… og flere; se listen i skemaet.", "… and more; see the list in the template."),
    "wrong_rows": Text("Rækker, der skal rettes", "Rows that have to be corrected"),
    "next_rows": Text("Flere rækker", "More rows"),
    "first_rows": Text("Fra den første", "From the first one"),
    "notices": Text("Værd at vide", "Worth knowing"),
    "errors_lead": Text(
        "Hent jeres fil med de forkerte celler i rødt og en tekst, der oplyser hvorfor. Ret den, og vælg den her bagefter. Teksten "
        "står i kolonnen Fejl, som er den første, så en celle kan stå længere til højre end i jeres egen fil.",
        "Download your file with the wrong cells in red and a text that says why. Correct it, and choose it here afterwards. The "
        "text is in the column Errors, which is the first one, so a cell may stand further to the right than in your own file.",
    ),
    "errors_xlsx": Text("Hent fejlfil (Excel)", "Download error file (Excel)"),
    "errors_csv": Text("Hent fejlfil (CSV)", "Download error file (CSV)"),
    "questions": Text("Spørgsmål om kolonnerne", "Questions on the columns"),
    "questions_lead": Text(
        "Svar, og vælg den samme fil igen: vi har ikke gemt den. Svarene huskes, så I kun spørges én gang.",
        "Answer, and choose the same file again: we have not kept it. The answers are remembered, so you are asked only once.",
    ),
    "questions_lead_waiting": Text(
        "Svar, og vælg den samme fil igen. Selve filen har vi ikke gemt: kun rækkerne, som vi har læst dem, venter til det "
        "tidspunkt, der står ovenfor. Svarene huskes, så I kun spørges én gang.",
        "Answer, and choose the same file again. We have not kept the file itself: only the rows, as we have read them, wait until "
        "the time above. The answers are remembered, so you are asked only once.",
    ),
    "nobody": NAMES_NOBODY,
    **UNKNOWN_WORDS,
    "by_page": Text(
        "Filen er stor. Svar på siden om jeres egne kolonner og ord, og send filen igen.",
        "The file is large. Answer on the page of your own columns and words, and send the file again.",
    ),
    "choose": Text("Vælg …", "Choose …"),
    "answer": Text("Svar, og kontrollér igen", "Answer, and check again"),
    "checks": Text("Er det rigtigt?", "Is this right?"),
    "checks_lead": Text(
        "Dette er sjældent, så vi spørger. Er det rigtigt, så vælg en begrundelse; ellers ret det i filen. I spørges ikke igen om "
        "det samme.",
        "This is rare, so we ask. If it is right, choose a reason; otherwise correct it in the file. You are not asked the same "
        "again.",
    ),
    "reason": Text("Begrundelse", "Reason"),
    "not_yet": Text("Ikke bekræftet", "Not confirmed"),
    "and": Text("og", "and"),
    "all_or_none": Text("De bekræftes alle eller slet ikke.", "All of them are confirmed, or none."),
    "confirm": Text("Gem bekræftelserne, send ikke endnu", "Save the confirmations, do not send yet"),
    "send_title": Text("Send", "Send"),
    "send": Text("Send rækkerne", "Send the rows"),
    "send_good": Text("Send kun de rækker, der er i orden", "Send only the rows that are right"),
    "send_confirmed": Text("Bekræft, og send alle rækker", "Confirm, and send all rows"),
    "again": Text("Vælg den rettede fil", "Choose the corrected file"),
    "cancel": Text("Annullér", "Cancel"),
    "nothing_new": Text("Der er intet nyt at sende", "There is nothing new to send"),
    "nothing_new_lead": Text(
        "Alle rækker er gemt i forvejen. Intet er ændret.", "All rows are stored already. Nothing has changed."
    ),
    "working": Text("Filen behandles", "The file is being worked on"),
    "working_lead": Text(
        "Den er stor, så det tager lidt tid. I kan lukke siden og komme tilbage: filen står på listen.",
        "It is large, so it takes a while. You can close the page and come back: the file is in the list.",
    ),
    "queued": Text("Den venter på sin tur.", "It waits for its turn."),
    "of": Text("af", "of"),
    "rows": Text("rækker", "rows"),
    "reload": Text("Se, hvor langt den er", "See how far it is"),
    "places": Text("Det står her", "This is where it is"),
    "receipt": Text("Kvittering", "Receipt"),
    "sent": Text("Sendt", "Sent"),
    "receipt_lead": Text(
        "Gem listen over referencer: med den kan I finde, rette og trække en henvisning tilbage.",
        "Keep the list of references: with it you can find, correct and withdraw a referral.",
    ),
    "references": Text("Hent listen over referencer (CSV)", "Download the list of references (CSV)"),
    "cards": Text("Kort med sagskoder til udskrift", "Cards with case tokens, to print"),
    "cards_lead": Text(
        "Personen kan tage sit kort med til den næste, der hjælper. Så bliver det til én sag.",
        "The person can take the card along to whoever helps next. Then it becomes one case.",
    ),
    "gone": Text(
        "Resultaterne af rækkerne gemmes i 30 dage og er slettet nu. Det, der er sendt, er gemt.",
        "The results of the rows are kept for 30 days, and are deleted by now. What was sent is stored.",
    ),
    "cancelled": Text("Annulleret", "Cancelled"),
    "cancelled_lead": Text(
        "Intet blev sendt, og rækkerne er slettet.", "Nothing was sent, and the rows are forgotten."
    ),
    "expired": Text("Rækkerne er slettet", "The rows are forgotten"),
    "expired_lead": Text(
        "De ventede et døgn uden at blive sendt. Send filen igen.",
        "They waited for a day without being sent. Send the file again.",
    ),
    "to_file": Text("Send en fil til", "Send another file"),
    "to_list": Text("Det, I har sendt", "What you have sent"),
}
NUMBERING: dict[str, Text] = {
    "title": Text("Få referencer i jeres eget ark", "Get references in your own sheet"),
    "lead": Text(
        "En reference er et tilfældigt nummer, som intet oplyser om personen. Med den kan I rette og trække tilbage. Vælg jeres "
        "ark: det kommer tilbage som Excel med en reference i hver række, der ingen har. Intet gemmes hos os.",
        "A reference is a random number that says nothing of the person. With it you can correct and withdraw. Choose your sheet: "
        "it comes back as Excel with a reference in each row that has none. Nothing is stored here.",
    ),
    "keys": Text(
        "Egne sagsnumre er ikke med, for dem må vi ikke få. Rækkerne står i de samme linjer som hos jer.",
        "Case numbers of your own are left out, since we must not have them. The rows stand in the same lines as in yours.",
    ),
    "submit": Text("Hent arket med referencer", "Download the sheet with references"),
    "next": Text("Gem arket, og send det", "Save that sheet, and send it"),
    "file": Text("henvisninger-med-referencer", "referrals-with-references"),
}
CARD_WORDS: dict[str, Text] = {
    "title": Text("Kort", "Cards"),
    "lead": Text(
        "Et kort for hver sag. Det fremgår ikke af kortet, hvad det handler om. Giv det kun til personen, og kun hvis det er "
        "sikkert at have på sig.",
        "A card for each case. The card does not say what it is about. Give it to the person alone, and only if it is safe to "
        "carry.",
    ),
    "lines": Text("Rækkens nummer står uden for kortet.", "The number of the row stands outside of the card."),
    "print": Text("Udskriv", "Print"),
    "row": Text("Række", "Row"),
    "number": Text("Mit nummer", "My number"),
    "use": Text("Vis det, næste gang jeg får hjælp.", "Show it the next time I get help."),
    "more": Text("Flere kort", "More cards"),
    "back": Text("Til kvitteringen", "To the receipt"),
    "none": Text("Der er ingen sagskoder.", "There are no case tokens."),
}
FILE_NAMES: dict[str, Text] = {
    "errors": Text("fejl", "errors"),
    "references": Text("referencer", "references"),
}
REFERENCE_HEAD: tuple[Text, ...] = (
    Text("Række", "Row"),
    Text("Reference", "Reference"),
    Text("Sagskode", "Case token"),
    Text("Udfald", "Outcome"),
    Text("Version", "Version"),
)
OUTCOME_WORDS: dict[str, Text] = {
    "created": Text("Ny", "New"),
    "corrected": Text("Rettet", "Corrected"),
    "unchanged": Text("Uændret", "Unchanged"),
}


def left_words(seconds: int) -> Text:
    """How long it still takes, about. `seconds`: one or more."""
    if seconds >= IN_MINUTES:
        minutes = ceil(seconds / 60)
        return Text(f"Ca. {minutes} minutter tilbage.", f"About {minutes} minutes left.")
    return Text(
        f"Ca. {seconds} {'sekund' if seconds == 1 else 'sekunder'} tilbage.",
        f"About {seconds} {'second' if seconds == 1 else 'seconds'} left.",
    )
