"""The pages."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from msgspec import to_builtins

from api.docs import steps, words
from api.docs.findings import FINDINGS, Explanation
from api.docs.pages import TOOL_POLICY, base_of, chosen_language, in_language, page
from api.docs.start import fields_of, rules_of, steps_in
from api.http import problem_examples
from api.http.problem_catalogue import PROBLEMS
from api.http.problems import ProblemError, respond
from api.records.bodies import AssessmentInput, ReferralInput
from cases import dictionary as d
from cases.intake import rules


def start(request: HttpRequest) -> HttpResponse:
    """Five minutes to a first referral, the fields, the rules and the conventions."""
    language, base = chosen_language(request), base_of(request)
    context = {
        "words": in_language(words.START, language),
        "steps": steps_in(base, language),
        "conventions": [(name, text(language)) for name, text in words.CONVENTIONS],
        "referral": fields_of(ReferralInput, d.REFERRAL, language),
        "assessment": fields_of(AssessmentInput, d.ASSESSMENT, language),
        "rules": rules_of((*rules.REFERRAL_RULES, *rules.ASSESSMENT_RULES), language),
        "demo": steps.DEMO,
    }
    return page(request, "start", context)


def reference(request: HttpRequest) -> HttpResponse:
    """Redoc."""
    return page(request, "reference", {}, policy=TOOL_POLICY)


def attempt(request: HttpRequest) -> HttpResponse:
    """Swagger UI, where requests can be tried."""
    return page(request, "try", {"words": in_language(words.TRY, chosen_language(request))}, policy=TOOL_POLICY)


def problems(request: HttpRequest) -> HttpResponse:
    """Every problem, and every code that can stand in `errors`."""
    language = chosen_language(request)
    groups: dict[str, list[tuple[Explanation, str]]] = {}
    for row in FINDINGS.values():
        groups.setdefault(row.group(language), []).append((row, row.detail(language)))
    context = {
        "words": in_language(words.PROBLEMS, language),
        "kinds": [(kind, kind.title(language)) for kind in PROBLEMS.values()],
        "groups": groups,
    }
    return page(request, "problems", context)


def problem(request: HttpRequest, code: str) -> HttpResponse:
    """One problem, or one code of `errors`."""
    language = chosen_language(request)
    context = {"words": in_language(words.PROBLEMS, language), "code": code}
    if code in PROBLEMS:
        kind, body = PROBLEMS[code], to_builtins(problem_examples.example(code, language, base_of(request)))
        texts = {"title": kind.title(language), "about": kind.about(language), "status": kind.status}
        return page(request, "problem", {**context, **texts, "example": pretty(body)})
    if code in FINDINGS:
        return page(request, "problem", {**context, **finding_context(FINDINGS[code], language)})
    return respond(request, ProblemError("not_found"))


def finding_context(row: Explanation, language: str) -> dict[str, object]:
    """What the page of a code of `errors` shows."""
    kind = PROBLEMS[row.problem]
    return {
        "title": row.detail(language),
        "group": row.group(language),
        "status": kind.status,
        "parent": kind.code,
        "field": row.field,
        "broken": pretty(row.example) if row.example else "",
    }


def pretty(value: object) -> str:
    """JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False)
