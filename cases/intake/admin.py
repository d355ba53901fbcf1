"""The staff page of revalidations: how many stored referrals would be refused or held today, by rule, partner and year.

It shows too what is new and what is gone since the run before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from cases.intake.models import RevalidationReport
from cases.intake.revalidation import changes_since, report_before
from cases.intake.rulebook import RULES
from core.text import Text, say
from partners.models import Partner
from partners.staff.links import column
from partners.staff.screens import ReadOnly

TABLE = '<table class="figures"><thead><tr>{}{}</tr></thead><tbody>{}</tbody></table>'
HEAD, CELL = '<th scope="col">{}</th>', '<td class="words">{}</td>'
NUMBER_HEAD, NUMBER = '<th scope="col" class="number">{}</th>', "<td>{}</td>"
ROW = '<tr><th scope="row"><a href="/problems/{}">{}</a></th>{}{}</tr>'
FIRST = Text("Der er ingen tidligere kontrol at sammenligne med.", "There is no earlier run to compare with.")
NO_CHANGE = Text("Intet er ændret.", "Nothing has changed.")
NEW, GONE = Text("nye", "new"), Text("bortfaldne", "gone")
COLUMNS = (Text("regel", "rule"), Text("partner", "partner"), Text("år", "year"))


@admin.register(RevalidationReport)
class RevalidationReportAdmin(ReadOnly):
    """The list of revalidations, the latest first. `manage.py revalidate` makes one; it names no referral."""

    list_display = ("created_at", "partner", "referrals", "refused", "held", "user")
    list_filter = ("partner",)
    list_select_related = ("partner", "user")
    empty_words = Text(
        "Ingen kontrol er kørt. Driften kører den med kommandoen revalidate.",
        "No check has been run. Operations run it by the command revalidate.",
    )
    fields = ("created_at", "partner", "referrals", "refused", "held", "schema_version", "user", "changes", "lines")
    readonly_fields = ("changes", "lines")

    @admin.display(description=say("ændret siden sidst", "changed since the run before"))
    def changes(self, report: RevalidationReport) -> SafeString:
        """What is new and what is gone, as a table, and since when."""
        if (earlier := report_before(report)) is None:
            return format_html("{}", FIRST)
        lines = changes_since(report, earlier)
        content = table(lines, new=NEW, gone=GONE) if lines else NO_CHANGE
        return format_html("<p>{}</p>{}", localize(localtime(earlier.created_at)), content)

    lines = column(
        say("efter regel, partner og år", "by rule, partner and year"),
        lambda report: table(report.counts, referrals=Text("henvisninger", "referrals")),
    )


def table(lines: Sequence[Mapping[str, Any]], **numbers: Text) -> SafeString:
    """Lines as a table: rule, partner and year, and these numbers of a line under their heads."""
    names = {str(partner.pk): str(partner) for partner in Partner.objects.all()}
    rows = (
        (
            line["rule"],
            RULES[line["rule"]].title if line["rule"] in RULES else line["rule"],
            in_form(CELL, [names.get(line["partner"], ""), line["year"]]),
            in_form(NUMBER, [line[name] for name in numbers]),
        )
        for line in lines
    )
    heads = in_form(HEAD, COLUMNS), in_form(NUMBER_HEAD, numbers.values())
    return format_html(TABLE, *heads, format_html_join("", ROW, rows))


def in_form(form: str, values: Iterable[object]) -> SafeString:
    """Each value in this form, one after the other."""
    return format_html_join("", form, ((value,) for value in values))
