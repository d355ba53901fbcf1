"""The rules on a row as such: its reference, the version that it corrects, and what is stored under the reference already."""

from __future__ import annotations

import json

from cases.intake.additions import SENT_AS_WITHDRAWN, STILL_WITHDRAWN
from cases.intake.findings import FindingClass
from cases.intake.guard.references import UUID4_EXPECTED
from cases.intake.rulebook.rule import FindingRule, RuleExample, RuleGroup
from core.text import Text

STORED = RuleGroup(
    "stored",
    Text("Reference og version", "Reference and version"),
    Text(
        "Referencen er det, der holder en række fra at blive gemt to gange. En rettelse nævner den version, den "
        "retter, så ingen retter noget, de ikke har set.",
        "The reference is what keeps a row from being stored twice. A correction names the version that it corrects, "
        "so that nobody corrects what they have not seen.",
    ),
)
REFERENCE = "7f0c6a86-5f0e-4b7e-9a3e-2d1c4b5a6978"


def row_of(**members: object) -> str:
    """A row of NDJSON with these members; the others do not matter."""
    return f"{json.dumps(members)[:-1]}, …}}"


ONE = row_of(reference=REFERENCE)
FIRST = row_of(reference=REFERENCE, version=1)
TWO_STORED = Text("Version 2 er gemt, med et andet indhold.", "Version 2 is stored, with other content.")

