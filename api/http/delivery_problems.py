"""The problems of what is delivered: whole files, and what must be in none."""

from __future__ import annotations

from api.http.problem_kind import Problem
from partners.text import Text

DELIVERY_PROBLEMS = (
    Problem(
        "test_mode_only",
        403,
        Text("Kun i testtilstand", "In test mode only"),
        Text(
            "Klienten er i drift, og det, den har sendt, slettes ikke på denne måde. Brug jeres testklient. Træk en forkert "
            "henvisning tilbage, eller bed centret om at fjerne den.",
            "The client is live, and what it sent is not deleted in this way. Use your test client. Withdraw a referral that is "
            "wrong, or ask the centre to purge it.",
        ),
    ),
    Problem(
        "identifier_in_body",
        422,
        Text("Indholdet kan udpege en person", "The content may identify a person"),
        Text(
            "Noget ligner et CPR-nummer, et navn, en adresse eller andet, der udpeger en person. `errors` nævner feltet, "
            "aldrig værdien. Intet er gemt, heller ikke i loggen. Slet det hos jer, og send koder alene. En reference skal "
            "være en tilfældig UUID. Er det sendt på anden vis, så ring til centret, og skriv det ikke i en mail.",
            "Something looks like a CPR number, a name, an address or anything else that identifies a person. `errors` "
            "names the field, never the value. Nothing was stored, nor logged. Delete it at your end and send codes alone. "
            "A reference must be a random UUID. If it was sent in some other way, call the centre; do not put it in a mail.",
        ),
    ),
    Problem(
        "identifier_in_file",
        422,
        Text("Filen kan udpege en person", "The file may identify a person"),
        Text(
            "En kolonne eller en celle ligner et CPR-nummer, et navn, en adresse eller andet, der udpeger en person. `errors` "
            "nævner kolonne og række, aldrig værdien eller overskriften. Hele filen er afvist, og intet af den er gemt. Slet "
            "kolonnen eller cellen, og send filen igen. Slet også kopien, hvis den ligger, hvor andre kan se den, og ring til "
            "centret, hvis den er sendt på anden vis.",
            "A column or a cell looks like a CPR number, a name, an address or anything else that identifies a person. "
            "`errors` names the column and the row, never the value or the header. The whole file is refused, and nothing "
            "of it is kept. Delete the column or the cell, and send the file again. Delete the copy as well where others "
            "can see it, and call the centre if it was sent in some other way.",
        ),
    ),
)
