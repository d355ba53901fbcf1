"""What the command line says of a file that was checked or sent."""

from __future__ import annotations

from henvis_client.texts import Text

ROW, ROWS = Text("1 række", "1 row"), Text("{count} rækker", "{count} rows")

# What becomes of a number of rows: in a check, while nothing is stored, and once something is.
WOULD = {
    "created": Text("{rows} ville blive oprettet", "{rows} would be created"),
    "corrected": Text("{rows} ville rette en gemt henvisning", "{rows} would correct a stored referral"),
    "unchanged": Text("{rows} er gemt i forvejen og ændres ikke", "{rows} stored already, and not changed"),
}
CAN = {
    **WOULD,
    "created": Text("{rows} kan oprettes", "{rows} can be created"),
    "corrected": Text("{rows} kan rette en gemt henvisning", "{rows} can correct a stored referral"),
}
DONE = {
    **WOULD,
    "created": Text("{rows} er oprettet", "{rows} created"),
    "corrected": Text("{rows} har rettet en gemt henvisning", "{rows} corrected a stored referral"),
}
# What is wanting before all of a file is stored.
TO_CORRECT = Text("{rows} skal rettes", "{rows} to be corrected")
TO_CONFIRM = Text("{rows} skal bekræftes eller rettes", "{rows} to be confirmed or corrected")
CHECK = Text("1 kontrol af hele filen skal bekræftes", "1 check of the whole file to be confirmed")
CHECKS = Text("{count} kontroller af hele filen skal bekræftes", "{count} checks of the whole file to be confirmed")
QUESTION = Text("1 spørgsmål skal besvares", "1 question to be answered")
QUESTIONS = Text("{count} spørgsmål skal besvares", "{count} questions to be answered")
AND = Text(" og ", " and ")

CHECKED_WHOLE = Text(
    "Alt er i orden: alle rækker kan gemmes. Det var et tjek, og intet er gemt endnu.",
    "All right: every row can be stored. This was a check, and nothing is stored yet.",
)
CHECKED = Text("Det var et tjek, og intet er gemt: {wants}.", "This was a check, and nothing is stored: {wants}.")
STORED_WHOLE = Text("Alle rækker er gemt.", "All rows are stored.")
STORED_PART = Text("De rigtige rækker er gemt; {wants}.", "What was right is stored; {wants}.")
WAITS = Text("Intet er gemt endnu: {wants}.", "Nothing is stored yet: {wants}.")
WAITS_FOR_WORD = Text("Intet er gemt endnu: filen venter på jer.", "Nothing is stored yet: the file waits for you.")
FAILED = Text("Filen kunne ikke behandles. Intet er gemt.", "The file could not be handled. Nothing is stored.")
CANCELLED = Text("Filen er annulleret. Intet er gemt.", "The file was cancelled. Nothing is stored.")
ENDED_PART = Text("Filen blev ikke færdig. En del er gemt.", "The file was not finished. A part of it is stored.")
PROBLEM = Text("Grunden: {text}", "The reason: {text}")
PROBLEM_PAGE = Text("Grunden står på {address}.", "The reason is on {address}.")
TEST_MODE = Text("TEST: intet af det tælles.", "TEST: nothing of it is counted.")

OF_FILE = Text("Om hele filen", "About the whole file")
OF_ROWS = Text("I rækkerne", "In the rows")
RECORD_OF = Text("Nr. {number}", "No. {number}")
OF_SHEET = Text("ark {sheet}", "sheet {sheet}")
OF_KEY = Text("egen nøgle {key}", "own key {key}")
# What is to be done with a row, where it is not to be corrected.
HELD = Text("skal bekræftes eller rettes", "to be confirmed or corrected")
KINDS = {
    "check": Text("kontrol", "check"),
    "delivery_check": Text("kontrol", "check"),
    "notice": Text("oplysning", "notice"),
}
SUMMARY = Text("Oftest", "Most often")
SUMMARY_PART = Text("Oftest i de første {count} rækker", "Most often in the first {count} rows")
MORE_ROWS = Text(
    "… og {rows} mere. Alle fund står i filen fra `henvis errors {batch}`.",
    "… and {rows} more. All findings are in the file of `henvis errors {batch}`.",
)
MORE_ROWS_PUBLIC = Text("… og {rows} mere.", "… and {rows} more.")

