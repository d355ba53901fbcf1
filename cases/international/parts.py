"""What the fields of several bodies have in common: breakdowns, definitions, and why a field is not met."""

from __future__ import annotations

from cases import dictionary as d
from cases.dimensions import PERSONS
from cases.international.shapes import Breakdown, DueDates
from cases.services.forms import FORMS
from partners.text import Text

SEX, AGE, CITIZENSHIP, FORM = (each.name for each in (d.GENDER, d.AGE_BAND, d.CITIZENSHIP, d.EXPLOITATION))
MINORITY, GROUP, THREE_FORMS = f"{AGE}.age18", f"{CITIZENSHIP}.eu", f"{FORM}.form"
COUNTRIES = (CITIZENSHIP, f"{CITIZENSHIP}.main", f"{CITIZENSHIP}.continent", GROUP)

IN_ALL = Breakdown(Text("i alt", "in all"), ("",))


def by(*labels: Text, tables: tuple[str, ...]) -> Breakdown:
    """A breakdown that is called by what it is divided by."""
    return Breakdown(Text(*(" × ".join(each) for each in zip(*labels, strict=True))), tables)


def cross_table(*axes: str) -> str:
    """The table of some axes, in the order in which a dataset has them."""
    order = [*PERSONS.axes]
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


def of_form(form: str, table: str) -> tuple[Breakdown, ...]:
    """A table of a form of counts: its total, and each of its dimensions under the name that the form has for it."""
    (lines,) = (each for each in FORMS[form].tables if each.name == table)
    return (IN_ALL, *(by(each.label, tables=(each.name,)) for each in lines.dimensions))


# The days of Directive 2011/36/EU, article 19a. Where a body names none of its own, staff keep these.
DUE = DueDates((9, 30), (12, 31))

IDENTIFIED = Text(
    f"{PERSONS.about.da} Børn og voksne er skilt ved 18 år ved henvisningen.",
    f"{PERSONS.about.en} Children and adults are told apart at 18 years at the referral.",
)
PRESUMED = Text(
    "Personer, der opfylder kriterierne, men ikke er formelt vurderet som ofre.",
    "Persons who meet the criteria and are not formally identified as victims.",
)
DECLINED = Text(
    "Personer, der ikke ønskede at blive udredt. De er ikke blandt de vurderede.",
    "Persons who declined assessment. They are not among those identified.",
)
NO_RELEASE_OF_PRESUMED = Text(
    "Ingen udgivelse har en tabel over dem: udgivelser tæller personer, der er vurderet som ofre.",
    "No release has a table of them: releases count persons identified as victims.",
)
NO_RELEASE_OF_COUNTS = Text(
    "Tallene indberettes i skemaet for politi og anklagemyndighed. Ingen udgivelse har dem endnu.",
    "The figures are reported in the form of police and prosecution. No release has them yet.",
)
NO_RELEASE_OF_ASSISTANCE = Text(
    "Tallene indberettes i skemaet om bistand. Ingen udgivelse har dem endnu.",
    "The figures are reported in the form of assistance. No release has them yet.",
)
ONE_WAY = Text(
    "Et års udgivelse har tabeller med én opdeling. Den fulde krydstabel ville pege på enkelte personer.",
    "A release of a year has tables of one dimension. The full cross-tabulation would point at single persons.",
)
