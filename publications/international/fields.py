"""What the fields of several bodies have in common: sources of figures, breakdowns, definitions, and why a field is not met.

A source without a dataset answers "not in any release". Whoever adds a dataset to releases names it in `SOURCES`; every field of
the source is then filled from the releases that have it.
"""

from __future__ import annotations

from collections.abc import Collection

from cases import dictionary as d
from cases.dimensions import protected_datasets
from cases.services.forms import FORMS
from cases.services.forms.parts import ON_CITIZENSHIP
from core.text import Text
from publications.international.shapes import BodyField, Breakdown, DueDates, FieldSource, FieldState
from stats.sums.datasets import DATASETS_AS_READ

OF_PERSONS = Text("personer", "persons")
# The dataset of persons that releases publish.
PUBLISHED = next(iter(protected_datasets()))


def of_sums(label: Text, unit: Text, table: str, quantity: str) -> FieldSource:
    """A quantity of the sums of a table of a form."""
    return FieldSource(label, unit, DATASETS_AS_READ[table], quantity)


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


SEX, AGE, CITIZENSHIP, FORM = (each.name for each in (d.GENDER, d.AGE_BAND, d.CITIZENSHIP, d.EXPLOITATION))
MINORITY, GROUP, THREE_FORMS = f"{AGE}.age18", f"{CITIZENSHIP}.eu", f"{FORM}.form"
COUNTRIES = (CITIZENSHIP, f"{CITIZENSHIP}.main", f"{CITIZENSHIP}.continent", GROUP)

IN_ALL = Breakdown(Text("i alt", "in all"), ("",))


def breakdown(*labels: Text, tables: tuple[str, ...]) -> Breakdown:
    """A breakdown that is called by what it is divided by."""
    return Breakdown(Text(*(" × ".join(each) for each in zip(*labels, strict=True))), tables)


def cross_table(*axes: str) -> str:
    """The table of some axes, in the order in which a dataset has them."""
    order = [*PUBLISHED.axes]
    return ",".join(sorted(axes, key=order.index))


ON_SEX, ON_AGE, ON_GROUP = (
    Text("køn", "sex"),
    Text("barn eller voksen", "child or adult"),
    Text("statsborgerskab", "citizenship"),
)
ON_FORM, ON_COUNTRY = (
    Text("udnyttelsesform", "form of exploitation"),
    Text("statsborgerskab, land", "citizenship, country"),
)
ON_AUTHORITY = Text("registrerende organisation", "registering organisation")

BY_SEX = breakdown(ON_SEX, tables=(SEX,))
BY_AGE = breakdown(ON_AGE, tables=(MINORITY,))
BY_FORM = breakdown(ON_FORM, tables=(FORM, THREE_FORMS))
BY_THREE_FORMS = breakdown(ON_FORM, tables=(THREE_FORMS,))
BY_GROUP = breakdown(ON_GROUP, tables=(GROUP,))
BY_COUNTRY = breakdown(ON_COUNTRY, tables=COUNTRIES)
BY_AUTHORITY = breakdown(ON_AUTHORITY, tables=(d.DECIDED_BY.name,))
BY_SEX_AND_AGE = breakdown(ON_SEX, ON_AGE, tables=(cross_table(SEX, MINORITY),))


def breakdowns_of_form(form: str, table: str, *names: str) -> tuple[Breakdown, ...]:
    """A table of a form of counts: its total, each of some dimensions under the name that the form has for it (none named: of all),
    and all of these at once.
    """
    (lines,) = (each for each in FORMS[form].tables if each.name == table)
    dimensions = [each for each in lines.dimensions if not names or each.name in names]
    one_way = (breakdown(each.label, tables=(each.name,)) for each in dimensions)
    if len(dimensions) < 2:
        return (IN_ALL, *one_way)
    at_once = breakdown(*(each.label for each in dimensions), tables=(",".join(each.name for each in dimensions),))
    return (IN_ALL, *one_way, at_once)


def why_of_sums(breakdowns: Collection[Breakdown]) -> Text:
    """Why sums of police and prosecution meet a field as far as they do. Of judgments no person's citizenship is told."""
    names = {name for each in breakdowns for table in each.tables for name in table.split(",")}
    if not any("," in table for each in breakdowns for table in each.tables):
        return OF_SUMS_IN_FULL
    return OF_SUMS_ONE_WAY if ON_CITIZENSHIP.name in names else OF_SUMS_BY_ONE


# The days of Directive 2011/36/EU, article 19a. Where a body names none of its own, staff keep these.
DUE = DueDates((9, 30), (12, 31))

IDENTIFIED = Text(
    f"{PUBLISHED.about.da} Børn og voksne er skilt ved 18 år ved henvisningen.",
    f"{PUBLISHED.about.en} Children and adults are told apart at 18 years at the referral.",
)
PRESUMED = Text(
    "Personer, der opfylder kriterierne, men ikke er formelt vurderet udsat for menneskehandel.",
    "Persons who meet the criteria and are not formally identified as victims.",
)
DECLINED = Text(
    "Personer, der ikke ønskede at blive udredt. De er ikke blandt de vurderede.",
    "Persons who declined assessment. They are not among those identified.",
)
NO_RELEASE_OF_PRESUMED = Text(
    "Ingen offentliggjort udgivelse har en tabel over dem: af personer tæller den dem, der er vurderet udsat for menneskehandel.",
    "No published release has a table of them: of persons it counts those identified as victims.",
)
OF_SUMS_IN_FULL = Text(
    "Summer fra politi og anklagemyndighed, hvor udgivelsen har dem.",
    "Sums from police and prosecution, where the release has them.",
)
OF_SUMS_ONE_WAY = Text(
    "Summer fra politi og anklagemyndighed, hvor udgivelsen har dem, med én opdeling ad gangen og statsborgerskab i grupper. Den "
    "fulde krydstabel ville pege på enkelte personer.",
    "Sums from police and prosecution, where the release has them, by one dimension at a time and with citizenship in groups. The "
    "full cross-tabulation would point at single persons.",
)
OF_SUMS_BY_ONE = Text(
    "Summer fra politi og anklagemyndighed, hvor udgivelsen har dem, med én opdeling ad gangen.",
    "Sums from police and prosecution, where the release has them, by one dimension at a time.",
)
OF_ASSISTANCE = Text(
    "Summer fra centrets skema om bistand, hvor udgivelsen har dem, med én opdeling ad gangen. En person kan være med flere gange.",
    "Sums from the centre's form of assistance, where the release has them, by one dimension at a time. A person may be in them "
    "several times.",
)
ONE_WAY = Text(
    "Et års udgivelse har tabeller med én opdeling. Den fulde krydstabel ville pege på enkelte personer.",
    "A release of a year has tables of one dimension. The full cross-tabulation would point at single persons.",
)


def presumed_and_declined(place: Text, label: Text, prefix: str = "") -> tuple[BodyField, BodyField]:
    """Whom no published release has: those who meet the criteria (`label`: what the body calls them), and who declined."""
    refusal = Text("Personer, der ikke ønskede at blive udredt", "Persons who declined identification")
    missing = (FieldState.NOT_MET, NO_RELEASE_OF_PRESUMED, (IN_ALL,))
    return (
        BodyField(f"{prefix}presumed", place, label, PRESUMED, "presumed", *missing),
        BodyField(f"{prefix}declined", place, refusal, DECLINED, "declined", *missing),
    )
