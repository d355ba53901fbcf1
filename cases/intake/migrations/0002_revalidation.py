"""Reports of stored referrals that were validated again: counts, for staff."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from partners.install import append_only, change_date, grant

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_batches'),
        ('partners', '0003_umbrella'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RevalidationReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('referrals', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField()),
                ('held', models.PositiveIntegerField()),
                ('counts', models.JSONField(default=list)),
                ('schema_version', models.CharField(max_length=8)),
                ('partner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created_at', '-id'),
            },
        ),
        append_only("intake_revalidationreport"),
        change_date(["created_at", "", HISTORY], "intake_revalidationreport"),
        grant("SELECT", "intake_revalidationreport"),
    ]
