"""Annual reports: drafts and editions are written by commands, publications by a function, texts and orders by staff."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, never_emptied

WRITTEN_ONCE = ("annual_reportdraft", "annual_reporttext", "annual_reportpublication", "annual_reportedition")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("plans", "0001_tables"),
        ("statistics", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='ReportDraft',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('drafted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('documents', models.JSONField()),
                    ('places', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                    ('numbers', models.JSONField()),
                    ('basis', models.JSONField()),
                    ('correction_da', models.CharField(blank=True, default='', max_length=2000)),
                    ('correction_en', models.CharField(blank=True, default='', max_length=2000)),
                    ('software', models.CharField(max_length=32)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-year', '-id'),
                    'permissions': [('write_report', 'Can order drafts of annual reports and write in them'), ('publish_report', 'Can publish annual reports that others wrote')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('correction_da__regex', '\\S'), ('correction_en__regex', '\\S')), models.Q(models.Q(('correction_da__regex', '\\S'), _negated=True), models.Q(('correction_en__regex', '\\S'), _negated=True)), _connector='OR'), name='reportdraft_correction_in_both')],
                },
            ),
            migrations.CreateModel(
                name='ReportOrder',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('correction_da', models.CharField(blank=True, default='', max_length=2000)),
                    ('correction_en', models.CharField(blank=True, default='', max_length=2000)),
                    ('ordered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('state', models.CharField(default='OPEN', editable=False, max_length=16)),
                    ('message', models.TextField(default='', editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-ordered_at', '-id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('OPEN', 'DONE', 'FAILED'))), name='reportorder_state_code'), models.CheckConstraint(condition=models.Q(models.Q(('correction_da__regex', '\\S'), ('correction_en__regex', '\\S')), models.Q(models.Q(('correction_da__regex', '\\S'), _negated=True), models.Q(('correction_en__regex', '\\S'), _negated=True)), _connector='OR'), name='reportorder_correction_in_both')],
                },
            ),
            migrations.CreateModel(
                name='ReportText',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('place', models.CharField(max_length=100)),
                    ('text_da', models.TextField(blank=True, default='', max_length=6000)),
                    ('text_en', models.TextField(blank=True, default='', max_length=6000)),
                    ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='annual.reportdraft')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('id',),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text_da__regex', '\\S'), ('text_en__regex', '\\S')), models.Q(models.Q(('text_da__regex', '\\S'), _negated=True), models.Q(('text_en__regex', '\\S'), _negated=True)), _connector='OR'), name='reporttext_in_both'), models.CheckConstraint(condition=models.Q(('place__endswith', ':comment'), ('text_da__regex', '\\S'), _connector='OR'), name='reporttext_said')],
                },
            ),
            migrations.CreateModel(
                name='ReportPublication',
                fields=[
                    ('draft', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='annual.reportdraft')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('version', models.PositiveSmallIntegerField()),
                    ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('last_text', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual.reporttext')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('year', 'version'),
                    'constraints': [models.UniqueConstraint(fields=('year', 'version'), name='reportpublication_version')],
                },
            ),
            migrations.CreateModel(
                name='ReportEdition',
                fields=[
                    ('pk', models.CompositePrimaryKey('publication_id', 'language', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('language', models.CharField(max_length=2)),
                    ('document', models.JSONField()),
                    ('data', models.TextField()),
                    ('data_digest', models.CharField(max_length=64)),
                    ('pdf', models.BinaryField()),
                    ('pdf_digest', models.CharField(max_length=64)),
                    ('publication', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='annual.reportpublication')),
                ],
            ),
        ),
        InstallSQL("publications/annual", "report.sql", digest="68c618e5f0057b5b"),
        append_only(*WRITTEN_ONCE),
        never_emptied(*WRITTEN_ONCE),
        check_insert("of_open_draft", "henvis_check_report_text", "annual_reporttext"),
        check_insert("not_carried_out", "henvis_check_report_order", "annual_reportorder"),
        date("annual_reportdraft", "drafted_at", "begun", HISTORY),
        date("annual_reporttext", "written_at", "begun", HISTORY),
        date("annual_reportpublication", "published_at", "begun", HISTORY),
        date("annual_reportorder", "ordered_at", "begun", HISTORY, events="INSERT OR UPDATE OF ordered_at"),
        grant("SELECT", *WRITTEN_ONCE, "annual_reportorder"),
        grant("INSERT (draft_id, place, text_da, text_en, user_id, written_at)", "annual_reporttext"),
        grant("INSERT (year, correction_da, correction_en, user_id, ordered_at, state, message)", "annual_reportorder"),
    ]
