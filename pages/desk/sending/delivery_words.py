"""The words of the page of a delivery: what was checked, how far it is, the questions on columns, and the receipt."""

from __future__ import annotations

from math import ceil

from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.questions import QuestionKind
from cases.intake.understanding.texts import DateOrder
from core.text import Text

QUESTION_WORDS: dict[QuestionKind, Text] = {
    QuestionKind.COLUMN: Text("Hvad står i denne kolonne?", "What is in this column?"),
    QuestionKind.VALUE: Text(
        "Hvad betyder det ord, der står her første gang?", "What does the word mean that is here for the first time?"
    ),
    QuestionKind.DATE: Text("Hvad kommer først i datoerne?", "What comes first in the dates?"),
    QuestionKind.EDITION: Text(
        "Hvilken udgave af branchekoderne er bogstaverne fra?",
        "Of which edition of NACE are the letters of industries?",
    ),
}
ORDER_WORDS: dict[DateOrder, Text] = {
    DateOrder.DAY_FIRST: Text("Dagen", "The day"),
    DateOrder.MONTH_FIRST: Text("Måneden", "The month"),
}
EDITION_WORDS: dict[NaceEdition, Text] = {
    NaceEdition.DB07: Text(
        "DB07 (NACE Rev. 2): K er finans og forsikring, T er private husholdninger",
        "NACE Rev. 2 (DB07): K is finance and insurance, T is private households",
    ),
    NaceEdition.DB25: Text(
        "DB25 (NACE Rev. 2.1): K er telekommunikation og it, U er private husholdninger",
        "NACE Rev. 2.1 (DB25): K is telecommunication and IT, U is private households",
    ),
}
NAMES_NOBODY = Text("Intet af ordene er navnet på en person.", "None of the words is a person's name.")
COLUMN_PAGE: dict[str, Text] = {
    "title": Text("Jeres egne kolonner og ord", "Your own columns and words"),
    "lead": Text(
        "Kolonner og ord i jeres filer, som hedder noget andet i skemaet, og hvad I har svaret, at de betyder. Det gælder for "
        "hver fil, I sender, til I ændrer det.",
        "Columns and words of your files that the template calls something else, and what you have answered that they mean. It "
        "holds for every file you send until you change it.",
    ),
    "none": Text("I har ikke svaret på noget endnu.", "You have not answered anything yet."),
    "columns": Text("Kolonner", "Columns"),
    "values": Text("Ord", "Words"),
    "dates": Text("Datoer", "Dates"),
    "editions": Text("Udgaven af branchekoder", "The edition of NACE"),
    "forget": Text("Slet svaret", "Forget the answer"),
    "add": Text("Tilføj en kolonne", "Add a column"),
    "add_word": Text("Tilføj et ord", "Add a word"),
    "header": Text("Overskriften i jeres fil", "The header in your file"),
    "word": Text("Ordet i jeres fil", "The word in your file"),
    "field": Text("Felt", "Field"),
    "code": Text("Det betyder", "It means"),
    "choose": Text("Vælg …", "Choose …"),
    "save": Text("Gem", "Save"),
    "nobody": NAMES_NOBODY,
    "help": Text(
        "Skriv kun overskrifter og ord, aldrig oplysninger om en person.",
        "Write headers and words only, never anything about a person.",
    ),
}
UNKNOWN_WORDS: dict[str, Text] = {
    "nobody_hint": Text(
        "Se ordene efter i filen. Ord, som ordbogen ikke har, huskes kun, når I bekræfter, at ingen af dem er et navn.",
        "Look at the words in the file. Those that the dictionary lacks are remembered only once you say that none is a name.",
    ),
    "unsure": Text(
        "Svarene er ikke gemt: mindst ét ord står ikke i ordbogen. Er intet af ordene navnet på en person, så sæt kryds ved det, "
        "og vælg filen igen. Er et af dem et navn, så ret filen, og send den som en ny. Det drejer sig om:",
        "The answers are not kept: at least one word is not in the dictionary. If none of the words is a person's name, tick the "
        "box that says so, and choose the file again. If one is a name, correct the file, and send it as a new one. It is about:",
    ),
    "unsure_here": Text("Ordbogen har ikke alle ordene her.", "The dictionary does not have all of the words here."),
    "unsure_box": Text(
        "Sæt kryds, hvis ingen af de ord er navnet på en person.",
        "Tick this if none of those words is a person's name.",
    ),
}
# Of an answer that is changed or added, with no file.
ANSWERS_UNKNOWN = Text(
    "Mindst ét af ordene står ikke i ordbogen. Er intet af dem navnet på en person, så skriv igen, sæt kryds ved det, og gem.",
    "At least one of the words is not in the dictionary. If none is a person's name, write it again, tick the box that says so, "
    "and save.",
)
SAVED = Text("Det er gemt. Næste fil læses sådan.", "It is saved. The next file is read in this way.")
NOT_SAVED = Text(
    "En anden har ændret svarene imens. Se, hvad der står nu, og ret igen.",
    "Somebody else has changed the answers meanwhile. See what is here now, and change it again.",
)


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
FILE_LOCKED = Text(
    "Filen har en række om en person, der har fået behandlingen af sine oplysninger begrænset. Den kan hentes igen, når centret "
    "ophæver det.",
    "The file has a row about a person who had the processing of the data restricted. It can be fetched again once the centre "
    "lifts that.",
)
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
