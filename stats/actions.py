"""What the audit calls the actions of this room, their details, and what its events are about, in words.

The audit keeps orders, decisions, dates and releases by their codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import capfirst

from cases.dimensions import DATASETS
from core.text import Text
from partners.staff import audit_words, subjects
from partners.staff.subjects import uuid_of
from stats.choices import AUDIENCES, DATE_STATUSES, FACT_DECISIONS, words_of_fact
from stats.models import AnnouncedDate
from stats.periods import Period
from stats.reading.wording import GROUNDS
from stats.refusals import REFUSALS

# `2023-Q4.a1`: the period, for whom, and the vintage.
RELEASE = re.compile(r"(.+)\.([apv])([0-9]+)", re.ASCII)
BY_LETTER = {"p": "public", "a": "authority", "v": "exact"}
THE_RELEASE = Text("udgivelsen", "the release")
# Why the database refused, said within a sentence of the audit.
CODES = {
    code: Text(
        *(
            capfirst(words(language).format(subject=THE_RELEASE(language))).removesuffix(".")
            for language in Text._fields
        )
    )
    for code, words in REFUSALS.items()
}


def order(subject: str) -> str:
    """An order: `2024 public OPEN` is `2024, the public`. Its state is that of every new order."""
    period, _, rest = subject.partition(" ")
    audience = AUDIENCES.get(rest.partition(" ")[0])
    return f"{period_in_words(period)}, {audience}" if audience else subject


def decision(subject: str) -> str:
    """A decision on a fact: `2020: superseded` is `2020, in all: superseded`. Where it was only read, the fact alone."""
    fact, _, code = subject.rpartition(": ")
    return f"{words_of_fact(fact)}: {FACT_DECISIONS[code]}" if code in FACT_DECISIONS else str(words_of_fact(subject))


def announced_dates(subjects: Iterable[str]) -> dict[str, str]:
    """What was announced of entries of the calendar: their titles and statuses, by the subjects. One statement."""
    entries = {subject: uuid_of(subject.partition(" ")[0]) for subject in subjects}
    # An entry keeps the title of its first notice.
    notices = AnnouncedDate.objects.filter(entry__in={*filter(None, entries.values())}, sequence=0)
    first = {each.entry: each for each in notices}
    return {subject: announced_date(subject, first.get(entry) if entry else None) for subject, entry in entries.items()}


def announced_date(subject: str, notice: AnnouncedDate | None) -> str:
    """What was announced of an entry, with its first notice: its title and status."""
    status = subject.partition(" ")[2]
    if notice is None or status not in DATE_STATUSES:
        return subject
    title = period_in_words(notice.period) if notice.period else Text(notice.title_da, notice.title_en)
    return f"{title}, {DATE_STATUSES[status]}"


def release(subject: str) -> str:
    """A release, with the id by which it is cited; of exact figures of a dataset the dataset."""
    if subject in DATASETS:
        return str(DATASETS[subject].label)
    parts = RELEASE.fullmatch(subject)
    if parts is None:
        return subject
    of, vintage = f"{period_in_words(parts[1])}, {AUDIENCES[BY_LETTER[parts[2]]]}", parts[3]
    return str(Text(f"{of}, udgave {vintage} ({subject})", f"{of}, vintage {vintage} ({subject})"))


def period_in_words(period: str) -> str:
    months = Period.parse(period)
    return str(months.label) if months else period


AXES = {axis.id: axis.label for dataset in DATASETS.values() for axis in dataset.axes.values()}

audit_words.add(
    {
        "release.build": Text("Udgivelse dannet", "Release built"),
        "release.preview": Text("Udkast set", "Draft looked at"),
        "release.read": Text("Udgivelses tabeller set", "Tables of a release looked at"),
        "release.publish": Text("Udgivelse udgivet", "Release published"),
        "release.withdraw": Text("Udgivelse trukket tilbage", "Release withdrawn"),
        "release.schedule": Text("Udgivelse planlagt", "Release scheduled"),
        "release.refuse": Text("Udkast afvist", "Draft refused"),
        "release.withdraw_ask": Text("Tilbagetrækning af udgivelse foreslået", "Withdrawal of a release asked for"),
        "release.withdraw_refuse": Text("Tilbagetrækning af udgivelse afvist", "Withdrawal of a release refused"),
        "release.review": Text("Udgivelse mærket som under gennemgang", "Release marked as under review"),
        "release.review_end": Text("Mærke om gennemgang fjernet", "Sign of a review taken down"),
        "release.schedule_take_back": Text("Plan for udgivelse taget tilbage", "Schedule of a release taken back"),
        "release.schedule_fail": Text("Planlagt udgivelse mislykkedes", "Scheduled publication failed"),
        "statistics.exact": Text("Præcise tal læst", "Exact figures read"),
        "buildorder.add": Text("Udgivelse bestilt", "Release ordered"),
        "buildorder.propose": Text("Forslag til tabeller bestilt", "Proposals of tables ordered"),
        "erratum.add": Text("Rettelse skrevet", "Erratum written"),
        "erratum.publish": Text("Rettelse udgivet", "Erratum published"),
        "erratum.refuse": Text("Rettelse afvist", "Erratum refused"),
        "buildorder.file": Text("Bestilling lagt væk", "Order put away"),
        "factdecision.add": Text("Afgørelse om et tal truffet", "Decision on a figure made"),
        "factdecision.compare": Text("Eget tal læst ved siden af andres", "Own number read beside that of others"),
        "factdecision.confirmed": Text("Afgørelse om et tal bekræftet", "Decision on a figure confirmed"),
        "factdecision.refused": Text("Afgørelse om et tal afvist", "Decision on a figure refused"),
        "factdecision.taken_back": Text("Afgørelse om et tal taget tilbage", "Decision on a figure taken back"),
        "announceddate.add": Text("Dato i kalenderen meldt ud", "Date announced in the calendar"),
    },
    {
        "as_of": Text("talt op pr.", "counted as of"),
        "audience": Text("målgruppe", "audience"),
        "schedule": Text("plan", "schedule"),
        "due_at": Text("tidspunkt", "due at"),
        "code": Text("kode", "code"),
        "built_by": Text("dannet af", "built by"),
        "replacement": Text("erstattes af", "replacement"),
        "purpose": Text("formål", "purpose"),
        "query": Text("forespørgsel", "query"),
        "releases": Text("udgivelser", "releases"),
        "compared_with": Text("sammenlignet med", "compared with"),
        "tables": Text("tabeller", "tables"),
        "erratum": Text("rettelse", "erratum"),
        "depth": Text("dybde", "depth"),
        "dimensions": Text("dimensioner", "dimensions"),
        "threshold": Text("grænse", "threshold"),
        "passed": Text("fortrolighedskontrollen bestået", "disclosure check passed"),
        "deviation": Text("støjens største afvigelse", "greatest deviation of the noise"),
        "variance": Text("støjens varians", "variance of the noise"),
        "most_dimensions": Text("dimensioner i en tabel, højst", "dimensions of a table, at most"),
        "asked_by": Text("bedt om af", "requested by"),
        "grounds": Text("hvad der talte imod", "what spoke against it"),
        "scheduled": Text("planlagt", "scheduled"),
    },
    {
        "audience": AUDIENCES,
        "code": CODES,
        "grounds": GROUNDS,
        # What a release counts is kept by dataset; which tables were read is not.
        **dict.fromkeys(("tables", *DATASETS), AXES),
    },
)
subjects.say(("buildorder.",), order)
subjects.say(("factdecision.",), decision)
subjects.say_together(("announceddate.",), announced_dates)
subjects.say(("release.", "erratum.", "statistics.exact"), release)
