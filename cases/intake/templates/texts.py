"""The words of a template: the names of its sheets, and the help of each column."""

from __future__ import annotations

from datetime import date

from cases.fields import MonthField, TokenField
from cases.intake.templates.columns import BETWEEN, COLUMNS, NONE, REFERENCE, VERSION, TemplateColumn, listed, words
from cases.intake.templates.rows import example
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
        for choice in listed(column, day, language)
    ]
