"""The page of the form, whether a referral is new or corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from cases.codelists import CONFIRMATION_REASON
from cases.intake.rulebook import FindingRule
from core.text import Text
from pages.desk import reads
from pages.desk.frame import Visit, show
from pages.desk.progress import open_questions
from pages.desk.records.fields import sections
from pages.desk.records.history import VersionInWords
from pages.desk.records.record_words import RECORD
from pages.desk.records.sending import FIELDS, SentForm, in_words, usable_reference
from pages.desk.records.words import FORM_WORDS, NO_REASON
from pages.desk.returns_words import RETURNS

Errors = Mapping[str, Sequence[Text]]


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where a form is sent (`action`), the page that is left for (`back`), and the referral that is corrected (`about`), if any."""

    action: str
    back: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the page of the form shows. `version`: what is corrected; None for a new referral.

    `checks`: what is asked about; `asks_again`: nobody has said why it is right. `conflict`: what happened to the referral
    meanwhile, which can be looked at on the page `look`. `is_withdrawn`: saving it reports it again.
    """

    members: Mapping[str, Any]
    reference: str
    place: FormPlace
    version: int | None = None
    errors: Errors = field(default_factory=dict)
    checks: Sequence[FindingRule] = ()
    asks_again: bool = False
    reason: str = ""
    conflict: Sequence[VersionInWords] = ()
    is_withdrawn: bool = False

    def answer(self, visit: Visit, *, status: int = 200) -> HttpResponse:
        """The page. One that says what is corrected is written down as a read."""
        if self.place.about:
            reads.write_down(visit, "correct", 1)
        language, reference = visit.language, usable_reference(self.reference)
        errors = {name: [text(language) for text in texts] for name, texts in self.errors.items()}
        context = {
            "page": self,
            "checks": in_words(self.checks),
            "say": FORM_WORDS,
            "record_words": RECORD,
            "idle": idle_words()(language),
            "sections": sections(self.members, errors, language),
            "summary": [(FIELDS[name].label if name else "", name, texts) for name, texts in errors.items()],
            "reference": reference,
            "reasons": CONFIRMATION_REASON.codes,
            "no_reason": NO_REASON if self.asks_again else "",
            "returns": RETURNS,
            "asked": open_questions(visit, UUID(reference)) if self.version else [],
        }
        return show(visit, "desk/one.html", context, status=status)


def idle_words() -> Text:
    """After how many idle minutes a person is signed out."""
    minutes = int(settings.HENVIS_SESSION_IDLE.total_seconds() // 60)
    return Text(*(text.format(minutes=minutes) for text in FORM_WORDS["idle"]))


def page_of(form: SentForm, members: Mapping[str, Any], place: FormPlace, **more: Any) -> FormPage:
    """The page of a form that was sent and is not done."""
    return FormPage(members, form.reference, place, form.version, reason=form.reason, **more)
