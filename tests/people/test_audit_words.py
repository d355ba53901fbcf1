"""The audit in words: every action that the code writes, and every detail, has words in both languages."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from partners.staff import audit_words
from partners.staff.audit_words import ACTIONS, DETAILS
from partners.text import Text
from tests.architecture.test_sources import ROOT, SOURCES
from tests.callers import Caller
from tests.people.visitors import signed_in, staff

# Actions whose names are put together: by the text before and after what is put in, what there may be.
MADE = {
    "case.{}": {"case.merge", "case.split", "case.undo"},
    "duplicate.{}": {"duplicate.same", "duplicate.different"},
    "mail.{}": {"mail.give", "mail.forget"},
    "job.{}": {"job.retry", "job.cancel"},
    "person.{}": {"person.on", "person.off"},
    "factor.{}": {"factor.add", "factor.remove", "factor.renew"},
    "subjectrequest.{}": {
        f"subjectrequest.{act}" for act in ("identified", "extended", "produced", "erased", "answered")
    },
    # What `SignedScreen` adds, by the models of its screens.
    "{}.add": {
        "buildorder.add",
        "factdecision.add",
        "announceddate.add",
        "reportorder.add",
        "subjectrequest.add",
        "windowchange.add",
    },
}
NAME = re.compile(r"[a-z_]+\.[a-z_]+", re.ASCII)
# The actions in the statements of SQL files.
IN_SQL = re.compile(r"'((?:case|release|report|access|rehearsal|statistics|succession)\.[a-z_]+)'", re.ASCII)


def calls() -> Iterator[ast.Call]:
    """Every call of `audit.record`, and of what hands an action on to it."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "log", "write_once"}:
                yield node


def names(node: ast.expr) -> set[str]:
    """The actions that an expression may be."""
    match node:
        case ast.Constant(value=str(name)):
            return {name} if NAME.fullmatch(name) else set()
        case ast.JoinedStr():
            return MADE["".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)]  # type: ignore[misc]
    return set()


def written() -> set[str]:
    """Every action that the code writes."""
    found = set()
    for call in calls():
        given = [each.value for each in call.keywords if each.arg == "action"] or call.args[1:3]
        found |= {name for each in given for name in names(each)}
    for path in SOURCES:
        # Constants whose name says that they are an action.
        for target, name in re.findall(
            r'^(\w*(?:ACTION|FAILURE|INVENTED)) = "([a-z_.]+)"$', path.read_text(), re.MULTILINE
        ):
            found |= {name} if "." in name and target else set()
    for path in ROOT.glob("*/**/sql/*.sql"):
        found |= set(IN_SQL.findall(path.read_text()))
    return found


def test_every_action_that_is_written_has_words_and_no_other_has() -> None:
    found = written()
    assert len(found) > 50
    assert sorted(found - set(ACTIONS)) == []
    assert sorted(set(ACTIONS) - found - {"partner.change", "partner.add"}) == []


def test_every_detail_that_is_written_has_a_name() -> None:
    given = {each.arg for call in calls() for each in call.keywords} - {None, "by", "action", "subject"}
    assert len(given) > 20
    assert sorted(str(name) for name in given - set(DETAILS)) == []


def test_words_differ_between_the_languages() -> None:
    assert [name for name, words in ACTIONS.items() if words.da == words.en or not words.da] == []


def test_two_rooms_have_no_action_in_common() -> None:
    with pytest.raises(ValueError, match=r"case\.merge"):
        audit_words.add({"case.merge": Text("a", "b")})


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_audit_names_who_and_what_and_shows_no_code(ngo: Caller, language: str) -> None:
    user, subject = staff("ida"), uuid4()
    audit.record(
        by=Actor.of(user), action="partner.change", subject=str(ngo.partner.pk), kind="NGO", active=True, scopes=[]
    )
    audit.record(by=COMMAND, action="person.roles", subject=str(user.pk), roles=["approver", "auditor"])
    audit.record(
        by=COMMAND, action="access.ask", subject=str(subject), partner=str(ngo.partner.pk), back=False, other={"a": 1}
    )
    browser = signed_in(staff("auditor", "auditor"))

    def page(path: str) -> str:
        answer: Any = browser.get(f"/admin/partners/auditevent/{path}", headers={"Accept-Language": language})
        return html.unescape(answer.content.decode())

    listed = page("")
    for shown in (
        ngo.partner.name,
        "ida",
        str(subject)[:8],
        "Partner ændret" if language == "da" else "Partner changed",
    ):
        assert shown in listed
    assert str(subject) not in listed and str(ngo.partner.pk) not in listed
    one = page(f"{AuditEvent.objects.get(action='person.roles').pk}/change/")
    assert ("roller: Godkender, Revisor" if language == "da" else "roles: Approver, Auditor") in one
    one = page(f"{AuditEvent.objects.get(action='access.ask').pk}/change/")
    assert f"partner: {ngo.partner.name}" in one
    assert "{" not in one.partition('<div id="content"')[2]
    filtered = page("?action=person.roles")
    assert "ida" in filtered and str(subject)[:8] not in filtered
