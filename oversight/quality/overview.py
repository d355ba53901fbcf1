"""What stands on the quality page of a year, for who may see records and for who may not. A fixed number of statements.

Waits are months from the first referral of a person to the first decision on the person. Records have months and no days, by
intention, so a wait is a number of whole months. Who is one person follows the centre's decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from cases.linking.persons import PERSON, current, join_person
from cases.linking.restriction import restriction_of_case
from cases.months import COPENHAGEN
from cases.versions import Status
from cases.windows.partner_years import years_of_many
from core.text import Text
from oversight.quality.comparison import Comparison, comparisons
from oversight.quality.feedback import Readers, readers
from oversight.quality.matrix import PartnerYear, matrix
from oversight.quality.shares import LABELS, NO_SHARES, YearShares, not_known, together
from oversight.quality.tallies import RuleCount, counts_by_rule, refused_files
from oversight.reporting.receipts.status import YEAR_WORDS, UnsignedYear, YearState, signed_years, words_if_unsigned
from partners.kinds import Mode
from partners.models import Partner

# A decision before the first referral is a referral that was reported afterwards, or a mistake: it is counted by itself.
WAITED = f"""
WITH met AS (
    SELECT {PERSON.format("r")} AS person, min(r.referred_in) AS month
    FROM cases_referral r JOIN partners_partner p ON p.id = r.partner_id AND p.mode = '{Mode.LIVE}' {join_person("r")}
    WHERE {current("r")} AND r.status <> '{Status.WITHDRAWN}' AND NOT {restriction_of_case(PERSON.format("r"))} GROUP BY 1
), decided AS (
    SELECT DISTINCT ON (1) {PERSON.format("a")} AS person, a.decided_in AS month, a.partner_id
    FROM cases_assessment a JOIN partners_partner p ON p.id = a.partner_id AND p.mode = '{Mode.LIVE}'
        {join_person("a", reference=False)}
    WHERE {current("a")} AND a.decided_in IS NOT NULL ORDER BY 1, a.decided_in, a.recorded_at
), waited AS (
    SELECT d.partner_id, (extract(year FROM age(d.month, m.month)) * 12 + extract(month FROM age(d.month, m.month)))::int AS months
    FROM decided d JOIN met m ON m.person = d.person WHERE d.month BETWEEN %(first)s AND %(last)s
)
"""
WAITS = f"""{WAITED}
SELECT partner_id, count(*) FILTER (WHERE months >= 0), count(*) FILTER (WHERE months < 0),
    percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY months) FILTER (WHERE months >= 0)
