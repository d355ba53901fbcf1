"""A partner's own count reports: report, correct, read; and the forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api.counts import examples
from api.counts.answers import report_body, row_bodies, written_body
from api.counts.bodies import (
    BODIES,
    INPUTS,
    WRITTEN_BODIES,
    CountExpectationsBody,
    CountFormsBody,
    CountPeriodId,
    CountReportsBody,
    camel,
    expectation_body,
    form_body,
)
from api.http import parameters
from api.http.authentication import principal
from api.http.negotiation import json_answer, language_of
from api.http.problems import ProblemError, ProblemFinding, etag, pointer
from api.http.public import PublicView
from api.http.reading import CountsBody, parse_json
from api.http.request_headers import is_minimal, is_unchanged, write_condition
from api.openapi.failures import CONDITION
from api.openapi.headers import ETAG, LOCATION, WRITTEN
from api.openapi.parts import IF_ABSENT, IF_MATCH, PREFER, UNCHANGED, Answer, Parameter, RequestBody, endpoint
from api.records.reads import Read, RecordView
from cases.errors import NotFound, RulesBroken
from cases.services import submit
from cases.services.content import ContentRefused, CountFault
from cases.services.expectations import expectations_of
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import EXPECTED, CountPeriod
from cases.services.shapes import CountForm
from cases.services.submit import CountResult
from partners.kinds import Scope
from partners.models import Partner

PUT = (
    "The first PUT creates. The same again changes nothing and answers 200 with the same ETag. To correct, send the whole report "
    "with the ETag of the current version in If-Match. A table that is left out is not known; an empty one says that there was "
    "nothing, and so does a line that is not there. What is unlike your earlier reports is stored, and `warnings` asks about it: a "
    "total far from those of the periods before, or the same report again. It is always there, and empty where nothing is asked; "
    "the same PUT asks again. These are counts: nothing here names a person."
)

EXPECTED_OF_YOU = (
    "Each form that is expected of you, from the first period to the present one. A form may be reported by anybody for whom it "
    "fits, expected or not. In a crisis its weekly form is expected too. Nothing is expected in test mode. A period is received in "
    "time where its first version came before it was due."
)


class CountFormList(PublicView):
    """The forms, for everybody."""

    @endpoint(
        "listCountForms",
        "What services report as counts",
        "Every form with its tables, what divides them, and their numbers.",
        Answer(200, "The forms.", CountFormsBody, [examples.FORMS_LIST]),
    )
    def get(self, request: Request) -> Response:
        """All of them."""
        language = language_of(request)
        return Response(CountFormsBody([form_body(form, language) for form in FORMS.values()]))


class CountExpectationList(RecordView):
    """What is expected of the caller."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "listExpectedCounts",
        "Which counts are expected of you, and what has come",
        EXPECTED_OF_YOU,
        Answer(200, "The periods.", CountExpectationsBody, [examples.EXPECTATIONS]),
    )
    def read(self, request: Request) -> Read:
        """Every form and period. It tells of no number, so that no report is read."""
        partner = Partner.objects.get(pk=principal(request).partner_id)
        expectations = expectations_of([partner], timezone.now())[partner.pk]
        return Response(CountExpectationsBody([expectation_body(each) for each in expectations])), 0


def list_view(form: CountForm) -> type[RecordView]:
    """The view of a partner's reports of a form."""

    class CountReportList(RecordView):
        """The caller's reports of one form."""

        scopes = {"GET": Scope.REFERRALS_READ}

        @endpoint(
            f"list{camel(form.id)}Reports",
            f"Your reports: {form.label.en.lower()}",
            "The current version of each, without its numbers, the latest period first, with what is asked of it now.",
            Answer(200, "The reports.", CountReportsBody, [examples.reports_of(form.id)]),
        )
        def read(self, request: Request) -> Read:
            """Which periods are reported."""
            rows = CountReport.objects.of(principal(request).partner_id).current().filter(form=form.id)
            items = row_bodies(rows.order_by("period"), language_of(request))
            return Response(CountReportsBody(items)), len(items)

    return CountReportList


