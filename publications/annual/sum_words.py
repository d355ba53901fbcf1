"""Words of the sections on sums of what services report."""

from __future__ import annotations

from core.text import Text

QUANTITY = Text("Hvad der er talt", "What was counted")
AT_LEAST = Text("mindst {count}", "at least {count}")
BY_YEARS = Text("{title}, {years}", "{title}, {years}")
BY_DIMENSION = Text("{quantity}, {year}: {dimension}", "{quantity}, {year}: {dimension}")
ALL_AT_LEAST = Text("{caption} (mindst)", "{caption} (at least)")
MOST_OF_ALL = Text(
    "Tal af forskellige enheder lægges ikke sammen. Hvor der står »mindst«, mangler indberetninger, eller nogle af dem har "
    "ikke tallet.",
    "Numbers of different units are not added up. Where it says “at least”, reports are missing, or some of them do not have "
    "the number.",
)
SILENT = Text(
    "Om {names} vises ingen tal for {year}: selv det samlede tal kunne pege på få personer eller på én organisation.",
    "Of {names} no figures of {year} are shown: even the total could point to a few persons or to one organisation.",
)
NOT_OF_YEAR = Text(
    "Der er ingen offentliggjorte tal for {year} om {names}.", "There are no published figures of {year} on {names}."
)
REPORTS = Text("Indberetninger bag tallene, {year}", "Reports behind the figures, {year}")
FORM = Text("Skema", "Form")
REPORT_HEADINGS = (
    Text("Forventet", "Due"),
    Text("Modtaget", "Came"),
    Text("Modtaget derudover", "Came without being due"),
)
NOT_KNOWN_TO_ALL = Text("{names} er ikke oplyst i alle indberetninger.", "{names}: not all reports have the number.")
SUMS_PROTECTED = Text(
    "Summer af det, som tilbud har indberettet, vises heller ikke, hvor de kunne vise, hvad én organisation alene har "
    "indberettet. Hvor indberetninger mangler, skriver rapporten »mindst«.",
    "Sums of what services reported are not shown either where they could show what one organisation alone reported. Where "
    "reports are missing, the report says “at least”.",
)
