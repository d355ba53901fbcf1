"""Base classes of staff screens: rows to read, rows to add for good, and who acts. They register nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation, IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db.models import CharField, Model, QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.text import capfirst, format_lazy

from core.text import NO_TEXT, Text, lazily, number_in, say
from partners import audit
from partners.audit import Actor
from partners.staff.links import LinkedScreen, column
from partners.staff.naming import NOTHING, day_of, moment_of
from partners.staff.questions import ONWARD, ActionQuestions, is_answered, is_edited, repeated_fields

# What is longer than a line is typed on several.
LONGEST_LINE = 255
NONE_FOUND = Text("Intet svarer til det valgte.", "Nothing matches what was chosen.")
# What an address may say of a list without choosing among its rows: counts, the order, the page.
NO_CHOICE = {"_facets", "o", "p", "all", "e"}
DAY_PARTS = ("year", "month", "day")
# Nothing happened here before it.
FIRST_YEAR = 2000


def actor(request: HttpRequest) -> Actor:
    """The staff user as an actor. Raises `PermissionDenied` without one: an actor without a user is a command on the server."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return Actor.of(request.user)


class StaffList(ChangeList):
    """A list of a staff page, which is asked for days that there can be: Django computes past the end of the calendar."""

    def get_filters(self, request: HttpRequest) -> Any:
        """The filters. Raises `IncorrectLookupParameters`, at which a list shows all of its rows."""
        year = request.GET.get(f"{self.date_hierarchy}__year") if self.date_hierarchy else None
        if year is not None and not is_year(year):
            raise IncorrectLookupParameters
        return super().get_filters(request)


def is_year(text: str) -> bool:
    """Whether a text is a year in which something can have happened."""
    year = number_in(text)
    return year is not None and FIRST_YEAR <= year <= timezone.localdate().year


def length_in_words(about: Any, longest: int) -> Any:
    """A help text that says how long a text may be. It chooses its language when it is shown."""
    limit = say(f"Højst {longest} tegn.", f"At most {longest} characters.")
    return format_lazy("{} {}", about, limit) if about else limit


