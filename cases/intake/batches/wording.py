"""What a finding says to people, in one sentence."""

from __future__ import annotations

from cases import dictionary as d
from cases.intake.findings import Finding
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from partners.text import Text

FIELDS = {field.name: field for field in d.REFERRAL}
MEANT = Text("Mente du {code}?", "Did you mean {code}?")


def label_of(name: str, language: str) -> str:
    """The plain name of a member of a row."""
    return BY_NAME[name].label(language) if name in BY_NAME else name


def sentence(finding: Finding, language: str) -> str:
    """The column, what is wrong, and what was probably meant."""
    parts = [f"{label_of(finding.field, language)}:"] if finding.field else []
    parts.append(RULES[finding.rule].detail(language))
    if finding.suggestion:
        parts.append(MEANT(language).format(code=finding.suggestion))
    return " ".join(parts)
