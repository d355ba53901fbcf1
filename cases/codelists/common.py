"""What the code lists share: the four special codes and a short way to write a list."""

from cases.codelists.types import (
    NOT_APPLICABLE,
    NOT_ASKED,
    OTHER,
    UNKNOWN,
    Code,
    CodeList,
    Level,
    Text,
)

VERSION = "1.0"
STATELESS = "_STATELESS"


def code(name: str, da: str, en: str, *, parent: str | None = None, **maps: str) -> Code:
    """A code with its Danish and English label and its name in other standards.

    A name in another standard is given only where every person of this code carries that name there too:
    ``HTCDS`` (Human Trafficking Case Data Standard 2.0), ``CTDC`` (variables and values of the Global Dataset),
    ``UK_NRM`` (labels of the National Referral Mechanism's tables), ``EUROSTAT`` (crim_thb), ``SDMX`` (CL_SEX).
    """
    return Code(name, Text(da, en), parent=parent, maps=maps)


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


def code_list(id_: str, da: str, en: str, codes: tuple[Code, ...], *levels: Level) -> CodeList:
    """A code list in its present version."""
    return CodeList(id_, Text(da, en), VERSION, codes, levels)
