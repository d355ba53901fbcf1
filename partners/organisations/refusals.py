"""What the functions of `partners/organisations/sql/organisations.sql` and `cases/sql/agreement.sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "AGREEMENT_WITHOUT_MANAGER": Text(
        "Aftalen bekræftes af en leder i organisationen.",
        "The agreement is confirmed by a manager of the organisation.",
    ),
    "AGREEMENT_MISSING": Text(
        "Organisationen har ikke bekræftet databehandleraftalen.",
        "The organisation has not confirmed the data-processing agreement.",
    ),
    "MANDATE_WITHOUT_MANAGER": Text(
        "En fuldmagt gives, modtages og ophæves af organisationernes egne ledere.",
        "A mandate is given, accepted and ended by managers of the organisations themselves.",
    ),
    "MANDATE_NOT_POSSIBLE": Text(
        "Der er ingen organisation med det nummer, der kan få fuldmagt, eller fuldmagten er ophævet.",
        "No organisation with that number can be given a mandate, or the mandate has ended.",
    ),
    "NAME_TAKEN": Text(
        "En anden organisation har navnet eller får det.", "Another organisation has this name, or is to have it."
    ),
    "PARTNER_SUCCEEDED": Text(
        "Organisationen er videreført af en anden og forbliver lukket.",
        "Another organisation has succeeded this one, which stays closed.",
    ),
    "SUCCESSION_NOT_POSSIBLE": Text(
        "En videreførelse kræver to åbne organisationer af samme type, en dato, der er nået, og ingen kæde.",
        "A succession needs two open organisations of one kind, a day that has come, and no chain.",
    ),
}
