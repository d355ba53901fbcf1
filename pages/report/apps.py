"""Django's registration of the pages of the annual report."""

from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    """The annual report in HTML, section by section: the pages of staff include the same sections by their names."""

    name = "pages.report"
    label = "pages_report"
