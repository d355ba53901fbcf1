"""The cube against a plain count in Python, over random records."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from itertools import combinations, product
from typing import Any
from uuid import UUID

import pytest

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED, UNKNOWN
from cases.dimensions import DATASETS, PARTNER_KIND, Axis, Dataset, tables
from cases.models import Assessment, Referral
from partners.audit import COMMAND
from partners.models import Partner
from stats.counting import build as release
from tests.stats import reading
from tests.stats.records import assessment, at, case, partner, referral

pytestmark = pytest.mark.usefixtures("zero_is_known")

SILENT = {UNKNOWN, NOT_ASKED}
BANDS = ((1, "W_LE1"), (3, "W2T3"), (6, "W4T6"), (12, "W7T12"), (999, "W_GT12"))
CODED = [field.name for field in d.coded_fields(d.REFERRAL)]
# The bands that a partly known age may be.
MINORS, ADULTS = ("Y0T11", "Y12T14", "Y15T17"), ("Y18T24", "Y25T34", "Y35T44", "Y45T54", "Y_GE55")
# Few countries, among them two whose membership of the EU changed within the periods below.
COUNTRIES = ["DK", "GB", "HR", "NG", "GL", "_STATELESS", "_U"]


def some_month(chance: random.Random, years: range) -> str:
    return f"{chance.choice(years)}-{chance.randint(1, 12):02d}"


def some_codes(chance: random.Random, fields: Any, prefix: str = "") -> dict[str, str]:
    """A code for each dimension; what DICTIONARY's rules say across fields is nothing to the count."""
    return {
        f"{prefix}{field.name}": chance.choice(COUNTRIES if field.name == "citizenship" else field.codelist.names)
        for field in fields
    }


def fill(chance: random.Random, years: range) -> None:
    """Thirty persons, some of them assessed by two authorities, with up to four referrals each."""
    offices = [partner("CENTRE"), partner("IMMIGRATION")]
    submitters = [partner(kind) for kind in ("NGO", "NGO", "POLICE", "HEALTH")]
    dimensions = [field for field in d.coded_fields(d.REFERRAL) if field.dimension]
    verified = [d.GENDER, d.AGE_BAND, d.CITIZENSHIP, d.EXPLOITATION]
    for _ in range(30):
        person = case(submitters[0])
        for office in chance.sample(offices, chance.randint(0, 2)):
            codes = {
                name: chance.choice([code, "_N"]) for name, code in some_codes(chance, verified, "verified_").items()
            }
            outcome = chance.choice(["IDENTIFIED", "IDENTIFIED", "NOT_IDENTIFIED"])
            said = {"decided_by": chance.choice(["CENTRE", "COURT"]), "decided_in": some_month(chance, years)}
            assessment(person, office, outcome=outcome, recorded_at=at(chance.randint(0, 3)), **said, **codes)
        for _ in range(chance.randint(0, 4)):
            said = {"consent": chance.choice(d.CONSENT.allowed), "referred_in": some_month(chance, years)}
            if chance.random() < 0.3:  # so that some are equal in all that ranks them
                said = {"consent": "GIVEN", "referred_in": f"{years[0]}-01"}
            codes = some_codes(chance, dimensions)
            moment = at(chance.randint(0, 3))
            referral(person, chance.choice(submitters), recorded_at=moment, **said, **codes)


def order(row: Referral) -> Any:
    """The order in which a case's referrals are asked; equal ones are asked together."""
    gaps = sum(getattr(row, name) in SILENT for name in CODED)
    return row.consent != "GIVEN", -row.referred_in.toordinal(), gaps


def kind_order(row: Referral) -> int:
    """Equal referrals' partners go by their kinds' list."""
    return PARTNER_KIND.codelist.names.index(row.partner.kind)


def told(ranked: list[Referral], name: str) -> str:
    """What the first that know an attribute agree on; an age band within another is one of them."""
    knowing = [row for row in ranked if getattr(row, name) not in SILENT]
    codes = {getattr(row, name) for row in knowing if order(row) == order(knowing[0])}
    if codes & set(MINORS):
        codes -= {"_U_MINOR"}
    if codes & set(ADULTS):
        codes -= {"_U_ADULT"}
    return codes.pop() if len(codes) == 1 else UNKNOWN


def person_of(decision: Assessment | None, referrals: list[Referral], dataset: Dataset) -> dict[str, str]:
    """A person's attributes by the positive decision, if there is one: the rule told a second time."""
    ranked = sorted(referrals, key=lambda row: (order(row), kind_order(row)))
    kind = ranked[0].partner.kind if ranked else decision and decision.partner.kind
    found: dict[str, str] = {"partner_kind": str(kind)}
    for name in [dimension.name for dimension in dataset.dimensions if dimension.name in {*CODED, "decided_by"}]:
        verified = getattr(decision, "decided_by" if name == "decided_by" else f"verified_{name}", UNKNOWN)
        found[name] = verified if verified not in SILENT else told(ranked, name)
    return found


