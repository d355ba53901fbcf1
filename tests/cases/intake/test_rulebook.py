"""The rulebook: every rule that code can name is in it, each with words in both languages and an example that meets it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from cases import dictionary as d
from cases.codelists import CONFIRMATION_REASON
from cases.intake.checks.confirmations import CHECK_RULES
from cases.intake.checks.rows import IMPROBABLE, row_checks
from cases.intake.findings import FileRefused, FindingClass
from cases.intake.guard.check import check_headers
from cases.intake.readers.files import open_file
from cases.intake.readers.strict_json import JSONRefused, loads
from cases.intake.rulebook import RULES, FindingRule
from cases.intake.rulebook.of_checks import ADVICE, COMBINATION, DELIVERY
from cases.intake.rulebook.of_fields import ACROSS, CALENDAR, SHAPE, TEXT, YEAR
from cases.intake.rulebook.of_files import COLUMNS, FILE, IDENTIFIERS
from cases.intake.rulebook.rule import RuleGroup
from cases.intake.understanding.columns import Columns
from tests.callers import Caller, referral
from tests.cases.intake.rows import history_of, keeps_rules, row, tally_of

BASE = Path(settings.BASE_DIR)
ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+|required|erased|withdrawn")
MAKERS = {"Finding", "Violation", "FieldRefused", "refusal"}
MEMBERS = {field.name for field in d.REFERRAL} | {"reference", "version", "reason_code", "rule"}
IN_SQL = re.compile(r"THEN '([a-z_]+)'")
# Tables of words by rule: what names them takes the rule from the table, or a test holds the two together.
OF_TABLES = {ACROSS, COMBINATION, DELIVERY, SHAPE, TEXT, IDENTIFIERS, YEAR}


def of_group(*groups: RuleGroup) -> pytest.MarkDecorator:
    """The rules of some groups, each as a case."""
    return pytest.mark.parametrize(
        "rule", [rule for rule in RULES.values() if rule.group in groups], ids=lambda rule: rule.id
    )


def ids_in_source() -> Iterator[str]:
    """Every rule that a call in the source names, or a constant that such a call names, or a statement."""
    for file in (*BASE.glob("cases/intake/**/*.py"), BASE / "api/http/reading.py"):
        text = file.read_text()
        yield from IN_SQL.findall(text)
        tree = ast.parse(text)
        constants = {
            target.id: str(value.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple)
            for target, value in pairs(node)
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS:
                names = [constants.get(each.id, "") for each in node.args if isinstance(each, ast.Name)]
                names += [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
                yield from (name for name in names if ID.fullmatch(name))


def constants_in_source() -> Iterator[str]:
    """Every text of the intake's source that is no key of a table of words."""
    for file in (each for each in BASE.glob("cases/intake/**/*.py") if "rulebook" not in each.parts):
        tree = ast.parse(file.read_text())
        keys = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
        yield from (
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in keys
        )


def pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """The targets of an assignment with their values."""
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def test_every_rule_that_the_source_names_is_in_the_rulebook() -> None:
    names = set(ids_in_source()) - MEMBERS
    assert len(names) > 15
    assert names - set(RULES) == set()


def test_every_rule_of_the_rulebook_is_named_by_the_source_or_made_of_a_table() -> None:
    tables = {rule.id for rule in RULES.values() if rule.group in OF_TABLES}
    assert set(RULES) - set(ids_in_source()) - set(constants_in_source()) - tables == set()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_its_words_in_both_languages_and_names_a_member(rule: FindingRule) -> None:
    for text in (rule.title, rule.detail, rule.about, rule.group.title, rule.group.about):
        assert text.da and text.en
        assert text.da != text.en
    assert rule.detail.da.endswith(".") and rule.detail.en.endswith(".")
    assert rule.field in MEMBERS | {""}
    assert len(rule.id) <= 48


def test_what_can_be_confirmed_is_what_the_rulebook_calls_a_check() -> None:
    soft = {FindingClass.CHECK, FindingClass.DELIVERY}
    assert {rule.id for rule in RULES.values() if rule.cls in soft} == CHECK_RULES
    assert len(CONFIRMATION_REASON.codes) == 4


