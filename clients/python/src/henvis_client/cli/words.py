"""What the command line says."""

from __future__ import annotations

from henvis_client.texts import Text

WHERE = Text("Hvor", "Where")
WHAT = Text("Hvad", "What")
ALLOWED = Text("Tilladt", "Allowed")
ROW = Text("Række", "Row")
SHEET = Text("Ark", "Sheet")
KEY = Text("Egen nøgle", "Own key")
REFERENCE = Text("Reference", "Reference")
CELL = Text("Celle", "Cell")
COLUMN = Text("Kolonne", "Column")
CLASS = Text("Art", "Class")
SUGGESTION = Text("Mener du", "Did you mean")
OUTCOME = Text("Udfald", "Outcome")
ROWS = Text("Rækker", "Rows")
NAME = Text("Navn", "Name")
DAY = Text("Dag", "Day")
BYTES = Text("Byte", "Bytes")
ID = Text("Id", "Id")
STATE = Text("Tilstand", "State")
CREATED_AT = Text("Oprettet", "Created")
OF_FILE = Text("Om hele filen", "About the whole file")
OF_ROWS = Text("Rækker, der skal rettes eller bekræftes", "Rows to correct or to confirm")

OUTCOMES = {
    "created": Text("oprettet", "created"),
    "corrected": Text("rettet", "corrected"),
    "unchanged": Text("uændret", "unchanged"),
    "rejected": Text("skal rettes", "to be corrected"),
    "held": Text("skal bekræftes", "to be confirmed"),
}
CLASSES = {
    "error": Text("fejl", "error"),
    "check": Text("kontrol", "check"),
    "delivery_check": Text("kontrol af leverancen", "delivery check"),
    "notice": Text("oplysning", "notice"),
}
STATES = {
    "queued": Text("i kø", "queued"),
    "running": Text("i gang", "running"),
    "needs_review": Text("venter på dig", "waits for you"),
    "done": Text("færdig", "done"),
    "failed": Text("mislykket", "failed"),
    "cancelled": Text("annulleret", "cancelled"),
}

CONFIRMATION_NEEDED = Text(
    "Det skal bekræftes, og her er ingen at spørge. Tilføj --yes.",
    "This has to be confirmed, and there is nobody to ask here. Add --yes.",
)
NOTHING_DONE = Text("Intet er gjort.", "Nothing was done.")
CONFIRM_LIVE = Text(
    "Det går til DRIFT for {partner}, hvor rigtige henvisninger tælles. Fortsæt?",
    "This goes to the LIVE register for {partner}, where real referrals are counted. Go on?",
)
TEST_FIRST = Text(
    "Log først ind med TEST-klienten: intet, der sendes med den, tælles. Centret har udleveret den sammen med den rigtige.",
    "Log in with the TEST client first: nothing that is sent with it is counted. The centre gave it out beside the live one.",
)
LIVE_WITHOUT_TEST = Text(
    "Dette er DRIFT-klienten, og der er ingen testprofil. Prøv hellere med TEST-klienten først. Gem alligevel?",
    "This is the LIVE client, and there is no test profile. Better try the TEST client first. Keep it anyway?",
)
ASK_ADDRESS = Text("Adresse (https://…)", "Address (https://…)")
ASK_CLIENT_ID = Text("Klientens id", "Id of the client")
ASK_SECRET = Text("Klientens hemmelighed (vises ikke)", "Secret of the client (not shown)")
LOGGED_IN = Text(
    "Profilen {name} er gemt: {partner}, {mode}. Brug --profile {name} for at vælge den; uden --profile bruges {first}.",
    "The profile {name} is kept: {partner}, {mode}. Choose it by --profile {name}; without --profile it is {first}.",
)
SECRET_NOT_KEPT = Text(
    "Hemmeligheden er ikke gemt: den står i HENVIS_CLIENT_SECRET.",
    "The secret is not kept: it is in HENVIS_CLIENT_SECRET.",
)
KEY_MADE = Text(
    "Nøglen til egne rækkenøgler har mærket {fingerprint}. Har en kollega allerede sendt med --key-column, så hent kollegaens "
    "nøgle først (`henvis key import`): en anden nøgle giver andre referencer, og personerne tælles to gange.",
    "The secret of own row keys has the mark {fingerprint}. If a colleague has sent with --key-column already, import the "
    "colleague's secret first (`henvis key import`): another secret makes other references, and everybody is counted twice.",
)
KEY_EXPORTED = Text(
    "Skrevet til {path}. Gem den et sikkert sted, og giv den kun til kolleger i jeres egen organisation, aldrig til centret.",
    "Written to {path}. Keep it in a safe place, and give it to colleagues of your own organisation alone, never to the centre.",
)
KEY_REPLACES = Text(
    "Profilen har en anden nøgle, {old}, og der er sendt med den. Med {new} får de samme rækker andre referencer og tælles igen. "
    "Erstat?",
    "The profile has another secret, {old}, and rows were sent with it. With {new} the same rows get other references and are "
    "counted again. Replace it?",
)
KEY_IMPORTED = Text("Nøglen har mærket {fingerprint}.", "The secret has the mark {fingerprint}.")
FILE_THERE = Text("Filen findes allerede. Tilføj --force.", "The file is there already. Add --force.")
WRITTEN_TO = Text("Skrevet til {path}.", "Written to {path}.")
NOT_LOGGED_IN_ADDRESS = Text(
    "Hvilken tjeneste? Tilføj --address https://…, eller log ind.", "Which service? Add --address https://…, or log in."
)
NO_TYPE = Text("Formatet er xlsx eller csv.", "The format is xlsx or csv.")

