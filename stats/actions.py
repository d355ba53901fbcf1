"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.dimensions import DATASETS
from core.text import Text
from partners.staff import audit_words, subjects
from stats import subject_words
from stats.choices import AUDIENCES
from stats.reading.wording import GROUNDS

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
        "code": subject_words.CODES,
        "grounds": GROUNDS,
        # What a release counts is kept by dataset; which tables were read is not.
        **dict.fromkeys(("tables", *DATASETS), AXES),
    },
)
subjects.say(("buildorder.",), subject_words.order)
subjects.say(("factdecision.",), subject_words.decision)
subjects.say_together(("announceddate.",), subject_words.announced_dates)
subjects.say(("release.", "erratum.", "statistics.exact"), subject_words.release)
