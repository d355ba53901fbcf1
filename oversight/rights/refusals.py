"""What the functions of `oversight/rights/sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "ERASURE_ISOLATION": Text(
        "Intet er slettet: programmet gjorde en fejl. Prøv igen, og sig det til driften, hvis det sker igen.",
        "Nothing is erased: the program made a mistake. Try again, and tell operations if it happens again.",
    ),
    "ERASER_RIGHT_MISSING": Text(
        "Kun centrets databeskyttelse sletter en persons oplysninger. Bed en af dem om at gøre det.",
        "Only the centre's data protection staff erase a person's data. Ask one of them to do it.",
    ),
    "PRODUCER_RIGHT_MISSING": Text(
        "Kun centrets databeskyttelse udleverer en persons oplysninger. Bed en af dem om at gøre det.",
        "Only the centre's data protection staff produce a person's data. Ask one of them to do it.",
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