HOW_ON = Text("Din egen fil med fundene markeret:", "Your own file with the findings marked:")
HOW_LENIENT = Text(
    "Ret filen, og send den igen; eller gem de rigtige rækker nu:",
    "Correct the file and send it again; or store what is right now:",
)
HOW_CORRECT = Text("Ret filen, og send den igen.", "Correct the file and send it again.")
HOW_CONFIRM_ROWS = Text(
    "Er rækkerne, der skal bekræftes, rigtige, så bekræft hver kontrol med en begrundelse; ellers ret filen, og send den igen:",
    "Where the rows to be confirmed are right, confirm each check with a reason; else correct the file and send it again:",
)
HOW_CONFIRM_FILE = Text(
    "Er det, der er nævnt om hele filen, rigtigt, så bekræft hver kontrol med en begrundelse; ellers ret filen, og send den igen:",
    "Where what is said of the whole file is right, confirm each check with a reason; else correct the file and send it again:",
)
ROWS_RIGHT = Text(
    "Er rækkerne, der skal bekræftes, rigtige, så lad dem stå.", "Where the rows to be confirmed are right, leave them."
)
FILE_RIGHT = Text(
    "Er det, der er nævnt om hele filen, rigtigt, så lad det stå.",
    "Where what is said of the whole file is right, leave it.",
)
CONFIRM_LATER = Text(
    "Send filen: så vises kommandoen, der bekræfter med en begrundelse.",
    "Send the file: then the command is shown that confirms with a reason.",
)
CORRECT_FIRST = Text(
    "Ret de andre rækker, og send filen: så vises kommandoen, der bekræfter med en begrundelse.",
    "Correct the other rows and send the file: then the command is shown that confirms with a reason.",
)
# What is said of a row under a reference that is taken, without a version.
ANOTHER_PERSON = Text(
    "Version: Referencen er brugt i forvejen. Er det en anden person, så skal rækken have sin egen reference: hent en ny skabelon "
    "med `henvis template`.",
    "Version: The reference is used already. If this is another person, the row needs a reference of its own: fetch a new template "
    "by `henvis template`.",
)
ANOTHER_PERSON_KEY = Text(
    "Version: Nøglen er brugt i forvejen. Er det en anden person, så skal rækken have sin egen nøgle.",
    "Version: The key is used already. If this is another person, the row needs a key of its own.",
)
CORRECTION = Text(
    "Er det en rettelse af det, der er gemt (version {version}, {moment}), så skriv {version} i version. Gælder det alle "
    "rækker, der er gemt i forvejen, så send hele filen med --prefer latest.",
    "If it corrects what is stored (version {version}, {moment}), write {version} in version. If that is so of "
    "every row that is stored already, send the whole file with --prefer latest.",
)
NO_VERSION = Text(
    "Mangler filen en kolonne med overskriften version, så tilføj den.",
    "If the file has no column with the header version, add one.",
)
HOW_CONFIRM_ALL = Text("Alle på én gang:", "All at once:")
REASONS = Text("Begrundelser, der kan stå i stedet for {code}", "Reasons that may stand instead of {code}")
REASONS_OF = Text(
    "Begrundelsen kendes ikke. Vælg en af disse: {reasons}.", "The reason is not known. Choose one of these: {reasons}."
)
BAD_CONFIRMATION = Text(
    "Skriv REGEL=BEGRUNDELSE. Begrundelserne er: {reasons}.", "Write RULE=REASON. The reasons are: {reasons}."
)
UNKNOWN_RULE = Text(
    "Ingen kontrol af filen hedder {rule}. Der kan bekræftes: {rules}.",
    "No check of the file is called {rule}. To be confirmed: {rules}.",
)
NOTHING_TO_CONFIRM = Text(
    "Ingen kontrol af filen venter på at blive bekræftet.", "No check of the file waits to be confirmed."
)
CONFIRMED_BEFORE = Text(
    "Rækkerne er gemt i forvejen, så der er intet at bekræfte.",
    "The rows are stored already, so that there is nothing to confirm.",
)
# The code list of the reasons that Henvis takes.
REASONS_LIST = "confirmation_reason"

