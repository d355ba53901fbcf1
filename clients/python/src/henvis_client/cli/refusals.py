"""Refusals in the words of the command line, where those of the API speak of requests, headers and parameters."""

from __future__ import annotations

import re
from functools import reduce

from henvis_client.errors import HenvisError, Problem
from henvis_client.texts import Text

# Problems of the API by their code.
PROBLEMS = {
    "columns_wrong": Text(
        "Filens kolonner passer ikke, og intet er gemt. Brug skabelonen (`henvis template`), eller sig én gang, hvilket felt jeres "
        "egen kolonne er (`henvis mapping column OVERSKRIFT FELT`).",
        "The columns of the file do not fit, and nothing is stored. Use the template (`henvis template`), or say once which field "
        "your own column is (`henvis mapping column HEADER FIELD`).",
    ),
    "batch_running": Text(
        "Henvis arbejder endnu på filen. Følg den med `henvis jobs watch`.",
        "Henvis is still at work on the file. Follow it by `henvis jobs watch`.",
    ),
    "batch_given_up": Text(
        "Henvis opgav at behandle filen. Send den igen: det, der allerede er gemt, gemmes ikke to gange.",
        "Henvis gave up on the file. Send it again: what is stored already is not stored twice.",
    ),
    "deliveries_waiting": Text(
        "Så mange af jeres filer venter, at denne ikke er taget imod endnu. Prøv igen om lidt.",
        "So many of your files wait that this one was not taken yet. Try again in a while.",
    ),
    "nothing_waits": Text(
        "Der er intet at gemme: filen er gemt, annulleret eller afvist, eller der er gået et døgn. Send den igen.",
        "There is nothing to store: the file is stored, was cancelled or refused, or a day has passed. Send it again.",
    ),
    "results_deleted": Text(
        "Resultaterne er slettet efter 30 dage. Det, der er gemt, er gemt.",
        "The results were deleted after 30 days. What is stored is stored.",
    ),
    "template_too_old": Text(
        "Filen er lavet i en skabelon, der ikke tages imod længere. Intet er gemt. Hent en ny med `henvis template`, og kopiér "
        "rækkerne over.",
        "The file was made in a template that is taken no longer. Nothing is stored. Fetch a new one by `henvis template` and copy "
        "the rows into it.",
    ),
    "identifier_in_file": Text(
        "Filen kan udpege en person og er afvist. Intet af den er gemt. Slet det, der er nævnt her, og send filen igen. Slet også "
        "kopier, hvor andre kan se dem.",
        "The file may identify a person and was refused. Nothing of it is stored. Delete what is named here and send the file "
        "again. Delete copies as well where others can see them.",
    ),
    "payload_too_large": Text(
        "Filen er for stor. Del den, eller send den med --lenient. Grænserne står i `henvis whoami`.",
        "The file is too large. Divide it, or send it with --lenient. The limits are in `henvis whoami`.",
    ),
    "precondition_failed": Text(
        "En anden har ændret det samme imens. Prøv igen.", "Somebody else has changed the same meanwhile. Try again."
    ),
    "not_found": Text(
        "Det findes ikke, eller det er ikke jeres. Se `henvis jobs list`.",
        "It does not exist, or it is not yours. See `henvis jobs list`.",
    ),
    "invalid_client": Text(
        "Henvis kender ikke klienten eller API-nøglen. Log ind igen med `henvis login`, eller få en ny API-nøgle af den "
        "kollega i jeres egen organisation, der er leder i Henvis og laver organisationens API-nøgler.",
        "Henvis does not know the client or the secret. Log in again by `henvis login`, or get a new secret from the colleague in "
        "your own organisation who is its manager in Henvis and makes its secrets.",
    ),
    "validation_failed": Text(
        "Henvis tager ikke imod det, som det står. Intet er gemt.",
        "Henvis does not take this as it stands. Nothing is stored.",
    ),
    "not_authenticated": Text(
        "Adgangen gælder ikke længere. Log ind igen med `henvis login`.",
        "The access has ended. Log in again by `henvis login`.",
    ),
    "insufficient_scope": Text(
        "Klienten må ikke dette. Hvad den må, står i `henvis whoami`.",
        "The client may not do this. What it may is in `henvis whoami`.",
    ),
    "unavailable": Text("Henvis er ikke klar. Prøv igen om lidt.", "Henvis is not ready. Try again in a while."),
    "idempotency_in_flight": Text(
        "Henvis arbejder netop nu på den samme fil. Prøv igen om lidt.",
        "Henvis is at work on the same file at this moment. Try again in a while.",
    ),
}
# Rules of findings by their id.
RULES = {
    "column_unknown": Text(
        "Kolonnen kendes ikke. Brug skabelonens overskrifter, eller sig, hvilket felt den er. Er den ikke et felt, så slet "
        "kolonnen.",
        "The column is not known. Use the headers of the template, or say which field it is. If it is no field, delete the column.",
    ),
    "own_key_column": Text(
        "Kolonnen ligner jeres egen nøgle. Den må ikke sendes: med --key-column laver henvis den om til en reference her.",
        "The column looks like your own key, which must not be sent: with --key-column henvis makes a reference of it here.",
    ),
    "example_row": Text(
        "Rækken er skabelonens eksempel. Slet den.", "The row is the example of the template. Delete it."
    ),
}
# What is said of an own key in a file that has references.
KEY_TOO_MUCH = Text(
    "Det ligner jeres egen nøgle, som ikke må sendes. Rækkerne har referencer i forvejen: slet kolonnen.",
    "This looks like your own key, which must not be sent. The rows have references already: delete the column.",
)

# Options of the command line in the place of what a request says.
OPTIONS = {"prefer=latest": "--prefer latest", "handling=lenient": "--lenient", "dry_run=true": "`henvis check`"}
MEANT = Text("Mente du {code}?", "Did you mean {code}?")
# What only programs ask about. A problem that speaks of it and has no words here is told by its title.
OF_PROGRAMS = re.compile("`|/api/|Retry-After|Idempotency-Key|If-Match|ETag|HTTP")


def sentence_of(error: HenvisError, language: str) -> str:
    """What is said of an error."""
    if not isinstance(error, Problem):
        return error.sentence(language)
    if error.code in PROBLEMS:
        return PROBLEMS[error.code](language)
    return f"{error.title}." if OF_PROGRAMS.search(error.detail) else error.sentence(language)


def detail_of(rule: str, detail: str, language: str, suggestion: str | None = None) -> str:
    """What is said of a finding."""
    if rule not in RULES:
        return reduce(lambda text, each: text.replace(*each), OPTIONS.items(), detail)
    return " ".join([RULES[rule](language), *([MEANT(language, code=suggestion)] if suggestion else [])])
