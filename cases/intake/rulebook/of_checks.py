"""The checks: improbable combinations of a row, what is asked of a whole delivery, and what is worth telling."""

from __future__ import annotations

from collections.abc import Iterator

from cases.intake.checks import delivery
from cases.intake.checks.rows import IMPROBABLE, UNLINKED
from cases.intake.findings import FindingClass
from cases.intake.rulebook.rule import FindingRule, RuleExample, RuleGroup
from core.text import Text

COMBINATION = RuleGroup(
    "combination",
    Text("Usandsynlig kombination", "Improbable combination"),
    Text(
        "Rækken kan være rigtig, men er det sjældent. Den venter, til I retter den eller bekræfter den med en "
        "begrundelse.",
        "The row may be right, but rarely is. It waits until you correct it, or confirm it with a reason.",
    ),
)
DELIVERY = RuleGroup(
    "delivery",
    Text("Hele leverancen", "The whole delivery"),
    Text(
        "Mange rækker tilsammen ser forkerte ud, ofte fordi noget gik galt, da filen blev lavet. Der sammenlignes kun "
        "med det, I selv har indberettet. Ret filen, eller bekræft med en begrundelse.",
        "Many rows together look wrong, often because something went wrong when the file was made. Nothing is "
        "compared but with what you have reported yourselves. Correct the file, or confirm with a reason.",
    ),
)
ADVICE = RuleGroup(
    "advice",
    Text("Værd at vide", "Worth knowing"),
    Text("Rækken er gemt, som den er.", "The row is stored as it is."),
)
LAST_YEAR = {"referred_in": "2024-03"}

