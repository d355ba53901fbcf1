"""The page of a form and period: read, filled in, corrected, or answered with nothing.

Reading a report is written down as reading records is, though it names nobody: a count of one can point at somebody. The API writes
it down too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from cases.errors import AgreementMissing, RulesBroken, Stale
from cases.intake.countfiles import books
from cases.months import today
from cases.services import submit
from cases.services.content import ContentRefused, CountFault
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from cases.services.submit import CountResult
from cases.versions import Condition
from core.text import Text
from pages.desk import reads
from pages.desk.counts.fields import errors_of, sections, summary
from pages.desk.counts.sheet import MOST_FIELDS, CountSheet, new_sheet, sheet_like, sheet_of, sheet_sent
from pages.desk.counts.words import CORRECTED, COUNTS, DONE, KIND_WORDS, UNCHANGED
from pages.desk.frame import DeskQuestion, Visit, ask, desk_page, go, refuse, show
from pages.desk.sending.refusals import refusal_words
from partners import audit
from partners.roles import Right

# The parameter of an address that asks for the lines of the report before.
COPY = "lines"
NIL_QUESTION = DeskQuestion(
    Text("Er der intet at indberette?", "Is there nothing to report?"),
    Text(
        "I oplyser, at der intet var i nogen af skemaets tabeller. I kan rette det senere.",
        "You say that there was nothing in any table of the form. You can correct it later.",
    ),
    Text("Ja, der var intet", "Yes, there was nothing"),
)
IS_REPORTED = Text(
    "Skemaet er allerede indberettet for perioden. Ret det i stedet.",
    "The form is reported for this period already. Correct it instead.",
)


class CountQuestion(Exception):
    """Numbers are unlike earlier ones: what is asked of them. `mark`: stands for the numbers, so that a yes is to these alone."""

    def __init__(self, result: CountResult) -> None:
        super().__init__()
        self.mark = sha256(json.dumps(result.report.content).encode()).hexdigest()
        self.warnings = result.warnings


@dataclass(frozen=True, slots=True)
class CountPage:
    """A form and period on the desk."""

    visit: Visit
    form: CountForm
    period: CountPeriod

    @classmethod
    def of(cls, visit: Visit, form: str, period: str) -> CountPage:
        """The page of an address. Raises `Http404` for no form, and for a period that it has not or has not yet."""
        shape = FORMS.get(form)
        target = CountPeriod.parse(shape.period, period) if shape else None
        if shape is None or target is None:
            raise Http404
        try:
            submit.check_period(shape, target, today())
        except RulesBroken:
            raise Http404 from None
        return cls(visit, shape, target)

    @property
    def parts(self) -> dict[str, str]:
        """What its addresses are made of."""
        return {"form": self.form.id, "period": self.period.id}

    def name(self, words: Text) -> Text:
        """A text that names the form and the period."""
        return Text(
            *(
                text.format(form=self.form.label(at), period=self.period.words(at))
                for at, text in words._asdict().items()
            )
        )

    def answer(
        self,
        sheet: CountSheet,
        faults: Sequence[CountFault] = (),
        *,
        question: CountQuestion | None = None,
        is_conflict: bool = False,
        earlier: CountReport | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page with a sheet: a form for who may report, and tables for who only reads. `earlier`: whose lines can be copied."""
        errors = errors_of(faults)
        tables = sections(sheet, errors, self.period.days_of_codes(today()))
        is_long = sheet.fields > MOST_FIELDS
        context = {
            "say": COUNTS,
            "form": self.form,
            "period": self.period.words(self.visit.language),
            "sheet": sheet,
            "tables": tables,
            "summary": [*summary(tables, errors)],
            "question": question,
            "is_conflict": is_conflict,
            "copies": earlier.of_period.words(self.visit.language) if earlier else "",
            "is_long": is_long,
            "submits": self.visit.may(Right.SUBMIT),
            "fills": self.visit.may(Right.SUBMIT) and not is_long,
            "here": self.visit.address("count", **self.parts),
            "send": self.visit.address("send_count", **self.parts),
            "nil": self.visit.address("nil_count", **self.parts),
            "back": self.visit.address("counts"),
            "file": self.visit.address("count_file", form=self.form.id),
            "sheets": [
                (KIND_WORDS[kind], self.visit.address("count_sheet", **self.parts, kind=kind)) for kind in books.KINDS
            ],
        }
        return show(self.visit, "desk/count.html", context, status=status)

    def earlier_report(self) -> CountReport | None:
        """The last report of the same major version of the form for an earlier period."""
        rows = CountReport.objects.of(self.visit.partner.pk).current().filter(form=self.form.id)
        report: CountReport | None = (
            rows.filter(form_version__startswith=self.form.series, period__lt=self.period.first)
            .order_by("-period")
            .first()
        )
        return report

    def store_sheet(self, sheet: CountSheet, yes: str) -> CountResult:
        """Store what was filled in. Raises as `store` does, and `CountQuestion` where a yes is missing, which stores nothing."""
        condition = Condition(versions=frozenset({sheet.version})) if sheet.version else Condition(absent=True)
        with transaction.atomic():
            result = self.store(sheet.content(), condition)
            if result.changed and result.warnings and (question := CountQuestion(result)).mark != yes:
                raise question
        return result

    def store(self, content: object, condition: Condition) -> CountResult:
        """Report, and write down who did it. As `submit.put` raises."""
        with transaction.atomic():
            result = submit.put(by=self.visit.by, form=self.form, period=self.period, raw=content, condition=condition)
            if result.changed:
                write_down_report(self.visit, self.form, self.period, result.created)
        return result

    def refusal(self, sheet: CountSheet, text: Text, status: int = 200) -> HttpResponse:
        """The page with what is wrong with all of it."""
        return self.answer(sheet, [CountFault((), "", text)], status=status)


