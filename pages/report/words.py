"""The words around a report; those in it are its own."""

from __future__ import annotations

from core.text import Text

REPORT: dict[str, Text] = {
    "pdf": Text("Hent som PDF", "Download as PDF"),
    "data": Text("Hent tallene som JSON", "Download the figures as JSON"),
    "newer": Text("Der er en nyere udgave af rapporten:", "There is a newer edition of this report:"),
    "withdrawn": Text("Tal i rapporten er trukket tilbage", "Figures in this report are withdrawn"),
    "withdrawn_lead": Text(
        "Rapporten bygger på tal, som er trukket tilbage. Brug dem ikke, heller ikke fra PDF-filen.",
        "The report was made from figures that are withdrawn. Do not use them, not from the PDF either.",
    ),
    "errata": Text("Rettelser, siden rapporten blev lavet", "Errata since the report was made"),
    "errata_lead": Text(
        "Der er fundet fejl i tal, som rapporten bygger på.",
        "Errors were found in figures that the report was made from.",
    ),
    "reviews": Text("Tal i rapporten er under gennemgang", "Figures in this report are under review"),
    "reviews_lead": Text(
        "Rapporten bygger på udgivelser, der er ved at blive gennemgået. Brug den med forbehold:",
        "The report was made from releases that are under review. Use it with caution:",
    ),
    "editions": Text("Udgaver", "Editions"),
    "this": Text("denne", "this one"),
    "cite": Text("Citér", "Cite"),
    "every_report": Text("Alle årsrapporter", "All annual reports"),
    "about": Text(
        "Tallene i årsrapporten, som tekst, figurer og tabeller.", "The figures of the year in text, charts and tables."
    ),
}
REPORTS: dict[str, Text] = {
    "title": Text("Årsrapporter", "Annual reports"),
    "lead": Text(
        "Årets tal om menneskehandel med figurer og tabeller. Hver rapport er en side og en PDF, der kan læses op.",
        "The figures of the year on human trafficking, with charts and tables. Each report is a page and an accessible PDF.",
    ),
    "none": Text("Der er endnu ingen årsrapport.", "There is no annual report yet."),
}
