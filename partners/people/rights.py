"""Rights: those of a signed-in person by the membership; and what each right of the staff lets one do, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Permission, User

from core.text import Text
from partners.people.models import Membership
from partners.roles import PARTNER_ROLES, MemberRole, Right, covers

MAY_INVITE = "people.invite_people"


def membership_of(user: User | AnonymousUser) -> Membership | None:
    """The membership of an active person at an active partner, or None."""
    memberships = Membership.objects.filter(user_id=user.pk or 0, user__is_active=True, partner__active=True)
    return memberships.select_related("partner", "user").first()


def may(member: Membership | None, right: Right) -> bool:
    """Whether a member has a right at its partner."""
    return member is not None and right in PARTNER_ROLES[MemberRole(member.role)]


# What Django makes for every model, by the beginning of its codename; `{}` is the name of many of it.
VERBS = {
    "view": Text("Se {}", "See {}"),
    "add": Text("Tilføje {}", "Add {}"),
    "change": Text("Ændre {}", "Change {}"),
    "delete": Text("Slette {}", "Delete {}"),
}
# What is no more than one of these on a model.
OWN: dict[str, Text] = {
    "annual.publish_report": Text(
        "Udgive årsrapporter, som andre har skrevet", "Publish annual reports that others wrote"
    ),
    "annual.write_report": Text("Skrive i udkast til årsrapporter", "Write in drafts of annual reports"),
    "duplicates.decide_duplicates": Text("Afgøre, om to sager er én person", "Decide whether two cases are one person"),
    "erased.erase_case": Text("Slette en person for altid", "Erase a person for good"),
    "erased.produce_case": Text(
        "Udlevere alt, der er registreret om en person", "Produce everything that is held about a person"
    ),
    "international.send_file": Text(
        "Markere filer til internationale organisationer som sendt, som andre har dannet",
        "Mark files for international organisations as sent that others made",
    ),
    "jobs.manage_intake": Text("Sætte job for leverancer i gang igen", "Retry and cancel jobs of deliveries"),
    "jobs.manage_upkeep": Text("Sætte job for drift og statistik i gang igen", "Retry and cancel jobs of upkeep"),
    "linking.decide_links": Text(
        "Lægge sager sammen, dele dem og afgøre en persons oplysninger",
        "Merge and split cases, and decide a person's attributes",
    ),
    "linking.view_conflicts": Text(
        "Se en persons oplysninger side om side, og hvor de er uenige",
        "See a person's records side by side, and where they conflict",
    ),
    "mail.remind_partners": Text("Minde partnere om en indberetning", "Remind partners of a report"),
    "notices.publish_notice": Text(
        "Udgive gennemlæste tekster til varsler og trække varsler tilbage",
        "Publish reviewed texts of notices, and withdraw notices",
    ),
    "notices.review_notice": Text(
        "Læse tekster til varsler igennem, som andre har skrevet", "Review texts of notices that others wrote"
    ),
    "notices.take_address_down": Text("Tage adresser på tilbud ned", "Take down addresses of services"),
    "partners.end_secret": Text("Trække API-nøgler tilbage", "Revoke secrets and let them expire"),
    "people.invite_people": Text(
        "Invitere partneres brugere og genåbne deres konti, sammen med en anden",
        "Invite people of partners and restore their accounts, together with another",
    ),
    "plans.publish_plan": Text(
        "Udgive indikatorer og målinger i handlingsplaner, som andre har skrevet",
        "Publish indicators and observations of action plans that others wrote",
    ),
    "quality.look_at_desk": Text(
        "Se en partners sider, som partneren ser dem", "See a partner's desk as the partner does"
    ),
    "quality.view_quality": Text(
        "Se, hvad partnere har indberettet, og hvilke regler deres rækker brød",
        "See what partners have reported, and which rules their rows broke",
    ),
    "quality.view_shares": Text(
        "Se nøjagtige tal om en partners oplysninger", "See exact counts about a partner's records"
    ),
    "linking.restrict_case": Text(
        "Begrænse behandlingen af en persons oplysninger og ophæve det med en anden",
        "Restrict the processing of a person's data, and lift that with another",
    ),
    "returns.ask_return": Text("Sende en henvisning retur til partneren", "Return a referral to its partner"),
    "statistics.approve_release": Text(
        "Udgive og trække udgivelser tilbage, som andre har bestilt",
        "Publish and withdraw releases that others ordered",
    ),
    "subject_requests.handle_subjectrequest": Text(
        "Behandle og besvare personers anmodninger", "Handle persons' requests and answer them"
    ),
}
# Rights whose pages show records of a person.
OF_RECORDS = (
    "cases.view_*",
    "duplicates.decide_duplicates",
    "erased.produce_case",
    "erased.erase_case",
    "linking.*",
    "returns.ask_return",
)


def name_of(permission: Permission) -> str:
    """A permission as `app.codename`."""
    return f"{permission.content_type.app_label}.{permission.codename}"


def right_in_words(permission: Permission) -> str:
    if own := OWN.get(name_of(permission)):
        return str(own)
    verb, model = permission.codename.partition("_")[0], permission.content_type.model_class()
    names = model._meta.verbose_name_plural if model is not None else permission.content_type.model
    return str(VERBS[verb]).format(names)


def rights_in_words(permissions: Iterable[Permission]) -> list[str]:
    """What permissions let one do, in the order of their words."""
    return sorted(right_in_words(each) for each in permissions)


def shows_records(permissions: Iterable[str]) -> bool:
    """Whether some of these permissions or patterns, as `app.codename`, show records of persons."""
    return any(covers(OF_RECORDS, each) for each in permissions)
