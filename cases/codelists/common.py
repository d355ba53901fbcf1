"""What the code lists share: the four special codes and a short way to write a list."""

from dataclasses import replace
from datetime import date

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, OTHER, UNKNOWN, Code, CodeList, Level, Notice, Relabelled
from partners.text import Text

VERSION = "1.0"
STATELESS = "_STATELESS"


def code(name: str, da: str, en: str, *, parent: str | None = None, **maps: str) -> Code:
    """A code with its Danish and English label and its name in other standards.

    A name in another standard is given only where every person of this code carries that name there too:
    ``HTCDS`` (Human Trafficking Case Data Standard 2.0), ``CTDC`` (variables and values of the Global Dataset),
    ``UK_NRM`` (labels of the National Referral Mechanism's tables), ``EUROSTAT`` (crim_thb), ``SDMX`` (CL_SEX).
    """
    return Code(name, Text(da, en), parent=parent, maps=maps)


def notice(version: str, announced: date, da: str, en: str) -> Notice:
    """What partners are told of a change, in both languages; one notice serves all codes of the change.

    How a code is added, split and retired is told in docs/code-lists.md, and checked by `manage.py codelist check`.
    """
    return Notice(version, announced, Text(da, en))


def added(new: Code, first: date, told: Notice) -> Code:
    """A code that joins the list: new data may carry it from the day `first`."""
    return replace(new, valid_from=first, added=told)


def retired(old: Code, last: date, told: Notice, *successors: str) -> Code:
    """A code that new data may carry until the day `last`; several successors are a split."""
    return replace(old, valid_to=last, retired=told, replaced_by=successors)


def reworded(same: Code, told: Notice, da: str, en: str) -> Code:
    """A code whose label was put in other words; `da` and `en` are the label of before. It means what it meant."""
    return replace(same, relabelled=(*same.relabelled, Relabelled(told, Text(da, en))))


def unknown(**maps: str) -> Code:
    """`_U`: it was asked or looked for, and is not known."""
    return code(UNKNOWN, "Ukendt", "Not known", **maps)


def not_asked() -> Code:
    """`_N`: nobody asked, or the person did not want to answer; what an absent optional code is stored as."""
    return code(NOT_ASKED, "Ikke spurgt eller ikke besvaret", "Not asked or refused")


def not_applicable(da: str = "Ikke relevant", en: str = "Not applicable") -> Code:
    """`_Z`: the question does not apply to this person."""
    return code(NOT_APPLICABLE, da, en)


def other(da: str = "Andet", en: str = "Other", **maps: str) -> Code:
    """`_O`: known, and none of the codes of the list."""
    return code(OTHER, da, en, **maps)


def stateless() -> Code:
    """`_STATELESS`: the same set of persons in the list of countries and in each of its roll-ups."""
    return code(STATELESS, "Statsløs", "Stateless")


def yes(**maps: str) -> Code:
    """`YES`."""
    return code("YES", "Ja", "Yes", **maps)


def no(**maps: str) -> Code:
    """`NO`."""
    return code("NO", "Nej", "No", **maps)


def code_list(id_: str, da: str, en: str, codes: tuple[Code, ...], *levels: Level, version: str = VERSION) -> CodeList:
    """A code list in its present version: the first, until anything of it changes."""
    return CodeList(id_, Text(da, en), version, codes, levels)


# An optional field holds one of these where nobody answered, also where its own list has no such code.
EVERYWHERE = {each.code: each.label for each in (not_asked(), not_applicable())}


def label_of(codelist: CodeList, name: str) -> Text:
    """The label of a stored code; of one that is in no list any more, the code."""
    known = codelist.by_code.get(name)
    return known.label if known else EVERYWHERE.get(name, Text(name, name))
