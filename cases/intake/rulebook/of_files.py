"""The rules on a file as such: its columns, its example row, and the template that it was made from."""

from __future__ import annotations

from cases.intake.findings import FindingClass
from cases.intake.rulebook.rule import FindingRule, RuleExample, RuleGroup
from partners.text import Text

FILE = RuleGroup(
    "file",
    Text("Filen og dens kolonner", "The file and its columns"),
    Text(
        "Filen kan ikke læses, som den er. Ret den i jeres regneark, og send den igen: intet er gemt.",
        "The file cannot be read as it is. Correct it in your spreadsheet and send it again: nothing was stored.",
    ),
)

OF_FILES: tuple[FindingRule, ...] = (
    FindingRule(
        "column_unknown",
        FindingClass.ERROR,
        Text("Kolonnen kendes ikke", "The column is not known"),
        Text("Overskriften er ingen kolonne i skemaet.", "The header is no column of the template."),
        Text(
            "Brug skemaets overskrifter: koden, den danske eller den engelske betegnelse. Hører kolonnen til et felt, "
            "så sig hvilket, når I bliver spurgt; det huskes. Ellers slet kolonnen: oplysninger, der ikke bruges, må "
            "ikke sendes.",
            "Use the headers of the template: the code, the Danish or the English label. Where the column is one of "
            "the fields, say which when you are asked; it is remembered. Otherwise delete it: information that is not "
            "used must not be sent.",
        ),
        FILE,
        example=RuleExample(lines="reference;referred_in;Notes\n"),
    ),
    FindingRule(
        "column_repeated",
        FindingClass.ERROR,
        Text("To kolonner er det samme felt", "Two columns are the same field"),
        Text("To overskrifter betyder det samme felt.", "Two headers mean the same field."),
        Text(
            "Slet den ene kolonne. En kode og dens betegnelse, som `gender` og Køn, er det samme felt.",
            "Delete one of the columns. A code and its label, such as `gender` and Gender, are the same field.",
        ),
        FILE,
        example=RuleExample(lines="reference;gender;Køn\n"),
    ),
    FindingRule(
        "column_missing",
        FindingClass.ERROR,
        Text("En kolonne mangler", "A column is missing"),
        Text("Filen mangler en kolonne, der skal udfyldes.", "The file lacks a column that must be filled in."),
        Text(
            "Kolonner med * i skemaet skal være der, også hvor svaret er ukendt: skriv `_U` i hver række. Hent et "
            "skema, og kopiér kolonnerne over.",
            "Columns with * in the template must be there, even where the answer is not known: write `_U` in each "
            "row. Fetch a template and copy your columns into it.",
        ),
        FILE,
        example=RuleExample(lines="reference;referred_in\n"),
    ),
    FindingRule(
        "own_key_column",
        FindingClass.ERROR,
        Text("Jeres egen nøgle må ikke sendes", "Your own key must not be sent"),
        Text(
            "Kolonnen har jeres egen nøgle i stedet for en reference.",
            "The column has your own key instead of a reference.",
        ),
        Text(
            "Et journalnummer peger på en person i jeres system. Klienten og skemaet i browseren gør nøglen til en "
            "reference, før noget sendes: den samme nøgle giver altid den samme reference, og ingen kan regne tilbage.",
            "A file number points to a person in your system. The client, and the template in the browser, turn the "
            "key into a reference before anything is sent: the same key always gives the same reference, and nobody "
            "can reckon back.",
        ),
        FILE,
        example=RuleExample(lines="own_key;referred_in\n"),
    ),
    FindingRule(
        "example_row",
        FindingClass.ERROR,
        Text("Eksemplet står der endnu", "The example is still there"),
        Text("Rækken er skemaets eksempel.", "The row is the example of the template."),
        Text(
            "Slet eksemplet i række 2. Det er ingen person, og det ville tælle som en.",
            "Delete the example in row 2. It is no person, and it would count as one.",
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
)
