"""What can be wrong with the form of a value, by code: the refusals that a field of the dictionary can meet, whoever reads it."""

from __future__ import annotations

from partners.text import Text

SHAPES = {
    "required": Text("Feltet skal være der.", "The field is required."),
    "code_expected": Text("En tekst med en kode fra kodelisten.", "A text with a code of the code list."),
    "code_unknown": Text("Koden er ikke på kodelisten.", "The code is not on the code list."),
    "set_expected": Text("En liste af koder; [] betyder ingen.", "A list of codes; [] means none."),
    "not_asked_stands_alone": Text("_N står alene.", "_N stands alone."),
    "too_many_codes": Text("For mange koder.", "Too many codes."),
    "month_expected": Text("En måned som ÅÅÅÅ-MM.", "A month as YYYY-MM."),
    "case_token_expected": Text(
        "En sagskode på 11 tegn, hvoraf det sidste er et kontroltegn.",
        "A case token of 11 characters, the last of which is a check character.",
    ),
    "object_expected": Text("Et JSON-objekt.", "A JSON object."),
    "unknown_member": Text(
        "Objektet har et medlem, som ikke bruges. Navnet gentages ikke; de mulige står i allowed.",
        "The object has a member that is not used. Its name is not repeated; the possible ones are in allowed.",
    ),
    "read_only": Text(
        "Feltet sættes af tjenesten og ændres ikke her: udelad det, eller send det, som det blev hentet.",
        "The service sets this field, and it is not changed here: leave it out, or send it as you got it.",
    ),
}
