"""The pages, and what each of them has: a language, a policy, and a menu in the frame of all pages (`pages.base`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from msgspec import structs, to_builtins

from api.docs import steps, words
from api.docs.findings import FINDINGS, Explanation
from api.docs.steps import STEPS
from api.http.bodies import Body
from api.http.negotiation import LANGUAGES, language_of
from api.http.problem_catalogue import PROBLEMS
from api.http.problems import ProblemError, respond
from api.openapi import failures
from api.records.bodies import AssessmentInput, ReferralInput
from cases import dictionary as d
from cases import rules
from cases.codelists.changes import label_with_validity
from cases.fields import CodedField, CodeSetField, Field, MonthField
from cases.intake.rulebook import RULES
from cases.intake.rulebook.rule import RuleExample
from cases.rules import Rule
from core.purposes import ABOUT, DataPurpose, legal_basis
from core.text import Text

# Redoc and Swagger UI write style elements and data: images while they run, Redoc searches in a worker that it makes from a
# blob, and both fetch openapi.json (Swagger UI also what is tried) from this host. Scripts stay files of this host.
TOOL_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
    "worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# The words of the menu, and of the button beside lines that are copied.
MENU = {
    "start": Text("Kom i gang", "Get started"),
    "reference": Text("Reference", "Reference"),
    "attempt": Text("Prøv", "Try it"),
    "problems": Text("Fejlkoder", "Error codes"),
    "copy": Text("Kopiér", "Copy"),
    "copied": Text("Kopieret", "Copied"),
}


def chosen_language(request: HttpRequest) -> str:
    """`?lang=` where it names a language, otherwise what the browser asks for."""
    language = request.GET.get("lang", "")
    return language if language in LANGUAGES else language_of(request)


def in_language(texts: dict[str, Text], language: str) -> dict[str, str]:
    """The words of a page in one language."""
    return {name: text(language) for name, text in texts.items()}


def base_of(request: HttpRequest) -> str:
    """The address of this service as the reader reached it, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def page(request: HttpRequest, name: str, context: dict[str, Any], *, policy: str | None = None) -> HttpResponse:
    """A page in the reader's language, under the policy of all pages or its own."""
    language = chosen_language(request)
    other = "en" if language == "da" else "da"
    about = {
        "language": language,
        "other": {"language": other, "address": f"?lang={other}"},
        "docs": MENU,
        "path": request.path,
    }
    with override(language):
        response = render(request, f"docs/{name}.html", {**about, **context})
    response["Content-Language"], response["Cache-Control"] = language, "no-cache"
    if policy is not None:
        response["Content-Security-Policy"] = policy
    patch_vary_headers(response, ("Accept-Language",))
    return response


# A longer list is a link only.
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in one language."""

    id: str
    title: str
    about: str
    then: str
    status: int
    shell: str
    python: str
    r: str


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field in one language. `codes` are pairs of code and label, none where they are too many to show."""

    name: str
    label: str
    help: str
    required: bool
    many: bool
    form: str
    list_id: str
    codes: tuple[tuple[str, str], ...]


def steps_in(base: str, language: str) -> list[ShownStep]:
    """The steps with the address of this service."""
    return [
        ShownStep(
            step.id,
            step.title(language),
            step.about(language),
            step.then(language),
            step.status,
            step.shell.replace("BASE", base),
            step.python.replace('"BASE"', f'"{base}"'),
            step.r.replace("BASE", base),
        )
        for step in STEPS
    ]


def fields_of(struct: type[Body], fields: Iterable[Field], language: str) -> list[ShownField]:
    """The rows of a record: the members of its struct, in the words of the dictionary, which has both languages."""
    by_name = {field.name: field for field in fields}
    return [row_of(by_name[each.name], each.required, language) for each in structs.fields(struct)]


def row_of(field: Field, is_required: bool, language: str) -> ShownField:
    """A row of `fields_of`. Its codes are listed where they are no more than `MOST_SHOWN`; else its list is linked alone."""
    list_id = ""
    codes: tuple[tuple[str, str], ...] = ()
    if isinstance(field, CodedField | CodeSetField):
        list_id = field.codelist.id
        codes = tuple((code.code, label_with_validity(code)(language)) for code in field.codelist.codes)
    return ShownField(
        field.name,
        field.label(language),
        field.help(language),
        is_required,
        isinstance(field, CodeSetField),
        "YYYY-MM" if isinstance(field, MonthField) else "",
        list_id,
        codes if len(codes) <= MOST_SHOWN else (),
    )


def rules_of(rules: Iterable[Rule], language: str) -> list[tuple[str, str, str]]:
    """Code, field and text of each rule."""
    return [(rule.code, rule.field, rule.detail(language)) for rule in rules]


