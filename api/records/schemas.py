"""Schemas of the records of the dictionary: an enum for each code list, and the bodies that use them."""

from __future__ import annotations

from collections.abc import Iterable

from api.codelists.enums import enum_name
from api.openapi.words import Schema, closed, enumeration, nullable, opened, rows, schema_ref
from api.records.referrals import UUID4
from api.records.shape import MOST_CODES
from cases import dictionary as d
from cases import tokens
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, CodeList
from cases.duplicates.linkage import CODE
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake import rules
from cases.models import Status

# The end of the name of a list's schema with a further code.
BESIDE = {NOT_ASKED: "OrNotAsked", NOT_APPLICABLE: "OrNotApplicable"}
ALONE = f"`{NOT_ASKED}` stands alone."


def enums() -> dict[str, Schema]:
    """The code lists with the code that some fields take beside it."""
    return dict(beside(*each) for each in beyond())


def beyond() -> list[tuple[CodeList, str]]:
    """The lists that a field takes together with a code that the list does not have."""
    coded = [field for field in (*d.REFERRAL, *d.ASSESSMENT) if isinstance(field, CodedField | CodeSetField)]
    found = {field.codelist.id: field.codelist for field in coded if NOT_ASKED in more_than_list(field)}
    return [*((codelist, NOT_ASKED) for codelist in found.values()), (d.WITHDRAWAL_REASON.codelist, NOT_APPLICABLE)]


def more_than_list(field: CodedField | CodeSetField) -> set[str]:
    """What the field takes that its list does not have."""
    return set(field.allowed) - set(field.codelist.names)


def beside(codelist: CodeList, code: str) -> tuple[str, Schema]:
    """One schema of a list's codes and another code: clients cannot read a choice between schemas."""
    name = enum_name(codelist)
    return name + BESIDE[code], enumeration((*codelist.names, code), f"A code as `{name}`, or `{code}`.")


def code_schema(field: CodedField | CodeSetField) -> Schema:
    """One code that the field takes."""
    return schema_ref(enum_name(field.codelist) + "".join(BESIDE[code] for code in more_than_list(field)))


def set_schema(field: CodeSetField, *, unique: bool) -> Schema:
    """Codes. In what is sent, repeats count once; in what is answered there are none."""
    return rows(code_schema(field), maxItems=MOST_CODES, **({"uniqueItems": True} if unique else {}))


def field_schema(field: Field, *, answered: bool = False) -> Schema:
    """One member of a record, with its label and meaning."""
    text = {"description": f"{field.label.en}. {field.help.en}"}
    match field:
        case CodedField():
            return {**code_schema(field), **text}
        case CodeSetField():
            return {**set_schema(field, unique=answered), "description": f"{text['description']} {ALONE}"}
        case MonthField():
            return {**schema_ref("Month"), **text}
        case TokenField():
            return {**schema_ref("CaseToken" if answered else "CaseTokenInput"), **text}


def input_schema(fields: tuple[Field, ...], about: str, checks: Iterable[rules.Rule] = ()) -> Schema:
    """A body that is sent to us. The rules across fields are in words: JSON Schema would say them badly."""
    told = [f"* `{rule.code}` ({rule.field}): {rule.detail.en}" for rule in checks]
    text = about + ("\n\nRules across fields, each with the code that an error gives:\n\n" if told else "")
    return closed(
        {field.name: field_schema(field) for field in fields},
        [field.name for field in fields if field.required],
        description=text + "\n".join(told),
    )


def answered(fields: tuple[Field, ...]) -> tuple[Schema, list[str]]:
    """The members of a stored record: all of them are there, save a month that nobody gave."""
    members = {field.name: field_schema(field, answered=True) for field in fields if not isinstance(field, TokenField)}
    always = [f.name for f in fields if isinstance(f, CodedField | CodeSetField) or (f.required and f.name in members)]
    return members, always


def server_set(**schemas: Schema) -> Schema:
    """Members that the service sets: never sent, so `readOnly`."""
    return {name: {**schema, "readOnly": True} for name, schema in schemas.items()}


def version_schema() -> Schema:
    """The number of a version."""
    return {
        "type": "integer",
        "format": "int32",
        "minimum": 1,
        "description": "Counts up from 1. The ETag is this number in quotes.",
    }


