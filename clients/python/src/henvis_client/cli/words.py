"""What the command line says."""

from __future__ import annotations

from henvis_client.texts import Text

COLUMN = Text("Kolonne", "Column")


ROW_OF = Text("Række {line}", "Row {line}")
ALLOWED = Text("Tilladt: {codes}.", "Allowed: {codes}.")
YES, NO = ("j", "ja", "y", "yes"), ("n", "nej", "no")
YES_OR_NO = Text("[j/N]", "[y/N]")
BROKEN_OFF = Text("Afbrudt.", "Broken off.")
INTERRUPTED = Text("Afbrudt. Intet ligger i udbakken.", "Broken off. Nothing is in the outbox.")
INTERRUPTED_SAFE = Text(
    "Afbrudt. I udbakken ligger krypteret: {count}. Send med `henvis outbox send`; det, Henvis allerede har, gemmes ikke to gange.",
    "Broken off. In the outbox, encrypted: {count}. Send by `henvis outbox send`; what Henvis has already is not stored twice.",
)
HOW_KEYS = Text(
    "Har rækkerne jeres egen nøgle, fx et sagsnummer, så nævn dens kolonne. Nøglen forlader ikke maskinen:",
    "Where the rows have your own key, such as a case number, name its column. The key does not leave the machine:",
)
YOUR_COLUMN = Text("KOLONNE", "COLUMN")
CONFIRMATION_NEEDED = Text(
    "Det skal bekræftes, og her er ingen at spørge. Tilføj --yes.",
    "This has to be confirmed, and there is nobody to ask here. Add --yes.",
)
NOTHING_SAID = Text("Intet er oplyst om jeres egne kolonner og ord.", "Nothing is said of your own columns and words.")
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
ASK_SECRET = Text("Klientens API-nøgle (vises ikke)", "Secret of the client (not shown)")
LOGGED_IN = Text("Profilen {name} er gemt: {partner}, {mode}.", "The profile {name} is kept: {partner}, {mode}.")
NOT_FIRST = Text(
    "Vælg den med --profile {name}; uden --profile bruges {first}.",
    "Choose it by --profile {name}; without --profile it is {first}.",
)
MODES = {
    "TEST": Text("TEST: intet, der sendes, tælles", "TEST: nothing that is sent is counted"),
    "LIVE": Text("DRIFT: rigtige henvisninger, som tælles", "LIVE: real referrals, which are counted"),
}
CLIENT = Text("Klient {id} på {address} (profil {profile})", "Client {id} at {address} (profile {profile})")
MAY = Text("Klienten må: {scopes}.", "The client may: {scopes}.")
SCOPES = {
    "referrals:write": Text(
        "sende, rette og tilbagetrække egne henvisninger", "send, correct and withdraw own referrals"
    ),
    "referrals:read": Text("læse egne henvisninger", "read own referrals"),
    "assessments:write": Text("registrere og læse vurderinger", "record and read assessments"),
    "statistics:authority": Text("læse statistik for myndigheder", "read statistics made for authorities"),
    "statistics:exact": Text("læse nøjagtige tal; det logges", "read exact figures; that is logged"),
}
SECRET_ENDS = Text(
    "API-nøglen, der ender på {hint}, gælder til {date}.", "The secret that ends in {hint} is good until {date}."
)
LIMIT_ROWS = Text(
    "En fil kan gemmes som helhed med højst {whole} rækker; flere sendes med --lenient. Et regneark har højst {sheet} rækker.",
    "A file of at most {whole} rows can be stored as a whole; more go with --lenient. A workbook has at most {sheet} rows.",
)
LIMIT_BYTES = Text("En fil fylder højst: {sizes}.", "A file takes at most: {sizes}.")
LIMIT_TIME = Text(
    "En fil, der venter på jer, venter i {hours} timer. Fund og fejlfiler kan hentes i {days} dage.",
    "A file that waits for you waits for {hours} hours. Findings and error files can be fetched for {days} days.",
)
LATEST = Text("De seneste filer", "The latest files")
SECRET_NOT_KEPT = Text(
    "API-nøglen er ikke gemt: den står i HENVIS_CLIENT_SECRET.",
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
ACCEPTED_AS = Text(
    "Modtaget som {batch}. Følg den med `henvis jobs watch {batch}`.",
    "Taken as {batch}. Follow it by `henvis jobs watch {batch}`.",
)
# The code list of the reasons that Henvis takes.
REASONS_LIST = "confirmation_reason"

OUTBOX_EMPTY = Text("Udbakken er tom.", "The outbox is empty.")
ENTRY = Text("{name}, {size} byte", "{name}, {size} bytes")
CONFIRM_CLEAR = Text(
    "{count} filer, der ikke er sendt, slettes for altid. Fortsæt?",
    "{count} files that were not sent will be gone for good. Go on?",
)
CONFIRM_CLEAR_ONE = Text(
    "1 fil, der ikke er sendt, slettes for altid. Fortsæt?",
    "1 file that was not sent will be gone for good. Go on?",
)
CLEARED = Text("{count} filer er slettet.", "{count} files deleted.")
CLEARED_ONE = Text("1 fil er slettet.", "1 file deleted.")
NO_ERRORS_FILE = Text(
    "Der er ingen fil med fund: intet i den fil skal rettes eller bekræftes.",
    "There is no file with findings: nothing of that file is to be corrected or confirmed.",
)
MORE_LINES = Text("… og {count} mere. Alle er i --json.", "… and {count} more. All of them are in --json.")
NO_FILES = Text("Der er ingen filer.", "There are no files.")
FILE = Text("FIL", "FILE")
MOMENT = Text("%d-%m-%Y kl. %H.%M", "%Y-%m-%d %H:%M")
DATE = Text("%d-%m-%Y", "%Y-%m-%d")
NO_JOB = Text("Her er endnu ikke sendt noget. Hvilket id?", "Nothing was sent from here yet. Which id?")
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
FIELD = Text("Felt", "Field")
WORD = Text("Jeres ord", "Your word")
CODE = Text("Kode", "Code")
DATES = Text("Datoer", "Dates")
EDITION = Text("Udgave af branchekoder", "Edition of NACE")