def period_in_path(form: CountForm) -> Parameter:
    key, example = f"period-{form.period}", examples.PERIODS[form.period]
    return Parameter("period", EXPECTED[form.period].en, CountPeriodId, place="path", key=key, example=example)


def detail_view(form: CountForm) -> type[RecordView]:
    """The view of one report of a form."""
    answer_to_put = WRITTEN_BODIES[form.id], [examples.written_of(form.id)]

    class CountReportDetail(RecordView):
        """The caller's report of one form and period."""

        scopes = {"GET": Scope.REFERRALS_READ, "PUT": Scope.REFERRALS_WRITE}
        parser_classes = (CountsBody,)

        @endpoint(
            f"read{camel(form.id)}Report",
            f"Read a report: {form.label.en.lower()}",
            "The current version.",
            Answer(200, "The report.", BODIES[form.id], [examples.report_of(form.id)], [ETAG]),
            UNCHANGED,
            parameters=[period_in_path(form)],
            problems=("not_found",),
        )
        def read(self, request: Request, period: str) -> Read:
            """The current version."""
            report = submit.current_report(principal(request), form, period_of(form, period))
            if report is None:
                raise NotFound
            if is_unchanged(request, etag(report.version)):
                return Response(None, 304, headers={"ETag": etag(report.version)}), 0
            return json_answer(report_body(report), 200, {"ETag": etag(report.version)}), 1

        @endpoint(
            f"put{camel(form.id)}Report",
            f"Report or correct: {form.label.en.lower()}",
            PUT,
            Answer(200, "Corrected, or already stored just so.", *answer_to_put, [*WRITTEN]),
            Answer(201, "Created.", *answer_to_put, [LOCATION, *WRITTEN]),
            parameters=[period_in_path(form), IF_MATCH, IF_ABSENT, PREFER],
            request=RequestBody(INPUTS[form.id], [examples.input_of(form.id)]),
            problems=(*CONDITION, "precondition_required", "agreement_missing"),
        )
        def put(self, request: Request, period: str) -> HttpResponse:
            """Report or correct. The same again changes nothing."""
            result = store(request, form, period_of(form, period))
            return answer(request, result)

    return CountReportDetail


def store(request: Request, form: CountForm, period: CountPeriod) -> CountResult:
    """Report or correct what a request says. Raises `ProblemError`."""
    condition = write_condition(request)
    content = parse_json(request.data if isinstance(request.data, bytes) else b"{}", fractions=True)
    try:
        return submit.put(by=principal(request), form=form, period=period, raw=content, condition=condition)
    except ContentRefused as refusal:
        raise ProblemError("validation_failed", [finding_of(each) for each in refusal.faults]) from None
    except RulesBroken as refusal:
        findings = [ProblemFinding(("parameter", each.field), each.code, each.detail) for each in refusal.violations]
        raise ProblemError("invalid_parameter", findings) from None


def answer(request: Request, result: CountResult) -> HttpResponse:
    """What a write is answered: the report with its strong ETag, and what is asked of it. `Prefer: return=minimal` is honoured."""
    minimal, headers = is_minimal(request), {"ETag": etag(result.report.version)}
    if minimal:
        headers["Preference-Applied"] = "return=minimal"
    if result.created:
        headers["Location"] = request.build_absolute_uri(request.path)
    body = written_body(result.report, result.warnings, language_of(request), minimal=minimal)
    return json_answer(body, 201 if result.created else 200, headers)


def period_of(form: CountForm, text: str) -> CountPeriod:
    """The period in a path. Raises `ProblemError` 400."""
    period = CountPeriod.parse(form.period, text)
    if period is None:
        raise parameters.value_problem("period", detail=EXPECTED[form.period], code="period_expected")
    return period


def finding_of(fault: CountFault) -> ProblemFinding:
    """A fault of a report as a row of `errors`."""
    return ProblemFinding(
        ("pointer", pointer(*fault.place)), fault.code, fault.detail, fault.allowed, fault.replaced_by
    )


VIEWS: dict[str, tuple[Any, Any]] = {form.id: (list_view(form), detail_view(form)) for form in FORMS.values()}
