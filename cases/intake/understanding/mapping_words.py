"""What can be wrong with a mapping, in words, by the rule."""

from __future__ import annotations

from core.text import Text

MOST_ENTRIES, MOST_CHARACTERS = 200, 100
WORD_UNKNOWN = "mapping_word_unknown"
MAPPING_WORDS = {
    "mapping_malformed": Text(
        "Oversættelsen skal have formen columns, values, dates og editions, med korte tekster.",
        "The mapping must have the form of columns, values, dates and editions, with short texts.",
    ),
    "mapping_too_large": Text(
        f"Højst {MOST_ENTRIES} oversættelser på højst {MOST_CHARACTERS} tegn.",
        f"At most {MOST_ENTRIES} entries of at most {MOST_CHARACTERS} characters.",
    ),
    "mapping_column_unknown": Text(
        "En kolonne oversættes til et felt, som ikke findes.", "A column is mapped to a field that does not exist."
    ),
    "mapping_field_unknown": Text(
        "Ord, datoer eller en udgave angives for et felt, som ikke har dem.",
        "Words, dates or an edition are told of a field that has none.",
    ),
    "mapping_code_unknown": Text(
        "Et ord oversættes til en kode, som feltet ikke har.",
        "A word is mapped to a code that the field does not have.",
    ),
    "mapping_contradicts": Text(
        "En overskrift eller et ord betyder allerede noget andet i skemaet.",
        "A header or a word means something else in the template already.",
    ),
    "mapping_identifier": Text(
        "En overskrift eller et ord ligner personoplysninger. De må ikke gemmes.",
        "A header or a word looks like personal data, which must not be kept.",
    ),
    WORD_UNKNOWN: Text(
        "Ordbogen har ikke alle ordene. Er et af dem navnet på en person, må det ikke gemmes: ret det i jeres fil. Er intet af dem "
        "det, så sig det (names_nobody).",
        "The dictionary does not have all of the words. Where one of them is a person's name, it must not be kept: change it in "
        "your file. Where none of them is, say so (names_nobody).",
    ),
}
