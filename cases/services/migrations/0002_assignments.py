"""Who reports which form: staff's words, of which none changes."""

import cases.services.choices
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL, append_only, change_date, check_insert, grant, never_emptied

TABLE = "services_countassignment"
# Of a database of invented records, whose history is made up, this table has a row.
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0006_audit_by_subject'),
        ('services', '0001_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CountAssignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=cases.services.choices.forms, max_length=32)),
                ('since', models.DateField()),
                ('reports', models.BooleanField(choices=cases.services.choices.answers)),
                ('assigned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-assigned_at', '-id'),
            },
        ),
        InstallSQL("cases/services", "assignments.sql", digest="b0800bc619534c4b"),
        append_only(TABLE),
        never_emptied(TABLE),
        check_insert("may_assign", "henvis_check_count_assignment", TABLE),
        change_date(["assigned_at", "", HISTORY], TABLE),
        grant("SELECT, INSERT", TABLE),
    ]
