"""The feedback to a partner on a year: its own figures, what all partners' are where that may be told, and what has changed.

Every figure of the partner is exact and its own. What is told of others comes from `oversight.quality.comparison` alone. A sentence
says one figure, and none says anything of a person. Who of a partner has opened it is kept, append-only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction

from cases.months import COPENHAGEN, midnight
from core.text import Text
from oversight.quality.comparison import Comparison, comparisons
from oversight.quality.matrix import PartnerYear, matrix
from oversight.quality.models import FeedbackRead
from oversight.quality.shares import LABELS, NO_SHARES, Share, not_known
from oversight.quality.tallies import RuleCount, counts_by_rule, refused_files
from oversight.reporting.states import PeriodReport, State
from partners import audit
from partners.audit import Actor
from partners.models import Partner
from partners.roles import MemberRole

# A share has changed where it moved by so many percentage points at least, and so many referrals stand behind either year.
NOTABLE_POINTS, NOTABLE_REFERRALS = 5, 10


def referrals_sentence(number: int, year: int) -> Text:
    """How many referrals of the year there are."""
    if not number:
        return Text(f"I har ingen henvisninger fra {year}.", f"You have no referrals of {year}.")
    return Text(
        f"I har {number} {'henvisning' if number == 1 else 'henvisninger'} fra {year}.",
        f"You have {number} {'referral' if number == 1 else 'referrals'} of {year}.",
    )


def late_sentence(late: Sequence[PeriodReport]) -> Text:
    """Which periods came late or are missing."""
    missing = [each.period.label for each in late if each.state == State.MISSING]
    came = [each.period.label for each in late if each.state != State.MISSING]
    if not late:
        return Text("Ingen indberetning kom for sent.", "No report came late.")
    da, en = [], []
    if came:
        da.append(f"Disse indberetninger kom for sent: {', '.join(each.da for each in came)}.")
        en.append(f"These reports came late: {'; '.join(each.en for each in came)}.")
    if missing:
        da.append(f"Disse mangler stadig: {', '.join(each.da for each in missing)}.")
        en.append(f"These are still missing: {'; '.join(each.en for each in missing)}.")
    return Text(" ".join(da), " ".join(en))


def undeclared_sentence(reports: Sequence[PeriodReport]) -> Iterator[Text]:
    """Which periods are complete by their deadline alone."""
    if reports:
        labels = [each.period.label for each in reports]
        yield Text(
            f"Disse perioder er ikke meldt færdige, men fristen er gået: {', '.join(each.da for each in labels)}.",
            f"These periods are past due and not declared complete: {'; '.join(each.en for each in labels)}.",
        )


def rows_sentence(findings: int, files: int) -> Text:
    """How often a rule stopped a row, and how many files were refused."""
    if not findings and not files:
        return Text("Ingen række og ingen fil blev afvist.", "No row and no file was refused.")
    return Text(
        f"Fejl i rækker, I har sendt: {findings}. Filer, der blev afvist: {files}.",
        f"Errors in rows that you sent: {findings}. Files that were refused: {files}.",
    )


def field_sentence(label: Text, share: Share, comparison: Comparison | None) -> Text:
    """The own share of a field, beside that of all partners where it may be told."""
    da = f"{label.da}: ukendt i {share.percent} % af jeres henvisninger"
    en = f"{label.en}: not known in {share.percent}% of your referrals"
    if comparison is None:
        return Text(f"{da}.", f"{en}.")
    if comparison.is_published:
        return Text(
            f"{da}; hos alle partnere i {comparison.low} % af personerne i den udgivne statistik.",
            f"{en}; in {comparison.low}% of the persons in the published statistics of all partners.",
        )
    return Text(
        f"{da}; hos alle partnere i {comparison.low}–{comparison.high} %.",
        f"{en}; in {comparison.low}–{comparison.high}% of all partners' referrals.",
    )


def change_in_referrals_sentence(now: int, before: int, year: int) -> Iterator[Text]:
    """That there are more or fewer referrals than the year before."""
    number, more = abs(now - before), Text("flere", "more") if now > before else Text("færre", "fewer")
    if number == 1:
        da = "mere" if now > before else "færre"
        yield Text(f"1 henvisning {da} end i {year - 1}.", f"1 referral {more.en} than in {year - 1}.")
    elif number:
        yield Text(
            f"{number} {more.da} henvisninger end i {year - 1}.", f"{number} {more.en} referrals than in {year - 1}."
        )


def change_in_late_sentence(now: int, before: int, year: int) -> Iterator[Text]:
    """That more or fewer reports came late."""
    if now != before:
        yield Text(
            f"Forsinkede eller manglende indberetninger: {now} mod {before} i {year - 1}.",
            f"Late or missing reports: {now}, against {before} in {year - 1}.",
        )


def change_sentence(label: Text, share: Share, before: Share, year: int) -> Iterator[Text]:
    """That a field is not known more often or less often, where the change is no chance of small numbers."""
    now_percent, before_percent = share.percent, before.percent
    if now_percent is None or before_percent is None or min(share.base, before.base) < NOTABLE_REFERRALS:
        return
    if abs(now_percent - before_percent) >= NOTABLE_POINTS:
        yield Text(
            f"{label.da}: ukendt i {now_percent} % mod {before_percent} % i {year - 1}.",
            f"{label.en}: not known in {now_percent}%, against {before_percent}% in {year - 1}.",
        )


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
        return field_sentence(self.label, self.share, self.comparison)


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
            referrals_sentence(self.referrals, self.year),
            late_sentence(self.calendar.late),
            *undeclared_sentence([each for each in self.calendar.reports if each.lacks_completion]),
            rows_sentence(sum(each.rows_sent for each in self.rules if each.is_error), self.files),
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
        *change_in_referrals_sentence(own.referrals, before.referrals, year),
        *change_in_late_sentence(len(calendar.late), len(calendar_before.late), year),
    )
    return Feedback(
        partner,
        year,
        calendar,
        own.referrals,
        before.referrals,
        sorted(answered_lines, key=lambda each: (-(each.share.percent or 0), each.name)),
        counts_by_rule(year, [partner.pk]),
        refused_files(year, [partner.pk]).get(partner.pk, 0),
        [
            *(numbers if now >= midnight(date(year + 1, 1, 1)) else ()),
            *(text for each in answered_lines for text in change_sentence(each.label, each.share, each.before, year)),
        ],
    )


@dataclass(frozen=True, slots=True)
class Readers:
    """How many of a partner's active managers have opened a feedback."""

    read: int
    managers: int


# Managers who have left since read it too, but are not asked any more.
READERS = f"""
SELECT m.partner_id, count(r.id), count(*)
FROM people_membership m JOIN auth_user u ON u.id = m.user_id AND u.is_active
LEFT JOIN quality_feedbackread r ON r.partner_id = m.partner_id AND r.user_id = m.user_id AND r.year = %s
WHERE m.role = '{MemberRole.MANAGER}' GROUP BY m.partner_id
"""


def note_read(*, user: User, partner: Partner, year: int) -> bool:
    """Note that a person has opened the feedback of a year; whether it was the first time. The caller knows whose person it is."""
    with transaction.atomic():
        _, is_first = FeedbackRead.objects.get_or_create(partner=partner, year=year, user=user)
        if is_first:
            audit.record(by=Actor.of(user), action="feedback.read", subject=str(partner.pk), year=year)
    return is_first


def readers(year: int) -> Mapping[UUID, Readers]:
    """By partner: how many of its managers have opened the feedback of a year. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(READERS, [year])
        return {partner: Readers(read, managers) for partner, read, managers in cursor.fetchall()}
