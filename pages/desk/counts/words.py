"""The words of the pages of counts, and of a file of counts."""

from __future__ import annotations

from collections.abc import Mapping

from cases.intake.countfiles.deliveries import PeriodOutcome
from cases.services.content import MOST
from core.text import Text, in_digits
from pages.desk.words import MENU

COUNTS: Mapping[str, Text] = {
    "title": MENU["counts"],
    "lead": Text(
        "Her indberetter I, hvad jeres tilbud har lavet, som tal. Skriv aldrig noget om en enkelt person.",
        "Here you report what your services did, as numbers. Never write anything about a single person.",
    ),
    "none": Text("Der er endnu ingen skemaer her.", "There are no forms here yet."),
    "test": Text(
        "I testtilstand forventes ingen skemaer. I kan udfylde alle.",
        "In test mode no form is expected. You can fill in all.",
    ),
    "period": Text("Periode", "Period"),
    "state": Text("Status", "State"),
    "deadline": Text("Frist", "Deadline"),
    "act": Text("Handling", "Action"),
    "report": Text("Indberet", "Report"),
    "correct": Text("Se og ret", "See and correct"),
    "see": Text("Se", "See"),
    "more": Text("Ældre perioder", "Earlier periods"),
    "others": Text("Et andet skema eller en anden periode", "Another form or another period"),
    "others_lead": Text(
        "I kan også indberette det, centret ikke forventer.", "You can also report what the centre does not expect."
    ),
    "form": Text("Skema og periode", "Form and period"),
    "open": Text("Åbn skemaet", "Open the form"),
    "no_number": Text(
        "Lad et felt stå tomt, hvis I ikke kender tallet. Skriv 0, hvis der ingen var.",
        "Leave a field empty if you do not know the number. Write 0 if there were none.",
    ),
    "answer": Text("Hvad vil I indberette?", "What do you want to report?"),
    "line": Text("Linje", "Line"),
    "add": Text("Tilføj en linje", "Add a line"),
    "copy": Text("Brug de samme linjer som i", "Use the same lines as in"),
    "copy_lead": Text("Tallene følger ikke med.", "The numbers do not come along."),
    "remove": Text("Fjern linjen", "Remove the line"),
    "choose": Text("Vælg", "Choose"),
    "send": Text("Send skemaet", "Send the form"),
    "save": Text("Gem rettelsen", "Save the correction"),
    "nil": Text("Intet at indberette", "Nothing to report"),
    "nil_lead": Text("Var der slet intet i perioden?", "Was there nothing at all in the period?"),
    "leave": Text("Til skemaerne", "To the forms"),
    "error": Text("Fejl", "Error"),
    "errors": Text(
        "Noget skal rettes, før skemaet kan sendes", "Some answers must be corrected before you can send the form"
    ),
    "errors_lead": Text(
        "Alt det andet, du har udfyldt, står der endnu.", "Everything else that you filled in is still there."
    ),
    "ask": Text("Se tallene efter en gang til", "Look at the numbers once more"),
    "ask_lead": Text(
        "Intet er gemt endnu. Ret tallene, og send skemaet igen, eller svar ja.",
        "Nothing is stored yet. Correct the numbers and send the form again, or say yes.",
    ),
    "ask_yes": Text("Ja, tallene passer. Send dem", "Yes, the numbers are right. Send them"),
    "version": Text("Version", "Version"),
    "conflict": Text("Skemaet er ændret imens", "The form has changed meanwhile"),
    "conflict_lead": Text(
        "Det, du har udfyldt, er ikke gemt, men står i skemaet. Se ændringen, før du gemmer: gemmer du, gælder dine tal.",
        "What you filled in is not stored, but stands in the form. Look at the change before you save: if you save, your numbers "
        "apply.",
    ),
    "look": Text("Se skemaet, som det er nu (ny fane)", "See the form as it is now (new tab)"),
    "not_yet": Text("Skemaet er ikke indberettet endnu.", "The form is not reported yet."),
    "not_known": Text("ikke oplyst", "not known"),
    "correct_lead": Text(
        "Skemaet er indberettet. En rettelse bliver en ny version; den tidligere bevares.",
        "The form is reported. A correction becomes a new version; the earlier one is kept.",
    ),
    "too_long": Text(
        "Skemaet har flere linjer, end siden kan rette. Hent arket, ret det, og send det.",
        "The form has more lines than the page can correct. Download the sheet, correct it, and send it.",
    ),
    "sheet": Text("I et regneark", "In a spreadsheet"),
    "sheet_lead": Text(
        "I kan også udfylde skemaet i et regneark og sende det.",
        "You can also fill in the form in a spreadsheet, and send that.",
    ),
    "sheet_get": Text("Hent arket", "Download the sheet"),
    "sheet_send": Text("Send et udfyldt ark", "Send a sheet that is filled in"),
    "is_full": Text("Der er ikke plads til flere linjer på siden.", "The page has no room for more lines."),
}
# How the kinds of a sheet are called.
KIND_WORDS = {"xlsx": "Excel", "csv": "CSV"}
# What is known of a table.
LINES, NOTHING, UNKNOWN = "lines", "nothing", "unknown"
ANSWERS: Mapping[str, Text] = {
    LINES: Text("Tallene står i linjerne nedenfor", "The numbers are in the lines below"),
    NOTHING: Text("Der var ingen", "There were none"),
    UNKNOWN: Text("Vi kender ikke tallene (ikke oplyst)", "We do not know the numbers (not known)"),
}
# What a page says of a fault, where the rule speaks of what programs send.
CHOOSE = Text("Vælg et svar.", "Choose an answer.")
NUMBER = Text(
    f"Skriv et helt tal fra 0 til {in_digits(MOST).da}. Lad feltet stå tomt, hvis tallet ikke er kendt.",
    f"Write a whole number from 0 to {in_digits(MOST).en}. Leave the field empty if the number is not known.",
)
FAULTS: Mapping[str, Text] = {
    "required": CHOOSE,
    "code_unknown": CHOOSE,
    "number_expected": NUMBER,
    "line_twice": Text(
        "To linjer har de samme svar. Læg deres tal sammen i én linje.",
        "Two lines have the same answers. Add their numbers up in one.",
    ),
}
NO_ANSWER = Text(
    "Udfyld en linje, eller vælg, at der ingen var, eller at I ikke kender tallene.",
    "Fill in a line, or choose that there were none or that you do not know the numbers.",
)
LINES_AND_NOTHING = Text(
    "Der står linjer nedenfor. Fjern dem, eller vælg »Tallene står i linjerne nedenfor«.",
    "There are lines below. Remove them, or choose “The numbers are in the lines below”.",
)
NOTHING_KNOWN = Text(
    "Udfyld mindst én af tabellerne: et skema, hvor intet er oplyst, kan ikke sendes.",
    "Fill in at least one of the tables: a form of which nothing is known cannot be sent.",
)
CHOOSE_FORM = Text("Vælg et skema og en periode.", "Choose a form and a period.")
DONE = Text("Skemaet er indberettet: {form}, {period}.", "The form is reported: {form}, {period}.")
CORRECTED = Text("Rettelsen er gemt: {form}, {period}.", "The correction is stored: {form}, {period}.")
UNCHANGED = Text("Intet er ændret: {form}, {period}.", "Nothing has changed: {form}, {period}.")
MISSING_COUNTS = Text("Tal mangler: {form}, {period}", "Counts are missing: {form}, {period}")


