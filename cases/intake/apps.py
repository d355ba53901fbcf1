"""Django's registration of the app."""

from django.apps import AppConfig

from cases.intake.words import CONSTRAINTS, FIELDS, FORGET_DELIVERIES, INTAKE, MODELS, WORK_ON_DELIVERY
from core.constraint_words import set_messages
from core.text import lazily, name
from partners import jobs


class IntakeConfig(AppConfig):
    """Intake of referrals and assessments: rules, conditions and versions."""

    name = "cases.intake"
    verbose_name = lazily(INTAKE)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        work = jobs.task(
            "intake.work_batch",
            queue=jobs.INTAKE,
            words=WORK_ON_DELIVERY,
            give_up="cases.intake.batches.jobs.give_up",
        )
        work("cases.intake.batches.jobs.work_batch")
        # Rows wait a day: once a night would let them stay for two.
        forget = jobs.task(
            "deliveries.forget", queue=jobs.UPKEEP, words=FORGET_DELIVERIES, every="*/15 * * * *", priority=1
        )
        forget("cases.intake.batches.tidy.forget")
