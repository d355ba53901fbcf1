"""What the fields of several bodies have in common: breakdowns, definitions, and why a field is not met."""

from __future__ import annotations

from collections.abc import Collection

from cases import dictionary as d
from cases.services.forms import FORMS
from cases.services.forms.parts import ON_CITIZENSHIP
from core.text import Text
from publications.international.shapes import BodyField, Breakdown, DueDates, FieldState
from publications.international.sources import PUBLISHED

SEX, AGE, CITIZENSHIP, FORM = (each.name for each in (d.GENDER, d.AGE_BAND, d.CITIZENSHIP, d.EXPLOITATION))
MINORITY, GROUP, THREE_FORMS = f"{AGE}.age18", f"{CITIZENSHIP}.eu", f"{FORM}.form"
COUNTRIES = (CITIZENSHIP, f"{CITIZENSHIP}.main", f"{CITIZENSHIP}.continent", GROUP)

IN_ALL = Breakdown(Text("i alt", "in all"), ("",))


def by(*labels: Text, tables: tuple[str, ...]) -> Breakdown:
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

BY_SEX = by(ON_SEX, tables=(SEX,))
BY_AGE = by(ON_AGE, tables=(MINORITY,))
BY_FORM = by(ON_FORM, tables=(FORM, THREE_FORMS))
BY_THREE_FORMS = by(ON_FORM, tables=(THREE_FORMS,))
BY_GROUP = by(ON_GROUP, tables=(GROUP,))
BY_COUNTRY = by(ON_COUNTRY, tables=COUNTRIES)
BY_AUTHORITY = by(ON_AUTHORITY, tables=(d.DECIDED_BY.name,))
BY_SEX_AND_AGE = by(ON_SEX, ON_AGE, tables=(cross_table(SEX, MINORITY),))


def of_form(form: str, table: str, *names: str) -> tuple[Breakdown, ...]:
    """A table of a form of counts: its total, each of some dimensions under the name that the form has for it (none named: of all),
    and all of these at once.
    """
    (lines,) = (each for each in FORMS[form].tables if each.name == table)
    dimensions = [each for each in lines.dimensions if not names or each.name in names]
    one_way = (by(each.label, tables=(each.name,)) for each in dimensions)
    if len(dimensions) < 2:
        return (IN_ALL, *one_way)
    at_once = by(*(each.label for each in dimensions), tables=(",".join(each.name for each in dimensions),))
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
    "Ingen udgivelse har en tabel over dem: udgivelser tæller personer, der er vurderet udsat for menneskehandel.",
    "No release has a table of them: releases count persons identified as victims.",
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


def beside_identified(place: Text, label: Text, prefix: str = "") -> tuple[BodyField, BodyField]:
    """The persons whom no release has: those who meet the criteria (`label`: what the body calls them), and who declined."""
    refusal = Text("Personer, der ikke ønskede at blive udredt", "Persons who declined identification")
    missing = (FieldState.NOT_MET, NO_RELEASE_OF_PRESUMED, (IN_ALL,))
    return (
        BodyField(f"{prefix}presumed", place, label, PRESUMED, "presumed", *missing),
        BodyField(f"{prefix}declined", place, refusal, DECLINED, "declined", *missing),
    )
