"""Roles: declarative tables of what staff and people of partners may do. `manage.py roles` prints them.

A staff role is a Django group of the same name, which `manage.py roles sync` brings to what is written here. A new permission of
ours is one line in one of these tables; a test fails until it is. A new role needs a migration too: invitations name roles.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from core.text import Text

# Whoever is superuser may everything; the first one is invited by a command on the server.
SUPERUSER = "superuser"
# Staff without a role: an account to restore and may nothing.
NO_ROLE = "none"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of staff: what it is for, and its permissions as `app.codename`, where `*` stands for anything."""

    title: Text
    about: Text
    permissions: tuple[str, ...]


# What everybody sees who has to do with what is published.
OF_WHAT_IS_PUBLISHED = (
    "statistics.view_release",
    "statistics.view_publication",
    "statistics.view_withdrawal",
    "statistics.view_erratum",
    "statistics.view_announceddate",
    "annual.view_reportdraft",
    "international.view_internationalfile",
)

STAFF_ROLES: dict[str, Role] = {
    "statistician": Role(
        Text("Statistiker", "Statistician"),
        Text(
            "Bestiller udgivelser, afgør, hvad andres tal betyder, skriver årsrapporten og filer til internationale "
            "organisationer. Godkender intet.",
            "Orders releases, decides on published facts, writes the annual report and files for international organisations. "
            "Approves nothing.",
        ),
        (
            *OF_WHAT_IS_PUBLISHED,
            "statistics.view_buildorder",
            "statistics.add_buildorder",
            "statistics.view_factdecision",
            "statistics.add_factdecision",
            "statistics.add_erratum",
            "statistics.add_announceddate",
            "annual.write_report",
            "annual.view_reportorder",
            "annual.add_reportorder",
            "plans.view_*",
            "plans.add_*",
            "international.add_internationalfile",
            "jobs.view_job",
            "jobs.manage_upkeep",
            "quality.view_quality",
            "windows.view_windowchange",
        ),
    ),
    "approver": Role(
        Text("Godkender", "Approver"),
        Text(
            "Udgiver, sender og trækker det tilbage, som en anden har bestilt eller dannet. Bestiller intet.",
            "Publishes, sends and withdraws what somebody else has ordered or made. Orders nothing.",
        ),
        (
            *OF_WHAT_IS_PUBLISHED,
            *("statistics.approve_release", "statistics.view_factdecision"),
            "annual.publish_report",
            *("notices.view_*", "notices.review_notice", "notices.publish_notice"),
            *("plans.view_*", "plans.publish_plan"),
            "international.send_file",
            "quality.view_quality",
        ),
    ),
    "case_manager": Role(
        Text("Sagsansvarlig", "Case manager"),
        Text(
            "Afgør, hvilke sager der er én person, og hvad der er rigtigt om personen, og sender henvisninger retur. Ser "
            "oplysninger, ingen udgivelser.",
            "Finds out which cases are one person and what is true of her, and returns referrals. Sees records, no releases.",
        ),
        (
            "linking.view_conflicts",
            "linking.decide_links",
            "duplicates.decide_duplicates",
            "duplicates.view_duplicatedecision",
            "intake.view_revalidationreport",
            "quality.view_quality",
            "quality.view_shares",
            "quality.look_at_desk",
            "quality.view_feedbackread",
            "quality.view_desklook",
            "returns.ask_return",
        ),
    ),
    "data_protection": Role(
        Text("Databeskyttelse", "Data protection"),
        Text(
            "Registrerer personers anmodninger; udleverer, begrænser og sletter det registrerede. Ser, hvem der må hvad.",
            "Keeps the register of persons' requests; produces, restricts and erases what is held. Sees who may do what.",
        ),
        (
            *("retention.add_retentionhold", "retention.view_retentionhold"),
            *("erased.produce_case", "erased.erase_case", "erased.view_tombstone"),
            "linking.restrict_case",
            "subject_requests.view_subjectrequest",
            "subject_requests.add_subjectrequest",
            "subject_requests.handle_subjectrequest",
            "auth.view_user",
        ),
    ),
    "partner_manager": Role(
        Text("Partneransvarlig", "Partner manager"),
        Text(
            "Opretter partnere, beder om klienter til dem og invitationer til deres brugere, godkender det, en anden har bedt om, "
            "trækker API-nøgler tilbage og skriver varsler i en krise. Ser ingen API-nøgle.",
            "Adds partners, asks for their clients and for invitations to their people, approves what another has asked for, "
            "ends secrets, writes notices in a crisis. Sees no secret.",
        ),
        (
            "partners.view_partner",
            "partners.add_partner",
            "partners.change_partner",
            "partners.view_client",
            "partners.add_client",
            "partners.change_client",
            "partners.view_secret",
            "partners.end_secret",
            "people.view_membership",
            "people.change_membership",
            "people.view_invitation",
            "people.add_invitation",
            "people.change_invitation",
            "people.invite_people",
            "partners.view_accessrequest",
            "organisations.view_*",
            "organisations.add_partnername",
            "organisations.add_successionrequest",
            "reporting.view_monthcompletion",
            *("windows.view_*", "windows.add_windowchange", "windows.add_reopening"),
            "services.view_countassignment",
            "services.add_countassignment",
            "jobs.view_job",
            "jobs.manage_intake",
            "quality.view_quality",
            "quality.look_at_desk",
            "quality.view_feedbackread",
            *("mail.view_mailbox", "mail.view_mailing", "mail.remind_partners"),
            *("notices.view_*", "notices.add_crisis", "notices.add_notice", "notices.review_notice"),
            "notices.take_address_down",
        ),
    ),
    "auditor": Role(
        Text("Revisor", "Auditor"),
        Text(
            "Ser, hvad der er gjort, og hvem der må hvad, i revisionssporet; ingen persons oplysninger. Ændrer intet.",
            "Sees what was done and who may do it, the audit with it; no person's records. Changes nothing.",
        ),
        (
            "partners.view_*",
            "people.view_*",
            "organisations.view_*",
            "auth.view_user",
            "auth.view_group",
            *OF_WHAT_IS_PUBLISHED,
            "statistics.view_buildorder",
            "statistics.view_factdecision",
            "annual.view_reportorder",
            "plans.view_*",
            "reporting.view_monthcompletion",
            "mail.view_mailbox",
            "mail.view_mailing",
            "windows.view_*",
            "services.view_countassignment",
            *("erased.view_tombstone", "retention.view_retentionhold"),
            "subject_requests.view_subjectrequest",
            "jobs.view_job",
            "quality.view_quality",
            "quality.view_feedbackread",
            *("quality.view_desklook", "notices.view_*"),
        ),
    ),
}