FILE_WORDS: Mapping[str, Text] = {
    "heading": Text("tal fra et regneark", "counts from a spreadsheet"),
    "lead": Text(
        "Hent arket, udfyld det, og send det her. Intet gemmes, før du har set, hvad der står i det.",
        "Download the sheet, fill it in, and send it here. Nothing is stored before you have seen what it says.",
    ),
    "get": Text("1. Hent arket", "1. Download the sheet"),
    "get_lead": Text(
        "Arket er til én periode. Står perioden allerede hos os, har arket de tal, I har indberettet.",
        "The sheet is for one period. If you have reported the period, the sheet has your numbers.",
    ),
    "earlier": Text("Ældre perioder", "Earlier periods"),
    "choose": Text("2. Vælg jeres fil", "2. Choose your file"),
    "file": Text("Fil (.xlsx, .ods eller .csv)", "File (.xlsx, .ods or .csv)"),
    "file_hint": Text("Højst 1 MB og 5.000 rækker.", "At most 1 MB and 5,000 rows."),
    "check": Text("Se filen igennem", "Check the file"),
    "leave": Text("Til skemaerne", "To the forms"),
    "error": Text("Fejl", "Error"),
    "wrong": Text("Noget i filen skal rettes", "Something in the file must be corrected"),
    "wrong_lead": Text(
        "Intet er gemt. Ret filen, og vælg den igen nedenfor.",
        "Nothing is stored. Correct the file, and choose it again below.",
    ),
    "more": Text("Der er flere fejl end dem, der står her.", "There are more faults than stand here."),
    "marked": Text("Hent jeres fil med fejlene skrevet ind", "Download your file with the faults written in"),
    "again": Text("Vælg den rettede fil", "Choose the corrected file"),
    "seen": Text("Det står der i filen", "This is what the file says"),
    "seen_lead": Text(
        "Intet er gemt endnu. Se tallene efter, og send dem.",
        "Nothing is stored yet. Look at the numbers, and send them.",
    ),
    "table": Text("Tabel", "Table"),
    "lines": Text("Linjer", "Lines"),
    "sums": Text("Tal i alt", "Numbers in all"),
    "nothing": Text("Der var ingen", "There were none"),
    "unknown": Text("Ikke oplyst", "Not known"),
    "partly": Text("ikke oplyst i alle linjer", "not known in every line"),
    "send": Text("Send tallene", "Send the numbers"),
    "ask": COUNTS["ask"],
    "ask_lead": Text(
        "Svar ja, hvis tallene passer. Ret ellers filen, og vælg den igen.",
        "Say yes if the numbers are right. If not, correct the file and choose it again.",
    ),
    "ask_yes": COUNTS["ask_yes"],
    "nothing_new": Text(
        "Alt, hvad filen indeholder, er allerede indberettet. Der er intet at sende.",
        "All that the file says is reported already. There is nothing to send.",
    ),
    "other": Text("Eller vælg en anden fil", "Or choose another file"),
}
OUTCOMES: Mapping[PeriodOutcome, Text] = {
    PeriodOutcome.CREATED: Text("Bliver indberettet", "Will be reported"),
    PeriodOutcome.CORRECTED: Text(
        "Er allerede indberettet: tallene her træder i stedet for dem, der står",
        "Is reported already: these numbers will take the place of what is there",
    ),
    PeriodOutcome.UNCHANGED: Text(
        "Er allerede indberettet med de samme tal", "Is reported already with the same numbers"
    ),
}
NO_FILE = Text("Vælg en fil.", "Choose a file.")
STORED = Text("Tallene er indberettet: {form}, {periods}.", "The numbers are reported: {form}, {periods}.")
CHANGED = Text(
    "Skemaet er ændret af andre, mens du så på filen. Intet er gemt. Send filen igen.",
    "The form was changed by somebody else while you looked at the file. Nothing is stored. Send the file again.",
)
NOT_OURS = Text(
    "Filen kunne ikke læses igen. Vælg den en gang til.", "The file could not be read again. Choose it once more."
)
