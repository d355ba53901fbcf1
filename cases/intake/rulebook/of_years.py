"""The rules of years that are closed or signed (`cases.windows`)."""

from __future__ import annotations

from cases.intake.findings import FindingClass
from cases.intake.rulebook.rule import FindingRule, RuleExample, RuleGroup
from cases.windows.words import PERIODS
from cases.windows.years import PeriodRule
from core.text import Text

YEAR = RuleGroup(
    "year",
    Text("Årets frister", "Window of the year"),
    Text(
        "Et år åbner, lukker for nye henvisninger og lukker for rettelser. Datoerne står i jeres kalender. Et år, der er "
        "underskrevet, er lukket for alt. Det, der allerede er gemt, kan altid sendes igen: det ændrer intet.",
        "A year opens, closes for new referrals, and closes for corrections. The days stand in your calendar. A year that "
        "is signed is closed for everything. What is stored already can always be sent again: it changes nothing.",
    ),
    "validation_failed",
)
TITLES = {
    PeriodRule.NOT_OPEN: Text("Året er ikke åbnet", "The year is not open"),
    PeriodRule.CLOSED_FOR_NEW: Text("Året er lukket for nye", "The year is closed for new ones"),
    PeriodRule.CLOSED_FOR_CORRECTIONS: Text("Året er lukket for rettelser", "The year is closed for corrections"),
    PeriodRule.SIGNED: Text("Året er underskrevet", "The year is signed"),
}
ABOUTS = {
    PeriodRule.NOT_OPEN: Text(
        "Vent, til året åbner. Er måneden forkert, så ret den.",
        "Wait until the year opens. Where the month is wrong, correct it.",
    ),
    PeriodRule.CLOSED_FOR_NEW: Text(
        "Det gælder også en rettelse, der flytter en henvisning ind i året, og en, der gør en tilbagetrukket henvisning "
        "gældende igen. Er måneden rigtig, så bed centret om at genåbne året.",
        "That goes for a correction too that moves a referral into the year, or reports one again that was withdrawn. Where "
        "the month is right, ask the centre to reopen the year.",
    ),
    PeriodRule.CLOSED_FOR_CORRECTIONS: Text(
        "Det gælder også tilbagetrækninger, og rettelser, der flytter en henvisning ud af året. Bed centret om at genåbne "
        "året.",
        "That goes for withdrawals too, and for corrections that move a referral out of the year. Ask the centre to reopen "
        "the year.",
    ),
    PeriodRule.SIGNED: Text(
        "I kan selv genåbne året på siden Året, så længe det ikke er lukket for rettelser; derefter kan centret. Bagefter "
        "underskrives det igen.",
        "You can reopen the year yourselves on the page of the year, as long as it is not closed for corrections; after "
        "that the centre can. Then it is signed again.",
    ),
}
STORED = {
    PeriodRule.CLOSED_FOR_CORRECTIONS: Text(
        "Henvisningen er gemt, og dens år er lukket for rettelser.",
        "The referral is stored, and its year is closed for corrections.",
    ),
}
EXAMPLE = {"referred_in": "2025-03"}
OF_YEARS: tuple[FindingRule, ...] = tuple(
    FindingRule(
        str(rule),
        FindingClass.ERROR,
        TITLES[rule],
        PERIODS[rule],
        ABOUTS[rule],
        YEAR,
        "referred_in",
        RuleExample(EXAMPLE, stored=STORED[rule]) if rule in STORED else RuleExample(EXAMPLE),
    )
    for rule in PeriodRule
)
