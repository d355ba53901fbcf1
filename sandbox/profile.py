"""The true attributes of a sandbox person, one possible mistake about them, and both as text for COPY."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from random import Random

from cases import dictionary as d
from cases.codelists.countries import is_eu_member
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN
from sandbox import weights
from sandbox.chance import draw, draw_any, fields_without_weights
from sandbox.decks import AGREED_COLUMNS, CONTROL_COLUMNS, PLACE_COLUMNS, SUPPORT_COLUMNS

MINOR_BANDS = ("Y12T14", "Y15T17")
TEMPORARY_PROTECTION_FROM = 2022
# Cumulated shares: further forms were not asked for, there are none.
FURTHER_NOT_ASKED, FURTHER_NONE = 0.3, 0.8


@dataclass(frozen=True, slots=True)
class Profile:
    """The fields of a referral that describe the person, in the order of the written columns."""

    gender: str
    age_band: str
    minor_when_exploited: str
    citizenship: str
    residence_basis: str
    exploitation: str
    exploitation_also: str
    exploitation_detail: str
    exploited_in: str

    @property
    def is_minor(self) -> bool:
        """Whether the age band is under 18."""
        return self.age_band in MINOR_BANDS

    def text(self) -> str:
        """The columns as COPY reads them."""
        return "\t".join((
            self.gender, self.age_band, self.minor_when_exploited, self.citizenship, self.residence_basis,
            self.exploitation, self.exploitation_also, self.exploitation_detail, self.exploited_in,
        ))  # fmt: skip


WEIGHTED_PERSON_COLUMNS = tuple(field.name for field in fields(Profile))
OTHER_PERSON_FIELDS = fields_without_weights(
    d.REFERRAL, {*AGREED_COLUMNS, *PLACE_COLUMNS, *CONTROL_COLUMNS, *SUPPORT_COLUMNS, *WEIGHTED_PERSON_COLUMNS}
)
PERSON_COLUMNS = (*WEIGHTED_PERSON_COLUMNS, *(field.name for field in OTHER_PERSON_FIELDS))


@dataclass(frozen=True, slots=True)
class SandboxPerson:
    """A profile and one mistaken form of it, rendered once. `mistake` names the mistaken attribute.

    `prepared_return`: what an assessment says of it, where the figures of the year say so; empty where it is drawn.
    """

    profile: Profile
    form: str
    who: str
    minor: bool
    mistake: str
    wrong_who: str
    wrong_minor: bool
    verified_columns: str
    partly_verified: str
    prepared_return: str = ""


def draw_profile(
    *, gender: str, age_band: str, citizenship: str, exploitation: str, detail: str, year: int, rng: Random
) -> Profile:
    """A profile whose unpublished attributes are drawn to fit: residence, further forms, minority, place."""
    return Profile(
        gender=gender,
        age_band=age_band,
        minor_when_exploited=minority(age_band, rng),
        citizenship=citizenship,
        residence_basis=residence(citizenship, year, rng),
        exploitation=exploitation,
        exploitation_also=further_forms(exploitation, rng),
        exploitation_detail=detail,
        exploited_in=draw(weights.EXPLOITED_IN, rng),
    )


def minority(age_band: str, rng: Random) -> str:
    """Whether the person was a minor when exploited: always for minors, sometimes for young adults."""
    if age_band in MINOR_BANDS:
        return "YES"
    return draw(weights.WAS_MINOR_YOUNG if age_band == "Y18T24" else weights.WAS_MINOR, rng)


def residence(citizenship: str, year: int, rng: Random) -> str:
    """A basis of residence that the citizenship allows in that year."""
    if citizenship == "DK":
        return "DK_CITIZEN"
    if is_eu_member(citizenship, date(year, 1, 1)):
        return draw(weights.RESIDENCE_EU, rng)
    if citizenship == "UA" and year >= TEMPORARY_PROTECTION_FROM:
        return "TEMPORARY_PROTECTION"
    return draw(weights.RESIDENCE, rng)


def further_forms(form: str, rng: Random) -> str:
    """The further forms as the text of an array: not asked, none, or one or two other forms."""
    kind = rng.random()
    if kind < FURTHER_NOT_ASKED:
        return f"{{{NOT_ASKED}}}"
    if kind < FURTHER_NONE or form == UNKNOWN:
        return "{}"
    others = sorted({draw(weights.FURTHER_FORM, rng) for _ in range(2)} - {form})
    return f"{{{','.join(others)}}}"


def detail_of(form: str, rng: Random) -> str:
    """A detail of the form; `_Z` where the form has none, and sometimes not known."""
    if form == UNKNOWN:
        return UNKNOWN
    details = weights.DETAIL.get(form)
    return draw(details, rng) if details else NOT_APPLICABLE


def before_exploitation(profile: Profile) -> Profile:
    """The same person met before any exploitation."""
    return replace(profile, minor_when_exploited=NOT_APPLICABLE, exploited_in="NOT_YET")


def render(profile: Profile, rng: Random) -> SandboxPerson:
    """The person, with all written columns as text."""
    mistake = rng.choice(mistakes(profile))
    wrong = WRONG[mistake](profile, rng)
    detail = profile.exploitation_detail
    others = "".join(f"\t{draw_any(field, rng)}" for field in OTHER_PERSON_FIELDS)
    facts = (profile.gender, profile.age_band, profile.citizenship, profile.exploitation, detail)
    return SandboxPerson(
        profile=profile,
        form=profile.exploitation,
        who=profile.text() + others,
        minor=profile.is_minor,
        mistake=mistake,
        wrong_who=wrong.text() + others,
        wrong_minor=wrong.is_minor,
        verified_columns="\t".join(facts),
        partly_verified="\t".join((profile.gender, NOT_ASKED, NOT_ASKED, profile.exploitation, detail)),
    )


def mistakes(profile: Profile) -> list[str]:
    """The attributes that a referral may have wrong. Known ones only: a verified `_U` would not resolve a conflict."""
    fields_known = [name for name in ("gender", "citizenship") if getattr(profile, name) != UNKNOWN]
    if not profile.age_band.startswith(UNKNOWN):
        fields_known.append("age_band")
    if profile.exploitation_detail in weights.KNOWN_DETAILS:
        fields_known.append("exploitation")
    return fields_known


def wrong_gender(profile: Profile, _rng: Random) -> Profile:
    """Another gender than the true one."""
    return replace(profile, gender={"F": "X", "M": "F", "X": "F"}[profile.gender])


def wrong_age(profile: Profile, rng: Random) -> Profile:
    """A minor recorded as an adult, or an adult in another band."""
    if profile.is_minor:
        was_minor = profile.minor_when_exploited != NOT_APPLICABLE
        return replace(profile, age_band="Y18T24", minor_when_exploited=UNKNOWN if was_minor else NOT_APPLICABLE)
    bands = [band for band in ("Y18T24", "Y25T34", "Y35T44") if band != profile.age_band]
    return replace(profile, age_band=rng.choice(bands))


def wrong_citizenship(profile: Profile, rng: Random) -> Profile:
    """Another citizenship, as in false papers, and so no residence as a Danish citizen."""
    others = [code for code in ("NG", "RO", "GH", "TH", "IT") if code != profile.citizenship]
    return replace(profile, citizenship=rng.choice(others), residence_basis=UNKNOWN)


def wrong_exploitation(profile: Profile, _rng: Random) -> Profile:
    """Another form, which was suspected first."""
    form = {"SEXUAL": "LABOUR", "LABOUR": "CRIMINAL", "CRIMINAL": "LABOUR"}[profile.exploitation]
    return replace(profile, exploitation=form, exploitation_also="{}", exploitation_detail=UNKNOWN)


WRONG = {
    "gender": wrong_gender,
    "age_band": wrong_age,
    "citizenship": wrong_citizenship,
    "exploitation": wrong_exploitation,
}