SENDING = Text("Sender", "Sending")
WORKING = Text("Henvis arbejder", "Henvis is at work")
ALREADY_WAITING = Text(
    "Filen ligger allerede i udbakken og sendes nu.", "The file is in the outbox already, and is sent now."
)
KEPT = Text(
    "Gemt krypteret i udbakken ({count}). Send den senere med `henvis outbox send`; den gemmes hos Henvis kun én gang.",
    "Kept encrypted in the outbox ({count}). Send it later by `henvis outbox send`; Henvis stores it once only.",
)
EARLIER_DONE = Text("Fra udbakken: {name} er sendt ({batch}).", "From the outbox: {name} was sent ({batch}).")
EARLIER_REFUSED = Text("Fra udbakken: {name} blev afvist ({code}).", "From the outbox: {name} was refused ({code}).")
ACCEPTED_AS = Text(
    "Modtaget som {batch}. Følg den med `henvis jobs watch {batch}`.",
    "Taken as {batch}. Follow it by `henvis jobs watch {batch}`.",
)
ALL_RIGHT = Text("Alt er i orden: alle rækker kan gemmes.", "All right: every row can be stored.")
ALL_STORED = Text("Alle rækker er gemt.", "All rows are stored.")
SOME_STORED = Text(
    "De rigtige rækker er gemt; de andre skal rettes eller bekræftes.",
    "What was right is stored; the other rows are to be corrected or confirmed.",
)
NONE_STORED = Text(
    "Intet er gemt, for nogle rækker skal rettes eller bekræftes.",
    "Nothing is stored, since some rows are to be corrected or confirmed.",
)
WOULD_NOT = Text("Nogle rækker skal rettes eller bekræftes.", "Some rows are to be corrected or confirmed.")
BATCH_FAILED = Text("Filen kunne ikke behandles. Intet er gemt.", "The file could not be handled. Nothing is stored.")
MORE_ROWS = Text("… og {count} fund mere.", "… and {count} findings more.")
HOW_ON = Text(
    "Hele filen med fundene: `henvis errors {batch}`.", "The whole file with the findings: `henvis errors {batch}`."
)
HOW_CONFIRM = Text(
    "Bekræft det, der er rigtigt, med en af begrundelserne nedenfor: `henvis commit {batch} {options}`.",
    "Confirm what is right, with one of the reasons below: `henvis commit {batch} {options}`.",
)
REASON = Text("Begrundelse", "Reason")
# The code list of the reasons that Henvis takes.
REASONS_LIST = "confirmation_reason"
TEST_MODE = Text("TEST: intet af det tælles.", "TEST: nothing of it is counted.")

