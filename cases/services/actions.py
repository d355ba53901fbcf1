"""What the audit calls the actions of this room."""

from __future__ import annotations

from cases.services.forms import FORMS
from cases.services.models import CountAssignment
from core.text import Text
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "countassignment.add": Text("Sat, hvem der indberetter et skema", "Set who reports a form"),
        "count.send": Text("Skema med tal indberettet", "Form with counts reported"),
        "count.correct": Text("Skema med tal rettet", "Form with counts corrected"),
    },
    {"form": Text("skema", "form")},
    {"form": {form.id: form.label for form in FORMS.values()}},
)
subjects.add(("countassignment.",), CountAssignment, partners=("partner",))
