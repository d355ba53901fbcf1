"""Names of this app and its models on the staff pages, and what its database refuses."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Tal for tilbud", "Counts of services")

MODELS = {
    "countreport": ModelNames(
        Text("indberettet skema", "count report"),
        Text("indberettede skemaer", "count reports"),
        {"form": Text("skema", "form"), "period": Text("periode", "period"), "content": Text("tal", "numbers")},
    ),
    "countassignment": ModelNames(
        Text("hvem der indberetter et skema", "who reports a form"),
        Text("hvem der indberetter skemaer", "who reports which form"),
        {
            "form": Text("skema", "form"),
            "since": Text("fra og med", "from"),
            "reports": Text("partneren", "the partner"),
            "assigned_at": Text("sat", "set"),
            "user": Text("af", "by"),
        },
    ),
}
HELPS = {
    "since": Text(
        "Gælder de perioder, der begynder denne dag eller senere.",
        "Holds for the periods that begin on this day or later.",
    ),
}
ASSIGN = Text("Sæt, hvem der indberetter et skema", "Set who reports a form")
ASSIGN_WARNING = Text(
    "Det gælder straks, og går forud for det, der før er sat for de samme perioder. Det, partneren allerede har sendt, bliver "
    "stående. Rækken kan ikke ændres eller slettes; en ny kan træde i dens sted.",
    "It holds at once, and goes before what was set for the same periods earlier. What the partner has sent already stays. The row "
    "cannot be changed or deleted; another one can take its place.",
)
FIELDS = SHARED
CONSTRAINTS = {
    "countreport_version": Text("Versionen findes allerede.", "This version already exists."),
    "countreport_current": Text(
        "Skemaet findes allerede for perioden.", "The form is reported for this period already."
    ),
}
# What the functions of this room in the database refuse, by their codes.
REFUSALS = {
    "COUNT_ASSIGNMENT_RIGHT_MISSING": Text(
        "Kun centrets partneransvarlige sætter, hvem der indberetter et skema. Bed en af dem om at gøre det.",
        "Only the centre's partner managers set who reports a form. Ask one of them to do it.",
    ),
    "COUNT_ASSIGNMENT_OF_TEST": Text("I testtilstand forventes ingen skemaer.", "In test mode no form is expected."),
}
