"""The four special codes, and short functions for writing code lists."""

from dataclasses import replace
from datetime import date

from cases.codelists.types import (
    NOT_APPLICABLE,
    NOT_ASKED,
    OTHER,
    UNKNOWN,
    Code,
    CodeList,
    CodeNotice,
    LabelChange,
    Level,
)
from core.text import Text

VERSION = "1.0"
STATELESS = "_STATELESS"


def code(name: str, da: str, en: str, *, parent: str | None = None, **maps: str) -> Code:
    """A code with its Danish and English label and its name in other standards.

    A name in another standard is given only where every person of this code carries that name there too:
    ``HTCDS`` (Human Trafficking Case Data Standard 2.0), ``CTDC`` (variables and values of the Global Dataset),
    ``UK_NRM`` (labels of the National Referral Mechanism's tables), ``EUROSTAT`` (crim_thb), ``SDMX`` (CL_SEX).
    """
    return Code(name, Text(da, en), parent=parent, maps=maps)


def notice(version: str, day: date, da: str, en: str) -> CodeNotice:
    """The notice of a change to partners, in both languages. All codes of the change share it.

    docs/code-lists.md says how to add, split and retire a code, and `manage.py codelist check` checks it.
    """
    return CodeNotice(version, day, Text(da, en))


def introduce(new: Code, first: date, announcement: CodeNotice) -> Code:
    """A new code, which new data may have from the day `first` on."""
    return replace(new, valid_from=first, added=announcement)


def retire(old: Code, last: date, announcement: CodeNotice, *successors: str) -> Code:
    """A code that new data may have until the day `last`. Several successors make it a split."""
    return replace(old, valid_to=last, retired=announcement, replaced_by=successors)


def reword(same: Code, announcement: CodeNotice, da: str, en: str) -> Code:
    """A code with a new label and the same meaning. `da` and `en` are the earlier label."""
    return replace(same, label_changes=(*same.label_changes, LabelChange(announcement, Text(da, en))))


def unknown(**maps: str) -> Code:
    """`_U`: not known, although somebody asked or looked."""
    return code(UNKNOWN, "Ukendt", "Not known", **maps)


# Lists that are older than this have `_N` in other words.
NOT_ANSWERED = notice(
    "1.1",
    date(2026, 11, 27),
    "Den engelske tekst til _N siger det samme som den danske: også et svar, der mangler uden at være nægtet.",
    "The English label of _N says what the Danish one says: also an answer that is missing without being refused.",
)


def not_asked() -> Code:
    """`_N`: nobody asked, or the person did not answer. An absent optional field is stored as `_N`."""
    return code(NOT_ASKED, "Ikke spurgt eller ikke besvaret", "Not asked or not answered")


def reworded_not_asked() -> Code:
    """`_N` of the lists that are older than its present words."""
    return reword(not_asked(), NOT_ANSWERED, "Ikke spurgt eller ikke besvaret", "Not asked or refused")


def not_applicable(da: str = "Ikke relevant", en: str = "Not applicable") -> Code:
    """`_Z`: the question does not apply to this person."""
    return code(NOT_APPLICABLE, da, en)


def other(da: str = "Andet", en: str = "Other", **maps: str) -> Code:
    """`_O`: known, and not on the list."""
    return code(OTHER, da, en, **maps)


def stateless() -> Code:
    """`_STATELESS`: the same persons in the list of countries and in each of its roll-ups."""
    return code(STATELESS, "Statsløs", "Stateless")


def yes(**maps: str) -> Code:
    """`YES`."""
    return code("YES", "Ja", "Yes", **maps)


def no(**maps: str) -> Code:
    """`NO`."""
    return code("NO", "Nej", "No", **maps)


def none() -> Code:
    """`[]`: known that there is none. It is the empty set, and in no list."""
    return code("[]", "Ingen", "None")


def code_list(id_: str, da: str, en: str, codes: tuple[Code, ...], *levels: Level, version: str = VERSION) -> CodeList:
    """A code list, in its first version unless another is given."""
    return CodeList(id_, Text(da, en), version, codes, levels)


# An optional field may have these codes even where its own list does not.
EVERYWHERE = {each.code: each.label for each in (not_asked(), not_applicable())}


def label_of(codelist: CodeList, name: str) -> Text:
    """The label of a stored code; the code itself where no list has it any more."""
    code_found = codelist.by_code.get(name)
    return code_found.label if code_found else EVERYWHERE.get(name, Text(name, name))
