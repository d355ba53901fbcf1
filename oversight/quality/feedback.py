"""The feedback to a partner on a year: its own figures, what all partners' are where that may be told, and what has changed.

Every figure of the partner is exact and its own. What is told of others comes from `oversight.quality.comparison` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.months import COPENHAGEN, midnight
from core.text import Text
from oversight.quality import sentences
from oversight.quality.comparison import Comparison, comparisons
from oversight.quality.matrix import PartnerYear, matrix
from oversight.quality.shares import LABELS, NO_SHARES, Share, not_known
from oversight.quality.tallies import RuleCount, by_rule, refused_files
from partners.models import Partner


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the feedback: the own share not known, that of the year before, and what is told of all partners."""

    name: str
    share: Share
    before: Share
    comparison: Comparison | None

    @property
    def label(self) -> Text:
        return LABELS[self.name]

    @property
    def sentence(self) -> Text:
        return sentences.of_field(self.label, self.share, self.comparison)


@dataclass(frozen=True, slots=True)
class Feedback:
    """The feedback of a partner and year.

    `calendar`: the periods of the year and their states. `referrals`: how many there are, and how many of the year before.
    `fields`: those that were asked, the largest share not known first. `rules`: the rules that rows broke. `files`: how many files
    were refused as a whole. `changes`: what has changed since the year before, as sentences. A year that goes on is compared by its
    shares alone: its numbers grow until it is over.
    """

    partner: Partner
    year: int
    calendar: PartnerYear
    referrals: int
    referrals_before: int
    fields: Sequence[FieldLine]
    rules: Sequence[RuleCount]
    files: int
    changes: Sequence[Text]

    @property
    def sentences(self) -> list[Text]:
        """The feedback in short: what came, what came late, what was refused, what is not known."""
        return [
            sentences.of_referrals(self.referrals, self.year),
            sentences.of_late(self.calendar.late),
            *sentences.of_undeclared([each for each in self.calendar.reports if each.lacks_completion]),
            sentences.of_rows(sum(each.rows_sent for each in self.rules if each.is_error), self.files),
            *(each.sentence for each in self.fields if each.share.unknown),
        ]


def feedback(partner: Partner, year: int, now: datetime) -> Feedback:
    """The feedback of a partner on a year as it stands at the moment `now`."""
    shares = not_known(year - 1, year, [partner.pk])
    own, before = (shares.get((partner.pk, each), NO_SHARES) for each in (year, year - 1))
    figures = comparisons(year, now.astimezone(COPENHAGEN).date())
    lines = [FieldLine(name, own.fields[name], before.fields[name], figures.get(name)) for name in LABELS]
    answered_lines = [each for each in lines if each.share.base]
    (calendar,), (calendar_before,) = (matrix(each, now, [partner]) for each in (year, year - 1))
    numbers = (
        *sentences.of_change_in_referrals(own.referrals, before.referrals, year),
        *sentences.of_change_in_late(len(calendar.late), len(calendar_before.late), year),
    )
    return Feedback(
        partner,
        year,
        calendar,
        own.referrals,
        before.referrals,
        sorted(answered_lines, key=lambda each: (-(each.share.percent or 0), each.name)),
        by_rule(year, [partner.pk]),
        refused_files(year, [partner.pk]).get(partner.pk, 0),
        [
            *(numbers if now >= midnight(date(year + 1, 1, 1)) else ()),
            *(
                text
                for each in answered_lines
                for text in sentences.of_change(each.label, each.share, each.before, year)
            ),
        ],
    )
