"""What `counts` says."""

from __future__ import annotations

from henvis_client.texts import Text

NONE_EXPECTED = Text(
    "Ingen talskemaer forventes af jer. `henvis counts forms` viser dem, der kan sendes.",
    "No forms of counts are expected of you. `henvis counts forms` shows those that can be sent.",
)
EXPECTED_COLUMNS = (
    Text("Skema", "Form"),
    Text("Periode", "Period"),
    Text("Status", "State"),
    Text("Frist", "Due"),
)
STATES = {
    "NOT_DUE": Text("ikke modtaget, fristen er ikke nået", "not received, not due yet"),
    "RECEIVED": Text("modtaget", "received"),
    "LATE": Text("modtaget efter fristen", "received after the deadline"),
    "MISSING": Text("mangler", "missing"),
}
FORM_COLUMNS = (Text("Skema", "Form"), Text("Navn", "Name"), Text("Periode", "Period"))
PERIODS = {
    "month": Text("måned, fx 2026-11", "month, such as 2026-11"),
    "week": Text("uge, fx 2026-W47", "week, such as 2026-W47"),
    "year": Text("år, fx 2026", "year, such as 2026"),
}
SENT_COLUMNS = (
    Text("Periode", "Period"),
    Text("Hvad der skete", "What happened"),
    Text("Version", "Version"),
    Text("Linjer", "Lines"),
)
DONE = {
    "created": Text("gemt", "stored"),
    "corrected": Text("rettet", "corrected"),
    "unchanged": Text("gemt i forvejen, uændret", "stored already, unchanged"),
}
WOULD = {
    "created": Text("ville blive gemt", "would be stored"),
    "corrected": Text("ville blive rettet", "would be corrected"),
    "unchanged": DONE["unchanged"],
}
STORED = Text("Alle tal i filen er gemt.", "All counts of the file are stored.")
CHECKED = Text(
    "Alt er i orden: filen kan gemmes. Det var et tjek, og intet er gemt endnu.",
    "All right: the file can be stored. This was a check, and nothing is stored yet.",
)
TO_CORRECT = Text(
    "Jeres egen fil med det, der skal rettes, i hver række:", "Your own file with what is wrong in each row:"
)
SEND_AGAIN = Text(
    "Send filen igen: det, der måske er gemt, gemmes ikke to gange.",
    "Send the file again: what may be stored already is not stored twice.",
)
ASKED = Text(
    "Henvis spørger. Er tallene rigtige, skal I ikke gøre noget; ellers ret filen, og send den igen",
    "Henvis asks. Where the numbers are right, do nothing; else correct the file and send it again",
)
REPORT = Text(
    "{form}, {period}, version {version}, gemt {moment}.", "{form}, {period}, version {version}, stored {moment}."
)
NOTHING = Text("{table}: intet at indberette.", "{table}: nothing to report.")
NOT_KNOWN = Text("{table}: ikke oplyst.", "{table}: not known.")
NO_REPORT = Text(
    "Intet er indberettet for den periode af det skema. Se `henvis counts list` og `henvis counts forms`.",
    "Nothing is reported of that period of that form. See `henvis counts list` and `henvis counts forms`.",
)
NO_FORM = Text(
    "Det skema eller den periode findes ikke. Se `henvis counts forms`.",
    "There is no such form or period. See `henvis counts forms`.",
)
NOTHING_WRONG = Text("Der er ikke noget at rette i filen.", "Nothing is wrong in the file.")
