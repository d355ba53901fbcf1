"""The codes of releases, orders and decisions on figures, with their words as Django's choices; and facts in words.

Staff read and choose a fact by its years, and by what its persons have in common.
"""

from __future__ import annotations

from cases import dictionary as d
from cases.fields import CodedField
from core.text import Text
from partners.choices import choices_of

AUDIENCES = {
    "public": Text("offentligheden", "the public"),
    "authority": Text("myndigheder", "authorities"),
    "exact": Text("centret", "the centre"),
}
FACT_DECISIONS = {
    "superseded": Text("afløst", "superseded"),
    "different_definition": Text("anden definition", "different definition"),
    "interval": Text("kendt som et interval", "known as an interval"),
}
FACT_OUTCOMES = {
    "CONFIRMED": Text("bekræftet", "confirmed"),
    "REFUSED": Text("afvist", "refused"),
    "TAKEN_BACK": Text("taget tilbage", "taken back"),
}
ORDER_KINDS = {
    "BUILD": Text("udkast", "draft"),
    "PROPOSE": Text("forslag til tabeller", "proposals of tables"),
}
ORDER_STATES = {
    "OPEN": Text("venter", "waiting"),
    "RUNNING": Text("dannes", "being built"),
    "DONE": Text("dannet", "built"),
    "FAILED": Text("afvist", "refused"),
}
DATE_STATUSES = {
    "ANNOUNCED": Text("foreløbig dato", "provisional date"),
    "CONFIRMED": Text("fast dato", "confirmed date"),
    "POSTPONED": Text("flyttet", "postponed"),
    "CANCELLED": Text("aflyst", "cancelled"),
    "PUBLISHED": Text("udgivet", "published"),
}
SCHEDULE_OUTCOMES = {
    "PUBLISHED": Text("udgivet", "published"),
    "TAKEN_BACK": Text("taget tilbage", "taken back"),
    "FAILED": Text("kunne ikke udgives", "could not be published"),
}
PROTECTED_AUDIENCES = choices_of({code: words for code, words in AUDIENCES.items() if code != "exact"})


IN_ALL = Text("i alt", "in all")
FIELDS_BY_NAME: dict[str, CodedField] = {field.name: field for field in d.coded_fields(d.REFERRAL)}


def words_of_fact(name: str) -> Text:
    """A fact by its name: of `2023;gender=F` it is `2023, Gender: Female`. What is known no more stands by its code."""
    years, *sides = name.split(";")
    words = [side_in_words(*side.partition("=")[::2]) for side in sides] or [IN_ALL]
    return Text(*(", ".join([years, *(each(language) for each in words)]) for language in Text._fields))


def side_in_words(name: str, codes: str) -> Text:
    """What the persons of a fact have in common in one dimension: `Gender: Female`."""
    field = FIELDS_BY_NAME.get(name)
    label = field.label if field else Text(name, name)
    words = [label_of_code(field, code) for code in codes.split("+")]
    return Text(*(f"{label(language)}: {' + '.join(each(language) for each in words)}" for language in Text._fields))


def label_of_code(field: CodedField | None, code: str) -> Text:
    """The label of a code, on whichever level of the list it is."""
    lists = [field.codelist.codes, *(level.codes for level in field.codelist.levels)] if field else []
    return next((each.label for codes in lists for each in codes if each.code == code), Text(code, code))
