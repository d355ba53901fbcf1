"""The words of a template: the names of its sheets, the help of each column, and the guide of each kind of workbook."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from cases.fields import MonthField, TokenField
from cases.intake.templates.columns import (
    BETWEEN,
    COLUMNS,
    NONE,
    REFERENCE,
    VERSION,
    TemplateColumn,
    example,
    listed_codes,
    words,
)
from core.text import NO_TEXT, Text

DATA, GUIDE, LISTS = Text("Henvisninger", "Referrals"), Text("Vejledning", "Guide"), Text("Lister", "Lists")
YES, NO = Text("Ja", "Yes"), Text("Nej", "No")
FIELDS = (
    Text("Kolonne", "Column"),
    Text("Kode", "Code"),
    Text("Skal udfyldes", "Required"),
    Text("Betydning", "Meaning"),
    Text("Sådan skrives den", "How to write it"),
)
# Nothing stands in the narrow third column.
CODES = (Text("Kolonne", "Column"), Text("Kode", "Code"), NO_TEXT, Text("Tekst", "Text"))
FIELDS_TITLE = Text("Kolonnerne", "The columns")
CODES_TITLE = Text("Koderne på hver liste", "The codes of each list")

CHOOSE = Text("Vælg på listen.", "Choose from the list.")
CHOOSE_SEVERAL = Text(
    f"Vælg på listen; flere med {BETWEEN} imellem. {NONE.da}, hvis I ved, at der ingen er.",
    f"Choose from the list; several with {BETWEEN} between. {NONE.en}, if you know that there are none.",
)
MONTH = Text("ÅÅÅÅ-MM, uden dag.", "YYYY-MM, without a day.")
TOKEN = Text(
    "Sagskoden fra en anden organisation, hvis I har den.", "The token from another organisation, if you have it."
)
UUID4 = Text("En UUID, version 4.", "A UUID of version 4.")
NUMBER = Text("Et helt tal.", "A whole number.")
SUCH_AS = Text("For eksempel:", "For example:")
DELETE = Text("Eksempel. Slet rækken, før I sender filen.", "An example. Delete the row before you send the file.")
MUST = Text("Skal udfyldes.", "Required.")
NOT_ON_LIST = Text("Det står ikke på listen", "It is not on the list")
CODE_TOO = Text(
    "Vælg på listen. Har I skrevet en kode fra vejledningen, så svar ja.",
    "Choose from the list. If you wrote a code of the guide, answer yes.",
)


def how(column: TemplateColumn, language: str) -> str:
    match column.field:
        case MonthField():
            text = MONTH
        case TokenField():
            text = TOKEN
        case None:
            text = {REFERENCE: UUID4, VERSION: NUMBER}.get(column.name, NO_TEXT)
        case _:
            text = CHOOSE_SEVERAL if column.is_set else CHOOSE
    return text(language)


def message(column: TemplateColumn, language: str) -> str:
    """What Excel says beside a cell of the column: its meaning, and how it is written. At most 255 characters."""
    parts = (MUST(language) if column.required else "", column.help(language), how(column, language))
    return " ".join(part for part in parts if part)


def field_lines(language: str) -> list[tuple[str, ...]]:
    """The table of the columns: label, code, whether it is required, meaning, how it is written with an example."""
    return [
        (
            column.label(language),
            column.name,
            (YES if column.required else NO)(language),
            column.help(language),
            " ".join((how(column, language), *such_as(column, language))),
        )
        for column in COLUMNS
    ]


def such_as(column: TemplateColumn, language: str) -> tuple[str, ...]:
    """The example of a column. A reference has none: somebody would copy it."""
    text = words(column, example().get(column.name), language) if column.field else ""
    return (SUCH_AS(language), text) if text else ()


def code_lines(language: str, day: date) -> list[tuple[str, ...]]:
    """The table of the codes that new rows may have on a day: label of the column, code, label."""
    return [
        (column.label(language), choice.code, "", choice.label(language))
        for column in COLUMNS
        for choice in listed_codes(column, day, language)
    ]


class Guide(NamedTuple):
    """The title of a workbook, and what its guide says line by line."""

    title: Text
    lines: tuple[Text, ...]


COUNTED = Text(
    "En person tælles med, også uden samtykke. Uden samtykke vises oplysningerne aldrig for andre organisationer.",
    "A person is counted even without consent. Without consent the record is never shown to another organisation.",
)
NEVER = Text(
    "Skriv aldrig navne, initialer, CPR-numre, fødselsdatoer, telefonnumre, e-mailadresser, adresser, sagsnumre eller "
    "notater, heller ikke i en ekstra kolonne. Hele filen afvises, hvis den ser ud til at indeholde noget af det.",
    "Never write names, initials, CPR numbers, dates of birth, telephone numbers, e-mail addresses, addresses, case "
    "numbers or notes, not even in a column of your own. The whole file is refused where it seems to hold any of these.",
)
# How a cell is filled in, whoever made the rows. Which columns are required stands in the table of them: in a sheet of the sender's
# own a head is the sender's.
CELLS = (
    Text(
        "Vælg på listen i cellen. I må også skrive koden i stedet for teksten.",
        "Choose from the list of the cell. You may write the code instead of the text.",
    ),
    Text(
        "En måned skrives ÅÅÅÅ-MM, for eksempel 2025-03. Skriv aldrig en dag.",
        "A month is written YYYY-MM, such as 2025-03. Never write a day.",
    ),
    Text(
        f"Flere svar i én celle skrives med {BETWEEN} imellem. Listen giver det første svar; skriv de næste efter det.",
        f"Several answers in one cell have {BETWEEN} between them. The list gives the first; write the next ones after it.",
    ),
    Text(
        f"Er der ingen svar, og ved I det, så vælg {NONE.da}. En tom celle betyder, at der ikke er spurgt.",
        f"Where there are no answers, and you know that, choose {NONE.en}. An empty cell means that nobody asked.",
    ),
)
REQUIRED = Text(
    "Kolonner, hvor der nedenfor står Ja under Skal udfyldes, må ikke stå tomme. Ved I ikke, hvad der skal stå, så vælg Ukendt.",
    "Columns with Yes under Required below must not be left empty. Where you do not know what to put, choose Not known.",
)
KEEP = Text(
    "Ret aldrig en reference, og kopiér den aldrig til en anden række: den gør, at den samme henvisning kan sendes igen, uden at "
    "den tælles to gange.",
    "Never change a reference, and never copy it to another row: because of it the same referral can be sent again without "
    "counting twice.",
)
SKIPPED = Text(
    "Rækker, hvor kun referencen er udfyldt, springes over.",
    "Rows with nothing but a reference are skipped.",
)

EMPTY = Guide(
    Text("Skema til henvisninger", "Template for referrals"),
    (
        COUNTED,
        NEVER,
        Text(
            "En række er en henvisning. Kolonner med * skal udfyldes. Slet eksemplet i række 2, før I sender filen.",
            "A row is a referral. Columns with * must be filled in. Delete the example in row 2 before you send the file.",
        ),
        *CELLS,
        Text(
            "Ved I ikke, hvad der skal stå i en kolonne med *, så vælg Ukendt. Lad den ikke stå tom.",
            "Where you do not know what to put in a column with *, choose Not known. Do not leave it empty.",
        ),
        Text(
            "Referencen er udfyldt. Den gør, at den samme fil kan sendes igen, uden at noget tælles to gange. Kopiér den aldrig "
            "til en anden række, og hent et nyt skema til de næste personer.",
            "The reference is filled in. Because of it the same file can be sent again and nothing counts twice. Never copy it to "
            "another row, and fetch a new template for the next persons.",
        ),
        SKIPPED,
    ),
)
# Rows that are somebody's, as a template: there is no example among them.
FILLED = Guide(
    Text("Henvisninger", "Referrals"),
    (
        COUNTED,
        NEVER,
        Text(
            "Hver række er en henvisning. Her er intet eksempel, så slet ingen række.",
            "Each row is a referral. There is no example here, so delete no row.",
        ),
        REQUIRED,
        *CELLS,
        KEEP,
        SKIPPED,
    ),
)
DRAFT = Guide(
    Text("Kladde til en henvisning", "Draft of a referral"),
    (
        COUNTED,
        NEVER,
        Text(
            "Række 2 er jeres kladde og intet eksempel: slet den ikke. Udfyld resten, og send arket som fil.",
            "Row 2 is your draft, and no example: do not delete it. Fill in the rest, and send the sheet as a file.",
        ),
        REQUIRED,
        *CELLS,
        KEEP,
    ),
)
NUMBERED = Guide(
    Text("Jeres eget ark med referencer", "Your own sheet with references"),
    (
        COUNTED,
        NEVER,
        Text(
            "Hver række er en af jeres egne henvisninger: her er intet eksempel, så slet ingen række. Vi har skrevet en reference "
            "i hver række, der ingen havde. Gem arket, og send det.",
            "Each row is a referral of your own: there is no example here, so delete no row. We have written a reference in each "
            "row that had none. Save the sheet, and send it.",
        ),
        REQUIRED,
        *CELLS,
        KEEP,
        SKIPPED,
    ),
)
ERRORS = Guide(
    Text("Jeres fil med det, der skal rettes", "Your file with what has to be corrected"),
    (
        COUNTED,
        NEVER,
        Text(
            "Hver række er en af jeres egne henvisninger: her er intet eksempel, så slet ingen række. Kolonnen Fejl oplyser, hvad "
            "der skal rettes, og de forkerte celler er røde. Ret dem her, og send arket. Kolonnen Fejl læses ikke.",
            "Each row is a referral of your own: there is no example here, so delete no row. The column Errors says what has to be "
            "corrected, and the wrong cells are red. Correct them here, and send the sheet. The column Errors is not read.",
        ),
        REQUIRED,
        *CELLS,
        KEEP,
        SKIPPED,
    ),
)
