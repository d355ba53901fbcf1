"""What a finding says to people, in one sentence: in files that are marked, and wherever else a finding is told."""

from __future__ import annotations

from cases.intake.findings import Finding
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from partners.text import Text

MEANT = Text("Mente du {code}?", "Did you mean {code}?")


def field_of(finding: Finding) -> str | None:
    """The member of a row that a finding is about: its own, or that of its rule, which is always about the same one."""
    return finding.field or RULES[finding.rule].field or None


def label_of(name: str, language: str) -> str:
    """The plain name of a member of a row."""
    return BY_NAME[name].label(language) if name in BY_NAME else name


def sentence(finding: Finding, language: str) -> str:
    """The column, what is wrong, and what was probably meant."""
    field = field_of(finding)
    parts = [f"{label_of(field, language)}:"] if field else []
    parts.append(RULES[finding.rule].detail(language))
    if finding.suggestion:
        parts.append(MEANT(language).format(code=finding.suggestion))
    return " ".join(parts)


def sentences(finding: Finding) -> Text:
    """The sentence in both languages."""
    return Text(sentence(finding, "da"), sentence(finding, "en"))