@of_group(SHAPE, ACROSS, CALENDAR)
def test_the_example_of_a_rule_on_values_is_refused_by_that_rule(rule: FindingRule, ngo: Caller) -> None:
    if rule.example is None:
        assert rule.id in {"code_retired", "code_not_yet_valid"}  # which codes these are depends on the day
        return
    members = {name: value for name, value in referral(**rule.example.changes).items() if value is not None}
    body: object = rule.example.lines.encode() or members
    answer = ngo.put("/api/v1/referrals/7f0c6a86-5f0e-4b7e-9a3e-2d1c4b5a6978", body)
    assert answer.status_code == 400
    assert rule.id in {error["code"] for error in json.loads(answer.content)["errors"]}


@of_group(TEXT)
def test_the_example_of_a_line_that_is_no_json_is_refused_by_that_rule(rule: FindingRule) -> None:
    if rule.example is None:
        assert rule.id == "not_utf8"  # no page can show it
        return
    with pytest.raises(JSONRefused) as refusal:
        loads(rule.example.lines.encode())
    assert refusal.value.code == rule.id


@of_group(COLUMNS)
def test_the_example_of_a_rule_on_columns_is_refused_by_that_rule(rule: FindingRule) -> None:
    assert rule.example is not None
    with pytest.raises(FileRefused) as refusal:
        Columns.of(rule.example.lines.strip().split(";"))
    assert rule.id in {finding.rule for finding, _ in refusal.value.findings}


@of_group(FILE)
def test_the_example_of_a_rule_on_files_is_refused_by_that_rule(rule: FindingRule, tmp_path: Path) -> None:
    lines = rule.example.lines if rule.example else ""
    if lines:
        path = tmp_path / "file.csv"
        path.write_text(lines)
        assert rule.id in set(rules_of_file(path))


def rules_of_file(path: Path) -> Iterator[str]:
    """The rules that reading a file names: of all of it, and of its rows."""
    try:
        rows = open_file(path, media_type=None, name=path.name).table().rows
        yield from (finding.rule for each in rows for finding in each.findings)
    except FileRefused as refusal:
        yield from (finding.rule for finding, _ in refusal.findings)


@of_group(IDENTIFIERS)
def test_the_example_of_an_identifier_is_seen_as_that_kind(rule: FindingRule) -> None:
    if rule.example is None:
        # A pattern in what should be random, which nobody is to copy; and a text that is long and nothing else.
        assert rule.id in {"identifier_reference", "identifier_free_text"}
        return
    assert [each.rule for each in check_headers(rule.example.lines.strip().split(";"))] == [rule.id]


@of_group(COMBINATION)
def test_the_example_of_a_check_keeps_all_rules_and_meets_that_check_alone(rule: FindingRule) -> None:
    assert rule.example is not None
    values = row(**rule.example.changes)
    assert keeps_rules(values)
    assert [(each.rule, each.field) for each in row_checks(values)] == [(rule.id, rule.field)]
    fields = {field.name for field in d.REFERRAL}
    assert rule.field in fields and set(rule.example.changes) <= fields


@of_group(DELIVERY)
def test_the_example_of_a_delivery_check_meets_it(rule: FindingRule) -> None:
    assert rule.example is not None
    monthly = {"monthly_since": date(2024, 1, 1)} if rule.id == "month_missing" else {}
    findings = tally_of(rule.example.rows).findings(history_of(rule.example.before, **monthly))
    assert rule.id in {each.rule for each in findings}


@of_group(ADVICE)
def test_the_example_of_advice_is_met_where_the_row_names_no_case(rule: FindingRule) -> None:
    assert rule.example is not None
    values = row(**rule.example.changes)
    assert [each.rule for each in row_checks(values, has_token=False)] == [rule.id]
    assert row_checks(values) == []


def test_the_dictionary_s_example_meets_no_check() -> None:
    assert row_checks(row(), has_token=False) == []
    assert len(IMPROBABLE) >= 10