class Screen(ActionQuestions, LinkedScreen):
    """A screen whose address filters only by what the list offers.

    Django would filter by any column, so that a digest or a token could be guessed digit by digit.
    `helps`: the help text of a field, by its name. `empty_words`: what an empty list says.
    """

    helps: Mapping[str, Text] = {}
    save_words = Text("Gem", "Save")
    empty_words = Text("Der er ingen.", "There are none.")
    view_on_site = False
    empty_value_display = NOTHING

    def acts_on(self, request: HttpRequest, row: Any) -> Collection[str]:
        """The names of the actions of the list that make sense for a row: its page has a button for each."""
        return ()

    def lead(self, request: HttpRequest) -> str:
        """What to know before one adds a row: who else is needed, and what comes of it. Nothing where nothing is."""
        return ""

    def list_lead(self, request: HttpRequest) -> Text:
        """What stands above the list. Nothing where nothing is to be known."""
        return NO_TEXT

    def words_if_none(self, request: HttpRequest) -> Text:
        """What an empty list says; where it is filtered or searched, that nothing matches."""
        is_chosen = any(value for name, value in request.GET.items() if name not in NO_CHOICE)
        return NONE_FOUND if is_chosen else self.empty_words

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form with one button, since Django's others lead to where it leads; that of a row under its name, with its acts."""
        row = context.get("original")
        of_row = (
            {"title": self.heading(row), "subtitle": None, "row_acts": self.acts_offered(request, row)} if row else {}
        )
        context = {
            **context,
            **of_row,
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            "lead": self.lead(request) if kwargs.get("add") else "",
            "save_words": self.save_words if kwargs.get("add") else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def acts_offered(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        """What the reader may do about a row, as the list lets one do it: the action and its words."""
        names = self.acts_on(request, row)
        actions = self.get_actions(request) if names else {}
        return [(name, str(each.description)) for name, each in actions.items() if name in names]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form. What is only read has no help text: it would tell one to fill in what one cannot."""
        is_read = change and not self.has_change_permission(request, obj)
        names = self.opts.get_fields() if is_read else ()
        read_only = {*self.get_readonly_fields(request, obj), *(each.name for each in names)}
        own = getattr(getattr(self.form, "_meta", None), "help_texts", None) or {}
        helps = {**own, **dict.fromkeys(map(str, read_only), "")}
        return super().get_form(request, obj, change=change, help_texts=helps, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A field of the form with its help text. A text of several sentences has several lines, and says how long it may be."""
        about = self.helps.get(db_field.name)
        options: dict[str, Any] = {"help_text": lazily(about)} if about else {}
        if isinstance(db_field, CharField | TextField) and (db_field.max_length or 0) > LONGEST_LINE:
            options["help_text"] = length_in_words(options.get("help_text", ""), db_field.max_length or 0)
            options["widget"] = AdminTextareaWidget({"rows": 3})
        field = super().formfield_for_dbfield(db_field, request, **{**options, **kwargs})
        # Django's buttons beside a choice add or change what is chosen, in a window of their own.
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the user sees the page of the screen's app: the right to a screen may be another app's."""
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under the name of what is in it. Django would say that one is to be chosen, and nothing of an empty one."""
        words = {
            "title": capfirst(str(self.opts.verbose_name_plural)),
            "list_lead": self.list_lead(request),
            "words_if_none": self.words_if_none(request),
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether a filter of the list, or its choice of days, sends exactly this."""
        by_screen: dict[Screen, set[str]] = request.__dict__.setdefault("allowed_parameters", {})
        if self not in by_screen:
            days = [f"{self.date_hierarchy}__{part}" for part in DAY_PARTS] if self.date_hierarchy else []
            parameters = (name for each in self.get_list_filter(request) for name in self.parameters_of(each, request))
            by_screen[self] = {*days, *parameters}
        return lookup in by_screen[self]

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return StaffList

    def parameters_of(self, list_filter: Any, request: HttpRequest) -> list[str]:
        """The parameters of a filter, which is given as a class, as a field, or as a field with a class."""
        if isinstance(list_filter, type):
            return [str(list_filter.parameter_name)]  # type: ignore[attr-defined]
        path, make = list_filter if isinstance(list_filter, tuple | list) else (list_filter, FieldListFilter.create)
        field = get_fields_from_path(self.model, path)[-1]
        return [*make(field, request, {}, self.model, self, field_path=path).expected_parameters()]

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> HttpResponse | None:
        """The answer of an action. Raises `SuspiciousOperation` (400) for a malformed key, which Django would look up."""
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.to_python(key)
            except ValidationError:
                raise SuspiciousOperation from None
        answer: HttpResponse | None = super().response_action(request, queryset, action_location)
        return answer


class ReadOnly(Screen):
    """A screen on which nothing is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def display(bound: forms.BoundField, value: object) -> str:
    """The text of a form's value: a choice by its label, a day as pages write it, a tick as yes, and each member of a JSON."""
    if isinstance(value, bool):
        return say("ja", "yes") if value else ""
    if isinstance(value, date):
        return moment_of(value) if isinstance(value, datetime) else day_of(value)
    if isinstance(bound.field, forms.ModelChoiceField) and isinstance(value, Model):
        return str(bound.field.label_from_instance(value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {display(bound, each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(display(bound, each) for each in value)
    choices = dict(flatten_choices(getattr(bound.field, "choices", ())))
    return str(choices.get(value, value)) if value not in (None, "") else ""


class SignedScreen(Screen):
    """A screen on which staff add rows that nobody changes or deletes, each with its author and an audit row; so a page asks first.

    `act`: what one does by adding a row, which its form, its question and the way to it are called. `warning`: the effect.
    """

    act: Text
    warning: Text
    save_words = ONWARD

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form; once it is valid, the question with its content; once that is confirmed, the new row.

        Whoever goes back from the question gets the form with everything typed.
        """
        if is_edited(request):
            request.method = "GET"
        is_sent = request.method == "POST" and self.has_add_permission(request)
        form = self.get_form(request)(request.POST) if is_sent else None
        if form is None or is_answered(request) or not form.is_valid():
            return super().add_view(request, form_url, extra_context)
        page = {
            "title": Text(*(f"{each}?" for each in self.act)),
            "warning": self.warning,
            "facts": self.facts_to_add(form),
            "submit": self.act,
            "back": request.get_full_path(),
            "editable": True,
        }
        return self.pose(request, page, repeated_fields(request, *form.fields))

    def facts_to_add(self, form: forms.ModelForm[Any]) -> list[tuple[Any, str]]:
        """What the question says of the new row: the fields of its valid form that are not empty."""
        texts = [(bound.label, display(bound, form.cleaned_data[bound.name])) for bound in form]
        return [(label, text) for label, text in texts if text]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form under the name of the act."""
        name = {"title": self.act} if kwargs.get("add") else {}
        return super().render_change_form(request, {**context, **name}, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What stands in the fields of a new row at first: what was typed before the question, or what the address says."""
        if not is_edited(request):
            return super().get_changeform_initial_data(request)
        return {bound.name: bound.data for bound in self.get_form(request)(request.POST)}

    # The id of the release: the release itself has columns that the web server's role may not read.
    of_release = column(say("udgivelse", "release"), lambda row: row.release_id)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Add the row with its author and its audit row."""
        obj.user_id = request.user.pk
        super().save_model(request, obj, form, change)
        audit.record(by=actor(request), action=f"{obj._meta.model_name}.add", subject=obj.subject)