FROM waited GROUP BY GROUPING SETS ((partner_id), ()) HAVING count(*) > 0
"""
LENGTHS = f"{WAITED} SELECT partner_id, months, count(*) FROM waited GROUP BY 1, 2"


@dataclass(frozen=True, slots=True)
class Wait:
    """How long persons waited whose first decision is of one year, in whole months.

    `partner_id`: the authority that decided; None for all. `persons`: who waited no month or more. `backwards`: decided before the
    first referral. `quartiles`: the first, the median and the third; None where nobody waited.
    """

    partner_id: UUID | None
    persons: int
    backwards: int
    quartiles: tuple[int, int, int] | None


def waits(year: int) -> list[Wait]:
    """The waits of the decisions of a year: of all, then by authority."""
    with connection.cursor() as cursor:
        cursor.execute(WAITS, {"first": date(year, 1, 1), "last": date(year, 12, 1)})
        rows = [
            Wait(partner, number, before, tuple(cuts) if cuts else None) for partner, number, before, cuts in cursor
        ]
    return sorted(rows, key=lambda each: (each.partner_id is not None, str(each.partner_id)))


def lengths(year: int) -> list[tuple[Partner, int, int]]:
    """How many persons waited how many months, by the authority that decided in a year; fewer than none is a decision before."""
    partners = Partner.objects.in_bulk()
    with connection.cursor() as cursor:
        cursor.execute(LENGTHS, {"first": date(year, 1, 1), "last": date(year, 12, 1)})
        rows = [(partners[partner], months, persons) for partner, months, persons in cursor]
    return sorted(rows, key=lambda each: (each[0].name, each[1]))


# What roles without records are shown instead of an exact count about rows: the band of so many in which it lies. A count that
# is exact once it is large enough tells who looks every day what came between: 7 yesterday and 8 today is one row. A band tells
# it less often, and not never: where `1–4` becomes `5–9` from one day to the next and the partner sent one row, it is that row.
BAND = 5


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that rows of a partner met: the counts as the reader may see them."""

    partner: Partner
    count: RuleCount
    rows_sent: str
    rows_tried: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The shares of one partner, or of all (`partner` None), in the year and the year before, by field."""

    partner: Partner | None
    now: YearShares
    before: YearShares

    @property
    def fields(self) -> list[tuple[str, Text, int | None, int | None]]:
        """Of each field its name, its label, the share now and the share before, in percent."""
        return [
            (name, label, self.now.fields[name].percent, self.before.fields[name].percent)
            for name, label in LABELS.items()
        ]


@dataclass(frozen=True, slots=True)
class WaitLine:
    """The waits of the decisions of one authority, or of all (`partner` None)."""

    partner: Partner | None
    wait: Wait


@dataclass(frozen=True, slots=True)
class Overview:
    """The quality page. `shares` and `waits`: None for who may not see exact counts about records."""

    year: int
    matrix: Sequence[PartnerYear]
    rules: Sequence[RuleLine]
    refusals: Sequence[tuple[Partner, str]]
    shares: Sequence[ShareLine] | None
    waits: Sequence[WaitLine] | None
    comparisons: Sequence[tuple[Text, Comparison]]
    readers: Sequence[tuple[Partner, Readers]]

    @property
    def fields(self) -> list[tuple[Text, list[tuple[Partner | None, str, int | None, int | None]]]]:
        """Of each field its label, and of each line of `shares` the partner, the field's name, the share now and before.

        There are thrice as many fields as partners: as rows they fit the page.
        """
        lines = zip(*([(line.partner, *field) for field in line.fields] for line in self.shares or ()), strict=True)
        return [
            (line[0][2], [(partner, name, now, before) for partner, name, _, now, before in line]) for line in lines
        ]


def overview(year: int, now: datetime, *, exactly: bool, sees_deadlines: bool) -> Overview:
    """The page of a year at the moment `now`. `exactly`: the reader may see exact counts about records.

    `sees_deadlines`: the reader may see which partners have deadlines of their own.
    """
    partners = {each.pk: each for each in Partner.objects.filter(mode=str(Mode.LIVE)).order_by("name")}
    day = now.astimezone(COPENHAGEN).date()
    years = [*with_signatures(matrix(year, now), year, day, sees_deadlines=sees_deadlines)]
    figures = comparisons(year, day)
    files, read = refused_files(year), readers(year)
    return Overview(
        year,
        years,
        rule_lines(year, partners, exactly=exactly),
        [(each, shown(files[key], exactly=exactly)) for key, each in partners.items() if key in files],
        share_lines(year, partners) if exactly else None,
        [WaitLine(partners.get(each.partner_id) if each.partner_id else None, each) for each in waits(year)]
        if exactly
        else None,
        [(LABELS[name], figures[name]) for name in LABELS if name in figures],
        [(each.partner, read[each.partner.pk]) for each in years if each.partner.pk in read],
    )


def with_signatures(
    rows: Sequence[PartnerYear], year: int, day: date, *, sees_deadlines: bool
) -> Iterator[PartnerYear]:
    """The rows of the matrix, each with the signature of its year, or what is said of one that is not there. Two statements.

    Whoever may not see the deadlines of single partners reads that it is not signed: whether that is late would tell them.
    """
    keys = [each.partner.pk for each in rows]
    signatures, windows = signed_years(keys, [year]), years_of_many(keys)
    for row in rows:
        signed_at, lack = signatures.get((row.partner.pk, year)), None
        if signed_at is None and row.reports and year < day.year:
            lack = UnsignedYear(YEAR_WORDS[YearState.UNSIGNED], is_late=False)
            if sees_deadlines:
                lack = words_if_unsigned(windows[row.partner.pk].window(year).deadline_on, day)
        yield replace(row, signed_at=signed_at, lack=lack)


def rule_lines(year: int, partners: Mapping[UUID, Partner], *, exactly: bool) -> list[RuleLine]:
    """The rules that rows met, by partner: the most frequent first, for who may see which one that is."""
    counts = sorted(counts_by_rule(year), key=lambda each: partners[each.partner_id].name)
    if not exactly:
        counts.sort(key=lambda each: (partners[each.partner_id].name, each.rule, each.field))
    return [
        RuleLine(
            partners[each.partner_id],
            each,
            shown(each.rows_sent, exactly=exactly),
            shown(each.rows_tried, exactly=exactly),
        )
        for each in counts
    ]


def share_lines(year: int, partners: Mapping[UUID, Partner]) -> list[ShareLine]:
    """The shares of all partners together, and of each that has referrals in the year or the year before."""
    shares = not_known(year - 1, year)
    all_of_them = together(shares)
    lines = [ShareLine(None, *(all_of_them.get(each, NO_SHARES) for each in (year, year - 1)))]
    return [
        *lines,
        *(
            ShareLine(partner, *(shares.get((key, each), NO_SHARES) for each in (year, year - 1)))
            for key, partner in partners.items()
            if (key, year) in shares or (key, year - 1) in shares
        ),
    ]


def few(number: int) -> str:
    """The number as who sees no records reads it: `0`, `1–4`, `5–9`, `10–14` and so on."""
    low = number - number % BAND
    return f"{max(low, 1)}–{low + BAND - 1}" if number else "0"


def shown(number: int, *, exactly: bool) -> str:
    """The number as it is, or as `few` has it."""
    return str(number) if exactly else few(number)
