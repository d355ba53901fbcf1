"""The rulebook: every rule that a finding can name, with its class, its words, and an example that meets it.

Rules are defined where they are checked; the rulebook is made from there. Each has a page, /problems/{id}.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.intake.rulebook.of_checks import of_checks
from cases.intake.rulebook.of_fields import of_fields
from cases.intake.rulebook.of_files import OF_FILES
from cases.intake.rulebook.of_rows import OF_ROWS
from cases.intake.rulebook.rule import FindingRule as FindingRule

RULES: Mapping[str, FindingRule] = {rule.id: rule for rule in (*of_fields(), *OF_ROWS, *OF_FILES, *of_checks())}