class MemberRole(StrEnum):
    """What a person is at a partner."""

    MANAGER = "MANAGER"
    CASEWORKER = "CASEWORKER"
    READER = "READER"


MEMBER_WORDS: dict[MemberRole, Text] = {
    MemberRole.MANAGER: Text("Leder", "Manager"),
    MemberRole.CASEWORKER: Text("Sagsbehandler", "Caseworker"),
    MemberRole.READER: Text("Læser", "Reader"),
}
MEMBER_ABOUT: dict[MemberRole, Text] = {
    MemberRole.READER: Text(
        "Ser jeres henvisninger og tal. Sender og ændrer intet.",
        "Sees your referrals and figures. Sends and changes nothing.",
    ),
    MemberRole.CASEWORKER: Text(
        "Sender, retter og trækker henvisninger tilbage, svarer centret og underskriver året. Ser alt, en læser ser.",
        "Sends, corrects and withdraws referrals, answers the centre and signs the year. Sees all that a reader sees.",
    ),
    MemberRole.MANAGER: Text(
        "Må alt, hvad en sagsbehandler må. Inviterer brugere, laver API-nøgler og bekræfter aftaler for jer.",
        "May do all that a caseworker may. Invites people, makes secrets for the API and confirms agreements for you.",
    ),
}
# Every role that a person may be invited to, by its name.
ROLE_WORDS: dict[str, Text] = {
    **{str(role): words for role, words in MEMBER_WORDS.items()},
    **{name: role.title for name, role in STAFF_ROLES.items()},
    SUPERUSER: Text("Superbruger", "Superuser"),
    NO_ROLE: Text("Uden rolle", "No role"),
}


class Act(StrEnum):
    """What one member of staff asks for and another decides."""

    CLIENT = "CLIENT"
    INVITATION = "INVITATION"


ACT_WORDS: dict[Act, Text] = {Act.CLIENT: Text("Klient", "Client"), Act.INVITATION: Text("Invitation", "Invitation")}


class Right(StrEnum):
    """What a person may do at the own partner, and there alone."""

    MANAGE_SECRETS = "manage secrets"
    MANAGE_PEOPLE = "manage people"
    SUBMIT = "submit"
    READ = "read"
    REPRESENT = "represent"


PARTNER_ROLES: dict[MemberRole, tuple[Right, ...]] = {
    MemberRole.MANAGER: tuple(Right),
    MemberRole.CASEWORKER: (Right.SUBMIT, Right.READ),
    MemberRole.READER: (Right.READ,),
}


def covers(patterns: Iterable[str], name: str) -> bool:
    """Whether a permission `app.codename` is among the patterns."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def names() -> dict[str, Permission]:
    """Every permission there is, by `app.codename`."""
    rows = Permission.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def permissions_of(role: str, every: Mapping[str, Permission] | None = None) -> list[Permission]:
    """The permissions of a staff role; of `every` permission there is, where somebody has them by name already."""
    every = every or names()
    return [every[name] for each in STAFF_ROLES[role].permissions for name in fnmatch.filter(every, each)]


def sync() -> None:
    """Bring the groups to what the table says; other groups are left alone."""
    every = names()
    with transaction.atomic():
        for role in STAFF_ROLES:
            Group.objects.get_or_create(name=role)[0].permissions.set(permissions_of(role, every))


def documentation() -> str:
    """The tables as text, for people: Markdown."""
    staff = [f"| `{name}` | {role.about.en} | {as_code(role.permissions)} |" for name, role in STAFF_ROLES.items()]
    partner = [f"| `{role}` | {', '.join(rights)} |" for role, rights in PARTNER_ROLES.items()]
    head = ["| staff role | what for | permissions |", "|---|---|---|"]
    second = ["| role at a partner | may, for the own partner |", "|---|---|"]
    return "\n".join([*head, *staff, "", *second, *partner])


def as_code(permissions: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in permissions)
