"""The sources of figures, one entry each. A source without a dataset answers "not in any release".

Whoever adds a dataset to releases names it here; every field of the source is then filled from the releases that have it.
"""

from __future__ import annotations

from cases.dimensions import protected_datasets
from core.text import Text
from publications.international.shapes import FieldSource
from stats.sums.of_forms import OF_SUMS

OF_PERSONS = Text("personer", "persons")
# The dataset of persons that releases publish.
PUBLISHED = next(iter(protected_datasets()))


def of_sums(label: Text, unit: Text, table: str, quantity: str) -> FieldSource:
    """A quantity of the sums of a table of a form."""
    return FieldSource(label, unit, OF_SUMS[table], quantity)


def use_of_services(label: Text, quantity: str) -> FieldSource:
    """Who used services of victims, at a stage."""
    about = Text(f"Brug af ydelser fra ofre: {label.da}", f"Use of services of victims: {label.en}")
    return of_sums(about, OF_PERSONS, "justice.services_used", quantity)


SOURCES: dict[str, FieldSource] = {
    "identified": FieldSource(PUBLISHED.label, OF_PERSONS, PUBLISHED),
    "presumed": FieldSource(
        Text(
            "Formodede ofre, som ikke er vurderet udsat for menneskehandel", "Presumed victims who are not identified"
        ),
        OF_PERSONS,
    ),
    "declined": FieldSource(
        Text("Personer, der ikke ønskede at blive udredt", "Persons who declined assessment"), OF_PERSONS
    ),
    "suspects": of_sums(Text("Mistænkte", "Suspects"), OF_PERSONS, "justice.suspects", "suspects"),
    "prosecuted": of_sums(Text("Tiltalte", "Persons prosecuted"), OF_PERSONS, "justice.prosecuted", "prosecuted"),
    "decisions": of_sums(
        Text("Afgørelser om tiltale", "Decisions to prosecute"),
        Text("afgørelser", "decisions"),
        "justice.decisions",
        "decisions",
    ),
    "convicted": of_sums(Text("Dømte", "Persons convicted"), OF_PERSONS, "justice.convicted", "convicted"),
    "judgments": of_sums(Text("Domme", "Judgments"), Text("domme", "judgments"), "justice.judgments", "judgments"),
    "used_suspects": use_of_services(Text("mistænkte", "suspects"), "used_suspects"),
    "used_prosecuted": use_of_services(Text("tiltalte", "persons prosecuted"), "used_prosecuted"),
    "used_convicted": use_of_services(Text("dømte", "persons convicted"), "used_convicted"),
    "grants": of_sums(
        Text("Bistand, som personer fik", "Assistance that persons were granted"),
        Text("bevillinger", "grants"),
        "assistance.grants",
        "granted",
    ),
    "returns": of_sums(
        Text("Forberedte hjemrejser", "Prepared returns"),
        Text("hjemrejser", "returns"),
        "assistance.returns",
        "returns",
    ),
    "not_collected": FieldSource(Text("Registreres ikke", "Not collected"), OF_PERSONS),
}