ASK_VALUE = Text("Hvad er »{text}« i {field} (række {line})?", 'What is "{text}" in {field} (row {line})?')
ASK_COLUMN = Text("Hvilket felt er kolonnen »{text}«?", 'Which field is the column "{text}"?')
ASK_DATE = Text(
    "Står dag eller måned først i »{text}« ({field})?", 'Does the day or the month stand first in "{text}" ({field})?'
)
DAY_FIRST = Text("Dag først", "Day first")
MONTH_FIRST = Text("Måned først", "Month first")
ASK_EDITION = Text(
    "Hvilken udgave af branchekoderne er »{text}« fra ({field})?", 'Of which edition of NACE is "{text}" ({field})?'
)
DB07 = Text("DB07 (NACE Rev. 2)", "NACE Rev. 2 (DB07)")
DB25 = Text("DB25 (NACE Rev. 2.1)", "NACE Rev. 2.1 (DB25)")
GUESS = Text("{choice} (gæt)", "{choice} (guess)")
ASK_ANSWER = Text("Nummer, kode eller navn (tomt: ved ikke)", "Number, code or name (empty: I do not know)")
ASK_WORD = Text("Kode eller navn (tomt: ved ikke)", "Code or name (empty: I do not know)")
# Written out they are an empty answer. `Not known` is a code.
UNKNOWN = frozenset(
    {"ved ikke", "det ved jeg ikke", "ved det ikke", "i do not know", "do not know", "i don't know", "don't know"}
)
NO_ANSWER = Text("Det er ikke et af svarene. Prøv igen.", "That is none of the answers. Try again.")
SEVERAL = Text("Det kan være flere: {names}.", "That may be several: {names}.")
MAPPING_KEPT = Text(
    "Svarene er gemt hos Henvis for jeres organisation.",
    "The answers are kept by Henvis for your organisation.",
)
NAMES_NOBODY = Text(
    "Ordbogen har ikke alle ord i “{text}”. Er det sikkert, at det ikke er navnet på en person?",
    "The dictionary does not have all words of “{text}”. Is it certain that it is no person's name?",
)
ASKED = Text("Henvis spørger", "Henvis asks")
WHICH_FIELD = Text("Hvilket felt er kolonnen?", "Which field is the column?")
WHICH_CODE = Text("{field}: hvilken kode er ordet?", "{field}: which code is the word?")
WHICH_ORDER = Text("{field}: står dag eller måned først?", "{field}: does the day or the month stand first?")
WHICH_EDITION = Text(
    "{field}: hvilken udgave af branchekoderne er bogstaverne fra?",
    "{field}: of which edition of NACE are the letters of industries?",
)
HOW_ANSWER = Text("Svar på det her:", "Answer here:")
HOW_ANSWER_GUESSES = Text(
    "Svar på det her, eller godkend gættene med --accept-guesses:",
    "Answer here, or accept the guesses by --accept-guesses:",
)

WAITING = Text("venter på dig", "waits for you")
TRIED = Text("tjekket", "checked")
NOT_STORED = Text("ikke gemt", "not stored")
STORED = Text("gemt", "stored")
PARTLY = Text("delvis gemt", "partly stored")
STATES = {
    "queued": Text("i kø", "queued"),
    "running": Text("i gang", "at work"),
    "failed": Text("afvist", "refused"),
    "cancelled": Text("annulleret", "cancelled"),
}
# What is done with a file at the moment.
STAGES = {
    "guarding": Text("Ser efter personoplysninger", "Looking for what identifies a person"),
    "checking": Text("Tjekker rækkerne", "Checking the rows"),
    "comparing": Text("Sammenligner med det, der er gemt", "Comparing with what is stored"),
    "storing": Text("Gemmer", "Storing"),
    "reporting": Text("Skriver, hvad der er fundet", "Writing down the findings"),
}
EARLIER_REFUSED = Text("Fra udbakken: {name} blev afvist. {text}", "From the outbox: {name} was refused. {text}")
