"""The staff page of revalidations: how many stored referrals would be refused or held today, by rule, partner and year."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.intake.models import RevalidationReport
from cases.intake.rulebook import RULES
from partners.models import Partner
from partners.staff.screens import ReadOnly
from partners.text import say

ROW = '<tr><th scope="row"><a href="/problems/{}">{}</a></th><td>{}</td><td>{}</td><td>{}</td></tr>'
TABLE = (
    '<table><thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
    "<tbody>{}</tbody></table>"
)


@admin.register(RevalidationReport)
class RevalidationReportAdmin(ReadOnly):
    """The list of revalidations, the latest first. `manage.py revalidate` makes one; it names no referral."""

    list_display = ("created_at", "partner", "referrals", "refused", "held", "user")
    list_select_related = ("partner", "user")
    fields = ("created_at", "partner", "referrals", "refused", "held", "schema_version", "user", "lines")
    readonly_fields = ("lines",)

    @admin.display(description=say("efter regel, partner og år", "by rule, partner and year"))
    def lines(self, report: RevalidationReport) -> SafeString:
        """The counts as a table."""
        names = {str(partner.pk): str(partner) for partner in Partner.objects.all()}
        rows = (
            (
                line["rule"],
                RULES[line["rule"]].title if line["rule"] in RULES else line["rule"],
                names.get(line["partner"], ""),
                line["year"],
                line["referrals"],
            )
            for line in report.counts
        )
        heads = (say("regel", "rule"), say("partner", "partner"), say("år", "year"), say("henvisninger", "referrals"))
        return format_html(TABLE, *heads, format_html_join("", ROW, rows))
