"""The codes that stand in `errors`: every rule and every refusal of a form, with the place where it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.codelists import views as codelists
from api.http import conditions, idempotency, moments, parameters
from api.http import paging as pages
from api.http.details import DETAILS
from api.records.parameters import UUID4_EXPECTED
from api.statistics import audiences
from cases.intake import rules, validity
from cases.intake.strict_json import REASONS
from cases.own import axes
from cases.rules import ASSESSMENT_RULES, REFERRAL_RULES
from cases.statistics.reading import query
from partners.text import Text

RULE = Text("Regel på tværs af felter", "Rule across fields")
CALENDAR = Text("Kalender og gyldighed", "Calendar and validity")
SHAPE = Text("Feltets form", "Form of a field")
BODY = Text("Indholdet som JSON", "The body as JSON")
PARAMETER = Text("Parameter", "Parameter")
QUERY = Text("Forespørgsel efter statistik", "Query of statistics")
HEADER = Text("Hoved", "Header")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code. `problem` is the kind of problem in whose `errors` it stands; `example` breaks the example record."""

    code: str
    detail: Text
    group: Text
    problem: str
    field: str = ""
    example: Mapping[str, object] | None = None


def of_rules() -> list[Explanation]:
    """The rules across fields."""
    return [
        Explanation(rule.code, rule.detail, RULE, "validation_failed", rule.field, rule.example)
        for rule in (*REFERRAL_RULES, *ASSESSMENT_RULES)
    ]


def explain_all(texts: Mapping[str, Text], group: Text, problem: str) -> list[Explanation]:
    """Codes that share a group."""
    return [Explanation(code, text, group, problem) for code, text in texts.items()]


def of_calendar() -> list[Explanation]:
    """What depends on the day."""
    texts = {
        "month_before_2000": rules.NOT_BEFORE_2000,
        "month_in_future": rules.NOT_IN_FUTURE,
        "code_retired": validity.RETIRED,
        "code_not_yet_valid": validity.NOT_YET_VALID,
    }
    return explain_all(texts, CALENDAR, "validation_failed")


def of_requests() -> list[Explanation]:
    """Parameters and headers."""
    of_parameters = {
        "unknown_parameter": parameters.UNKNOWN,
        "repeated_parameter": parameters.REPEATED,
        "value_not_allowed": parameters.WRONG,
        "date_expected": codelists.DATE_EXPECTED,
        "invalid_cursor": pages.CURSOR_EXPECTED,
        "reference_not_uuid4": UUID4_EXPECTED,
        **moments.TEXTS,
    }
    of_headers = {
        "entity_tag_expected": conditions.TAGS_EXPECTED,
        "star_expected": conditions.STAR_EXPECTED,
        "key_expected": idempotency.KEY_EXPECTED,
        "purpose_expected": audiences.PURPOSE_EXPECTED,
    }
    of_queries = {code: text for code, text in (query.TEXTS | axes.TEXTS).items() if code not in DETAILS}
    return [
        *explain_all(of_parameters, PARAMETER, "invalid_parameter"),
        *explain_all(of_queries, QUERY, "invalid_parameter"),
        *explain_all(of_headers, HEADER, "invalid_header"),
    ]


FINDINGS: dict[str, Explanation] = {
    explanation.code: explanation
    for explanation in (
        *of_rules(),
        *of_calendar(),
        *explain_all(DETAILS, SHAPE, "validation_failed"),
        *explain_all(REASONS, BODY, "malformed_json"),
        *of_requests(),
    )
}
