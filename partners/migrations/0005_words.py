from django.db import migrations, models

import partners.choices


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_people"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="role",
            field=models.CharField(choices=partners.choices.roles, max_length=32),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(choices=partners.choices.member_roles, max_length=32),
        ),
        migrations.AlterField(
            model_name="partner",
            name="active",
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="partner",
            name="kind",
            field=models.CharField(choices=partners.choices.kinds, max_length=32),
        ),
        migrations.AlterField(
            model_name="partner",
            name="mode",
            field=models.CharField(choices=partners.choices.modes, default="LIVE", max_length=8),
        ),
        migrations.AlterField(
            model_name="partner",
            name="report_due_days",
            field=models.PositiveSmallIntegerField(blank=True, default=14),
        ),
        migrations.AlterField(
            model_name="partner",
            name="reporting",
            field=models.CharField(blank=True, choices=partners.choices.reporting, default="NONE", max_length=16),
        ),
        migrations.AlterField(
            model_name="partner",
            name="reporting_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="secret",
            name="hint",
            field=models.CharField(editable=False, max_length=4),
        ),
    ]