OUTBOX_EMPTY = Text("Udbakken er tom.", "The outbox is empty.")
CONFIRM_CLEAR = Text(
    "{count} filer, der ikke er sendt, slettes for altid. Fortsæt?",
    "{count} files that were not sent will be gone for good. Go on?",
)
CLEARED = Text("{count} slettet.", "{count} deleted.")
NO_JOB = Text("Her er endnu ikke sendt noget. Hvilket id?", "Nothing was sent from here yet. Which id?")
BAD_CONFIRMATION = Text("Skriv REGEL=BEGRUNDELSE.", "Write RULE=REASON.")
BAD_FILTER = Text("Skriv DIMENSION=KODE.", "Write DIMENSION=CODE.")
LINK_COLUMNS = Text(
    "Filen skal have kolonnerne family_name, given_names og date_of_birth.",
    "The file has to have the columns family_name, given_names and date_of_birth.",
)
LINK_KEY_NEEDED = Text(
    "Nøglen: --key-file FIL, eller HENVIS_LINKAGE_KEY. Lav en ny med --new-key FIL.",
    "The key: --key-file FILE, or HENVIS_LINKAGE_KEY. Make a new one by --new-key FILE.",
)
LINK_KEY_MADE = Text(
    "En ny nøgle står i {path}. Del den kun med de andre organisationer, aldrig med centret.",
    "A new key is in {path}. Share it with the other organisations alone, never with the centre.",
)
LINK_ROWS_WRONG = Text("Ingen kode i række {lines}.", "No code in row {lines}.")
ASK_FAMILY = Text("Efternavn (vises ikke)", "Family name (not shown)")
ASK_GIVEN = Text("Fornavne (vises ikke)", "Given names (not shown)")
ASK_BORN = Text("Fødselsdato ÅÅÅÅ-MM-DD (vises ikke)", "Date of birth YYYY-MM-DD (not shown)")
FILE_UNWRITABLE = Text("Filen kan ikke skrives.", "The file cannot be written.")
PROBLEM = Text("Grunden er {code}: se /problems/{code}.", "The reason is {code}: see /problems/{code}.")
GUESS = Text("Gæt", "Guess")
QUESTIONS = Text("Det spørges der om", "What is asked")
ASK_COLUMN = Text('Hvilket felt er kolonnen "{text}"?', 'Which field is the column "{text}"?')
ASK_VALUE = Text(
    'Hvilken kode er "{text}" i {field} (række {line})?', 'Which code is "{text}" in {field} (row {line})?'
)
ASK_DATE = Text(
    'Står dag eller måned først i "{text}" ({field})?', 'Does the day or the month stand first in "{text}" ({field})?'
)
ASK_OPTIONS = Text("Muligheder: {options}", "Choices: {options}")
ASK_ANSWER = Text("Svar (tomt: ved ikke)", "Answer (empty: not known)")
MAPPING_KEPT = Text(
    "Svarene er gemt hos Henvis for jeres organisation. Filen tjekkes igen.",
    "The answers are kept by Henvis for your organisation. The file is checked again.",
)
HOW_ANSWER = Text(
    "Svar med `henvis check FIL`, eller godkend gættene med --accept-guesses.",
    "Answer by `henvis check FILE`, or accept the guesses by --accept-guesses.",
)
FIELD = Text("Felt", "Field")
WORD = Text("Jeres ord", "Your word")
CODE = Text("Kode", "Code")
DATES = Text("Datoer", "Dates")
