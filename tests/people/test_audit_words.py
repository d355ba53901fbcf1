"""The audit in words: every action that the code writes, and every detail, has words in both languages."""

from __future__ import annotations

import ast
import html
import inspect
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin import site
from django.utils import timezone

from cases.codelists import NOTICE_CHANNEL, REGION, SERVICE_PLACE, SERVICE_STATE, WITHDRAWAL_REASON
from cases.codelists.referral import RETURN_ANSWER, RETURN_REASON
from cases.codelists.staff import ATTRIBUTE_REASON, DIFFERENT_REASON, ERASURE_REASON, LINK_REASON
from cases.codelists.types import NOT_APPLICABLE
from cases.intake.models import Handling
from cases.intake.rulebook import RULES
from cases.linking.models import ATTRIBUTES
from cases.services.forms import FORMS
from cases.windows.models import REOPENING_REASONS
from core.text import Text
from notices.languages import LANGUAGES
from oversight.quality.shares import LABELS
from oversight.quality.words import LOOK_PAGES, LOOK_REASONS
from oversight.returns.choices import FIELDS
from oversight.subject_requests.choices import RequestAct
from partners import audit
from partners.audit import COMMAND, Actor
from partners.kinds import AgreementKind, Kind, Mode
from partners.mail.kinds import KINDS
from partners.models import AuditEvent
from partners.roles import ROLE_WORDS, STAFF_ROLES, MemberRole
from partners.staff import audit_words
from partners.staff.audit_words import ACTIONS, DETAILS, VALUES
from partners.staff.audit_words import KINDS as AUDIT_KINDS
from partners.staff.screens import SignedScreen
from partners.staff.subjects import OF_PARTNERS, OF_USERS, names_of, with_names
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
    "notice.{}": {"notice.seen", "notice.handed_on"},
    "factor.{}": {"factor.add", "factor.remove", "factor.renew"},
    "factdecision.{}": {"factdecision.confirmed", "factdecision.refused", "factdecision.taken_back"},
    "subjectrequest.{}": {f"subjectrequest.{act.lower()}" for act in RequestAct},
}
NAME = re.compile(r"[a-z_]+\.[a-z_]+", re.ASCII)
# What writes a row of the audit: each is given the action by name, or among its first three arguments.
WRITERS = {"audit.record", "log", "record_act", "write_down", "write_once"}
# The actions in the statements of SQL files.
IN_SQL = re.compile(r"'((?:case|release|report|access|rehearsal|statistics|succession|factdecision)\.\w+)'", re.ASCII)


def calls() -> Iterator[ast.Call]:
    """Every call of `audit.record`, and of what hands an action on to it.

    `reads.write_down` of the desk is another function: it takes the name of a page.
    """
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in WRITERS:
                yield node


def names(node: ast.expr) -> set[str]:
    """The actions that an expression may be."""
    match node:
        case ast.Constant(value=str(name)):
            return {name} if NAME.fullmatch(name) else set()
        case ast.IfExp():
            return names(node.body) | names(node.orelse)
        case ast.JoinedStr():
            made = "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)  # type: ignore[misc]
            return added() if made == "{}.add" else MADE[made]
    return set()


def added() -> set[str]:
    """What `SignedScreen` writes, by the models of its screens, but for screens that save in a way of their own."""
    screens = {model: type(each) for model, each in site._registry.items() if isinstance(each, SignedScreen)}
    return {
        f"{model._meta.model_name}.add"
        for model, screen in screens.items()
        if screen.save_model is SignedScreen.save_model or "super().save_model" in inspect.getsource(screen.save_model)
    }


def actions_of(call: ast.Call) -> set[str]:
    """The actions that a call may write."""
    given = [each.value for each in call.keywords if each.arg == "action"] or call.args[1:3]
    return {name for each in given for name in names(each)}


def written() -> set[str]:
    """Every action that the code writes."""
    found = {action for call in calls() for action in actions_of(call)}
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


