"""What the page of a release says of it: how far it is, where it is read, what is behind its figures, and how it was made."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from cases.codelists import CODELISTS
from core.text import Text, lazily, of_both, say
from partners.staff.links import column
from partners.staff.naming import NOTHING, moment_by
from partners.staff.screens import ReadOnly
from stats import rooms_above
from stats.models import PUBLIC, PreReleaseAccess, Release
from stats.publishing.choice import PROTECTED
from stats.reading.wording import GROUNDS
from stats.staff.offers import address
from stats.staff.releases import existing
from stats.staff.words import (
    CHANGE_NOTES,
    DRAFT,
    WITHDRAWN,
    access_in_words,
    axes,
    notes_of,
    release_in_words,
    settings_of,
    state_in_words,
    state_of,
    vintage_of,
)
from stats.words import FIELDS

FOR_AUTHORITIES = Text(
    "Myndigheder læser den i API'et med deres egen adgang.", "Authorities read it in the API with their own access."
)

WITHOUT_REPLACEMENT = Text("Ingen anden udgivelse erstatter den.", "No other release replaces it.")

# Who sees which partners are behind the figures: they follow from no note, which has numbers alone.
SEES_QUALITY = "quality.view_quality"


def grounds_of(release: Release) -> list[str]:
    """What spoke against a release when it was published."""
    return release.publication.grounds if hasattr(release, "publication") else []


class ReleaseFields(ReadOnly):
    """The fields of a release. One that has nothing to say is not shown."""

    def get_fields(self, request: HttpRequest, obj: Release | None = None) -> tuple[str, ...]:
        """What there is to say of the release, what is asked for most often first."""
        if obj is None:
            return ("state",)
        state = state_of(obj)
        return (
            "period_in_words",
            "state",
            *(("refusal_in_words",) if hasattr(obj, "refusal") else ()),
            *(("withdrawal_in_words",) if state == WITHDRAWN else ()),
            *(("published", "address_of_readers") if state != DRAFT else ()),
            "audience",
            *(name for name in CHANGE_NOTES if getattr(obj, name)),
            *(("reasons",) if obj.reason_da or grounds_of(obj) else ()),
            *(("notes_in_words",) if obj.notes else ()),
            "reports_by_partner" if request.user.has_perm(SEES_QUALITY) else "reports",
            "as_of",
            "built_at",
            "user",
            *(("seen_before",) if state != DRAFT else ()),
            "tables_and_parameters",
            "codelist_versions",
            "commitment",
            "id",
        )

    period_in_words = column(FIELDS["period"], lambda release: str(vintage_of(release)), ordering="period")
    # Draft, published or withdrawn; of a draft also that its audit failed.
    state = column(say("tilstand", "state"), lambda release: str(state_in_words(release)))

    @admin.display(description=say("udgivet", "published"))
    def published(self, release: Release) -> str:
        """When, and by whom; a dash for a draft."""
        row = getattr(release, "publication", None)
        return moment_by(row.published_at, row.user) if row else NOTHING

    @admin.display(description=say("side for læserne", "page for its readers"))
    def address_of_readers(self, release: Release) -> str:
        """The way to its page for everybody, in the reader's language."""
        if release.audience != PUBLIC:
            return str(FOR_AUTHORITIES)
        page = reverse(f"release-{Text(*Text._fields)}", args=[release.pk])
        return format_html('<a href="{}">{}{}</a>', page, settings.HENVIS_ADDRESS, page)

    @admin.display(description=say("afvist", "refused"))
    def refusal_in_words(self, release: Release) -> str:
        """When, by whom and why."""
        row = release.refusal
        return format_html("<p>{}</p><p>{}</p>", moment_by(row.refused_at, row.user), row.reason)

    @admin.display(description=say("begrundelser for at udgive alligevel", "reasons for publishing it all the same"))
    def reasons(self, release: Release) -> str:
        """What spoke against it, and what the order and the approver said to it."""
        row = getattr(release, "publication", None)
        texts = [Text(release.reason_da, release.reason_en), *([Text(row.reason_da, row.reason_en)] if row else [])]
        lines = [*(GROUNDS[each] for each in grounds_of(release)), *dict.fromkeys(each for each in texts if each.da)]
        return format_html_join("", "<p>{}</p>", ((line,) for line in lines))

    @admin.display(description=say("trukket tilbage", "withdrawn"))
    def withdrawal_in_words(self, release: Release) -> str:
        """When, why, and what replaces it."""
        row = release.withdrawal
        if row.replacement_id is None:
            when = moment_by(row.withdrawn_at, row.user)
            return format_html("<p>{}. {}</p><p>{}</p>", when, WITHOUT_REPLACEMENT, of_both(row.reason))
        return format_html(
            '<p>{}. {} <a href="{}">{}</a>.</p><p>{}</p>',
            moment_by(row.withdrawn_at, row.user),
            Text("Erstattet af", "Replaced by"),
            address("change", row.replacement_id),
            release_in_words(existing(row.replacement_id)),
            of_both(row.reason),
        )

    reports = column(
        say("indberetninger bag tallene", "reports behind the figures"),
        lambda release: format_html_join("", "<p>{}: {}</p>", rooms_above.facts(release)),
    )

    @admin.display(description=say("indberetninger bag tallene", "reports behind the figures"))
    def reports_by_partner(self, release: Release) -> str:
        """What rooms above tell of it, and the way to the page that says which partners have reported."""
        page = f"{reverse('admin:quality_ruletally_changelist')}?year={release.last_month.year}"
        words = say("Se, hvem der har indberettet", "See who has reported")
        return format_html('{}<p><a href="{}">{}</a></p>', self.reports(release), page, words)

    tables_and_parameters = column(FIELDS["choice"], settings_of)

    @admin.display(description=lazily(FIELDS["codelists"]))
    def codelist_versions(self, release: Release) -> str:
        """The versions of the code lists."""
        return ", ".join(f"{list_name(name)} {version}" for name, version in sorted(release.codelists.items()))

    notes_in_words = column(FIELDS["notes"], notes_of)

    @admin.display(description=say("kunne se tallene før udgivelsen", "could see the figures before publication"))
    def seen_before(self, release: Release) -> str:
        """Who could see a published release before, by role, and how often each looked."""
        rows = PreReleaseAccess.objects.filter(release_id=release.pk).select_related("user").order_by("user__username")
        return "; ".join(access_in_words(each) for each in rows) or "-"


def list_name(name: str) -> str:
    """The label of what a code list is of: an axis, or a list of services. One that is gone stands by its name."""
    return str(CODELISTS[name].label) if name in CODELISTS and name not in PROTECTED.axes else axes(name)
