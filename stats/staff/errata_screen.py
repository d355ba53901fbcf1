"""The screen of errata: one person writes what readers must know, and another one publishes it or says no."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import ForeignKey, Q, QuerySet
from django.http import HttpRequest

from core.text import Text, lazily, say
from partners.staff.lists import WordedFilter
from partners.staff.screens import SignedScreen, actor
from stats.errors import ReleaseRefused
from stats.models import Erratum
from stats.revisions.errata import add_erratum, decide_erratum
from stats.staff.forms import ErratumForm, ReleaseChoice
from stats.staff.offers import MAY_APPROVE
from stats.staff.releases import readable
from stats.words import ERRATUM_HELPS, ERRATUM_WARNING, FIELDS

WAITING, SAID, REFUSED = "waiting", "published", "refused"
STATES = {
    WAITING: Text("venter på en kollega", "waits for a colleague"),
    SAID: Text("udgivet", "published"),
    REFUSED: Text("afvist", "refused"),
}
ACTS = {
    "publish": say("Udgiv rettelsen", "Publish the erratum"),
    "refuse": say("Afvis rettelsen", "Refuse the erratum"),
}
WARNINGS = {
    "publish": Text(
        "Alle kan læse rettelsen straks og fremover. Det kan ikke fortrydes.",
        "Everybody can read the erratum at once, and later. This cannot be undone.",
    ),
    "refuse": Text(
        "Ingen læser rettelsen. Den, der har skrevet den, kan skrive en anden.",
        "Nobody reads the erratum. Whoever wrote it can write another one.",
    ),
}
WAITS = Text(
    "Rettelsen venter på, at en kollega læser og udgiver den.",
    "The erratum waits until a colleague reads and publishes it.",
)
DONE = {
    True: Text("Rettelsen er udgivet.", "The erratum is published."),
    False: Text("Rettelsen er afvist.", "The erratum is refused."),
}


def said_of(erratum: Erratum, words: object) -> str:
    """Words about an erratum, with the id of its release."""
    return f"{erratum.release_id}: {words}"


def state_of_erratum(erratum: Erratum) -> str:
    """Whether it waits, or what was decided."""
    decision = getattr(erratum, "decision", None)
    return WAITING if decision is None else SAID if decision.approved else REFUSED


def content_of(erratum: Erratum) -> list[tuple[object, object]]:
    """An erratum as who decides on it reads it."""
    texts: list[tuple[object, object]] = [
        (lazily(FIELDS["release"]), erratum.release_id),
        (lazily(FIELDS["text_da"]), erratum.text_da),
        (lazily(FIELDS["text_en"]), erratum.text_en),
    ]
    of_total = [(lazily(FIELDS["of_total"]), say("ja", "yes"))] if erratum.of_total else []
    return [*texts, *of_total, (say("skrevet af", "written by"), erratum.user)]


class ErratumStateFilter(WordedFilter):
    """Filters errata by their decision."""

    choices_offered: ClassVar = {
        WAITING: (STATES[WAITING], lambda: Q(decision=None)),
        SAID: (STATES[SAID], lambda: Q(decision__approved=True)),
        REFUSED: (STATES[REFUSED], lambda: Q(decision__approved=False)),
    }


class ErratumScreen(SignedScreen):
    """What readers of a published release must know of it. Its figures stay as they are."""

    form = ErratumForm
    list_display = ("written_at", "of_release", "state", "text_da", "text_en", "of_total", "user")
    ordering = ("-written_at", "-pk")
    list_filter = (ErratumStateFilter,)
    list_select_related = ("user", "decision__user")
    helps = ERRATUM_HELPS
    act = Text("Skriv en rettelse", "Write an erratum")
    warning = ERRATUM_WARNING
    actions = ("publish", "refuse")
    warnings: Mapping[str, Text] = WARNINGS

    def get_fields(self, request: HttpRequest, obj: Erratum | None = None) -> tuple[str, ...]:
        """The form; of an erratum what readers see, how far it is, and who wrote it when."""
        texts = ("text_da", "text_en", "of_total")
        return ("release", *texts) if obj is None else ("state", "of_release", *texts, "written_at", "user")

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offer published releases alone, in words."""
        if db_field.name == "release":
            kwargs["queryset"] = readable().filter(publication__isnull=False)
            kwargs["form_class"] = ReleaseChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Erratum, form: Any, change: bool) -> None:
        """Write the erratum, which waits for a colleague."""
        text = Text(obj.text_da, obj.text_en)
        obj.pk = add_erratum(by=actor(request), release_id=obj.release_id, text=text, of_total=obj.of_total).pk
        messages.info(request, str(WAITS))

    def facts_of(self, rows: QuerySet[Erratum]) -> list[tuple[object, object]]:
        """Each chosen erratum as everybody would read it: who publishes it has read it."""
        return [fact for row in rows for fact in content_of(row)]

    def acts_on(self, request: HttpRequest, row: Erratum) -> Collection[str]:
        """What waits is published or refused by a colleague, and taken back by whoever wrote it."""
        if state_of_erratum(row) != WAITING:
            return ()
        return ("refuse",) if row.user_id == request.user.pk else ("publish", "refuse")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whether the user may decide on errata: who writes them, and who approves releases."""
        return request.user.has_perm("statistics.add_erratum") or request.user.has_perm(MAY_APPROVE)

    @admin.display(description=say("tilstand", "state"))
    def state(self, erratum: Erratum) -> str:
        """Whether it waits, or what was decided, and by whom."""
        words = STATES[state_of_erratum(erratum)]
        return str(words) if state_of_erratum(erratum) == WAITING else f"{words} ({erratum.decision.user})"

    @admin.action(description=ACTS["publish"], permissions=["decide"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Erratum]) -> None:
        """Publish each chosen erratum that waits."""
        self.decide(request, queryset, approve=True)

    @admin.action(description=ACTS["refuse"], permissions=["decide"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Erratum]) -> None:
        """Refuse each chosen erratum that waits."""
        self.decide(request, queryset, approve=False)

    def decide(self, request: HttpRequest, rows: QuerySet[Erratum], *, approve: bool) -> None:
        """Decide on the chosen errata, and say what came of each."""
        for row in rows:
            try:
                decide_erratum(by=actor(request), erratum=row, approve=approve)
                messages.success(request, said_of(row, DONE[approve]))
            except ReleaseRefused as refusal:
                messages.error(request, said_of(row, refusal))
