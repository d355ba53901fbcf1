"""The rules on what a row says: across fields, by the calendar, of closed years, of a field's form, and as JSON.

All are defined elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.intake.findings import FindingClass
from cases.intake.readers.strict_json import REASONS
from cases.intake.rulebook.rule import FindingRule, RuleExample, RuleGroup, derive, with_examples
from cases.intake.rules import NOT_BEFORE_2000, NOT_IN_FUTURE, NOT_YET_VALID, RETIRED
from cases.intake.values import SHAPES
from cases.rules import REFERRAL_RULES
from cases.windows.words import PERIODS
from cases.windows.years import PeriodRule
from core.text import Text

VALIDATION = "validation_failed"
ACROSS = RuleGroup(
    "across",
    Text("Regel på tværs af felter", "Rule across fields"),
    Text(
        "To felter modsiger hinanden. Ret det, der er forkert; det behøver ikke være det felt, reglen nævner. Ved I "
        "ikke, hvad der er rigtigt, så brug koden for ukendt.",
        "Two fields contradict each other. Correct the one that is wrong; it need not be the one that the rule names. "
        "Where you do not know what is right, use the code for not known.",
    ),
    VALIDATION,
)
CALENDAR = RuleGroup(
    "calendar",
    Text("Kalender og gyldighed", "Calendar and validity"),
    Text(
        "Måneder regnes i dansk tid. En kode gælder den dag, rækken sendes; en gemt henvisning beholder sin kode, når "
        "den rettes i andre felter.",
        "Months are those of Copenhagen. A code has to be in force on the day on which the row is sent; a stored "
        "referral keeps its code where other fields are corrected.",
    ),
    VALIDATION,
)
SHAPE = RuleGroup(
    "shape",
    Text("Feltets form", "Form of a field"),
    Text(
        "Værdien har ikke feltets form. De tilladte koder står i allowed, de nærmeste først; den sendte værdi "
        "gentages aldrig.",
        "The value has not the form of its field. The codes that are taken stand in allowed, the nearest first; the "
        "value that was sent is never repeated.",
    ),
    VALIDATION,
)
TEXT = RuleGroup(
    "text",
    Text("Linjen som JSON", "The line as JSON"),
    Text(
        "Linjen kan ikke læses, så intet i den er kontrolleret. Lad et program skrive JSON, ikke et "
        "tekstbehandlingsprogram.",
        "The line cannot be read, so nothing in it was checked. Let a program write the JSON, and no word processor.",
    ),
    "malformed_json",
)
CALENDAR_TEXTS = {
    "month_before_2000": NOT_BEFORE_2000,
    "month_in_future": NOT_IN_FUTURE,
    "code_retired": RETIRED,
    "code_not_yet_valid": NOT_YET_VALID,
}
# None of a code that is out of force: which there are depends on the day.
CALENDAR_EXAMPLES = {
    "month_before_2000": RuleExample({"referred_in": "1999-12"}),
    "month_in_future": RuleExample({"referred_in": "2999-01"}),
}
SHAPE_EXAMPLES = {
    "required": RuleExample({"gender": None}),
    "code_expected": RuleExample({"gender": 1}),
    "code_unknown": RuleExample({"gender": "WOMAN"}),
    "code_of_several": RuleExample({"region": "OESTDANMARK"}),
    "edition_unknown": RuleExample({"exploitation": "LABOUR", "exploitation_detail": "K"}),
    "set_expected": RuleExample({"means_of_control": "THREATS"}),
    "not_asked_stands_alone": RuleExample({"means_of_control": ["THREATS", "_N"]}),
    "too_many_codes": RuleExample({"means_of_control": ["THREATS"] * 65}),
    "month_expected": RuleExample({"referred_in": "2025-03-14"}),
    "month_not_real": RuleExample({"referred_in": "2025-13"}),
    "case_token_expected": RuleExample({"case_token": "7KQ2M8XW4A5"}),
    "object_expected": RuleExample(lines='["F", "Y25T34"]'),
    "unknown_member": RuleExample({"sex": "F"}),
    "read_only": RuleExample({"status": "withdrawn"}),
}
# What is not UTF-8 and what is no character cannot be shown on a page.
TEXT_EXAMPLES = {
    "not_json": RuleExample(lines='{"gender": "F"'),
    "too_deep": RuleExample(lines='{"gender": [[[[[[[["F"]]]]]]]]}'),
    "duplicate_member": RuleExample(lines='{"gender": "F", "gender": "M"}'),
    "number_not_integer": RuleExample(lines='{"version": 1.0}'),
    "unusable_character": RuleExample(lines='{"gender": "\\u0000"}'),
}


def of_fields() -> Iterator[FindingRule]:
    """The rules on what a row says."""
    for rule in REFERRAL_RULES:
        example = RuleExample(rule.example)
        yield FindingRule(
            rule.code, FindingClass.ERROR, rule.detail, rule.detail, ACROSS.about, ACROSS, rule.field, example
        )
    yield from derive(CALENDAR_TEXTS, CALENDAR, with_examples(CALENDAR_EXAMPLES))
    yield from derive(SHAPES, SHAPE, with_examples(SHAPE_EXAMPLES))
    yield from derive(REASONS, TEXT, with_examples(TEXT_EXAMPLES))


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