def write_down_report(visit: Visit, form: CountForm, period: CountPeriod, is_new: bool) -> None:
    """The audit row of a report or a correction: who, which form and which period, and none of its numbers."""
    audit.record(
        by=visit.actor,
        action="count.send" if is_new else "count.correct",
        subject=str(visit.partner.pk),
        form=form.id,
        period=period.id,
    )


@require_safe
@desk_page(Right.READ)
def count(visit: Visit, form: str, period: str) -> HttpResponse:
    """The form as it is reported, or an empty one; with the lines of the report before it where that is asked for."""
    page = CountPage.of(visit, form, period)
    with transaction.atomic():
        report = submit.current_report(visit.by, page.form, page.period)
        if report is not None:
            reads.write_down(visit, "count", 1)
        earlier = None if report else page.earlier_report()
        copies = earlier is not None and COPY in visit.request.GET and visit.may(Right.SUBMIT)
        if copies:
            reads.write_down(visit, "count", 1)
    if report is not None:
        return page.answer(sheet_of(page.form, report.present_content, report.version))
    if copies and earlier is not None:
        return page.answer(sheet_like(page.form, earlier.present_content, page.period.days_of_codes(today())))
    return page.answer(new_sheet(page.form), earlier=earlier)


@require_POST
@desk_page(Right.SUBMIT)
def send(visit: Visit, form: str, period: str) -> HttpResponse:
    """Report or correct what was filled in, ask about it, or give the page another line. 409 where it has changed meanwhile."""
    page = CountPage.of(visit, form, period)
    sheet = sheet_sent(page.form, visit.request.POST)
    if {"add", "remove"} & visit.request.POST.keys():
        return page.answer(sheet)
    if faults := sheet.faults(page.period, today()):
        return page.answer(sheet, faults)
    try:
        result = page.store_sheet(sheet, visit.request.POST.get("yes", ""))
    except CountQuestion as question:
        return page.answer(sheet, question=question)
    except ContentRefused as refusal:  # a code ended since it was read
        return page.answer(sheet, [sheet.on_page(each) for each in refusal.faults])
    except RulesBroken as error:
        return page.refusal(sheet, error.violations[0].detail)
    except AgreementMissing as error:
        return page.refusal(sheet, refusal_words(error).both, 409)
    except Stale as stale:
        return page.answer(sheet.of_version(stale.version), is_conflict=True, status=409)
    words = DONE if result.created else CORRECTED if result.changed else UNCHANGED
    return go(visit, "counts", page.name(words))


@require_POST
@desk_page(Right.SUBMIT)
def nil(visit: Visit, form: str, period: str) -> HttpResponse:
    """Report that there was nothing in any table, after asking. 409 where the form is reported, or cannot be."""
    page = CountPage.of(visit, form, period)
    question = ask(
        visit,
        NIL_QUESTION,
        page.form.label,
        page.period.words(visit.language),
        back=visit.address("count", **page.parts),
    )
    if question is not None:
        return question
    try:
        page.store({table.name: [] for table in page.form.tables}, Condition(absent=True))
    except Stale:
        return refuse(visit, IS_REPORTED)
    except RulesBroken as error:
        return refuse(visit, error.violations[0].detail)
    except AgreementMissing as error:
        return refuse(visit, refusal_words(error).both)
    return go(visit, "counts", page.name(DONE))
