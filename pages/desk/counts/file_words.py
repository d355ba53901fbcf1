"""The words of the pages of a file of counts."""

from __future__ import annotations

from collections.abc import Mapping

from cases.intake.countfiles.delivering import PeriodOutcome
from core.text import Text
from pages.desk.counts.words import COUNTS

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
