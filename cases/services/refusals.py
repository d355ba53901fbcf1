"""What the functions of `cases/services/sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "COUNT_ASSIGNMENT_RIGHT_MISSING": Text(
        "Kun centrets partneransvarlige sætter, hvem der indberetter et skema. Bed en af dem om at gøre det.",
        "Only the centre's partner managers set who reports a form. Ask one of them to do it.",
    ),
    "COUNT_ASSIGNMENT_OF_TEST": Text("I testtilstand forventes ingen skemaer.", "In test mode no form is expected."),
}
