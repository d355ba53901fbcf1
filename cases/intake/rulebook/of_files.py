"""The rules on a file as such: reading it, its columns, what was told of them, its template, and identifiers in it."""

from __future__ import annotations

from collections.abc import Iterator

from cases.intake.findings import FindingClass
from cases.intake.guard.kinds import GUARD_RULES
from cases.intake.readers.refusals import FILE_WORDS, ROW_WORDS
from cases.intake.rulebook.rule import FindingRule, RuleExample, RuleGroup, RuleNote, derive, with_examples
from cases.intake.templates.columns import NO_PERSON
from cases.intake.understanding.columns import COLUMN_WORDS
from cases.intake.understanding.questions import MAPPING_WORDS
from core.text import Text

FILE = RuleGroup(
    "file",
    Text("Filen", "The file"),
    Text(
        "Filen eller rækken kan ikke læses, som den er. Ret den i jeres regneark eller system, og send den igen. Er "
        "hele filen afvist, er intet gemt.",
        "The file or the row cannot be read as it is. Correct it in your spreadsheet or system and send it again. "
        "Where the whole file is refused, nothing was stored.",
    ),
)
COLUMNS = RuleGroup(
    "columns",
    Text("Filens kolonner", "The columns of the file"),
    Text(
        "Brug skemaets overskrifter: koden, den danske eller den engelske betegnelse. Hele filen er afvist, og intet "
        "er gemt.",
        "Use the headers of the template: the code, the Danish or the English label. The whole file is refused, and "
        "nothing was stored.",
    ),
)
MAPPING = RuleGroup(
    "mapping",
    Text("Oversættelsen af jeres egne ord", "The mapping of your own words"),
    Text(
        "Oversættelsen oplyser, hvilket felt jeres overskrifter er, og hvilken kode jeres ord er. Den er afvist som "
        "helhed, og den gemte gælder stadig.",
        "The mapping says which field your headers are, and which code your words are. It is refused as a whole, and "
        "the stored one still holds.",
    ),
)
IDENTIFIERS = RuleGroup(
    "identifiers",
    Text("Noget, der udpeger en person", "What identifies a person"),
    Text(
        "Hele filen er afvist, før noget af den nåede databasen. Kolonne og række nævnes, aldrig værdien. Slet "
        "kolonnen eller cellen, og send filen igen. Er noget afvist, der ikke udpeger nogen, så skriv koden i stedet "
        "for ordet.",
        "The whole file is refused before anything of it reached the database. Column and row are named, never the "
        "value. Delete the column or the cell and send the file again. Where something is refused that identifies "
        "nobody, write the code instead of the word.",
    ),
)
FILE_EXAMPLES = {
    "no_rows": RuleExample(lines="reference;referred_in;gender\n"),
    "row_ragged": RuleExample(lines="referred_in;region;gender\n2025-03;DK01\n"),
    "quote_unclosed": RuleExample(lines='referred_in;region;gender\n2025-03;"DK01;F\n'),
}
COLUMN_NOTES = {
    "column_unknown": RuleNote(
        Text("Kolonnen kendes ikke", "The column is not known"),
        Text(
            "Hører kolonnen til et felt, så sig hvilket, når I bliver spurgt; det huskes. Ellers slet den: "
            "oplysninger, der ikke bruges, må ikke sendes.",
            "Where the column is one of the fields, say which when you are asked; it is remembered. Otherwise delete "
            "it: information that is not used must not be sent.",
        ),
        RuleExample(lines="reference;referred_in;Shoe size\n"),
    ),
    "column_repeated": RuleNote(
        about=Text(
            "Slet den ene. En kode og dens betegnelse, som `gender` og Køn, er det samme felt.",
            "Delete one of them. A code and its label, such as `gender` and Gender, are the same field.",
        ),
        example=RuleExample(lines="reference;gender;Køn\n"),
    ),
    "column_missing": RuleNote(
        about=Text(
            "Kolonner med * i skemaet skal være der, også hvor svaret er ukendt: skriv `_U` i hver række. Hent et "
            "skema, og kopiér kolonnerne over i det.",
            "Columns with * in the template must be there, even where the answer is not known: write `_U` in each "
            "row. Fetch a template and copy your columns into it.",
        ),
        example=RuleExample(lines="reference;referred_in\n"),
    ),
    "own_key_column": RuleNote(
        Text("Jeres egen nøgle må ikke sendes", "Your own key must not be sent"),
        Text(
            "Et journalnummer peger på en person i jeres system. Programmet henvis og skemaet i browseren gør nøglen "
            "til en reference, før noget sendes: den samme nøgle giver altid den samme reference, og ingen kan regne "
            "tilbage.",
            "A file number points to a person in your system. The program henvis, and the template in the browser, "
            "turn the key into a reference before anything is sent: the same key always gives the same reference, and "
            "nobody can reckon back.",
        ),
        RuleExample(lines="own_key;referred_in\n"),
    ),
}
# Headers alone: an invented person would still be one.
IDENTIFIER_EXAMPLES = {
    "identifier_cpr": RuleExample(lines="reference;CPR-nummer\n"),
    "identifier_email": RuleExample(lines="reference;E-mail\n"),
    "identifier_phone": RuleExample(lines="reference;Telefon\n"),
    "identifier_name": RuleExample(lines="reference;Navn\n"),
    "identifier_birth_date": RuleExample(lines="reference;Fødselsdato\n"),
    "identifier_address": RuleExample(lines="reference;Adresse\n"),
    "identifier_url": RuleExample(lines="reference;Profil\n"),
    "identifier_case_number": RuleExample(lines="reference;Journalnummer\n"),
}