# Details that are numbers, days, ids, or names of things. All others are codes, and their codes have words.
WITHOUT_CODES = {
    *("active", "as_of", "back", "built_by", "by_link", "confirmed_by", "day", "days", "decision", "draft", "ended"),
    *("erratum", "giver", "in_force", "last_text", "months", "new", "old", "other_notice", "overlap_days", "partner"),
    *("period", "kept", "persons", "place", "replaced_by", "rows", "versions", "year", "years", "approved"),
    *("report", "secret", "since", "scopes", "taker", "told", "umbrella", "umbrella_before", "until", "version"),
}
NOTICE_LANGUAGES = [(f"notice.{act}", "language") for act in ("write", "review", "publish")]
# By action and detail: every code that the code may write.
CODES: dict[tuple[str, str], Iterable[Any]] = {
    ("agreement.confirm", "agreement"): AgreementKind,
    ("case.attribute", "field"): [each.name for each in ATTRIBUTES],
    ("case.attribute", "reason"): ATTRIBUTE_REASON.names,
    ("case.merge", "reason"): LINK_REASON.names,
    ("count.correct", "form"): FORMS,
    ("count.send", "form"): FORMS,
    ("delivery.confirm", "rules"): RULES,
    ("delivery.send", "handling"): Handling,
    ("desk.look", "page"): LOOK_PAGES,
    ("desk.look", "reason"): LOOK_REASONS,
    ("duplicate.different", "reason"): DIFFERENT_REASON.names,
    ("factor.add", "kind"): Authenticator.Type,
    ("invitation.accept", "role"): ROLE_WORDS,
    ("invitation.make", "role"): ROLE_WORDS,
    ("mail.stop", "kind"): KINDS,
    ("person.role", "role"): MemberRole,
    **dict.fromkeys(NOTICE_LANGUAGES, LANGUAGES),
    ("notice.{}", "channel"): NOTICE_CHANNEL.names,
    ("partner.add", "kind"): Kind,
    ("partner.add", "mode"): Mode,
    ("person.roles", "roles"): STAFF_ROLES,
    ("quality.field", "field"): LABELS,
    ("referral.purge", "reason_code"): [*ERASURE_REASON.names, *WITHDRAWAL_REASON.names],
    ("return.answer", "code"): RETURN_ANSWER.names,
    ("return.ask", "field"): [*FIELDS, NOT_APPLICABLE],
    ("return.ask", "reason_code"): RETURN_REASON.names,
    **dict.fromkeys((("service.status", "service_place"), ("service.take_down", "service_place")), SERVICE_PLACE.names),
    **dict.fromkeys((("service.status", "service_region"), ("service.take_down", "service_region")), REGION.names),
    ("service.status", "service_state"): SERVICE_STATE.names,
    ("year.reopen", "reason"): REOPENING_REASONS,
}
# Actions of which one call stands for several: the first of them is in the table.
LIKE = {
    **dict.fromkeys(("case.split", "case.undo"), "case.merge"),
    "duplicate.same": "duplicate.different",
    **dict.fromkeys(("factor.remove", "factor.renew"), "factor.add"),
}


def test_every_code_that_is_written_has_words() -> None:
    given = {
        (LIKE.get(action, action), each.arg)
        for call in calls()
        for action in actions_of(call)
        for each in call.keywords
        if each.arg not in {None, "by", "action", "subject", *WITHOUT_CODES}
    }
    assert sorted(given - CODES.keys()) == [], "a detail that is new: say its codes, or that it has none"
    without = [
        (key, str(code)) for key, codes in CODES.items() for code in codes if str(code) not in VALUES.get(key[1], {})
    ]
    assert without == []


def subjects(ending: str) -> set[str]:
    """The actions whose subject is written as an id of something that is called so."""
    return {
        action
        for call in calls()
        for each in call.keywords
        if each.arg == "subject" and re.search(rf"\b{ending}\)$", ast.unparse(each.value))
        for action in actions_of(call)
    }


