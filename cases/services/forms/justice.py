"""What police and prosecution report: the fields of Directive 2011/36/EU, article 19a, points (b) to (g)."""

from __future__ import annotations

from cases.codelists import EXPLOITATION
from cases.codelists.services import COURT_INSTANCE, DECISION_NATURE, JUDGMENT_OUTCOME
from cases.services.forms.parts import ON_AGE18, ON_CITIZENSHIP, ON_GENDER
from cases.services.shapes import CountDimension, CountForm, CountMeasure, CountPeriodKind, CountTable, CountUnit
from core.text import Text
from partners.kinds import Kind

BY_DECISION = CountDimension.of(DECISION_NATURE, "decision", Text("Afgørelsens art", "Nature of the decision"))
OF_ACCUSED = (ON_GENDER, ON_AGE18, ON_CITIZENSHIP, CountDimension.of(EXPLOITATION))

JUSTICE = CountForm(
    "JUSTICE",
    Text("Politi og anklagemyndighed", "Police and prosecution"),
    Text(
        "Et års efterforskning og domme, med direktivets felter.",
        "A year's investigations and judgments, with the directive's fields.",
    ),
    CountPeriodKind.YEAR,
    frozenset({Kind.POLICE}),
    (
        CountTable(
            "suspects",
            Text("Mistænkte", "Suspects"),
            OF_ACCUSED,
            (CountMeasure("suspects", Text("Mistænkte", "Suspects"), CountUnit.SUSPECT),),
        ),
        CountTable(
            "prosecuted",
            Text("Tiltalte", "Persons prosecuted"),
            (*OF_ACCUSED, BY_DECISION),
            (CountMeasure("prosecuted", Text("Tiltalte", "Persons prosecuted"), CountUnit.DEFENDANT),),
        ),
        CountTable(
            "decisions",
            Text("Afgørelser om tiltale", "Decisions to prosecute"),
            (BY_DECISION,),
            (CountMeasure("decisions", Text("Afgørelser", "Decisions"), CountUnit.DECISION),),
        ),
        CountTable(
            "convicted",
            Text("Dømte", "Persons convicted"),
            (ON_GENDER, ON_AGE18, ON_CITIZENSHIP),
            (CountMeasure("convicted", Text("Dømte", "Persons convicted"), CountUnit.DEFENDANT),),
        ),
        CountTable(
            "judgments",
            Text("Domme", "Judgments"),
            (CountDimension.of(JUDGMENT_OUTCOME, "outcome"), CountDimension.of(COURT_INSTANCE, "instance")),
            (CountMeasure("judgments", Text("Domme", "Judgments"), CountUnit.JUDGMENT),),
        ),
        CountTable(
            "services_used",
            Text("Brug af ydelser fra ofre (artikel 18a)", "Use of services of victims (article 18a)"),
            (ON_GENDER, ON_AGE18, ON_CITIZENSHIP),
            (
                CountMeasure("used_suspects", Text("Mistænkte", "Suspects"), CountUnit.SUSPECT),
                CountMeasure("used_prosecuted", Text("Tiltalte", "Prosecuted"), CountUnit.DEFENDANT),
                CountMeasure("used_convicted", Text("Dømte", "Convicted"), CountUnit.DEFENDANT),
            ),
        ),
    ),
)
