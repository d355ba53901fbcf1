"""The record of processing activities (GDPR, article 30(1)), one activity for each purpose, written from the program's own tables.

What a table says is read from it: fields, risks and special categories from the dictionary, roles, kinds of partners, retention.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings

from cases import dictionary as d
from cases.dimensions import all_names
from cases.fields import Field, MonthField
from core.purposes import ABOUT, CASEWORK, LABELS, STATISTICS, DataPurpose, legal_basis, purpose_of
from core.risks import Risk
from core.text import Text
from oversight.retention.rules import RULES
from partners.kinds import KIND_WORDS
from partners.roles import STAFF_ROLES, Role
from stats.revisions.citation import operator

FIELDS: tuple[Field, ...] = (*d.REFERRAL, *d.ASSESSMENT, *d.WITHDRAWAL)
TITLE = Text("Fortegnelse over behandlingsaktiviteter (artikel 30)", "Record of processing activities (article 30)")
WORDS = {
    "controller": Text("Dataansvarlig", "Controller"),
    "contact": Text("Databeskyttelsesrådgiver", "Data protection officer"),
    "basis": Text("Retsgrundlag", "Legal basis"),
    "purpose": Text("Formål", "Purpose"),
    "subjects": Text("Kategorier af registrerede", "Categories of data subjects"),
    "data": Text("Kategorier af oplysninger", "Categories of personal data"),
    "recipients": Text("Modtagere", "Recipients"),
    "third": Text("Tredjelande", "Third countries"),
    "retention": Text("Opbevaring", "Retention"),
    "security": Text("Sikkerhed", "Security"),
    "roles": Text("Medarbejdere med adgang", "Staff with access"),
    "field": Text("Felt", "Field"),
    "risk": Text("Risiko", "Risk"),
    "special": Text("Kan oplyse om", "May tell of"),
}
RISKS: dict[Risk, Text] = {
    Risk.IDENTIFIER: Text("identificerer", "identifier"),
    Risk.PSEUDONYM: Text("pseudonym", "pseudonym"),
    Risk.QUASI: Text("kan sammen med andet identificere", "quasi-identifier"),
    Risk.SENSITIVE: Text("følsom", "sensitive"),
    Risk.OPERATIONAL: Text("drift", "operational"),
}
# What is held of those who sign in; of persons the dictionary says it field by field.
OF_USERS = Text(
    "Om brugere hos partnere og medarbejdere: navn, brugernavn, mailadresse, roller, logins, og hvad de har gjort og læst.",
    "Of people of partners and staff: name, user name, mail address, roles, sign-ins, and what they did and read.",
)
NOT_STATED = Text("Ikke angivet.", "Not stated.")
SUBJECTS: dict[DataPurpose, tuple[Text, ...]] = {
    CASEWORK: (
        Text("Personer, der er henvist som formodede ofre", "Persons referred as presumed victims"),
        Text("Brugere hos partnere, og medarbejdere", "People of partners, and staff"),
    ),
    STATISTICS: (Text("Personer, der er henvist som formodede ofre", "Persons referred as presumed victims"),),
}
THIRD = Text(
    "Programmet overfører ingen personoplysninger til tredjelande. Filer til internationale organisationer er dannet af udgivne, "
    "beskyttede tal.",
    "The program transfers no personal data to third countries. Files for international organisations are made of published, "
    "protected figures.",
)
PUBLIC_ALONE = Text(
    "Offentligheden og myndigheder, som kun læser udgivne tal, hvor ingen kan genkendes; partnere får ingen oplysninger tilbage.",
    "The public and authorities, who read published figures alone, in which nobody can be recognised; nothing is given back to "
    "partners.",
)
EACH_ITS_OWN = Text(
    "Partnere, hver kun sine egne oplysninger og svar på dem",
    "Partners, each its own records and answers to them alone",
)
SECURITY = (
    Text(
        "Ingen felter til navn, CPR-nummer, telefon eller fri tekst; en vagt afviser filer med dem.",
        "No fields for a name, a civil registration number, a telephone number or free text; a guard refuses files with them.",
    ),
    Text(
        "Databasen selv afgør, hvem der må: webserverens rolle læser ikke optællinger og ændrer ikke versioner.",
        "The database itself decides who may: the web server's role reads no counts of records and changes no version.",
    ),
    Text(
        "To faktorer for medarbejdere; hver handling i revisionssporet.",
        "Two factors for staff; each act in the audit.",
    ),
    Text(
        "Koder og nøgler gemmes som aftryk (HMAC). Ingen oplysning om personer i logge.",
        "Codes and secrets are stored as digests (HMAC). No log has data of persons.",
    ),
    Text(
        "Beskyttelsen af udgivne tal er bevist for hver udgivelse.",
        "The protection of published figures is proved for each release.",
    ),
)


def purposes_of_field(field: Field) -> tuple[DataPurpose, ...]:
    """For what a field is used: for casework, and for statistics too where figures count by it, or it says who is counted."""
    is_counted = (
        isinstance(field, MonthField) or field is d.OUTCOME or field.name.removeprefix("verified_") in all_names()
    )
    return (CASEWORK, STATISTICS) if is_counted else (CASEWORK,)


def purposes_of_role(role: Role) -> set[DataPurpose]:
    """For what a staff role works: the purposes of the rooms whose permissions it has."""
    labels = {name.partition(".")[0] for name in role.permissions}
    return {purpose_of(apps.get_app_config(label).name) for label in labels}


def record(language: str) -> Iterator[str]:
    """The lines of the record, as Markdown."""
    yield f"# {TITLE(language)}"
    yield from facts(
        language,
        (WORDS["controller"], operator(settings.HENVIS_OPERATOR)),
        (WORDS["contact"], text_or_none(settings.HENVIS_SITE["data_protection"])),
    )
    for purpose in DataPurpose:
        yield from activity(purpose, language)
    yield from ("", f"## {WORDS['retention'](language)}", "")
    yield from (f"- {rule.what(language)}: {rule.words(language)}" for rule in RULES)
    yield from ("", f"## {WORDS['security'](language)}", "")
    yield from (f"- {line(language)}" for line in SECURITY)


def activity(purpose: DataPurpose, language: str) -> Iterator[str]:
    """One activity: everything of article 30(1)(b) to (e) of a purpose."""
    yield from ("", f"## {LABELS[purpose](language)}")
    yield from facts(language, (WORDS["purpose"], ABOUT[purpose]), (WORDS["basis"], legal_basis(purpose)))
    for heading, lines in (
        ("subjects", SUBJECTS[purpose]),
        ("recipients", recipients(purpose)),
        ("third", (THIRD,)),
        ("roles", tuple(role.title for role in STAFF_ROLES.values() if purpose in purposes_of_role(role))),
    ):
        yield from ("", f"### {WORDS[heading](language)}", "", *(f"- {line(language)}" for line in lines))
    yield from ("", f"### {WORDS['data'](language)}", "", *table(purpose, language))
    if purpose == CASEWORK:
        yield from ("", OF_USERS(language))


def recipients(purpose: DataPurpose) -> tuple[Text, ...]:
    """Who gets something of a purpose."""
    if purpose == STATISTICS:
        return (PUBLIC_ALONE,)
    return (EACH_ITS_OWN, *KIND_WORDS.values())


def table(purpose: DataPurpose, language: str) -> Iterator[str]:
    """The fields of a purpose, each with its risk class and what it may tell of."""
    yield f"| {' | '.join(WORDS[each](language) for each in ('field', 'risk', 'special'))} |"
    yield "|---|---|---|"
    for field in FIELDS:
        if purpose in purposes_of_field(field):
            special = d.SPECIAL[field.name](language) if field.name in d.SPECIAL else ""
            yield f"| {field.label(language)} (`{field.name}`) | {RISKS[field.risk](language)} | {special} |"


def facts(language: str, *pairs: tuple[Text, Text]) -> Iterator[str]:
    """Names with what is said of them, a paragraph each."""
    for name, value in pairs:
        yield from ("", f"**{name(language)}**: {value(language)}")


def text_or_none(text: str) -> Text:
    return Text(text, text) if text else NOT_STATED
