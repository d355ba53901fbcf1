"""What the functions of `cases/rights/sql` refuse."""

from __future__ import annotations

from partners.text import Text

REFUSALS = {
    "ERASURE_ISOLATION": Text("Personer slettes ved READ COMMITTED.", "Persons are erased at READ COMMITTED."),
    "ERASER_RIGHT_MISSING": Text(
        "Kun aktive medarbejdere med rettigheden erase_case må gøre det.",
        "Only active staff with the right erase_case may do this.",
    ),
    "PRODUCER_RIGHT_MISSING": Text(
        "Kun aktive medarbejdere med rettigheden produce_case må gøre det.",
        "Only active staff with the right produce_case may do this.",
    ),
    "PERSON_CHANGED": Text(
        "Oplysningerne om personen er ændret i mellemtiden: se dem igen.",
        "What is held about this person has changed meanwhile: look again.",
    ),
    "REHEARSAL_NOT_TEST": Text(
        "Kun en klient i testtilstand tømmer det, dens partner har sendt.",
        "Only a client in test mode empties what its partner sent.",
    ),
    "DIGEST_MISSING": Text(
        "Hver sag og hver henvisning, der slettes, efterlader et aftryk.",
        "Every case and every referral that is erased leaves a digest.",
    ),
}
