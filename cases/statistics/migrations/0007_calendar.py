"""The calendar of releases, publications at a set time, and who could see a release before it was published."""
import cases.statistics.choices
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL, append_only, change_date, check_insert, grant, never_emptied

HISTORY = "history:public.cases_inventeddata"
TABLES = (
    "statistics_announceddate", "statistics_scheduledpublication", "statistics_scheduleapproval", "statistics_scheduleend",
    "statistics_prereleaseaccess",
)
TEXTS = ('title_da', 'title_en', 'reason_da', 'reason_en')
PLAIN = (
    '^[ -~\u00a1-\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf-\u017f'
    '\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026\u20ac]*$'
)
WITHOUT_FIGURES = (
    '^(?:[^0-9]|(?:20[0-9][0-9](?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?|[1-4]\\. kvartal 20[0-9][0-9]|(?:(?<=Q)|(?<=quarter ))[1-4]|(?:[1-9]|[12][0-9]|3[01])\\.? (?:'
    'januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|'
    'January|February|March|April|May|June|July|August|September|October|November|December))(?![0-9]))*$'
)


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0006_preview'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ScheduledPublication',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('scheduled_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('scheduled_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AnnouncedDate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('entry', models.UUIDField(default=uuid.uuid4)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('period', models.CharField(blank=True, default='', max_length=16)),
                ('title_da', models.CharField(blank=True, default='', max_length=120)),
                ('title_en', models.CharField(blank=True, default='', max_length=120)),
                ('month', models.DateField()),
                ('moment', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=cases.statistics.choices.date_statuses, default='ANNOUNCED', max_length=16)),
                ('reason_da', models.CharField(blank=True, default='', max_length=500)),
                ('reason_en', models.CharField(blank=True, default='', max_length=500)),
                ('announced_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-announced_at', '-id'),
                'default_permissions': ('add', 'view'),
                'constraints': [models.UniqueConstraint(fields=('entry', 'sequence'), name='announceddate_sequence'), models.CheckConstraint(condition=models.Q(('status__in', ('ANNOUNCED', 'CONFIRMED', 'POSTPONED', 'CANCELLED', 'PUBLISHED'))), name='announceddate_status_code'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='announceddate_first_day'), models.CheckConstraint(condition=models.Q(models.Q(('period', ''), ('title_da__regex', '\\S'), ('title_en__regex', '\\S')), models.Q(models.Q(('period', ''), _negated=True), ('title_da', ''), ('title_en', '')), _connector='OR'), name='announceddate_period_or_title'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'CONFIRMED'), _negated=True), ('moment__isnull', False), _connector='OR'), name='announceddate_confirmed_exactly'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('POSTPONED', 'CANCELLED')), _negated=True), models.Q(('reason_da__regex', '\\S'), ('reason_en__regex', '\\S')), _connector='OR'), name='announceddate_reasons')],
            },
        ),
        migrations.CreateModel(
            name='PreReleaseAccess',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('roles', models.TextField()),
                ('may_see', models.BooleanField()),
                ('looks', models.PositiveIntegerField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('release', 'user'), name='prereleaseaccess_once')],
            },
        ),
        migrations.CreateModel(
            name='ScheduleApproval',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('approved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('schedule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='statistics.scheduledpublication')),
            ],
            options={
                'ordering': ('id',),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('schedule', 'user'), name='scheduleapproval_once')],
            },
        ),
        migrations.CreateModel(
            name='ScheduleEnd',
            fields=[
                ('schedule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='statistics.scheduledpublication')),
                ('outcome', models.CharField(choices=cases.statistics.choices.schedule_outcomes, max_length=16)),
                ('code', models.CharField(default='', max_length=64)),
                ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ('PUBLISHED', 'TAKEN_BACK', 'FAILED'))), name='scheduleend_outcome_code'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'FAILED'), models.Q(('code', ''), _negated=True)), models.Q(models.Q(('outcome', 'FAILED'), _negated=True), ('code', '')), _connector='OR'), name='scheduleend_code_of_failure')],
            },
        ),
        migrations.AddConstraint(
            model_name='announceddate',
            constraint=models.CheckConstraint(condition=models.Q(*((f'{name}__regex', PLAIN) for name in TEXTS)), name='announceddate_one_line'),
        ),
        migrations.AddConstraint(
            model_name='announceddate',
            constraint=models.CheckConstraint(condition=models.Q(*((f'{name}__regex', WITHOUT_FIGURES) for name in TEXTS)), name='announceddate_without_figures'),
        ),
        InstallSQL("cases/statistics", "publish.sql", digest="38c0e876322739eb", after="ef346d466dc63b8c"),
        InstallSQL("cases/statistics", "schedule.sql", digest="565206c5a7d13884"),
        InstallSQL("cases/statistics", "calendar.sql", digest="a2f5e0a048cc6fce"),
        append_only(*TABLES),
        never_emptied(*TABLES),
        check_insert("next_of_entry", "henvis_check_announced_date", "statistics_announceddate"),
        check_insert("sealed", "henvis_seal_publication", "statistics_prereleaseaccess"),
        change_date(("scheduled_at", "now", HISTORY), "statistics_scheduledpublication"),
        change_date(("approved_at", "now", HISTORY), "statistics_scheduleapproval"),
        change_date(("ended_at", "now", HISTORY), "statistics_scheduleend"),
        grant("SELECT, INSERT", "statistics_announceddate"),
        grant("SELECT", *TABLES[1:]),
    ]
