"""Django's registration of the pages of the feedback."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """The feedback to a partner."""

    name = "pages.feedback"
    label = "pages_feedback"
