"""The soft checks of one row: the improbable combinations, one entry each with its reason, and what is worth telling its sender.

A check asks and never blocks: every one of these is true of somebody. An honest delivery should meet one in fewer than three of a
hundred rows (docs/deliveries.md). A check sees stored values, as a rule does (`cases.rules`).
"""

from __future__ import annotations

from cases.intake.checks.combinations import OF_EXPLOITATION
from cases.intake.checks.of_persons import OF_PERSONS
from cases.intake.findings import Finding
from cases.rules import Values

IMPROBABLE = (*OF_PERSONS, *OF_EXPLOITATION)


UNLINKED = "token_would_link"


def row_checks(values: Values, *, has_token: bool = True) -> list[Finding]:
    """Every improbable combination of a row that keeps all rules. `values`: in their stored form (`cases.fields.to_stored`).

    `has_token`: whether the row names its case, or its case is known. Where it does not, and says that the person was referred
    before, a notice says that the token would link the two.
    """
    findings = [Finding(each.code, each.field) for each in IMPROBABLE if each.is_met_by(values)]
    if not has_token and values["previously_referred"] == "YES":
        findings.append(Finding(UNLINKED, "case_token"))
    return findings
