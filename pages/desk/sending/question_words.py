"""Words of the questions on columns, and of the page that shows what was answered."""

from __future__ import annotations

from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.month_texts import DateOrder
from cases.intake.understanding.questions import QuestionKind
from core.text import Text

QUESTION_WORDS: dict[QuestionKind, Text] = {
    QuestionKind.COLUMN: Text("Hvad står i denne kolonne?", "What is in this column?"),
    QuestionKind.VALUE: Text(
        "Hvad betyder det ord, der står her første gang?", "What does the word mean that is here for the first time?"
    ),
    QuestionKind.DATE: Text("Hvad kommer først i datoerne?", "What comes first in the dates?"),
    QuestionKind.EDITION: Text(
        "Hvilken udgave af branchekoderne er bogstaverne fra?",
        "Of which edition of NACE are the letters of industries?",
    ),
}
ORDER_WORDS: dict[DateOrder, Text] = {
    DateOrder.DAY_FIRST: Text("Dagen", "The day"),
    DateOrder.MONTH_FIRST: Text("Måneden", "The month"),
}
EDITION_WORDS: dict[NaceEdition, Text] = {
    NaceEdition.DB07: Text(
        "DB07 (NACE Rev. 2): K er finans og forsikring, T er private husholdninger",
        "NACE Rev. 2 (DB07): K is finance and insurance, T is private households",
    ),
    NaceEdition.DB25: Text(
        "DB25 (NACE Rev. 2.1): K er telekommunikation og it, U er private husholdninger",
        "NACE Rev. 2.1 (DB25): K is telecommunication and IT, U is private households",
    ),
}
NAMES_NOBODY = Text("Intet af ordene er navnet på en person.", "None of the words is a person's name.")
COLUMN_PAGE: dict[str, Text] = {
    "title": Text("Jeres egne kolonner og ord", "Your own columns and words"),
    "lead": Text(
        "Kolonner og ord i jeres filer, som hedder noget andet i skemaet, og hvad I har svaret, at de betyder. Det gælder for "
        "hver fil, I sender, til I ændrer det.",
        "Columns and words of your files that the template calls something else, and what you have answered that they mean. It "
        "holds for every file you send until you change it.",
    ),
    "none": Text("I har ikke svaret på noget endnu.", "You have not answered anything yet."),
    "columns": Text("Kolonner", "Columns"),
    "values": Text("Ord", "Words"),
    "dates": Text("Datoer", "Dates"),
    "editions": Text("Udgaven af branchekoder", "The edition of NACE"),
    "forget": Text("Slet svaret", "Forget the answer"),
    "add": Text("Tilføj en kolonne", "Add a column"),
    "add_word": Text("Tilføj et ord", "Add a word"),
    "header": Text("Overskriften i jeres fil", "The header in your file"),
    "word": Text("Ordet i jeres fil", "The word in your file"),
    "field": Text("Felt", "Field"),
    "code": Text("Det betyder", "It means"),
    "choose": Text("Vælg …", "Choose …"),
    "save": Text("Gem", "Save"),
    "nobody": NAMES_NOBODY,
    "help": Text(
        "Skriv kun overskrifter og ord, aldrig oplysninger om en person.",
        "Write headers and words only, never anything about a person.",
    ),
}
UNKNOWN_WORDS: dict[str, Text] = {
    "nobody_hint": Text(
        "Se ordene efter i filen. Ord, som ordbogen ikke har, huskes kun, når I bekræfter, at ingen af dem er et navn.",
        "Look at the words in the file. Those that the dictionary lacks are remembered only once you say that none is a name.",
    ),
    "unsure": Text(
        "Svarene er ikke gemt: mindst ét ord står ikke i ordbogen. Er intet af ordene navnet på en person, så sæt kryds ved det, "
        "og vælg filen igen. Er et af dem et navn, så ret filen, og send den som en ny. Det drejer sig om:",
        "The answers are not kept: at least one word is not in the dictionary. If none of the words is a person's name, tick the "
        "box that says so, and choose the file again. If one is a name, correct the file, and send it as a new one. It is about:",
    ),
    "unsure_here": Text("Ordbogen har ikke alle ordene her.", "The dictionary does not have all of the words here."),
    "unsure_box": Text(
        "Sæt kryds, hvis ingen af de ord er navnet på en person.",
        "Tick this if none of those words is a person's name.",
    ),
}
# Of an answer that is changed or added, with no file.
ANSWERS_UNKNOWN = Text(
    "Mindst ét af ordene står ikke i ordbogen. Er intet af dem navnet på en person, så skriv igen, sæt kryds ved det, og gem.",
    "At least one of the words is not in the dictionary. If none is a person's name, write it again, tick the box that says so, "
    "and save.",
)
SAVED = Text("Det er gemt. Næste fil læses sådan.", "It is saved. The next file is read in this way.")
NOT_SAVED = Text(
    "En anden har ændret svarene imens. Se, hvad der står nu, og ret igen.",
    "Somebody else has changed the answers meanwhile. See what is here now, and change it again.",
)
