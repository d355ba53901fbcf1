"""The admin screen of staff: their accounts and their roles."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.text import Text, say
from partners import audit
from partners.accounts import history
from partners.accounts.review_pages import ReviewPages
from partners.models import AuditEvent
from partners.people import invitations, members, sessions
from partners.people.members import MemberRefused
from partners.people.models import Membership
from partners.people.rights import rights_in_words
from partners.roles import MEMBER_WORDS, ROLE_WORDS, STAFF_ROLES, SUPERUSER, MemberRole
from partners.staff.links import column, page_at
from partners.staff.naming import NOTHING, lines_of
from partners.staff.screens import FIRST_YEAR, actor
from partners.staff.words import USER_HELPS

ROLES = say("Roller", "Roles")


class StaffForm(UserChangeForm):
    """An account of the centre or of a partner. The database never lets it be both."""

    password = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Refuse rights at the centre for a person of a partner, and an account that its partner has deactivated."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_active") and not User.objects.filter(pk=self.instance.pk, is_active=True).exists():
            try:
                members.check(self.by, self.instance, active=True)  # type: ignore[attr-defined]
            except MemberRefused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        is_staff_now = data.get("is_staff") or data.get("is_superuser")
        if is_staff_now and Membership.objects.filter(user=self.instance).exists():
            raise forms.ValidationError(
                say(
                    "En bruger hos en partner kan ikke også være medarbejder i centret.",
                    "A person of a partner cannot be staff of the centre too.",
                )
            )
        return data


class RoleField(forms.ModelMultipleChoiceField):
    """A choice of roles by their titles."""

    def label_from_instance(self, obj: Group) -> str:
        return str(ROLE_WORDS.get(obj.name, obj.name))


class RoleFilter(admin.SimpleListFilter):
    """Staff of one role."""

    title = say("rolle", "role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(role.title)) for name, role in STAFF_ROLES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() in STAFF_ROLES else queryset


# An audit row names who acted as the account is called now: whoever changed that could give an act to a colleague.
KNOWN_BY = ("username", "last_login", "date_joined")
NOT_IN_AUDIT = Text("Står ikke i revisionssporet.", "Not in the audit.")
READ = (*KNOWN_BY, "own_name", "belongs", "second_factor", "roles", "may", "rights_history", "deeds")
CENTRE = Text("Centret", "The centre")
# The page of a user leads to so many months. The list has them all.
MOST_MONTHS = 12


class DayForm(forms.Form):
    """A day that has begun."""

    day = forms.DateField(
        label=say("Dag", "Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"]
    )

    def clean_day(self) -> date:
        """Refuse a day to come, which nobody knows, and one before there was an account."""
        day: date = self.cleaned_data["day"]
        if day.year < FIRST_YEAR:
            raise forms.ValidationError(say("Der var ingen konti den dag.", "There were no accounts on that day."))
        if day > timezone.localdate():
            raise forms.ValidationError(say("Dagen er ikke kommet endnu.", "That day has not come yet."))
        return day


def done_in(month: datetime) -> Text:
    """What the way to the acts of a month is called."""
    words = date_format(month, "YEAR_MONTH_FORMAT")
    return Text(f"Hvad personen har gjort i {words}", f"What the person did in {words}")


def end_of(day: date) -> datetime:
    """The midnight at the end of a day in Denmark."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class StaffAdmin(ReviewPages, UserAdmin):
    """Staff users, who are switched off and never deleted: what they did carries their name.

    Only a superuser gives rights, which are roles: otherwise the right to change a user would be the right to everything. Accounts
    begin and come back by invitations, which take two: whoever made an account alone, or set its password, would be two people.
    """

    form = StaffForm
    # No single permission, which no table would tell of; no password, since one that another sets is another's account; and no
    # address: people give their own (`partners.mail`).
    fieldsets = (
        (None, {"fields": ("username", "own_name", "belongs", "second_factor", "last_login", "date_joined")}),
        (say("Rettigheder", "Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "may")}),
        (say("Givet og taget", "Given and taken"), {"fields": ("rights_history", "deeds")}),
    )
    list_display = ("username", "own_name", "belongs", "roles", "is_active", "second_factor", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", RoleFilter)
    search_fields = ("username", "first_name", "last_name")
    list_select_related = ("membership__partner",)
    filter_horizontal = ()
    helps = USER_HELPS

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """The accounts, each with whether it has a second factor."""
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.annotate(has_factor=Exists(factors)).prefetch_related("groups")

    own_name = column(say("navn", "name"), lambda user: user.get_full_name() or NOTHING, ordering="first_name")

    @admin.display(description=say("hører til", "belongs to"))
    def belongs(self, user: User) -> str:
        """The partner with the role there, or the centre."""
        member = getattr(user, "membership", None)
        if member is not None:
            return f"{member.partner}, {MEMBER_WORDS[MemberRole(member.role)]}"
        return str(CENTRE) if user.is_staff else NOTHING

    @admin.display(description=ROLES)
    def roles(self, user: User) -> str:
        """The roles at the centre by their titles."""
        titles = sorted(str(ROLE_WORDS.get(each.name, each.name)) for each in user.groups.all())
        return ", ".join([*([str(ROLE_WORDS[SUPERUSER])] if user.is_superuser else []), *titles]) or NOTHING

    second_factor = column(say("totrinsbekræftelse", "second factor"), lambda user: bool(user.has_factor), boolean=True)

    @admin.display(description=say("må", "may"))
    def may(self, user: User) -> SafeString | str:
        """What the roles let the person do, in words."""
        if user.is_superuser:
            return str(USER_HELPS["is_superuser"])
        permissions = Permission.objects.filter(group__user=user).select_related("content_type").distinct()
        return lines_of(rights_in_words(permissions))

    @admin.display(description=say("hvornår og af hvem", "when and by whom"))
    def rights_history(self, user: User) -> SafeString | str:
        """What gave the account its rights or took them, as the audit tells it."""
        return lines_of(history.lines_on(user)) if history.events_of([user]).exists() else str(NOT_IN_AUDIT)

    @admin.display(description=say("i revisionssporet", "in the audit"))
    def deeds(self, user: User) -> SafeString:
        """The ways to what the person did, also by month, to what was done to the account, and to what the person read.

        Staff read on pages of the centre, whose looks are events; people of partners at their desk, which keeps reads.
        """
        events, reads = (reverse(f"admin:partners_{each}_changelist") for each in ("auditevent", "recordread"))
        months = AuditEvent.objects.filter(user=user).datetimes("at", "month", order="DESC")[:MOST_MONTHS]
        of_months = (
            (f"{events}?who={user.pk}&at__year={each.year}&at__month={each.month}", done_in(each)) for each in months
        )
        ways = (
            (f"{events}?who={user.pk}", say("Alt, hvad personen har gjort", "All that the person did")),
            *of_months,
            (
                f"{events}?about={user.pk}",
                say("Hvad der er gjort ved kontoen", "What was done to the account"),
            ),
            (
                f"{reads}?who={user.pk}" if hasattr(user, "membership") else f"{events}?who={user.pk}&action=looks",
                say("Hvilke oplysninger personen har læst", "Which records the person has read"),
            ),
        )
        return format_html_join("", '<div><a href="{}">{}</a></div>', ways)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """The fields. Whoever changes no account reads the roles by their titles; the ways to the audit are for who sees it."""
        left_out = set() if request.user.has_perm("partners.view_auditevent") else {"deeds"}
        is_read = not self.has_change_permission(request, obj)
        read = {"groups": "roles"} if is_read else {}
        return [
            (title, {"fields": [read.get(name, name) for name in options["fields"] if name not in left_out]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    @page_at("on-day/")
    def on_day(self, request: HttpRequest) -> HttpResponse:
        """Who had which role at the end of a day, and which roles showed records of persons."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = DayForm(request.GET if "day" in request.GET else {"day": timezone.localdate()})
        day = form.cleaned_data["day"] if form.is_valid() else None
        context = {
            "title": say("Hvem havde hvilke rettigheder på en given dag", "Who had which rights on a given day"),
            "form": form,
            "day": day,
            "rows": history.held_at(end_of(day)) if day else [],
            "reads_of_day": {"at__gte": end_of(day - timedelta(days=1)), "at__lt": end_of(day)} if day else {},
            "looks": request.user.has_perm("partners.view_auditevent"),
            "reads": request.user.has_perm("partners.view_recordread"),
        }
        return self.frame(request, "admin/auth/user/on_day.html", context)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who edits."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = actor(request)  # a class made for this request
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The fields that give rights, for everybody but a superuser; and for everybody what the audit knows a person by."""
        return READ if request.user.is_superuser else (*READ, "is_superuser", "is_staff", "groups")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save with its audit row. Switched off, the person's sessions end, and what invitations are theirs."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.end(obj.pk)
            invitations.revoke_of(by=actor(request), user=obj)
        rights = {"active": obj.is_active, "staff": obj.is_staff, "superuser": obj.is_superuser}
        audit.record(by=actor(request), action="person.change", subject=str(obj.pk), **rights)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles, and write down which they are where they were given or taken."""
        super().save_related(request, form, formsets, change)
        if "groups" in form.changed_data:
            names = sorted(form.instance.groups.values_list("name", flat=True))
            audit.record(by=actor(request), action="person.roles", subject=str(form.instance.pk), roles=names)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles by their titles."""
        words = {"label": ROLES, "help_text": "", "widget": forms.CheckboxSelectMultiple}
        options = {"form_class": RoleField, **words} if db_field.name == "groups" else {}
        return super().formfield_for_manytomany(db_field, request, **{**options, **kwargs})

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 (Django's name)
        raise PermissionDenied

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody but a superuser changes a superuser, whose password would be theirs then."""
        over = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not over and super().has_change_permission(request, obj)


admin.site.unregister(User)
admin.site.register(User, StaffAdmin)
