"""Invented rows for a rehearsal: what a partner sends in test mode before it sends anything real.

The rows of a partner, a version of the dictionary and a month are always the same, so that the same file sent again changes
nothing. Each reference begins so that a live partner's row with it is recognised and refused.
"""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from cases import dictionary as d
from cases.fields import CodeSetField, Field, to_stored
from cases.intake.checks.rows import row_checks
from cases.intake.templates.columns import REFERENCE, REHEARSAL
from cases.months import later, month_id
from partners.kinds import Kind
from sandbox import decks, weights
from sandbox.chance import NULL, Weights, draw, stream
from sandbox.organisations import SandboxRole
from sandbox.people import all_weights, likes_gender
from sandbox.profile import PERSON_COLUMNS, Profile, detail_of, draw_profile, render

ROWS, MONTHS = 40, 12
ROLES = {
    Kind.POLICE: SandboxRole.POLICE,
    Kind.IMMIGRATION: SandboxRole.IMMIGRATION,
    Kind.CENTRE: SandboxRole.CENTRE,
    Kind.MUNICIPALITY: SandboxRole.MUNICIPALITY,
    Kind.UNION: SandboxRole.ADVICE,
}
OF_NGOS = (SandboxRole.OUTREACH, SandboxRole.SHELTER, SandboxRole.ADVICE)
FORMS: Weights = {"SEXUAL": 5, "LABOUR": 4, "CRIMINAL": 2, "_U": 1}
GENDERS: Weights = {"F": 5, "M": 4, "X": 1}
BANDS: Weights = {"Y15T17": 1, "Y18T24": 5, **weights.BANDS_FROM_25}
Row = dict[str, object]


def rehearsal(partner: UUID, kind: Kind, month: date, *, wrong: bool = False) -> list[Row]:
    """Forty rows of a partner, of the twelve months up to `month`. `wrong`: two of them break a rule, to learn how that is told."""
    rng = stream(0, "rehearsal", partner, d.SCHEMA_VERSION, month_id(month))
    role = ROLES.get(kind) or rng.choice(OF_NGOS)
    months = sorted(later(month, -rng.randrange(MONTHS)) for _ in range(ROWS))
    rows = [{REFERENCE: reference(rng), **row(role, each, rng)} for each in months]
    if wrong:
        break_rules(rows)
    return rows


def reference(rng: Random) -> str:
    """A reference that is of no real referral."""
    rest = f"{rng.getrandbits(60):015x}"
    return f"{REHEARSAL}{rest[:3]}-{'89ab'[int(rest[3], 16) % 4]}{rest[4:7]}-{rest[7:]}{rng.getrandbits(16):04x}"


def row(role: SandboxRole, month: date, rng: Random) -> Row:
    """An invented row, valid by every rule, about which no check asks: what is sent first is not to wait for a confirmation."""
    while True:
        values = draw_row(role, month, rng)
        if not row_checks({**to_stored(d.REFERRAL, values), d.REFERRED_IN.name: month}):
            return values


def draw_row(role: SandboxRole, month: date, rng: Random) -> Row:
    """An invented row, valid by every rule. What nobody asked about is left out."""
    person = draw_person(month, rng)
    support = decks.support_of_minors if person.is_minor else decks.support
    columns = {
        **dict(zip(decks.AGREED_COLUMNS, (month_id(month), draw(weights.CONSENT, rng), "NO"), strict=True)),
        **dict(zip(decks.PLACE_COLUMNS, decks.place(role, rng), strict=True)),
        **dict(zip(PERSON_COLUMNS, render(person, rng).who.split("\t"), strict=True)),
        **dict(zip(decks.CONTROL_COLUMNS, decks.control(rng), strict=True)),
        **dict(zip(decks.SUPPORT_COLUMNS, support(rng), strict=True)),
    }
    values = {field.name: value_of(field, columns.get(field.name, NULL)) for field in d.REFERRAL}
    return {name: value for name, value in values.items() if value is not None}


def draw_person(month: date, rng: Random) -> Profile:
    form = draw(FORMS, rng)
    liking = {code: weight * max(likes_gender({"exploitation": form}, code), 0.1) for code, weight in GENDERS.items()}
    return draw_profile(
        gender=draw(liking, rng),
        age_band=draw(BANDS, rng),
        citizenship=draw(weights.CITIZENSHIP_OF_FORM.get(form, all_weights()), rng),
        exploitation=form,
        detail=detail_of(form, rng),
        year=month.year,
        rng=rng,
    )


def value_of(field: Field, text: str) -> object:
    """The value of a column that COPY reads, as a row has it; None where it is left out."""
    if text == NULL:
        return None
    if isinstance(field, CodeSetField):
        codes = [code for code in text.strip("{}").split(",") if code]
        return None if codes == ["_N"] else codes
    return None if text == "_N" and not field.required else text


def break_rules(rows: list[Row]) -> None:
    """Two mistakes that happen: a code that is nearly right, and a detail of another form of exploitation."""
    near, other = rows[6], rows[22]
    near["region"] = "DK2"
    other["exploitation_detail"] = "LABOUR_F" if other["exploitation"] != "LABOUR" else "SEXUAL_CLINIC"
