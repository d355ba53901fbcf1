"""Details that are handed on as a dictionary, and such as functions of the database write, have words too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from cases.duplicates.search import SearchCounts
from core.failures import where_it_broke
from partners.kinds import NOTHING_EXPECTED, Reporting
from partners.models import Partner
from partners.staff.audit_words import DETAILS, VALUES
from partners.staff.subjects import PARTNER_DETAILS, USER_DETAILS
from stats.counting.cube import Options
from stats.publishing.choice import Choice
from stats.refusals import REFUSALS
from tests.architecture.test_sources import ROOT
from tests.people.test_audit_words import actions_of, calls

CALENDAR, CHOICE = NOTHING_EXPECTED.as_details, Choice.of(["gender"]).as_json()
# What is handed on as `**…`, by its action, if it needs telling apart, and its expression: the keys that it can have.
HANDED_ON: dict[tuple[str, str], Iterable[str]] = {
    ("", "detail"): (
        "act",
        "partner",
        "role",
        "back",
        "cases",
        "records",
        "undoes",
        "handling",
        "rules",
        "replaced_by",
    ),
    # Of an account that the rule on idle ones switches off.
    ("", "why"): ("rule", "idle_days"),
    ("", "rights"): ("active", "staff", "superuser"),
    ("", "calendar.as_details"): CALENDAR,
    ("", "partner.as_details"): Partner().as_details,
    ("", "obj.as_details"): Partner().as_details,
    ("", "codes"): ("code", "ground"),
    ("", "of_form"): ("form",),
    ("", "numbers"): ("referrals", "refused", "held"),
    ("", "where_it_broke(error)"): where_it_broke(ValueError()),
    ("", "details"): ("as_of", "passed", *CHOICE),
    ("", "options.as_json()"): [each.name for each in fields(Options)],
    ("", "counts"): SearchCounts.__slots__,
    # What the function of the database has counted: it writes the same for machines.
    ("rehearsal.empty", "counts"): (),
}
FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)(.*?)END \$\$;", re.DOTALL)
KEY = re.compile(r"'([a-z_]+)', ")
# What a file for an international organisation is drawn from is kept with the file, and in no event.
IN_NO_EVENT = {"henvis_international_basis"}
# Neither a partner nor a user.
OTHERS_BY = {"by_link", "by_code", "replaced_by"}


def handed_on() -> Iterator[tuple[str, ast.expr]]:
    """Every dictionary that a call hands on, with the first action of the call."""
    for call in calls():
        for each in call.keywords:
            if each.arg is None:
                yield next(iter(sorted(actions_of(call))), ""), each.value


def keys_of(action: str, given: ast.expr) -> set[str]:
    """The keys that a dictionary can have. One that is new raises `KeyError`: say its keys in the table."""
    match given:
        case ast.Dict():
            return {str(each.value) for each in given.keys if isinstance(each, ast.Constant)}
        case ast.IfExp():
            return keys_of(action, given.body) | keys_of(action, given.orelse)
    name = ast.unparse(given)
    return {*HANDED_ON[(action, name) if (action, name) in HANDED_ON else ("", name)]}


def functions() -> dict[str, str]:
    """The functions of the database by their names."""
    return {name: body for path in ROOT.glob("*/**/sql/*.sql") for name, body in FUNCTION.findall(path.read_text())}


def written_in_sql() -> set[str]:
    """The keys of every object in a function that writes an event, and in those that it calls for what they count."""
    bodies = functions()
    writers = {name for name, body in bodies.items() if "henvis_audit(" in body or "partners_auditevent (" in body}
    called = {name for writer in writers for name in re.findall(r"public\.(henvis_\w+)\(", bodies[writer])}
    bodies_of_counts = [bodies[each] for each in (writers | called) - IN_NO_EVENT if each in bodies]
    objects = [body.split("jsonb_build_object(")[1:] for body in bodies_of_counts]
    return {key for those in objects for each in those for key in KEY.findall(each.partition(";")[0])}


def test_details_that_are_handed_on_and_those_of_the_database_have_names() -> None:
    in_python = {key for action, given in handed_on() for key in keys_of(action, given)}
    in_sql = written_in_sql()
    assert {"superuser", "umbrella_before", "found", "variance", "due_days"} <= in_python
    assert {"asked_by", "counted_in_releases", "linkage_codes", "due_at", "purpose"} <= in_sql
    assert sorted((in_python | in_sql) - set(DETAILS)) == []


def test_details_that_say_who_did_something_are_known_as_people() -> None:
    by = {name for name in DETAILS if name.endswith("_by") or "_by_" in name}
    assert sorted(by - {*USER_DETAILS, *PARTNER_DETAILS, *OTHERS_BY}) == []


def test_codes_that_are_handed_on_or_written_by_the_database_have_words() -> None:
    assert [each for each in Reporting if str(each) not in VALUES["reporting"]] == []
    refused = {code for body in functions().values() for code in re.findall(r"'([A-Z]+(?:_[A-Z]+)+)',?\s", body)}
    scheduled = {each for each in REFUSALS if each in refused or each.startswith(("PROOF", "SCHEDULE"))}
    assert len(scheduled) > 5
    assert sorted(scheduled - set(VALUES["code"])) == []
    assert [code for code in REFUSALS if "{" in "".join(VALUES["code"][code])] == []