def referral_schemas() -> dict[str, Schema]:
    """A referral as it is answered, and as a write is: under `Prefer: return=minimal` two of its members alone."""
    members, always = answered(d.REFERRAL)
    reason = schema_ref(enum_name(d.WITHDRAWAL_REASON.codelist) + BESIDE[NOT_APPLICABLE])
    first = server_set(reference=schema_ref("Reference"), version=version_schema(), status=schema_ref("ReferralStatus"))
    last = server_set(
        reason_code={**reason, "description": "Why it was withdrawn; `_Z` where it is not."},
        schema_version=schema_ref("SchemaVersion"),
        recorded_at=schema_ref("Moment"),
    )
    token = {"case_token": field_schema(d.CASE_TOKEN, answered=True)}
    names = [*first, *token, *always, *last]
    every = {**first, **token, **members, **last}
    minimal = "The current version of a referral; under `Prefer: return=minimal` `reference` and `version` alone."
    return {
        "Referral": opened(every, names, description="The current version of a referral."),
        "ReferralWritten": opened(every, ["reference", "version"], description=minimal),
    }


def assessment_schema() -> Schema:
    """An assessment as it is answered."""
    members, always = answered(d.ASSESSMENT)
    token = server_set(case_token=schema_ref("CaseToken"), version=version_schema())
    last = server_set(schema_version=schema_ref("SchemaVersion"), recorded_at=schema_ref("Moment"))
    names = [*token, *always, *last]
    return opened({**token, **members, **last}, names, description="The caller's current assessment of a case.")


def change_schema() -> Schema:
    """One field in which two versions differ."""
    value = {"description": "A code, a set of codes, a month or a case token; null where there was none."}
    return opened({"field": {"type": "string"}, "from": value, "to": value}, ["field", "from", "to"])


def version_row_schema() -> Schema:
    """One version of a referral."""
    members = {
        "version": version_schema(),
        "status": schema_ref("ReferralStatus"),
        "recorded_at": schema_ref("Moment"),
        "client_id": {"type": "string", "description": "Which of your clients wrote it."},
        "changes": rows(schema_ref("Change"), description="What differs from the version before; empty in the first."),
    }
    return opened(members, members)


def outcome_schema() -> Schema:
    """What came of a referral."""
    members = {"reference": schema_ref("Reference"), "outcome": field_schema(d.OUTCOME)}
    return opened(members, members)


def linkage_code_schema() -> Schema:
    """The body that says a linkage code."""
    about = "HMAC-SHA-256 in hexadecimal, lower case. Never a name, and never what it was made of."
    code = {"type": "string", "pattern": f"^{CODE.pattern}$", "minLength": 64, "maxLength": 64, "description": about}
    return closed({"linkage_code": code}, ["linkage_code"], description="The linkage code of a referral.")


def scalars() -> dict[str, Schema]:
    """Values with a form of their own."""
    return {
        "Reference": {
            "type": "string",
            "format": "uuid",
            "pattern": UUID4.pattern,
            "description": "Your own id of the referral: a UUID of version 4 in lower case, which cannot carry meaning.",
        },
        "CaseToken": {"type": "string", "pattern": tokens.PATTERN, "description": "The token of a case, canonical."},
        "CaseTokenInput": {
            "type": "string",
            "format": "case-token",
            "minLength": tokens.LENGTH + 1,
            "maxLength": 2 * tokens.LENGTH,
            "pattern": tokens.READ_PATTERN,
            "description": "Ten digits of Crockford's base 32 and a check symbol. Read as Crockford says: case and hyphens "
            "are free, I and L are 1, O is 0.",
        },
        "SchemaVersion": {"type": "string", "description": "The version of the dictionary under which it was stored."},
        "ReferralStatus": enumeration(str(status) for status in Status),
    }


def schemas() -> dict[str, Schema]:
    """Every schema that the dictionary gives rise to."""
    about = "One referral of one presumed victim. Codes only: there is no place for free text, and none for a name."
    next_ = nullable({"type": "string", "format": "uri"}, "The next page; null on the last one. Use it as it is.")
    since = nullable(
        schema_ref("Moment"), "Send it as `changed_since` another time; null where there is nothing new: keep yours."
    )
    members = {"items": rows(schema_ref("Referral")), "next": next_, "changed_since": since}
    page = opened(members, members)
    decided = "An authority's assessment of a case."
    return {
        **enums(),
        **scalars(),
        "ReferralInput": input_schema(d.REFERRAL, about, rules.REFERRAL_RULES),
        **referral_schemas(),
        "ReferralPage": page,
        "WithdrawalInput": input_schema(d.WITHDRAWAL, "Why a referral ends."),
        "LinkageCodeInput": linkage_code_schema(),
        "Change": change_schema(),
        "ReferralVersion": version_row_schema(),
        "ReferralVersions": opened({"items": rows(schema_ref("ReferralVersion"))}, ["items"]),
        "ReferralOutcome": outcome_schema(),
        "AssessmentInput": input_schema(d.ASSESSMENT, decided, rules.ASSESSMENT_RULES),
        "Assessment": assessment_schema(),
    }
