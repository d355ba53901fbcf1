"""What is said of the rows of a file of counts, to people with a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from cases.intake.countfiles.columns import dimensions_of
from cases.intake.errorfiles.tables import MORE
from cases.intake.readers.refusals import ROW_WORDS
from cases.intake.understanding.texts import fold
from cases.services import content, submit
from cases.services.content import every_sentence
from cases.services.forms import FORMS
from cases.services.periods import EXPECTED
from core.text import Text, in_digits

TABLE_EXPECTED = Text("En af skemaets tabeller.", "One of the tables of the form.")
OF_OTHER_TABLE = Text("Rækkens tabel har ikke denne kolonne.", "The row's table has no such column.")
VERSION_EXPECTED = Text("Et helt tal fra 1.", "A whole number from 1.")
VERSIONS_DIFFER = Text("Periodens rækker nævner to versioner.", "The rows of the period name two versions.")
NOTHING_BESIDE = Text(
    "Rækken betyder, at der intet var, men tabellen har andre rækker.",
    "The row says that there was nothing, but the table has other rows.",
)
STORED_ALREADY = Text(
    "Perioden er indberettet med andre tal. Skriv den version, der rettes, i kolonnen »Version, der rettes«.",
    "The period is reported with other numbers. Write the version to correct in the column “Version to correct”.",
)
OTHER_VERSION = Text(
    "Perioden er rettet af andre imens. Hent den, som den er nu, og ret den.",
    "The period was corrected by somebody else meanwhile. Fetch it as it is now, and correct that.",
)
COLUMN_UNKNOWN = Text("Skemaet har ikke denne kolonne. Slet den.", "The form has no such column. Delete it.")
COLUMN_REPEATED = Text("Kolonnen står der to gange.", "The column stands there twice.")
COLUMN_MISSING = Text("Filen mangler en kolonne, den skal have.", "The file lacks a column that it must have.")
NO_ROWS = Text("Filen har ingen udfyldte rækker.", "The file has no row that is filled in.")
TOO_MANY_ROWS = Text(
    f"Filen har mere end {in_digits(content.MOST_LINES).da} rækker. Del den.",
    f"The file has more than {in_digits(content.MOST_LINES).en} rows. Split it.",
)
# What each of them is called.
TEXTS = {
    "table_expected": TABLE_EXPECTED,
    "version_expected": VERSION_EXPECTED,
    "versions_differ": VERSIONS_DIFFER,
    "version_missing": STORED_ALREADY,
    "version_stale": OTHER_VERSION,
    "nothing_beside_lines": NOTHING_BESIDE,
}
# What is said instead where the rule speaks of what programs send.
FOR_PEOPLE: dict[str, Text] = {
    "code_unknown": Text("Vælg på listen i cellen.", "Choose from the list of the cell."),
    "number_expected": Text(
        f"Et helt tal fra 0 til {in_digits(content.MOST).da}. Lad cellen stå tom, hvis tallet ikke er kendt.",
        f"A whole number from 0 to {in_digits(content.MOST).en}. Leave the cell empty if the number is not known.",
    ),
    "line_twice": Text(
        "En anden række har de samme svar. Læg deres tal sammen i én.",
        "Another row has the same answers. Add their numbers up in one.",
    ),
}


def texts_in(*names: object) -> Iterator[Text]:
    """The texts among some values."""
    return (each for each in names if isinstance(each, Text))


@cache
def sentences() -> frozenset[str]:
    """Everything that we write into the column of errors, as it is looked up: a file that comes back has it."""
    of_rules = (check.detail for form in FORMS.values() for check in form.checks)
    of_codes = (
        text
        for form in FORMS.values()
        for each in dimensions_of(form.id).values()
        for text in every_sentence(each.codelist)
    )
    ours = (*globals().values(), *vars(content).values(), *vars(submit).values())
    texts = (
        *texts_in(*ours),
        *FOR_PEOPLE.values(),
        *ROW_WORDS.values(),
        *EXPECTED.values(),
        *submit.CLOSED.values(),
        *of_rules,
        *of_codes,
    )
    return frozenset({MORE, *(fold(text) for both in texts for text in both)})


def is_ours(cell: object) -> bool:
    """Whether a cell of the column of errors has nothing but what we wrote there."""
    return isinstance(cell, str) and all(fold(line) in sentences() for line in cell.splitlines() if line.strip())
