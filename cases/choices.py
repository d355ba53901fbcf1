"""The codes of this app's own work with their words, as Django's choices; functions, so that migrations carry no text.

The codes that partners submit are in the code lists. A test holds these tables and the constraints of the columns together.
"""

from __future__ import annotations

from cases.codelists.duplicates import DIFFERENT_REASON
from cases.codelists.linking import LINK_REASON
from cases.codelists.rights import ERASURE_REASON
from cases.codelists.types import CodeList
from partners.choices import Choices, of
from partners.text import Words

AUDIENCES = {
    "public": Words("offentligheden", "the public"),
    "authority": Words("myndigheder", "authorities"),
    "exact": Words("centret", "the centre"),
}
FACT_DECISIONS = {
    "superseded": Words("afløst", "superseded"),
    "different_definition": Words("anden definition", "different definition"),
    "interval": Words("kendt som et interval", "known as an interval"),
}
ORDER_STATES = {
    "OPEN": Words("venter", "waiting"),
    "RUNNING": Words("dannes", "being built"),
    "DONE": Words("dannet", "built"),
    "FAILED": Words("afvist", "refused"),
}
PAIRS = {"SAME": Words("Én person", "One person"), "DIFFERENT": Words("To personer", "Two persons")}
LINKS = {
    "MERGE": Words("Sager lagt sammen", "Cases merged"),
    "SPLIT": Words("Sag delt", "Case split"),
    "UNDO": Words("Afgørelse omgjort", "Decision undone"),
}
# Why two persons are candidates.
EVIDENCE = {"linkage_code": Words("koblingskode", "linkage code"), "pattern": Words("sjældent mønster", "pattern")}


def codes_of(*lists: CodeList) -> Choices:
    """The codes of code lists."""
    return of({code.code: code.label for codelist in lists for code in codelist.codes})


def audiences() -> Choices:
    """For whom a release is."""
    return of(AUDIENCES)


def protected_audiences() -> Choices:
    """For whom a protected release is."""
    return of({code: words for code, words in AUDIENCES.items() if code != "exact"})


def fact_decisions() -> Choices:
    """What staff decide of a figure that others have published."""
    return of(FACT_DECISIONS)


def order_states() -> Choices:
    """Where an order to build stands."""
    return of(ORDER_STATES)


def pairs() -> Choices:
    """What staff decide of a pair."""
    return of(PAIRS)


def pair_reasons() -> Choices:
    """Why two cases are one person, or two."""
    return codes_of(LINK_REASON, DIFFERENT_REASON)


def erasure_reasons() -> Choices:
    """Why a person was erased."""
    return codes_of(ERASURE_REASON)