def first_decision(person: UUID, outcome: str) -> Assessment | None:
    """The earliest decision on a person that came to an outcome."""
    rows = Assessment.objects.filter(case_id=person, outcome=outcome).select_related("partner")
    return min(rows, key=lambda row: (row.decided_in, row.recorded_at, row.pk.int), default=None)


def persons(dataset: Dataset) -> list[tuple[date, dict[str, str]]]:
    """Every person with the month of decision."""
    found = []
    for person in {row.case_id for row in Assessment.objects.all()}:
        if first := first_decision(person, "IDENTIFIED"):
            referrals = list(Referral.objects.filter(case_id=person).select_related("partner"))
            assert first.decided_in is not None
            found.append((first.decided_in, person_of(first, referrals, dataset)))
    return found


def presumed(dataset: Dataset) -> list[tuple[date, dict[str, str]]]:
    """Every person who was referred, with the month of the first referral, and what became of her."""
    found = []
    for person in {row.case_id for row in Referral.objects.all()}:
        referrals = list(Referral.objects.filter(case_id=person).select_related("partner"))
        month = min(row.referred_in for row in referrals)
        positive, negative = first_decision(person, "IDENTIFIED"), first_decision(person, "NOT_IDENTIFIED")
        end = {"referral_outcome": "NO_DECISION", "wait": "_Z", "identified_by": "_Z"}
        if (decision := positive or negative) and (decided := decision.decided_in):
            wait = 12 * (decided.year - month.year) + decided.month - month.month
            end |= {"referral_outcome": decision.outcome, "wait": next(code for most, code in BANDS if wait <= most)}
            if positive:
                end["identified_by"] = ["Y0", "Y1", "Y2", "Y_GE3"][min(max(decided.year - month.year, 0), 3)]
        found.append((month, {**person_of(positive, referrals, dataset), **end}))
    return found


def referrals(dataset: Dataset) -> list[tuple[date, dict[str, str]]]:
    """Every referral with its month."""
    rows = Referral.objects.select_related("partner")
    named = [dimension.name for dimension in dataset.dimensions if dimension.name != "partner_kind"]
    return [
        (row.referred_in, {"partner_kind": row.partner.kind, **{n: getattr(row, n) for n in named}}) for row in rows
    ]


def counted(records: list[tuple[date, dict[str, str]]], axes: tuple[Axis, ...]) -> dict[tuple[str, ...], int]:
    """A table, counted by hand."""
    return dict(Counter(tuple(axis.code_of(codes[axis.dimension], month) for axis in axes) for month, codes in records))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seed", "period", "years", "depth"),
    [(1, "2013", range(2012, 2015), 3), (2, "2019-2021", range(2018, 2023), 2), (3, "2020-Q1", range(2020, 2021), 2)],
)
def test_every_table_is_what_a_plain_count_gives(seed: int, period: str, years: range, depth: int) -> None:
    fill(random.Random(seed), years)
    built = release.build(by=COMMAND, period=period, depth=depth).release
    for dataset, count in zip(DATASETS.values(), (persons, presumed, referrals), strict=True):
        inside = [(month, codes) for month, codes in count(dataset) if built.first_month <= month <= built.last_month]
        assert len(inside) == built.records[dataset.id] > 0
        stored = reading.tables(built.pk, dataset.id)
        expected = {",".join(axis.id for axis in axes): axes for axes in tables(dataset.dimensions, depth)}
        assert set(stored) == set(expected)
        for name, axes in expected.items():
            assert stored[name] == counted(inside, axes), name


def test_the_tables_are_every_choice_of_axes_with_one_axis_a_dimension() -> None:
    for dataset in DATASETS.values():
        listed = [tuple(axis.id for axis in axes) for axes in tables(dataset.dimensions, 3)]
        by_hand = [
            tuple(axis.id for axis in axes)
            for size in range(4)
            for chosen in combinations(dataset.dimensions, size)
            for axes in product(*(dimension.axes for dimension in chosen))
        ]
        assert sorted(listed) == sorted(by_hand)
        assert len(set(listed)) == len(listed) == {"persons": 779, "presumed": 1116, "referrals": 638}[dataset.id]


@pytest.mark.django_db
def test_cells_stand_in_the_order_of_the_code_lists() -> None:
    ngo: Partner = partner()
    for country in ("RO", "_U", "AF", "NG", "_STATELESS", "XK"):
        referral(case(ngo), ngo, referred_in="2023-03", citizenship=country)
    built = release.build(by=COMMAND, period="2023", depth=1).release
    assert [codes for (codes,) in reading.table(built.pk, "referrals", "citizenship")] == [
        code for code in d.CITIZENSHIP.codelist.names if code in {"RO", "_U", "AF", "NG", "_STATELESS", "XK"}
    ]


@pytest.mark.django_db
def test_an_empty_period_has_every_table_and_no_cell() -> None:
    built = release.build(by=COMMAND, period="2001").release
    assert built.records == built.cells == {"persons": 0, "presumed": 0, "referrals": 0}
    stored = reading.tables(built.pk, "persons")
    assert len(stored) == 779
    assert not any(stored.values())
