"""What a person sends by the form: read as a row of a delivery is, with every finding at once, and stored by the same engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import QueryDict

from cases import dictionary as d
from cases import tokens
from cases.codelists import CONFIRMATION_REASON
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake import submit
from cases.intake.batches.rows import CheckedRow, RowReader, SentRow
from cases.intake.batches.wording import about_in_words, codes_meant, detail_in_words, with_suggestion
from cases.intake.checks import confirmations
from cases.intake.checks.confirmations import CHECK_RULES
from cases.intake.checks.content import content_digest, parts_of
from cases.intake.checks.rows import row_checks
from cases.intake.findings import Finding
from cases.intake.guard.check import check_members
from cases.intake.guard.kinds import GUARD_RULES
from cases.intake.guard.references import is_reference
from cases.intake.rulebook import RULES, FindingRule
from cases.intake.submit import ReferralResult
from cases.intake.templates.columns import EMPTY_SET, REFERENCE, VERSION
from cases.models import Referral
from cases.months import first_day
from cases.versions import Condition
from core.text import Text, in_one, number_in
from pages.desk.frame import Visit
from pages.desk.records.words import MISTYPED, NONE_ALONE, REMOVED, REQUIRED_WORDS
from partners import audit
from partners.kinds import Mode

FIELDS = {each.name: each for each in d.REFERRAL}
TOKENS = tuple(name for name, each in FIELDS.items() if isinstance(each, TokenField))
REASON, CHECKS = "confirm", "check"
# That "none" was chosen beside something else: no other way in can say that.
NONE_WITH_OTHERS = "none_stands_alone"
REQUIRED, TOKEN_EXPECTED = "required", "case_token_expected"
# What is wrong with a cell alone: the rules look at the others.
OF_CELL = 0


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent. `members`: those of a record, which the dictionary names. `version`: what it corrects, if anything.

    `checks`: the rules that the form has asked about; `reason`: the answer to them.
    """

    members: dict[str, Any]
    reference: str
    version: int | None = None
    checks: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that was read: its row, and what to say of it by field, under "" of what is no field's.

    `members`: what was typed, without what looked like an identifier.
    """

    members: Mapping[str, Any]
    row: CheckedRow
    errors: Mapping[str, Sequence[Text]]


def form_of(data: QueryDict) -> SentForm:
    """What a form says, member by member. What is not chosen is no member, as in a body of the API."""
    members = {name: member_of(name, data.getlist(name)) for name in FIELDS}
    return SentForm(
        members={name: value for name, value in members.items() if value is not None},
        reference=data.get(REFERENCE, ""),
        version=number_in(data.get(VERSION, "")),
        checks=frozenset(data.getlist(CHECKS)),
        reason=data.get(REASON, ""),
    )


def member_of(name: str, texts: list[str]) -> Any:
    """What a field of the form says: a set of codes, a text, or None where nothing is chosen."""
    if isinstance(FIELDS[name], CodeSetField):
        return [] if texts == [EMPTY_SET] else texts or None
    return (texts[0].strip() or None) if texts else None


def read_form(visit: Visit, form: SentForm, before: Referral | None = None) -> ReadForm:
    """The form after the guard and all rules. `before`: the version that it corrects."""
    identifiers = check_members({**form.members, REFERENCE: form.reference})
    unusable = [*identifiers, *none_with_others(form.members)]
    cells = tuple(Finding(each.rule, each.field, OF_CELL) for each in unusable)
    reader = RowReader(is_test=visit.mode == Mode.TEST)
    row = reader.read(SentRow(0, 1, members={**form.members, REFERENCE: form.reference}, errors=cells))
    if not row.errors:
        reader.judge(row, before)
    errors = words_by_field((each.field, words_of(each, form.members)) for each in row.errors)
    typed_safely = {name: value for name, value in form.members.items() if name not in {i.field for i in identifiers}}
    return ReadForm(typed_safely, row, errors)


def words_by_field(pairs: Iterable[tuple[str | None, Text]]) -> dict[str, list[Text]]:
    """What is said of each field of the form, and under "" of anything else."""
    errors: dict[str, list[Text]] = defaultdict(list)
    for name, text in pairs:
        errors[name if name and name in FIELDS else ""].append(text)
    return errors


def none_with_others(members: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings on sets of which *none* was chosen beside other codes: such an answer says nothing."""
    for name, value in members.items():
        if isinstance(value, list) and EMPTY_SET in value:
            yield Finding(NONE_WITH_OTHERS, name)