OF_DELIVERIES: tuple[FindingRule, ...] = (
    FindingRule(
        delivery.HIGH,
        FindingClass.DELIVERY,
        Text("Et felt er ukendt i de fleste rækker", "A field is not known in most rows"),
        Text(
            "Feltet er ukendt i mere end halvdelen af rækkerne.",
            "The field is not known in more than half of the rows.",
        ),
        Text(
            "Feltet skal udfyldes, og dets tal kan ikke bruges, når det mest er ukendt. Ofte er en kolonne i jeres "
            "udtræk tom. Har kilden ikke oplysningen, så bekræft med SOURCE_LACKS_IT.",
            "The field is required, and figures of it are of no use where it is mostly not known. Often a column of "
            "your extract is empty. Where the source does not have the information, confirm with SOURCE_LACKS_IT.",
        ),
        DELIVERY,
        example=RuleExample(rows=((30, {"exploited_in": "_U"}),)),
    ),
    FindingRule(
        delivery.ROSE,
        FindingClass.DELIVERY,
        Text("Et felt er ukendt langt oftere end før", "A field is not known far more often than before"),
        Text(
            "Feltet er ukendt i langt flere rækker end i jeres indberetninger året før.",
            "The field is not known in far more rows than in your reports of the year before.",
        ),
        Text(
            "Andelen er mindst 20 procentpoint højere end året før, og mere end tilfældet gør. Se efter, om en "
            "kolonne er faldet ud, eller et svar er blevet til tomme celler.",
            "The share is at least 20 percentage points above that of the year before, and more than chance makes it. "
            "See whether a column was lost, or an answer became empty cells.",
        ),
        DELIVERY,
        example=RuleExample(rows=((30, {"duration": "_N"}),), before=((30, {**LAST_YEAR, "duration": "M7T12"}),)),
    ),
    FindingRule(
        delivery.ONE,
        FindingClass.DELIVERY,
        Text("Alle rækker har samme værdi", "All rows have the same value"),
        Text(
            "Alle rækker har den samme værdi i et felt, der ellers varierer.",
            "All rows have the same value in a field that varies otherwise.",
        ),
        Text(
            "Ofte er den første værdi trukket ned gennem kolonnen. Var det én aktion, hvor alle var ens, så bekræft.",
            "Often the first value was dragged down the column. Where it was one raid and all were alike, confirm it.",
        ),
        DELIVERY,
        example=RuleExample(rows=((30, {"citizenship": "NG"}),)),
    ),
    FindingRule(
        delivery.JUMP,
        FindingClass.DELIVERY,
        Text("Antallet springer", "The count jumps"),
        Text(
            "Antallet af henvisninger er langt højere eller lavere end i de samme måneder året før.",
            "The count of referrals is far above or below that of the same months of the year before.",
        ),
        Text(
            "Talt med: det, I har gemt, og det nye i filen. Er det for mange, er de samme personer måske sendt igen "
            "under nye referencer; er det for få, mangler der måske et ark eller en afdeling.",
            "Counted are what you have stored and what is new in the file. Where it is too many, the same persons may "
            "have been sent again under new references; where it is too few, a sheet or an office may be missing.",
        ),
        DELIVERY,
        example=RuleExample(rows=((60, {}),), before=((10, LAST_YEAR),)),
    ),
    FindingRule(
        delivery.MISSING,
        FindingClass.DELIVERY,
        Text("En måned mangler", "A month is missing"),
        Text(
            "I indberetter hver måned, og denne måned mellem filens første og sidste har ingen henvisninger.",
            "You report every month, and this month between the first and the last one of the file has no referrals.",
        ),
        Text(
            "Var der ingen henvisninger, så indberet måneden som tom; så spørges der ikke. Ellers mangler rækkerne i "
            "filen.",
            "Where there were no referrals, report the month as empty, and nobody asks. Otherwise the rows are "
            "missing from the file.",
        ),
        DELIVERY,
        example=RuleExample(rows=((1, {"referred_in": "2025-01"}), (1, {"referred_in": "2025-03"}))),
    ),
    FindingRule(
        delivery.EMPTY,
        FindingClass.DELIVERY,
        Text("En måned er tom", "A month is empty"),
        Text(
            "Måneden har ingen henvisninger, og de andre måneder har mange.",
            "The month has no referrals, and the other months have many.",
        ),
        Text(
            "Med så mange henvisninger om året er en måned uden nogen ikke tilfældig. Holdt I lukket, så bekræft.",
            "With so many referrals a year, a month without any is no chance. Where you were closed, confirm it.",
        ),
        DELIVERY,
        example=RuleExample(rows=((20, {"referred_in": "2025-01"}), (20, {"referred_in": "2025-03"}))),
    ),
    FindingRule(
        delivery.REPEATS,
        FindingClass.DELIVERY,
        Text("Mange rækker er ens", "Many rows are alike"),
        Text(
            "Mange rækker har nøjagtig samme indhold under hver sin reference.",
            "Many rows have exactly the same content under references of their own.",
        ),
        Text(
            "Mindst ti rækker, og mindst hver tiende, gentager en anden række med mange oplysninger. Ofte er rækker "
            "kopieret. Den samme person hører under den samme reference; var det mange ens personer på én gang, så "
            "bekræft.",
            "At least ten rows, and at least one in ten, repeat another row that says much. Often rows were copied. "
            "The same person belongs under the same reference; where many alike were met at once, confirm it.",
        ),
        DELIVERY,
        example=RuleExample(rows=((12, {"age_band": "Y25T34"}), (12, {"age_band": "Y35T44"}))),
    ),
)
OF_ADVICE = (
    FindingRule(
        UNLINKED,
        FindingClass.NOTICE,
        Text("En sagskode ville koble henvisningerne", "A case token would link the referrals"),
        Text(
            "Personen er henvist før, men rækken har ingen sagskode.",
            "The person was referred before, but the row has no case token.",
        ),
        Text(
            "Uden sagskode åbnes en ny sag, og personen kan tælle to gange, til centret kobler dem. Spørg den "
            "organisation, der henviste først, om koden.",
            "Without a token a new case is opened, and the person may count twice until the centre links the two. Ask "
            "the organisation that referred the person first for the token.",
        ),
        ADVICE,
        "case_token",
        RuleExample({"previously_referred": "YES", "case_token": None}),
    ),
)


def of_checks() -> Iterator[FindingRule]:
    for each in IMPROBABLE:
        example = RuleExample(each.example)
        yield FindingRule(
            each.code, FindingClass.CHECK, each.detail, each.detail, each.about, COMBINATION, each.field, example
        )
    yield from OF_DELIVERIES
    yield from OF_ADVICE
