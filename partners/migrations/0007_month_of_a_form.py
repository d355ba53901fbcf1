"""The first month of a calendar is asked for its day as a date, so that an empty one of a form can be checked too."""

import datetime

import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0006_two_of_staff"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="partner",
            name="partner_reporting_since_month",
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        django.db.models.functions.datetime.ExtractDay(
                            django.db.models.functions.comparison.Cast("reporting_since", models.DateField())
                        ),
                        1,
                    ),
                    ("reporting_since__gte", datetime.date(2000, 1, 1)),
                ),
                name="partner_reporting_since_month",
            ),
        ),
        migrations.AlterConstraint(
            model_name="partner",
            name="partner_reporting_since",
            constraint=models.CheckConstraint(
                condition=models.Q(("reporting", "NONE"), ("reporting_since__isnull", False), _connector="OR"),
                name="partner_reporting_since",
            ),
        ),
    ]
