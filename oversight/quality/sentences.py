"""The sentences of the feedback. Each says one figure, and none says anything of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.text import Text
from oversight.quality.comparison import Comparison
from oversight.quality.shares import Share
from oversight.reporting.states import PeriodReport, State

# A share has changed where it moved by so many percentage points at least, and so many referrals stand behind either year.
NOTABLE_POINTS, NOTABLE_REFERRALS = 5, 10


def of_referrals(number: int, year: int) -> Text:
    """How many referrals of the year there are."""
    if not number:
        return Text(f"I har ingen henvisninger fra {year}.", f"You have no referrals of {year}.")
    return Text(
        f"I har {number} {'henvisning' if number == 1 else 'henvisninger'} fra {year}.",
        f"You have {number} {'referral' if number == 1 else 'referrals'} of {year}.",
    )


def of_late(late: Sequence[PeriodReport]) -> Text:
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


def of_undeclared(reports: Sequence[PeriodReport]) -> Iterator[Text]:
    """Which periods are complete by their deadline alone."""
    if reports:
        labels = [each.period.label for each in reports]
        yield Text(
            f"Disse perioder er ikke meldt færdige, men fristen er gået: {', '.join(each.da for each in labels)}.",
            f"These periods are past due and not declared complete: {'; '.join(each.en for each in labels)}.",
        )


def of_rows(findings: int, files: int) -> Text:
    """How often a rule stopped a row, and how many files were refused."""
    if not findings and not files:
        return Text("Ingen række og ingen fil blev afvist.", "No row and no file was refused.")
    return Text(
        f"Fejl i rækker, I har sendt: {findings}. Filer, der blev afvist: {files}.",
        f"Errors in rows that you sent: {findings}. Files that were refused: {files}.",
    )


def of_field(label: Text, share: Share, comparison: Comparison | None) -> Text:
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


def of_change_in_referrals(now: int, before: int, year: int) -> Iterator[Text]:
    """That there are more or fewer referrals than the year before."""
    number, more = abs(now - before), Text("flere", "more") if now > before else Text("færre", "fewer")
    if number == 1:
        da = "mere" if now > before else "færre"
        yield Text(f"1 henvisning {da} end i {year - 1}.", f"1 referral {more.en} than in {year - 1}.")
    elif number:
        yield Text(
            f"{number} {more.da} henvisninger end i {year - 1}.", f"{number} {more.en} referrals than in {year - 1}."
        )


def of_change_in_late(now: int, before: int, year: int) -> Iterator[Text]:
    """That more or fewer reports came late."""
    if now != before:
        yield Text(
            f"Forsinkede eller manglende indberetninger: {now} mod {before} i {year - 1}.",
            f"Late or missing reports: {now}, against {before} in {year - 1}.",
        )


def of_change(label: Text, share: Share, before: Share, year: int) -> Iterator[Text]:
    """That a field is not known more often or less often, where the change is no chance of small numbers."""
    now_percent, before_percent = share.percent, before.percent
    if now_percent is None or before_percent is None or min(share.base, before.base) < NOTABLE_REFERRALS:
        return
    if abs(now_percent - before_percent) >= NOTABLE_POINTS:
        yield Text(
            f"{label.da}: ukendt i {now_percent} % mod {before_percent} % i {year - 1}.",
            f"{label.en}: not known in {now_percent}%, against {before_percent}% in {year - 1}.",
        )