OF_ROWS: tuple[FindingRule, ...] = (
    FindingRule(
        "version_needed",
        FindingClass.ERROR,
        Text("Versionen mangler", "The version is missing"),
        Text(
            "Der er gemt et andet indhold under denne reference. Er det en anden person, så skal rækken have sin egen "
            "reference: hent et nyt skema. Er det den samme, så skriv i version, hvilken version rækken retter.",
            "Other content is stored under this reference. Where it is another person, the row needs a reference of its "
            "own: fetch a new template. Where it is the same one, write in version which version the row corrects.",
        ),
        Text(
            "Et skema, der er brugt, har de forrige personers referencer: en ny person i det ville overskrive en anden. "
            "Er det den samme person, så hent den gemte version, se, hvad der er ændret, og skriv dens nummer i `version`. "
            "Er alle rækker de samme personer som før, og skal filen gælde, uanset hvad der er gemt, så sæt kryds ved det, "
            "når filen vælges; et program sender den med `prefer=latest`.",
            "A template that was used has the references of the persons before: a new person in it would overwrite another "
            "one. Where it is the same person, read the stored version, see what has changed, and write its number in "
            "`version`. Where all rows are the persons of before, and the file is to hold whatever is stored, tick that when "
            "you choose the file; a program sends it with `prefer=latest`.",
        ),
        STORED,
        "version",
        RuleExample(lines=ONE, stored=TWO_STORED),
    ),
    FindingRule(
        "version_stale",
        FindingClass.ERROR,
        Text("En anden version er gemt", "Another version is stored"),
        Text(
            "Rækken retter en anden version end den, der er gemt nu.",
            "The row corrects another version than the one that is stored now.",
        ),
        Text(
            "Nogen har rettet henvisningen siden. Hent den gemte version, flet jeres ændring ind, og skriv dens "
            "nummer i `version`.",
            "Somebody has corrected the referral since. Read the stored version, merge your change, and write its "
            "number in `version`.",
        ),
        STORED,
        "version",
        RuleExample(lines=FIRST, stored=TWO_STORED),
    ),
    FindingRule(
        "nothing_to_match",
        FindingClass.ERROR,
        Text("Der er ingen version at rette", "There is no version to correct"),
        Text(
            "Rækken retter en version, men der er intet gemt under denne reference.",
            "The row corrects a version, but nothing is stored under this reference.",
        ),
        Text(
            "Udelad `version` for at oprette henvisningen. Forventede I en gemt henvisning, så er referencen forkert, "
            "eller den er sendt af en anden klient i den anden tilstand.",
            "Leave `version` out to create the referral. Where you expected a stored one, the reference is wrong, or "
            "it was sent by a client of the other mode.",
        ),
        STORED,
        "version",
        RuleExample(lines=FIRST, stored=Text("Intet er gemt.", "Nothing is stored.")),
    ),
    FindingRule(
        "withdrawn",
        FindingClass.ERROR,
        Text("Henvisningen er trukket tilbage", "The referral was withdrawn"),
        Text(
            "Henvisningen er trukket tilbage. Et andet indhold kræver versionen i version.",
            "The referral was withdrawn. Other content needs its version in version.",
        ),
        Text(
            "En tilbagetrukket henvisning tæller ikke. Skal den gælde igen, så skriv tilbagetrækningens nummer i "
            "`version`; ellers tag rækken ud af filen.",
            "A referral that was withdrawn does not count. Where it is to count again, write the number of the "
            "withdrawal in `version`; otherwise take the row out of the file.",
        ),
        STORED,
        "version",
        RuleExample(lines=ONE, stored=Text("Version 2 er tilbagetrækningen.", "Version 2 is the withdrawal.")),
    ),
    FindingRule(
        SENT_AS_WITHDRAWN,
        FindingClass.ERROR,
        Text("Sendt som trukket tilbage", "Sent as withdrawn"),
        STILL_WITHDRAWN,
        Text(
            "Rækken oplyser selv, at henvisningen er trukket tilbage, men har et andet indhold end det gemte. Udelad "
            "`status` og `reason_code` for at indberette den igen; ellers tag rækken ud af filen.",
            "The row itself says that the referral is withdrawn, but has other content than what is stored. Leave out "
            "`status` and `reason_code` to report it again; otherwise take the row out of the file.",
        ),
        STORED,
        example=RuleExample(
            lines=row_of(reference=REFERENCE, version=2, status="withdrawn"),
            stored=Text("Version 2 er tilbagetrækningen.", "Version 2 is the withdrawal."),
        ),
    ),
    FindingRule(
        "erased",
        FindingClass.ERROR,
        Text("Slettet for personens skyld", "Erased on the person's behalf"),
        Text(
            "Henvisningen er slettet for personens skyld og kan ikke sendes igen.",
            "The referral was erased on the person's behalf and cannot be sent again.",
        ),
        Text(
            "Slet den også i jeres eget system, og tag rækken ud af filen. Centret kan ikke fortælle mere.",
            "Erase it in your own system too, and take the row out of the file. The centre can say no more.",
        ),
        STORED,
        "reference",
        RuleExample(lines=ONE, stored=Text("Henvisningen er slettet.", "The referral was erased.")),
    ),
    FindingRule(
        "reference_not_uuid4",
        FindingClass.ERROR,
        Text("Referencen er ingen UUID", "The reference is no UUID"),
        UUID4_EXPECTED,
        Text(
            "Skemaet fra Henvis har referencer i hver række. Har I egne nøgler, så lad klienten eller skemaet gøre "
            "dem til referencer: nøglen selv må ikke sendes.",
            "The template of Henvis has a reference in every row. Where you have keys of your own, let the client or "
            "the template turn them into references: the key itself must not be sent.",
        ),
        STORED,
        "reference",
        RuleExample(lines=row_of(reference="row-12")),
    ),
    FindingRule(
        "reference_repeated",
        FindingClass.ERROR,
        Text("Referencen står i flere rækker", "The reference stands in several rows"),
        Text(
            "Den samme reference står i en anden række med et andet indhold.",
            "The same reference stands in another row with other content.",
        ),
        Text(
            "To personer kan ikke dele en reference; ofte er en række kopieret. Hent nye referencer i et nyt skema. "
            "To helt ens rækker er én række og ingen fejl.",
            "Two persons cannot share a reference; often a row was copied. Take new references from a new template. "
            "Two rows that are wholly alike are one row and no error.",
        ),
        STORED,
        "reference",
        RuleExample(lines=f"{row_of(reference=REFERENCE, gender='F')}\n{row_of(reference=REFERENCE, gender='M')}"),
    ),
    FindingRule(
        "version_expected",
        FindingClass.ERROR,
        Text("Versionen er intet helt tal", "The version is no whole number"),
        Text(
            "En version er et helt tal fra 1.",
            "A version is a whole number from 1 on.",
        ),
        Text(
            "Lad kolonnen være tom for nye henvisninger. For en rettelse er den nummeret på den gemte version.",
            "Leave the column empty for new referrals. For a correction it is the number of the stored version.",
        ),
        STORED,
        "version",
        RuleExample(lines=row_of(reference=REFERENCE, version=0)),
    ),
    FindingRule(
        "changed_meanwhile",
        FindingClass.ERROR,
        Text("Ændret imens", "Changed meanwhile"),
        Text(
            "Henvisningen er ændret, siden filen blev kontrolleret.",
            "The referral has changed since the file was checked.",
        ),
        Text(
            "Mellem kontrollen og bekræftelsen er der gemt noget andet under referencen. Kontrollér filen igen.",
            "Something else was stored under the reference between the check and the commit. Check the file again.",
        ),
        STORED,
        "reference",
        RuleExample(
            lines=ONE,
            stored=Text(
                "Den gemte version er en anden end ved kontrollen.",
                "The stored version is another than when the file was checked.",
            ),
        ),
    ),
)
