"""The cross-field rules of a record, each with a code, a text in both languages and a test; and what no record can be by them.

A rule is a function of stored values that says whether they break it. Whoever writes is held to them (`cases.intake.rules.check`),
the API publishes them, and whoever protects figures reckons with readers who know them (`rules_of_codes`).

The API publishes the rules, so every reader of a table knows them: a minor at the referral was a minor when exploited. The pairs
are derived from the rules themselves, so a new rule needs no word here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from cases import dictionary as d
from cases.codelists import (
    CITIZENSHIP,
    EXPLOITATION_DETAIL,
    EXPLOITED_IN,
    MINOR_WHEN_EXPLOITED,
    RESIDENCE_BASIS,
    YES_NO_MINOR,
)
from cases.codelists.common import label_of
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN, CodeList
from cases.dimensions import all_names
from cases.fields import as_codes
from core.text import Text

Values = Mapping[str, object]

MINOR_BANDS = frozenset({"Y0T11", "Y12T14", "Y15T17", "_U_MINOR"})
DECISIONS = frozenset({"IDENTIFIED", "NOT_IDENTIFIED", "INSUFFICIENT"})
PERIOD_GRANTED = frozenset({"REFLECTION", "RESTITUTION"})
UNINFORMATIVE = frozenset({NOT_APPLICABLE, NOT_ASKED, UNKNOWN})


@dataclass(frozen=True, slots=True)
class Rule:
    """One cross-field rule. `example`: changes to the dictionary's example record that break the rule."""

    code: str
    field: str
    detail: Text
    is_broken_by: Callable[[Values], bool]
    example: Mapping[str, object]


def in_words(codelist: CodeList, code: str) -> Text:
    """A code as a rule names it: its label, as lists have it, and the code."""
    return Text(*(f"{text} ({code})" for text in label_of(codelist, code)))


def belongs_to_other_form(detail: object, form: object) -> bool:
    """Whether a detail belongs to another form of exploitation than this one."""
    return detail not in UNINFORMATIVE and EXPLOITATION_DETAIL.by_code[str(detail)].parent != form


def allowed_without_minority(age_band: object) -> frozenset[str]:
    """The codes that a field for minors allows for a person who is not known to be a minor. Of unknown age, `_U` is one of them."""
    return UNINFORMATIVE if age_band == UNKNOWN else frozenset({NOT_APPLICABLE, NOT_ASKED})


def minors_field(name: str) -> Rule:
    """The rule that a field is for minors only: ``_Z``, or left out, for everybody else."""
    use = in_words(YES_NO_MINOR, NOT_APPLICABLE)
    return Rule(
        f"{name}_only_for_minors",
        name,
        Text(f"Feltet er kun for mindreårige: brug {use.da}.", f"This field is for minors only: use {use.en}."),
        lambda v: v["age_band"] not in MINOR_BANDS and v[name] not in allowed_without_minority(v["age_band"]),
        {"age_band": "Y25T34", name: "YES"},
    )


WAS_MINOR, NOT_YET = (in_words(MINOR_WHEN_EXPLOITED, each) for each in ("YES", NOT_APPLICABLE))
NOT_YET_IN = in_words(EXPLOITED_IN, "NOT_YET")
DANE, DENMARK = in_words(RESIDENCE_BASIS, "DK_CITIZEN"), in_words(CITIZENSHIP, "DK")

REFERRAL_RULES: tuple[Rule, ...] = (
    Rule(
        "detail_belongs_to_exploitation",
        "exploitation_detail",
        Text("Detaljen skal høre under den primære udnyttelse.", "The detail must belong to the primary exploitation."),
        lambda v: belongs_to_other_form(v["exploitation_detail"], v["exploitation"]),
        {"exploitation": "SEXUAL", "exploitation_detail": "LABOUR_F"},
    ),
    minors_field("unaccompanied_minor"),
    minors_field("guardian_assigned"),
    Rule(
        "minor_at_referral_was_minor",
        "minor_when_exploited",
        Text(
            f"En person under 18 ved henvisningen var under 18 ved udnyttelsen: brug {WAS_MINOR.da}, "
            f"eller {NOT_YET.da}, hvis udnyttelsen ikke er begyndt.",
            f"A person under 18 at the referral was under 18 when exploited: use {WAS_MINOR.en}, "
            f"or {NOT_YET.en} where exploitation has not begun.",
        ),
        lambda v: (
            v["age_band"] in MINOR_BANDS and v["minor_when_exploited"] != "YES" and v["exploited_in"] != "NOT_YET"
        ),
        {"age_band": "Y15T17", "minor_when_exploited": "NO"},
    ),
    Rule(
        "not_yet_exploited",
        "minor_when_exploited",
        Text(
            f"{NOT_YET.da} hører sammen med {NOT_YET_IN.da} i {EXPLOITED_IN.label.da}: brug begge eller ingen af dem.",
            f"{NOT_YET.en} goes with {NOT_YET_IN.en} in {EXPLOITED_IN.label.en}: use both or neither.",
        ),
        lambda v: (v["minor_when_exploited"] == NOT_APPLICABLE) != (v["exploited_in"] == "NOT_YET"),
        {"minor_when_exploited": "_Z", "exploited_in": "DENMARK"},
    ),
    Rule(
        "danish_citizen_is_danish",
        "residence_basis",
        Text(f"{DANE.da} kræver statsborgerskab {DENMARK.da}.", f"{DANE.en} needs citizenship {DENMARK.en}."),
        lambda v: v["residence_basis"] == "DK_CITIZEN" and v["citizenship"] != "DK",
        {"residence_basis": "DK_CITIZEN", "citizenship": "NG"},
    ),
    Rule(
        "exploitation_not_repeated",
        "exploitation_also",
        Text(
            "Den primære udnyttelse gentages ikke blandt de øvrige.",
            "The primary exploitation is not repeated among the others.",
        ),
        lambda v: v["exploitation"] in as_codes(v["exploitation_also"]),
        {"exploitation": "SEXUAL", "exploitation_also": ["SEXUAL"], "exploitation_detail": "_U"},
    ),
)

