"""Crises, notices and what partners say of them: rows that are written once. The web server's role adds them; a worker makes sheets."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import (
    HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, never_emptied, trigger,
)

DATED = {
    "notices_crisis": "declared_at",
    "notices_crisisend": "ended_at",
    "notices_notice": "created_at",
    "notices_noticetext": "written_at",
    "notices_noticereview": "reviewed_at",
    "notices_noticepublication": "published_at",
    "notices_noticewithdrawal": "withdrawn_at",
    "notices_acknowledgement": "said_at",
    "notices_servicestatus": "said_at",
}
CHECKED = {
    "notices_crisis": ("check_crisis", "henvis_check_crisis"),
    "notices_crisisend": ("check_end", "henvis_check_crisis_end"),
    "notices_notice": ("check_notice", "henvis_check_notice"),
    "notices_noticetext": ("check_text", "henvis_check_notice_text"),
    "notices_noticereview": ("check_review", "henvis_check_notice_review"),
    "notices_noticepublication": ("check_publication", "henvis_check_notice_publication"),
    "notices_noticewithdrawal": ("check_withdrawal", "henvis_check_notice_withdrawal"),
    "notices_acknowledgement": ("check_acknowledgement", "henvis_check_acknowledgement"),
    "notices_servicestatus": ("check_status", "henvis_check_service_status"),
}
# What a partner in test mode said is emptied with all that it sent, and an address goes from what holds no longer.
BUT = {
    "notices_acknowledgement": ["erase", "expire"],
    "notices_servicestatus": ["erase", "erase:address", "erase:address_taken_by_id"],
}
SHEET = "notices_noticesheet"
# Their messages are sent in the order of their numbers: the clock is read once the lock of the notice is held.
IN_ORDER = {"notices_noticepublication", "notices_noticewithdrawal"}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Crisis',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('code', models.SlugField(db_index=False, max_length=32, unique=True)),
                    ('title_da', models.CharField(max_length=160)),
                    ('title_en', models.CharField(max_length=160)),
                    ('started_on', models.DateField()),
                    ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), blank=True, default=list)),
                    ('declared_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-started_on', '-id'),
                    'default_permissions': ('view', 'add'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('forms__contained_by', ['SITUATION'])), name='crisis_forms_known'), models.CheckConstraint(condition=models.Q(('started_on__gte', datetime.date(2000, 1, 1))), name='crisis_in_this_century'), models.CheckConstraint(condition=models.Q(('title_da__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), ('title_en__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), _connector='OR', _negated=True), name='crisis_written')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('issuer_da', models.CharField(max_length=100)),
                    ('issuer_en', models.CharField(max_length=100)),
                    ('subject_code', models.CharField(max_length=32)),
                    ('audience', models.CharField(max_length=32)),
                    ('severity', models.CharField(max_length=16)),
                    ('urgency', models.CharField(max_length=16)),
                    ('certainty', models.CharField(max_length=16)),
                    ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list)),
                    ('language', models.CharField(default='da', max_length=8)),
                    ('valid_from', models.DateTimeField()),
                    ('valid_to', models.DateTimeField()),
                    ('source', models.URLField(blank=True, default='')),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('crisis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='notices.crisis')),
                    ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='notices.notice')),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-id',),
                    'permissions': [('review_notice', 'Can review texts of notices that others wrote'), ('publish_notice', 'Can publish reviewed texts of notices, and withdraw notices')],
                    'default_permissions': ('view', 'add'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='notice_ends_later'), models.CheckConstraint(condition=models.Q(('regions__contained_by', ['DK01', 'DK02', 'DK03', 'DK04', 'DK05'])), name='notice_regions_known'), models.CheckConstraint(condition=models.Q(('source', ''), ('source__regex', '^https://[^\\s<>"]+$'), _connector='OR'), name='notice_source_safe'), models.CheckConstraint(condition=models.Q(('issuer_da__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), ('issuer_en__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), _connector='OR', _negated=True), name='notice_written')],
                },
            ),
            migrations.CreateModel(
                name='NoticeText',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('language', models.CharField(max_length=8)),
                    ('title', models.CharField(max_length=160)),
                    ('text', models.TextField(max_length=4000)),
                    ('sms', models.CharField(max_length=160)),
                    ('is_finished', models.BooleanField(default=False)),
                    ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='notices.notice')),
                    ('source', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='notices.noticetext')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('id',),
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('sms__regex', '\\S'), ('text__regex', '\\S'), ('title__regex', '\\S')), name='noticetext_said'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), ('text__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), ('sms__regex', '[\\u0001-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]'), _connector='OR', _negated=True), name='noticetext_written')],
                },
            ),
            migrations.CreateModel(
                name='NoticeWithdrawal',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='notices.notice')),
                    ('withdrawn_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('replacement', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='notices.notice')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='Acknowledgement',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=16)),
                    ('month', models.DateField(null=True)),
                    ('channel', models.CharField(default='_Z', max_length=32)),
                    ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='notices.notice')),
                ],
                options={
                    'ordering': ('id',),
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('channel', '_Z'), ('kind', 'SEEN'), ('month', None)), models.Q(('kind', 'HANDED_ON'), ('month__day', 1), ('month__isnull', False), models.Q(('channel', '_Z'), _negated=True)), _connector='OR'), name='acknowledgement_by_kind'), models.UniqueConstraint(fields=('notice', 'partner', 'kind', 'month', 'channel'), name='acknowledgement_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='NoticePublication',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='publication', serialize=False, to='notices.noticetext')),
                    ('language', models.CharField(max_length=8)),
                    ('number', models.PositiveIntegerField()),
                    ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='notices.notice')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('notice_id', 'number'),
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('notice', 'number'), name='noticepublication_number')],
                },
            ),
            migrations.CreateModel(
                name='NoticeReview',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='review', serialize=False, to='notices.noticetext')),
                    ('by_speaker', models.BooleanField(default=False)),
                    ('reviewed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='ServiceStatus',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('place', models.CharField(max_length=32)),
                    ('region', models.CharField(max_length=8)),
                    ('state', models.CharField(max_length=32)),
                    ('until', models.DateField(null=True)),
                    ('address', models.CharField(blank=True, default='', max_length=200)),
                    ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('address_taken_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('id',),
                    'default_permissions': ('view',),
                    'indexes': [models.Index(models.F('partner'), models.F('place'), models.F('region'), models.F('id'), name='servicestatus_latest')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('address__regex', '(?i)[^ 0-9A-Za-zÀ-ſ.,:;\'’"/()&–-]|[0-9]{5}|([0-9][^0-9A-Za-zÀ-ſ,]*){8}|([0-9][^0-9A-Za-zÀ-ſ]*){8}$|[0-9]{2}([^0-9A-Za-zÀ-ſ–-]+[0-9]{2}){3}(?![0-9])|(^|[^A-Za-zÀ-ſ])((tlf|telefon|mobil)(nr|nummer)?|tel|ring|e?mail|www|c/o)([^A-Za-zÀ-ſ]|$)|://|[(]a[)]|[0-9A-Za-zÀ-ſ-][.](dk|com|net|org)([^A-Za-zÀ-ſ]|$)'), _negated=True), name='servicestatus_address_plain')],
                    'permissions': [('take_address_down', 'Can take down addresses of services')],
                },
            ),
            migrations.CreateModel(
                name='CrisisEnd',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='notices.crisis')),
                    ('ended_on', models.DateField()),
                    ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='NoticeSheet',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='sheet', serialize=False, to='notices.noticepublication')),
                    ('pdf', models.BinaryField()),
                    ('digest', models.CharField(max_length=64)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
        ),
        InstallSQL("notices", "notices.sql", digest="1e18266f1b3528dd"),
        append_only(*(table for table in DATED if table not in BUT), SHEET),
        *(append_only(table, but=words) for table, words in BUT.items()),
        never_emptied(*DATED, SHEET),
        *(date(table, column, "now" if table in IN_ORDER else "begun", HISTORY) for table, column in DATED.items()),
        *(check_insert(name, function, table) for table, (name, function) in CHECKED.items()),
        trigger("empty_addresses", "BEFORE UPDATE OF active", "henvis_empty_addresses()", "partners_partner"),
        grant("SELECT, INSERT", *DATED),
        grant("SELECT", SHEET),
    ]
