"""Files for bodies abroad: staff add them, a trigger holds their figures against releases, and a function marks them as sent."""

import cases.international.choices
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL, append_only, change_date, check_insert, grant, never_emptied

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"
FILES, DISPATCHES = "international_internationalfile", "international_filedispatch"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('cases', '0003_agreement'),
        ('partners', '0006_audit_by_subject'),
        ('statistics', '0011_refusals_say_what_next'),
    ]

    operations = [
        migrations.CreateModel(
            name='InternationalFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('body', models.CharField(choices=cases.international.choices.bodies, max_length=16)),
                ('year', models.PositiveSmallIntegerField()),
                ('content', models.JSONField(editable=False)),
                ('basis', models.JSONField(editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-year', 'body', '-id'),
                'permissions': [('send_file', 'Can mark files for bodies abroad as sent that others made')],
                'default_permissions': ('add', 'view'),
            },
        ),
        migrations.CreateModel(
            name='FileDispatch',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='international.internationalfile')),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        InstallSQL("cases/international", "international.sql", digest="e13723e3bf2db697"),
        append_only(FILES, DISPATCHES),
        never_emptied(FILES, DISPATCHES),
        check_insert("of_published_figures", "henvis_check_international_file", FILES),
        change_date(["made_at", "begun", HISTORY], FILES),
        change_date(["sent_at", "begun", HISTORY], DISPATCHES),
        grant("SELECT", FILES, DISPATCHES),
        grant("INSERT (body, year, content, basis, user_id, made_at)", FILES),
    ]
