"""The sources of figures, one entry each. A source without a dataset answers "not in any release".

Whoever adds a dataset to releases names it here; every field of the source is then filled from the releases that have it.
"""

from __future__ import annotations

from cases.dimensions import PERSONS
from cases.international.shapes import FieldSource
from partners.text import Text

OF_PERSONS = Text("personer", "persons")
SOURCES: dict[str, FieldSource] = {
    "identified": FieldSource(PERSONS.label, OF_PERSONS, PERSONS),
    "presumed": FieldSource(
        Text("Formodede ofre, som ikke er vurderet som ofre", "Presumed victims who are not identified"), OF_PERSONS
    ),
    "declined": FieldSource(
        Text("Personer, der ikke ønskede at blive udredt", "Persons who declined assessment"), OF_PERSONS
    ),
    "suspects": FieldSource(Text("Mistænkte", "Suspects"), OF_PERSONS),
    "prosecuted": FieldSource(Text("Tiltalte", "Persons prosecuted"), OF_PERSONS),
    "decisions": FieldSource(Text("Afgørelser om tiltale", "Decisions to prosecute"), Text("afgørelser", "decisions")),
    "convicted": FieldSource(Text("Dømte", "Persons convicted"), OF_PERSONS),
    "judgments": FieldSource(Text("Domme", "Judgments"), Text("domme", "judgments")),
    "services_used": FieldSource(
        Text(
            "Brug af ydelser fra ofre: mistænkte, tiltalte og dømte",
            "Use of services of victims: suspects to convicted",
        ),
        OF_PERSONS,
    ),
    "assistance": FieldSource(Text("Bistand og hjemrejse", "Assistance and return"), OF_PERSONS),
    "not_collected": FieldSource(Text("Registreres ikke", "Not collected"), OF_PERSONS),
}
