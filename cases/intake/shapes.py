"""What can be wrong with the form of a value, by code: the refusals that a field of the dictionary can meet, whoever reads it."""

from __future__ import annotations

from cases.codelists.common import EVERYWHERE
from cases.codelists.types import NOT_ASKED
from core.text import Text

ALONE = EVERYWHERE[NOT_ASKED]
# What is no code, and what covers several.
UNKNOWN, SEVERAL, EDITION_UNKNOWN = "code_unknown", "code_of_several", "edition_unknown"
SHAPES = {
    "required": Text("Feltet skal være der.", "The field is required."),
    "code_expected": Text("Skriv en kode fra kodelisten, som tekst.", "Write a code of the code list, as text."),
    UNKNOWN: Text("Koden er ikke på kodelisten.", "The code is not on the code list."),
    SEVERAL: Text(
        "Svaret dækker flere koder på listen: skriv den, der passer på personen.",
        "The answer covers several codes of the list: write the one that is true of the person.",
    ),
    EDITION_UNKNOWN: Text(
        "Bogstavet er ikke den samme branche i DB07 og DB25. I en tabel venter rækken på svaret på, hvilken udgave bogstaverne er "
        "fra, og skal ikke rettes for det. I JSON: skriv en kode.",
        "The letter is not the same industry in NACE Rev. 2 (DB07) and 2.1 (DB25). In a table the row waits for the answer on "
        "which edition the letters are of, and needs no correction for it. In JSON: write a code.",
    ),
    "set_expected": Text("Skriv en liste af koder; [] betyder ingen.", "Write a list of codes; [] means none."),
    "not_asked_stands_alone": Text(
        f"{ALONE.da} ({NOT_ASKED}) står alene: slet det eller de andre koder.",
        f"{ALONE.en} ({NOT_ASKED}) stands alone: delete it or the other codes.",
    ),
    "too_many_codes": Text(
        "Der er for mange koder: skriv hver kode én gang.", "There are too many codes: write each code once."
    ),
    "month_expected": Text(
        "Skriv måneden som ÅÅÅÅ-MM, fx 2025-03; året med fire cifre.",
        "Write the month as YYYY-MM, such as 2025-03; the year with four digits.",
    ),
    "month_not_real": Text(
        "Der er ingen sådan måned eller dag: månederne er 01 til 12, og dagene højst 31. Skriv måneden som ÅÅÅÅ-MM, fx 2025-03.",
        "There is no such month or day: months are 01 to 12, and days 31 at most. Write the month as YYYY-MM, such as 2025-03.",
    ),
    "case_token_expected": Text(
        "Skriv en sagskode på 11 tegn, hvoraf det sidste er et kontroltegn.",
        "Write a case token of 11 characters, the last of which is a check character.",
    ),
    "object_expected": Text("Der skal stå et JSON-objekt.", "A JSON object is needed."),
    "unknown_member": Text(
        "Objektet har et medlem, som ikke bruges. Navnet gentages ikke; de mulige står i allowed.",
        "The object has a member that is not used. Its name is not repeated; the possible ones are in allowed.",
    ),
    "read_only": Text(
        "Feltet sættes af tjenesten og ændres ikke her: udelad det, eller send det, som det blev hentet.",
        "The service sets this field, and it is not changed here: leave it out, or send it as you got it.",
    ),
}
