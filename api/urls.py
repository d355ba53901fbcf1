"""Routes of the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from api.batches import commits, deliveries, mappings, outcomes
from api.counts import files as count_files
from api.counts import views as counts
from api.notices import partners as notices_of_partners
from api.notices import views as notices
from api.own import figures as own_figures
from api.own import reports
from api.records import assessments, referral_parts, referrals, returns
from api.reference import codelists, plans, receipts, templates
from api.service import oauth
from api.service import views as service
from api.statistics import citations, releases
from api.statistics import tables as statistics

V1: list[URLPattern | URLResolver] = [
    path("statistics", statistics.StatisticsIndex.as_view()),
    path("statistics/<str:dataset_id>", statistics.StatisticsTable.as_view()),
    path("releases", releases.ReleaseList.as_view()),
    path("releases/<str:release_id>", releases.ReleaseDetail.as_view()),
    path("releases/<str:release_id>/changes", releases.ReleaseChanges.as_view()),
    path("releases/<str:release_id>/citation", citations.ReleaseCitation.as_view()),
    path("releases/<str:release_id>/certificate", releases.ReleaseCertificate.as_view()),
    path("me", service.Me.as_view()),
    path("referrals", referrals.ReferralList.as_view()),
    path("referrals/summary", own_figures.OwnFigures.as_view()),
    path("referrals/<str:reference>", referrals.ReferralDetail.as_view()),
    path("referrals/<str:reference>/withdrawal", referrals.ReferralWithdrawal.as_view()),
    path("referrals/<str:reference>/versions", referral_parts.ReferralVersions.as_view()),
    path("referrals/<str:reference>/outcome", referral_parts.ReferralOutcome.as_view()),
    path("referrals/<str:reference>/progress", returns.ReferralProgress.as_view()),
    path("referrals/<str:reference>/linkage-code", referral_parts.LinkageCodeDetail.as_view()),
    path("returns", returns.ReturnList.as_view()),
    path("returns/<str:return_id>/answer", returns.ReturnAnswer.as_view()),
    path("rehearsal", referral_parts.RehearsalDetail.as_view()),
    path("batches", deliveries.BatchList.as_view()),
    path("batches/<str:batch_id>", deliveries.BatchDetail.as_view()),
    path("batches/<str:batch_id>/results", outcomes.BatchResults.as_view()),
    path("batches/<str:batch_id>/errors.xlsx", outcomes.ErrorsWorkbook.as_view()),
    path("batches/<str:batch_id>/errors.csv", outcomes.ErrorsCsv.as_view()),
    path("batches/<str:batch_id>/commit", commits.BatchCommit.as_view()),
    path("mappings/referrals", mappings.ReferralMapping.as_view()),
    path("public/check", deliveries.PublicCheck.as_view()),
    path("reports", reports.CalendarDetail.as_view()),
    path("reports/<str:month>", reports.MonthReport.as_view()),
    path("receipts", receipts.ReceiptKeys.as_view()),
    path("receipts/<str:digest>", receipts.ReceiptDetail.as_view()),
    path("counts", counts.CountExpectationList.as_view()),
    path("counts/forms", counts.CountFormList.as_view()),
    *(
        path(f"counts/{form}{end}", view.as_view())
        for form, views in counts.VIEWS.items()
        for end, view in zip(("", "/<str:period>"), views, strict=True)
    ),
    path("count-files/<str:form_id>", count_files.CountFileList.as_view()),
    path("count-files/<str:form_id>/errors.<str:kind>", count_files.CountFileErrors.as_view()),
    path("notices", notices.NoticeList.as_view()),
    path("notices.atom", notices.NoticeFeed.as_view()),
    path("notices/<str:notice_id>", notices.NoticeDetail.as_view()),
    path("notices/<str:notice_id>/cap", notices.NoticeCap.as_view()),
    path("notices/<str:notice_id>/<str:tag>/pdf", notices.NoticePdf.as_view()),
    path("notices/<str:notice_id>/acknowledgement", notices_of_partners.NoticeAcknowledgement.as_view()),
    path("notices/<str:notice_id>/seen", notices_of_partners.NoticeSeen.as_view()),
    path("notices/<str:notice_id>/handed-on/<str:month>/<str:channel>", notices_of_partners.NoticeHandedOn.as_view()),
    path("crises", notices.CrisisList.as_view()),
    path("services", notices_of_partners.ServiceList.as_view()),
    path("services/<str:place>/<str:region>", notices_of_partners.ServiceDetail.as_view()),
    path("cases/<str:token>/assessment", assessments.AssessmentDetail.as_view()),
    path("templates/referrals.<str:form>", templates.ReferralTemplate.as_view()),
    path("templates/rehearsal.<str:form>", templates.ReferralRehearsal.as_view()),
    path("templates/counts/<str:form_id>/<str:period>.<str:kind>", count_files.CountTemplate.as_view()),
    path("plans", plans.PlanList.as_view()),
    path("plans/<str:plan_id>", plans.PlanDetail.as_view()),
    path("codelists", codelists.CodelistList.as_view()),
    path("codelists/changes", codelists.CodelistChanges.as_view()),
    path("codelists/<str:list_id>", codelists.CodelistDetail.as_view()),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(V1)),
    path("api/v1", service.Index.as_view()),
    path("oauth/token", oauth.Token.as_view()),
    path("oauth/revoke", oauth.Revoke.as_view()),
    path("", include("api.docs.urls")),
    path("livez", service.livez),
    path("readyz", service.readyz),
]