def words_of(finding: Finding, members: Mapping[str, Any]) -> Text:
    """What a finding says to a person at the form: the words of its rule, but where these speak of what programs send."""
    field = FIELDS.get(finding.field or "")
    if finding.rule == NONE_WITH_OTHERS:
        return NONE_ALONE
    if finding.rule == REQUIRED and type(field) in REQUIRED_WORDS:
        return REQUIRED_WORDS[type(field)]
    if finding.rule == TOKEN_EXPECTED and has_length_of_token(members.get(finding.field or "")):
        return MISTYPED
    text = with_suggestion(detail_in_words(finding.rule), finding.field, codes_meant(finding), with_code=False)
    return in_one(text, REMOVED) if finding.rule in GUARD_RULES else text


def has_length_of_token(text: object) -> bool:
    """Whether a text is as long as a case token: then one of its characters is wrong."""
    return isinstance(text, str) and len(text.replace("-", "")) == tokens.LENGTH + 1


def open_checks(visit: Visit, row: CheckedRow, before: Referral | None = None) -> list[FindingRule]:
    """What is asked about a row that keeps all rules: what the partner has neither stored nor confirmed with this content."""
    if before is not None and row.parts == parts_of({name: getattr(before, name) for name in submit.COLUMNS}):
        return []
    digest = content_digest(UUID(row.reference), row.values)
    pairs = [
        (each.rule, digest)
        for each in row_checks(row.values, has_token=row.token is not None)
        if each.rule in CHECK_RULES
    ]
    confirmed_pairs = confirmations.confirmed_pairs(visit.partner.pk, pairs)
    return [RULES[rule] for rule, digest in pairs if (rule, digest) not in confirmed_pairs]


def advice(row: CheckedRow) -> list[FindingRule]:
    """What is worth telling of a row that is sent, and asks nothing."""
    findings = row_checks(row.values, has_token=row.token is not None)
    return [RULES[each.rule] for each in findings if each.rule not in CHECK_RULES]


def in_words(rules: Iterable[FindingRule]) -> list[tuple[FindingRule, Text, Text]]:
    """Rules with what they ask or tell, for people."""
    return [(each, detail_in_words(each.id), about_in_words(each.id)) for each in rules]


def is_confirmed(form: SentForm, checks: Sequence[FindingRule]) -> bool:
    """Whether the person was asked about all of this, and has said why it is right."""
    return form.checks.issuperset(each.id for each in checks) and form.reason in CONFIRMATION_REASON.by_code


def store(
    visit: Visit, row: CheckedRow, condition: Condition, checks: Sequence[FindingRule] = (), reason: str = ""
) -> ReferralResult:
    """Store a row that keeps all rules, with what was confirmed of it and who sent it. Raises what `submit.put` does."""
    reference = UUID(row.reference)
    values = {**row.values, **dict.fromkeys(TOKENS, row.token)}
    with transaction.atomic():
        if checks:
            digest = content_digest(reference, row.values)
            confirmations.confirm(visit.by, [(each.id, digest) for each in checks], reason)
        result = submit.put(by=visit.by, reference=reference, values=values, condition=condition)
        if result.changed:
            write_down(visit, "referral.send" if result.created else "referral.correct")
    return result


def write_down(visit: Visit, action: str) -> None:
    """The audit row of an act on one referral: who and when, and never which."""
    audit.record(by=visit.actor, action=action, subject=str(visit.partner.pk))


def usable_members(members: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in as far as it is an answer of the form: codes of the dictionary, a month, a case token."""
    return {name: value for name, value in members.items() if is_answer(FIELDS[name], value)}


def is_answer(field: Field, value: Any) -> bool:
    """Whether a field of the form can say this."""
    match field:
        case CodedField():
            return value in field.allowed
        case CodeSetField():
            return set(value) <= {*field.codelist.names}
        case MonthField():
            return first_day(value) is not None
    return tokens.canonical(value) is not None


def usable_reference(text: str) -> str:
    """The reference that a form sends again; another one where it is none."""
    return text if is_reference(text) else str(uuid4())
