"""The words of the pages of counts."""

from __future__ import annotations

from collections.abc import Mapping

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
LINES_BESIDE = Text(
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