OF_FILES: tuple[FindingRule, ...] = (
    FindingRule(
        "too_much_text",
        FindingClass.ERROR,
        Text("For meget tekst, der ikke er koder", "Too much text that is no codes"),
        Text(
            "Filen har mere tekst, end der er i koder og betegnelser.",
            "The file has more text than there is in codes and labels.",
        ),
        Text(
            "Skriv koder eller skemaets betegnelser i stedet for egne ord, eller del filen. Intet af den er gemt.",
            "Write codes or the labels of the template instead of words of your own, or divide the file. Nothing of it was stored.",
        ),
        FILE,
    ),
    FindingRule(
        "too_many_rows_public",
        FindingClass.ERROR,
        Text("For mange rækker til en kontrol uden konto", "Too many rows for a check without an account"),
        Text(
            "Uden konto kontrolleres højst 500 rækker ad gangen.",
            "Without an account at most 500 rows are checked at a time.",
        ),
        Text(
            "Kontrollér et udsnit af filen. Med en konto kontrolleres hele filen: send den med `dry_run=true`.",
            "Check a part of the file. With an account all of it is checked: send it with `dry_run=true`.",
        ),
        FILE,
    ),
    FindingRule(
        "too_many_rows_strict",
        FindingClass.ERROR,
        Text("For mange rækker til alt eller intet", "Too many rows for all or none"),
        Text(
            "Så mange rækker kan ikke gemmes som helhed: del filen, eller send den med handling=lenient.",
            "So many rows cannot be stored as a whole: divide the file, or send it with handling=lenient.",
        ),
        Text(
            "Grænsen står i GET /api/v1/me. Med `Prefer: handling=lenient` gemmes hver række, der kan, og de andre nævnes.",
            "The limit is in GET /api/v1/me. With `Prefer: handling=lenient` every row that can be stored is, and the others are "
            "named.",
        ),
        FILE,
    ),
    FindingRule(
        "file_gone",
        FindingClass.ERROR,
        Text("Filen er væk", "The file is gone"),
        Text(
            "Filen blev væk, før den var læst. Send den igen med en ny nøgle.",
            "The file was lost before it was read. Send it again with a new key.",
        ),
        Text(
            "Fejlen er vores. Intet af filen er gemt: filer ligger kun hos os, til de er læst.",
            "The error is ours. Nothing of the file was stored: files are with us only until they are read.",
        ),
        FILE,
    ),
    FindingRule(
        "example_row",
        FindingClass.ERROR,
        Text("Eksemplet står der endnu", "The example is still there"),
        NO_PERSON["example_row"],
        Text(
            "Slet eksemplet i række 2. Det er ingen person, og det ville tælle som en.",
            "Delete the example in row 2. It is no person, and it would count as one.",
        ),
        FILE,
    ),
    FindingRule(
        "read_only_passed_over",
        FindingClass.NOTICE,
        Text("Felter fra tjenesten er sprunget over", "Fields of the service were passed over"),
        Text(
            "Filen har felter, som tjenesten selv sætter (status, reason_code, schema_version, recorded_at). De gemmes ikke.",
            "The file has fields that the service sets (status, reason_code, schema_version, recorded_at). None is stored.",
        ),
        Text(
            "Det, I har hentet, kan sendes tilbage, som det er: uændrede rækker bliver `unchanged`, og en rettet række retter den "
            "version, der står i `version`. En henvisning trækkes tilbage med POST …/withdrawal og ikke i en fil.",
            "What you have fetched can be sent back as it is: rows that are the same are `unchanged`, and one that you changed "
            "corrects the version in `version`. A referral is withdrawn by POST …/withdrawal, and not in a file.",
        ),
        FILE,
    ),
    FindingRule(
        "date_orders_mixed",
        FindingClass.NOTICE,
        Text("Datoer skrevet på to måder", "Dates written in two ways"),
        Text(
            "Kolonnen har både datoer med dagen først og datoer med måneden først. En dato, der kan læses på begge måder, er ikke "
            "læst.",
            "The column has dates with the day first and dates with the month first. A date that can be read both ways was not "
            "read.",
        ),
        Text(
            "Linjerne er den første dato af hver slags. Ofte har et regneark kun forstået nogle af datoerne, så andre måneder kan "
            "være forkerte. Skriv måneden som ÅÅÅÅ-MM i hele kolonnen.",
            "The lines have the first date of each kind. Often a spreadsheet has understood some of the dates alone, so that other "
            "months may be wrong. Write the month as YYYY-MM in the whole column.",
        ),
        FILE,
    ),
    FindingRule(
        "template_superseded",
        FindingClass.NOTICE,
        Text("Der er et nyere skema", "There is a newer template"),
        Text(
            "Filen er lavet i et ældre skema, som tages imod til og med den dag, der står ved.",
            "The file was made from an older template, which is taken until the day that is stated.",
        ),
        Text(
            "Filen er læst, som den skal. Hent det nye skema, før den dag kommer.",
            "The file was read as it should be. Fetch the new template before that day comes.",
        ),
        FILE,
    ),
    FindingRule(
        "template_too_old",
        FindingClass.ERROR,
        Text("Skemaet er for gammelt", "The template is too old"),
        Text(
            "Filen er lavet i et skema, som ikke tages imod mere.",
            "The file was made from a template that is taken no more.",
        ),
        Text(
            "Hent et nyt skema, og kopiér rækkerne over i det. Felter kan have fået andre koder siden.",
            "Fetch a new template and copy the rows into it. Fields may have other codes since.",
        ),
        FILE,
    ),
    FindingRule(
        "rehearsal_row",
        FindingClass.ERROR,
        Text("Rækken er opdigtet", "The row is invented"),
        NO_PERSON["rehearsal_row"],
        Text(
            "Testfiler har referencer, der kan kendes. Send den med jeres klient i testtilstand.",
            "Test files have references that can be told. Send it with your client in test mode.",
        ),
        FILE,
        "reference",
    ),
)


def of_files() -> Iterator[FindingRule]:
    """The rules on a file as such."""
    yield from derive({**FILE_WORDS, **ROW_WORDS}, FILE, with_examples(FILE_EXAMPLES))
    yield from derive(COLUMN_WORDS, COLUMNS, COLUMN_NOTES)
    yield from derive(MAPPING_WORDS, MAPPING, {})
    yield from OF_FILES
    yield from derive(GUARD_RULES, IDENTIFIERS, with_examples(IDENTIFIER_EXAMPLES))
