"""The codes of `errors` that only the API has, with the place where each is found. The others are in `cases.intake.rulebook`.

Of those of forms of counts, why each is told and what to do: the pages of the codes say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.batches.uploads import PART_TEXTS
from api.http import authentication, idempotency, parameters, problems, request_headers
from api.http.reading import DETAILS, OF_BODIES
from api.notices.parts import REPLACED
from api.own import reports
from api.reference import codelists
from api.reference.templates import INVENTED
from api.statistics import audiences
from cases.intake.countfiles import words as count_words
from cases.intake.guard.references import UUID4_EXPECTED
from cases.intake.readers.strict_json import REASONS
from cases.intake.rulebook import RULES
from cases.intake.rulebook.of_fields import ACROSS, SHAPE
from cases.rules import ASSESSMENT_RULES
from cases.services import content, jumps, submit
from cases.services.forms import FORMS
from cases.services.periods import EXPECTED
from core.text import Text, in_one
from notices.acknowledgements import MONTH_NOT_THEN
from oversight.reporting.words import NOT_OVER
from stats.own import axes
from stats.reading import query

PARTS = Text(
    "Det ene tal er en del af det andet, så et af dem er forkert, eller linjen står under forkerte koder. Ret linjen, og send "
    "hele skemaet igen. Et tal, I ikke kender, er null, og så oplyses der intet om det.",
    "One number is a part of the other, so that one of them is wrong, or the line stands under wrong codes. Correct the line "
    "and send the whole report again. A number that you do not know is null, and nothing is said of it.",
)
JUMPS = Text(
    "Skemaet er gemt, og intet er afvist. Det samlede tal er mere end tre gange det næststørste eller mindre end en tredjedel "
    "af det næstmindste i de 12 perioder før; i en krises ugeskema er det fem gange. Passer det, skal I ikke gøre noget. Ellers "
    "send hele skemaet igen med If-Match, i en fil med periodens version.",
    "The report is stored, and nothing is refused. The total is more than three times the second largest, or less than a third "
    "of the second smallest, of the twelve periods before; in the weekly form of a crisis the factor is five. If it is right, do "
    "nothing. Otherwise send the whole report again with If-Match, in a file with the version of the period.",
)
PERIODS = Text(
    "Perioden står i adressen, og skemaet oplyser, om den er en uge, en måned eller et år: `GET /api/v1/counts/forms`. En uge "
    "tæller efter ISO 8601.",
    "The period stands in the address, and the form says whether it is a week, a month or a year: `GET /api/v1/counts/forms`. A "
    "week is one of ISO 8601.",
)
ABOUTS: dict[str, Text] = {
    "list_expected": Text(
        "Hver tabel er en liste af linjer. `[]` er, at der intet var; en udeladt tabel eller null er ikke oplyst.",
        "Each table is a list of lines. `[]` says that there was nothing; a table that is left out or null is not known.",
    ),
    "number_expected": Text(
        'Send 12 og ikke 12.0, 1.5, -1 eller "12". Et tal, I ikke kender, udelades eller er null. 0 er, at der ingen var.',
        'Send 12 and not 12.0, 1.5, -1 or "12". Leave out a number that you do not know, or send null. 0 says that there were '
        "none.",
    ),
    "line_twice": Text(
        "To linjer i tabellen har de samme koder. Læg deres tal sammen i én.",
        "Two lines of the table have the same codes. Add their numbers up in one.",
    ),
    "table_expected": Text(
        "Hver række i filen hører til en tabel. Skriv dens navn eller id i kolonnen, eller hent en skabelon, hvor den står på "
        "en liste.",
        "Each row of the file belongs to a table. Write its name or id in the column, or fetch a template, which has a list of "
        "them.",
    ),
    "versions_differ": Text(
        "Filen kan kun rette én version af en periode. Skriv den samme version i alle periodens rækker, eller kun i en af dem.",
        "A file can correct one version of a period only. Write the same version in all rows of the period, or in one of them.",
    ),
    "version_missing": Text(
        "Intet er gemt, så ingen overskriver andres tal. `GET /api/v1/counts/{form}` nævner versionen. `prefer=latest` retter "
        "den, der er gemt.",
        "Nothing is stored, so that nobody overwrites the numbers of others. `GET /api/v1/counts/{form}` names the version. "
        "`prefer=latest` corrects the one that is stored.",
    ),
    "nothing_beside_lines": Text(
        "En række med periode og tabel alene betyder, at der intet var. Slet den, eller slet tabellens andre rækker i perioden.",
        "A row with the period and the table alone says that there was nothing. Delete it, or delete the other rows of the "
        "table in the period.",
    ),
    **{check.code: PARTS for form in FORMS.values() for check in form.checks},
    "form_not_in_use": Text(
        "Skemaet tages i brug eller ophører på en bestemt dag. Har I tal fra før eller efter, så spørg centret.",
        "The form comes into use or ends on a certain day. Where you have numbers of a period before or after, ask the centre.",
    ),
    "period_in_future": Text(
        "En periode kan indberettes, når den er begyndt, og rettes, så ofte den ændrer sig. Se efter, at adressen har den "
        "rigtige periode.",
        "A period can be reported once it has begun, and corrected as often as it changes. See that the address has the right "
        "period.",
    ),
    "period_expected": PERIODS,
    "total_far_above": JUMPS,
    "total_far_below": JUMPS,
    "report_repeated": Text(
        "Skemaet er gemt, og intet er afvist. Sidste periodes fil sendes let igen under en ny periode. Passer det, skal I ikke "
        "gøre noget. Ellers send hele skemaet igen med If-Match, i en fil med periodens version.",
        "The report is stored, and nothing is refused. The file of the last period is easily sent again under a new one. If it "
        "is right, do nothing. Otherwise send the whole report again with If-Match, in a file with the version of the period.",
    ),
}


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


def findings_of_assessments() -> list[Explanation]:
    """The rules of assessments, which nobody delivers in a file."""
    return [
        Explanation(rule.code, rule.detail, ACROSS.title, "validation_failed", rule.field, rule.example)
        for rule in ASSESSMENT_RULES
    ]


def explain_all(texts: Mapping[str, Text], group: Text, problem: str) -> list[Explanation]:
    """Codes that share a group."""
    return [Explanation(code, text, group, problem) for code, text in texts.items()]


def findings_of_requests() -> list[Explanation]:
    """Parameters and headers."""
    of_parameters = {
        "unknown_parameter": parameters.UNKNOWN,
        "repeated_parameter": parameters.REPEATED,
        "value_not_allowed": parameters.WRONG,
        "date_expected": codelists.DATE_EXPECTED,
        "invalid_cursor": parameters.CURSOR_EXPECTED,
        "reference_not_uuid4": UUID4_EXPECTED,
        "month_not_then": MONTH_NOT_THEN,
        "month_not_over": NOT_OVER,
        **parameters.MOMENT_TEXTS,
    }
    of_headers = {
        "entity_tag_expected": request_headers.TAGS_EXPECTED,
        "media_type_expected": problems.MEDIA_TYPE_EXPECTED,
        "star_expected": request_headers.STAR_EXPECTED,
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


def findings_of_counts() -> list[Explanation]:
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
        *findings_of_assessments(),
        *explain_all(OF_BODIES | PART_TEXTS, SHAPE.title, "validation_failed"),
        *explain_all(REASONS, BODY, "malformed_json"),
        *findings_of_requests(),
        *findings_of_counts(),
        *explain_all({"rows_are_invented": INVENTED}, PARAMETER, "test_mode_only"),
        *explain_all({"referrals_stand": reports.STAND}, BODY, "referrals_differ"),
        *explain_all({"notice_replaced": REPLACED}, PARAMETER, "notice_withdrawn"),
        *explain_all({"release_gone": WHY_WITHDRAWN}, PARAMETER, "release_withdrawn"),
    )
}