ASSESSMENT_RULES: tuple[Rule, ...] = (
    Rule(
        "decision_has_month",
        "decided_in",
        Text("En afgørelse har en måned.", "A decision has a month."),
        lambda v: v["outcome"] in DECISIONS and v["decided_in"] is None,
        {"outcome": "IDENTIFIED", "decided_in": None},
    ),
    Rule(
        "decision_has_authority",
        "decided_by",
        Text("En afgørelse har en myndighed.", "A decision has an authority."),
        lambda v: v["outcome"] in DECISIONS and v["decided_by"] == NOT_APPLICABLE,
        {"outcome": "IDENTIFIED", "decided_by": "_Z"},
    ),
    Rule(
        "pending_is_undecided",
        "outcome",
        Text(
            "PENDING har hverken måned eller myndighed: udelad decided_in, og brug decided_by _Z.",
            "PENDING has neither month nor authority: leave decided_in out and use decided_by _Z.",
        ),
        lambda v: v["outcome"] == "PENDING" and (v["decided_in"] is not None or v["decided_by"] != NOT_APPLICABLE),
        {"outcome": "PENDING"},
    ),
    Rule(
        "days_need_period",
        "reflection_days",
        Text("Dage kræver en refleksions- eller restitutionsperiode.", "Days need a reflection or restitution period."),
        lambda v: v["reflection"] not in PERIOD_GRANTED and v["reflection_days"] not in UNINFORMATIVE,
        {"reflection": "NOT_OFFERED", "reflection_days": "D31T120"},
    ),
    Rule(
        "verified_detail_belongs_to_exploitation",
        "verified_exploitation_detail",
        Text(
            "Detaljen skal høre under den fastslåede udnyttelse.",
            "The detail must belong to the verified exploitation.",
        ),
        lambda v: belongs_to_other_form(v["verified_exploitation_detail"], v["verified_exploitation"]),
        {"verified_exploitation": "SEXUAL", "verified_exploitation_detail": "LABOUR_F"},
    ),
)


CODED = {field.name: field for field in d.coded_fields(d.REFERRAL)}
DIMENSIONS = tuple(name for name in all_names() if name in CODED)

Pair = tuple[str, str]
Names = frozenset[str]


class NotedValues(dict[str, object]):
    """The values of a record. It notes which of them are read."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        super().__init__({**dict.fromkeys(field.name for field in d.REFERRAL), **codes})
        self.names_noted: set[str] = set()

    def __getitem__(self, name: str) -> object:
        self.names_noted.add(name)
        return super().__getitem__(name)


@cache
def forbidden_pairs() -> Mapping[Pair, frozenset[Pair]]:
    """By the names of two dimensions, in their order: the pairs of their codes that no record has."""
    rules = rules_of_codes()
    pairs_linked = [pair for pair in combinations(DIMENSIONS, 2) if any(read.issuperset(pair) for _, read in rules)]
    codes_forbidden = {pair: frozenset(breaking_codes(pair, rules)) for pair in pairs_linked}
    return {pair: codes for pair, codes in codes_forbidden.items() if codes}


def breaking_codes(pair: Pair, rules: Iterable[tuple[Rule, Names]]) -> Iterator[Pair]:
    """The pairs of codes of two fields beside which no codes of the other fields keep the rules."""
    neighbours = [read for _, read in rules if not read.isdisjoint(pair)]
    others = sorted(frozenset().union(*neighbours) - set(pair))
    rules_within = [rule for rule, read in rules if read <= {*pair, *others}]
    for codes in product(*(CODED[name].codelist.names for name in pair)):
        every = (
            dict(zip((*pair, *others), (*codes, *rest), strict=True)) for rest in product(*map(codes_allowed, others))
        )
        if all(any(rule.is_broken_by(values) for rule in rules_within) for values in every):
            yield codes[0], codes[1]


@cache
def rules_of_codes() -> tuple[tuple[Rule, Names], ...]:
    """The rules that read fields with a single code and no others, each with these fields.

    A rule about a set or a month forbids no pair of codes: some set and some month keep it.
    """
    read = [(rule, fields_read(rule)) for rule in REFERRAL_RULES]
    return tuple((rule, names) for rule, names in read if names is not None)


def fields_read(rule: Rule) -> Names | None:
    """The fields that a rule reads, whatever their codes. None: one of them has no single code."""
    names_known: Names = frozenset()
    while True:
        names = sorted(names_known)
        read: set[str] = set()
        for codes in product(*map(codes_allowed, names)):
            values = NotedValues(
                {**{name: codes_allowed(name)[0] for name in CODED}, **dict(zip(names, codes, strict=True))}
            )
            try:
                rule.is_broken_by(values)
            except TypeError:
                return None  # it takes a set apart, of which there is none
            read |= values.names_noted
        if not read <= CODED.keys():
            return None
        if read <= names_known:
            return names_known
        names_known |= read


def codes_allowed(name: str) -> tuple[str, ...]:
    """The codes that a field may have."""
    return CODED[name].allowed