def start(request: HttpRequest) -> HttpResponse:
    """Five minutes to a first referral, the fields, the rules and the conventions."""
    language, base = chosen_language(request), base_of(request)
    context = {
        "words": in_language(words.START, language),
        "steps": steps_in(base, language),
        "conventions": [(name, text(language)) for name, text in words.CONVENTIONS],
        "purposes": [(str(each), ABOUT[each](language), legal_basis(each)(language)) for each in DataPurpose],
        "referral": fields_of(ReferralInput, d.REFERRAL, language),
        "assessment": fields_of(AssessmentInput, d.ASSESSMENT, language),
        "rules": rules_of((*rules.REFERRAL_RULES, *rules.ASSESSMENT_RULES), language),
        "demo": steps.DEMO,
    }
    return page(request, "start", context)


def reference(request: HttpRequest) -> HttpResponse:
    return page(request, "reference", {}, policy=TOOL_POLICY)


def attempt(request: HttpRequest) -> HttpResponse:
    """Swagger UI, where requests can be tried."""
    return page(request, "try", {"words": in_language(words.TRY, chosen_language(request))}, policy=TOOL_POLICY)


def problems(request: HttpRequest) -> HttpResponse:
    """Every problem with every code that only the API has, and every rule on rows and files."""
    language = chosen_language(request)
    groups: dict[str, list[tuple[Explanation, str]]] = {}
    for row in FINDINGS.values():
        groups.setdefault(row.group(language), []).append((row, row.detail(language)))
    context = {
        "words": in_language(words.PROBLEMS, language),
        "kinds": [(kind, kind.title(language)) for kind in PROBLEMS.values()],
        "groups": groups,
        "rules": rule_groups(language),
    }
    return page(request, "problems", context)


def rule_groups(language: str) -> dict[str, list[tuple[str, str, str]]]:
    """The rules by the title of their group: id, class and title of each."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for rule in RULES.values():
        line = (rule.id, words.CLASSES[rule.cls](language), rule.title(language))
        groups.setdefault(rule.group.title(language), []).append(line)
    return groups


def problem(request: HttpRequest, code: str) -> HttpResponse:
    """One problem, one code of `errors`, or one rule; a code may be two of these."""
    language = chosen_language(request)
    parts = (problem_context(request, code, language), finding_context(code, language), rule_context(code, language))
    if not any(parts):
        return respond(request, ProblemError("not_found"))
    context: dict[str, object] = {"words": in_language(words.PROBLEMS, language), "code": code}
    of_problem, of_finding, of_rule = parts
    # Of a problem that is a rule too the rule has a section of its own.
    context |= {**of_rule, **of_finding, **of_problem, "rule": of_rule}
    return page(request, "problem", context)


def problem_context(request: HttpRequest, code: str, language: str) -> dict[str, object]:
    """What the page of a problem shows; nothing where the code is none."""
    if code not in PROBLEMS:
        return {}
    kind, body = PROBLEMS[code], to_builtins(failures.example_problem(code, language, base_of(request)))
    texts = {"title": kind.title(language), "about": kind.about(language), "status": kind.status}
    return {**texts, "example": pretty(body), "broken": ""}


def finding_context(code: str, language: str) -> dict[str, object]:
    """What the page of a code of `errors` shows; nothing where the code is none."""
    if code not in FINDINGS:
        return {}
    row = FINDINGS[code]
    kind = PROBLEMS.get(row.problem)
    return {
        **({"about": row.about(language)} if row.about else {}),
        "title": row.detail(language),
        "group": row.group(language),
        "status": kind.status if kind else "",
        "parent": kind.code if kind else "",
        "field": row.field,
        "broken": pretty(row.example) if row.example else "",
    }


def rule_context(code: str, language: str) -> dict[str, object]:
    """What the page of a rule on rows and files shows; nothing where the code is none."""
    if code not in RULES:
        return {}
    rule = RULES[code]
    kind = PROBLEMS.get(rule.group.problem)
    example = rule.example or RuleExample()
    return {
        "title": rule.title(language),
        "detail": rule.detail(language),
        "class": words.CLASSES[rule.cls](language),
        "group": rule.group.title(language),
        "about": rule.about(language),
        "field": rule.field,
        "status": kind.status if kind else "",
        "parent": kind.code if kind else "",
        "changes": pretty(example.changes) if example.changes else "",
        "lines": example.lines,
        "stored": example.stored(language),
        "delivery": pretty(rows_of(example)) if example.rows else "",
    }


def rows_of(example: RuleExample) -> dict[str, list[dict[str, object]]]:
    """The rows of an example of a delivery, and those that are stored before."""
    rows = {"file": example.rows, "stored": example.before}
    return {name: [{"count": count, **changes} for count, changes in each] for name, each in rows.items() if each}


def pretty(value: object) -> str:
    """JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False)
