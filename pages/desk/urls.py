"""Routes of the desk, below `/send/` and `/send/test/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pages.desk import feedback, home, notices, reporting, year
from pages.desk.counts import file as count_file
from pages.desk.counts import lists as count_lists
from pages.desk.counts import page as counts
from pages.desk.figures import page as figures
from pages.desk.records import form_page, lists, record, returns
from pages.desk.sending import acts, columns, deliveries, delivery, files, upload

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("complete/<str:period>/", reporting.complete, name="complete"),
    path("feedback/", feedback.years, name="feedback"),
    path("feedback/<int:year>/", feedback.feedback_of_year, name="feedback_year"),
    path("feedback/<int:year>/csv/", feedback.feedback_csv, name="feedback_csv"),
    path("looks/", feedback.looks, name="looks"),
    path("returned/", returns.return_list, name="returned"),
    path("returned/<uuid:key>/", returns.answer, name="answer"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:number>/", notices.notice, name="notice"),
    path("services/", notices.services, name="services"),
    path("year/", year.years, name="years"),
    path("year/<int:year>/", year.year, name="year"),
    path("year/<int:year>/sign/", year.sign, name="sign"),
    path("year/<int:year>/reopen/", year.reopen, name="reopen"),
    path("year/<int:year>/receipt-<int:number>.json", year.receipt_as_json, name="receipt_json"),
    path("year/<int:year>/receipt-<int:number>.<str:language>.pdf", year.receipt_as_pdf, name="receipt_pdf"),
    path("file/", upload.file, name="file"),
    path("file/template.<str:form>", files.template, name="template"),
    path("file/rehearsal-<str:which>.xlsx", files.rehearsal_file, name="rehearsal"),
    path("file/references/", acts.number_rows, name="number_rows"),
    path("file/columns/", columns.columns, name="columns"),
    path("file/empty/", acts.empty, name="empty"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:batch_id>/", delivery.delivery, name="delivery"),
    path("deliveries/<uuid:batch_id>/send/", acts.send, name="send_delivery"),
    path("deliveries/<uuid:batch_id>/confirm/", acts.confirm, name="confirm_delivery"),
    path("deliveries/<uuid:batch_id>/cancel/", acts.cancel, name="cancel_delivery"),
    path("deliveries/<uuid:batch_id>/errors.<str:form>", files.errors, name="delivery_errors"),
    path("deliveries/<uuid:batch_id>/references.csv", files.references, name="delivery_references"),
    path("deliveries/<uuid:batch_id>/cards/", files.cards, name="delivery_cards"),
    path("one/", form_page.new_referral, name="one"),
    path("records/", lists.records, name="records"),
    path("records/find/", lists.find, name="find"),
    path("records/file/<str:form>/", lists.records_file, name="records_file"),
    # `handle`: what stands for a referral in a session (docs/desk.md).
    path("record/<str:handle>/", record.record, name="record"),
    path("record/<str:handle>/receipt/", form_page.receipt, name="receipt"),
    path("record/<str:handle>/card/", form_page.card, name="card"),
    path("record/<str:handle>/correct/", record.correct, name="correct"),
    path("record/<str:handle>/withdraw/", record.withdraw, name="withdraw"),
    path("record/<str:handle>/again/", record.send_again, name="again"),
    path("counts/", count_lists.counts, name="counts"),
    path("counts/open/", count_lists.open_count, name="open_count"),
    path("counts/<str:form>/file/", count_file.file, name="count_file"),
    path("counts/<str:form>/file/store/", count_file.store, name="store_counts"),
    path("counts/<str:form>/file/marked.<str:kind>", count_file.marked_file, name="marked_counts"),
    path("counts/<str:form>/<str:period>/", counts.count, name="count"),
    path("counts/<str:form>/<str:period>/sheet.<str:kind>", count_file.sheet, name="count_sheet"),
    path("counts/<str:form>/<str:period>/send/", counts.send, name="send_count"),
    path("counts/<str:form>/<str:period>/nil/", counts.nil, name="nil_count"),
    path("figures/", figures.figures, name="figures"),
    path("figures/file/<str:form>/", figures.figures_file, name="figures_file"),
]
