"""Nil reports: append-only, and the web server adds and reads them. Own figures and calendars ask for a partner's months."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases_nilreport
FOR EACH ROW EXECUTE FUNCTION henvis_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_rights"),
        ("partners", "0003_calendar"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NilReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("partner", "month"), name="nilreport_month"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="nilreport_month_first_day"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(models.F("partner"), models.F("referred_in"), name="referral_months"),
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON cases_nilreport"),
        migrations.RunSQL(
            "GRANT SELECT, INSERT ON cases_nilreport TO henvis_web", "REVOKE ALL ON cases_nilreport FROM henvis_web"
        ),
    ]