def test_partners_and_users_that_actions_are_about_are_called_by_their_names() -> None:
    of_partners, of_users = subjects(r"(partner\.pk|partner_id)"), subjects(r"(user\.pk|user_id)")
    assert len(of_partners) > 5 < len(of_users)
    assert sorted(each for each in of_partners if not each.startswith(OF_PARTNERS)) == []
    assert sorted(each for each in of_users if not each.startswith(OF_USERS)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "action",
    ["agreement.confirm", "desk.look", "feedback.read", "mapping.change", "quality.field", "referral.correct"],
)
def test_an_action_about_a_partner_names_it(ngo: Caller, action: str) -> None:
    audit.record(by=COMMAND, action=action, subject=str(ngo.partner.pk))
    assert {*names_of(AuditEvent.objects.filter(action=action)).values()} == {ngo.partner.name}


@pytest.mark.django_db
def test_mail_names_its_user_and_details_name_partners(ngo: Caller) -> None:
    user = staff("ida")
    audit.record(by=COMMAND, action="mail.bounce", subject=str(user.pk))
    assert [*names_of(AuditEvent.objects.filter(action="mail.bounce")).values()] == ["ida"]
    for name in ("giver", "taker", "old", "new"):
        assert with_names({name: str(ngo.partner.pk)}) == {name: ngo.partner.name}


def test_words_differ_between_the_languages() -> None:
    assert [name for name, words in ACTIONS.items() if words.da == words.en or not words.da] == []


def test_two_rooms_have_no_action_in_common() -> None:
    with pytest.raises(ValueError, match=r"case\.merge"):
        audit_words.add({"case.merge": Text("a", "b")})


def test_two_rooms_do_not_call_a_detail_or_a_code_by_two_names() -> None:
    with pytest.raises(ValueError, match="reason"):
        audit_words.add({}, {"reason": Text("a", "b")})
    with pytest.raises(ValueError, match="NGO"):
        audit_words.add({"two.rooms": Text("a", "b")}, {}, {"kind": {"NGO": Text("a", "b")}})
    assert "two.rooms" not in ACTIONS
    assert DETAILS["reason"] != Text("a", "b") != VALUES["kind"]["NGO"]
    audit_words.add({}, {"reason": DETAILS["reason"]}, {"kind": {"NGO": VALUES["kind"]["NGO"]}})


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
    changed = "Partner ændret" if language == "da" else "Partner changed"
    for shown in (ngo.partner.name, "ida", str(subject)[:8], changed):
        assert shown in listed
    rows = listed.partition('id="result_list"')[2].partition("</table>")[0]
    assert str(subject) not in rows and str(ngo.partner.pk) not in rows
    one = page(f"{AuditEvent.objects.get(action='person.roles').pk}/change/")
    assert ("roller: Godkender, Revisor" if language == "da" else "roles: Approver, Auditor") in one
    crumbs = one.partition('<ol class="breadcrumbs">')[2].partition("</ol>")[0]
    assert "person.roles" not in crumbs
    assert ("Brugers roller ændret" if language == "da" else "Roles of a user changed") in crumbs
    one = page(f"{AuditEvent.objects.get(action='access.ask').pk}/change/")
    assert f"partner: {ngo.partner.name}" in one
    assert "{" not in one.partition('<div id="content"')[2]
    # Of what people did, and of when: what nobody did is not offered, and a person without a deed neither.
    offered = set(re.findall(r"\?(?:[^\"]*&)?(\w+)=([^\"&]+)\"", listed))
    assert {each for name, each in offered if name == "who"} == {str(user.pk)}
    kinds = {*AuditEvent.objects.values_list("action", flat=True), *AUDIT_KINDS}
    assert {each for name, each in offered if name == "action"} == kinds
    hers = page(f"?who={user.pk}")
    assert ngo.partner.name in hers and str(subject)[:8] not in hers
    assert str(subject)[:8] not in page(f"?{urlencode({'at__gte': timezone.now() + timedelta(days=1)})}")
    assert str(subject)[:8] in page(f"?{urlencode({'at__gte': timezone.now() - timedelta(days=1)})}")
    filtered = page("?action=person.roles")
    assert "ida" in filtered and str(subject)[:8] not in filtered
