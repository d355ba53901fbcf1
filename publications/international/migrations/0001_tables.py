"""Files for bodies abroad: staff add them, a trigger holds their figures against releases, and a function marks them as sent."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, never_emptied

FILES, DISPATCHES = "international_internationalfile", "international_filedispatch"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("partners", "0001_tables"),
        ("statistics", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='InternationalFile',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('body', models.CharField(max_length=16)),
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
        ),
        InstallSQL("publications/international", "international.sql", digest="aa49cead5d8a9eee"),
        append_only(FILES, DISPATCHES),
        never_emptied(FILES, DISPATCHES),
        check_insert("of_published_figures", "henvis_check_international_file", FILES),
        date(FILES, "made_at", "begun", HISTORY),
        date(DISPATCHES, "sent_at", "begun", HISTORY),
        grant("SELECT", FILES, DISPATCHES),
        grant("INSERT (body, year, content, basis, user_id, made_at)", FILES),
    ]
