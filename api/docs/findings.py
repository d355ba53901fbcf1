"""The codes of `errors` that only the API has, with the place where each is found. The others are in `cases.intake.rulebook`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.batches.uploads import PART_TEXTS
from api.codelists import views as codelists
from api.docs.counts import ABOUTS
from api.http import authentication, conditions, idempotency, moments, parameters, problems
from api.http import paging as pages
from api.http.details import DETAILS, OF_BODIES
from api.notices.parts import REPLACED
from api.own import reports
from api.statistics import audiences
from api.templates.views import INVENTED
from cases.intake.countfiles import words as count_words
from cases.intake.references import UUID4_EXPECTED
from cases.intake.rulebook import RULES
from cases.intake.rulebook.of_fields import ACROSS, SHAPE
from cases.intake.strict_json import REASONS
from cases.rules import ASSESSMENT_RULES
from cases.services import content, jumps, submit
from cases.services.forms import FORMS
from cases.services.periods import EXPECTED
from core.text import Text, in_one
from notices.acknowledging import MONTH_NOT_THEN
from oversight.reporting.words import NOT_OVER
from stats.own import axes
from stats.reading import query

BODY = Text("Indholdet som JSON", "The body as JSON")
PARAMETER = Text("Parameter", "Parameter")
QUERY = Text("Forespørgsel efter statistik", "Query of statistics")
HEADER = Text("Hoved", "Header")
COUNTS = Text("Skemaer med tal", "Forms of counts")
COUNT_WARNINGS = Text("Skemaer med tal: spørgsmål (warnings)", "Forms of counts: questions (warnings)")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code of `errors`. `problem` is the kind of problem that it stands in, if any; `example` breaks the example record.

    `about`: why it is told and what to do, where the sentence alone does not say it.
    """

    code: str
    detail: Text
    group: Text
    problem: str
    field: str = ""
    example: Mapping[str, object] | None = None
    about: Text | None = None


def of_assessments() -> list[Explanation]:
    """The rules of assessments, which nobody delivers in a file."""
    return [
        Explanation(rule.code, rule.detail, ACROSS.title, "validation_failed", rule.field, rule.example)
        for rule in ASSESSMENT_RULES
    ]


def explain_all(texts: Mapping[str, Text], group: Text, problem: str) -> list[Explanation]:
    """Codes that share a group."""
    return [Explanation(code, text, group, problem) for code, text in texts.items()]


def of_requests() -> list[Explanation]:
    """Parameters and headers."""
    of_parameters = {
        "unknown_parameter": parameters.UNKNOWN,
        "repeated_parameter": parameters.REPEATED,
        "value_not_allowed": parameters.WRONG,
        "date_expected": codelists.DATE_EXPECTED,
        "invalid_cursor": pages.CURSOR_EXPECTED,
        "reference_not_uuid4": UUID4_EXPECTED,
        "month_not_then": MONTH_NOT_THEN,
        "month_not_over": NOT_OVER,
        **moments.TEXTS,
    }
    of_headers = {
        "entity_tag_expected": conditions.TAGS_EXPECTED,
        "media_type_expected": problems.MEDIA_TYPE_EXPECTED,
        "star_expected": conditions.STAR_EXPECTED,
        "key_expected": idempotency.KEY_EXPECTED,
        "purpose_expected": audiences.PURPOSE_EXPECTED,
        "partner_expected": authentication.PARTNER_EXPECTED,
        "not_on_behalf": authentication.NOT_ON_BEHALF,
    }
    of_queries = {code: text for code, text in (query.TEXTS | axes.TEXTS).items() if code not in DETAILS}
    return [
        *explain_all(of_parameters, PARAMETER, "invalid_parameter"),
        *explain_all(of_queries, QUERY, "invalid_parameter"),
        *explain_all(of_headers, HEADER, "invalid_header"),
    ]


def of_counts() -> list[Explanation]:
    """Forms of counts, and files of them."""
    of_checks = {check.code: check.detail for form in FORMS.values() for check in form.checks}
    # Some have a page with the rules of deliveries.
    of_forms = {
        code: text for code, text in (content.TEXTS | count_words.TEXTS | of_checks).items() if code not in RULES
    }
    of_periods = {**submit.TEXTS, "period_expected": in_one(*EXPECTED.values())}
    explanations = (
        *explain_all(of_forms, COUNTS, "validation_failed"),
        *explain_all(of_periods, COUNTS, "invalid_parameter"),
        # They stand beside what is stored, and refuse nothing.
        *explain_all(jumps.TEXTS, COUNT_WARNINGS, ""),
    )
    return [replace(each, about=ABOUTS[each.code]) for each in explanations]


WHY_WITHDRAWN = Text("Hvorfor udgivelsen er trukket tilbage.", "Why the release was withdrawn.")

# What only the API says; the other codes of `errors` are rules of the rulebook.
FINDINGS: dict[str, Explanation] = {
    explanation.code: explanation
    for explanation in (
        *of_assessments(),
        *explain_all(OF_BODIES | PART_TEXTS, SHAPE.title, "validation_failed"),
        *explain_all(REASONS, BODY, "malformed_json"),
        *of_requests(),
        *of_counts(),
        *explain_all({"rows_are_invented": INVENTED}, PARAMETER, "test_mode_only"),
        *explain_all({"referrals_stand": reports.STAND}, BODY, "referrals_differ"),
        *explain_all({"notice_replaced": REPLACED}, PARAMETER, "notice_withdrawn"),
        *explain_all({"release_gone": WHY_WITHDRAWN}, PARAMETER, "release_withdrawn"),
    )
}
