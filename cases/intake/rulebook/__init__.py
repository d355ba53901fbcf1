"""The rulebook: every rule that a finding can name, with its class, its words, and an example that meets it.

Rules are defined where they are checked; the rulebook is made from there. Each has a page, /problems/{id}.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.intake.rulebook.of_checks import of_checks
from cases.intake.rulebook.of_fields import OF_YEARS, of_fields
from cases.intake.rulebook.of_files import of_files
from cases.intake.rulebook.of_rows import OF_ROWS
from cases.intake.rulebook.rule import FindingRule as FindingRule

# Of a rule that two rooms have words for, the words of a row go before those of a file.
RULES: Mapping[str, FindingRule] = {
    rule.id: rule for rule in (*of_files(), *of_fields(), *OF_YEARS, *OF_ROWS, *of_checks())
}
