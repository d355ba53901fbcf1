"""The register of persons' requests: what was asked, by when, and what was done about it. Append-only."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import CreateModels, InstallSQL, append_only, check_insert, date, grant, keep_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("erased", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='SubjectRequest',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=32)),
                    ('channel', models.CharField(max_length=32)),
                    ('received_on', models.DateField()),
                    ('due_on', models.DateField(editable=False)),
                    ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-received_on', '-id'),
                    'permissions': [('handle_subjectrequest', "Can handle persons' requests and answer them")],
                    'default_permissions': ('add', 'view'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('ACCESS', 'RECTIFICATION', 'ERASURE', 'RESTRICTION', 'OBJECTION'))), name='subjectrequest_kind_code'), models.CheckConstraint(condition=models.Q(('channel__in', ('LETTER', 'DIGITAL_POST', 'MAIL', 'TELEPHONE', 'IN_PERSON', 'ORGANISATION', 'REPRESENTATIVE'))), name='subjectrequest_channel_code'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('received_on'))), name='subjectrequest_due_later')],
                },
            ),
            migrations.CreateModel(
                name='RequestStep',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('act', models.CharField(max_length=32)),
                    ('code', models.CharField(blank=True, default='', max_length=32)),
                    ('ground', models.CharField(blank=True, default='', max_length=32)),
                    ('day', models.DateField(null=True)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('tombstone', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='erased.tombstone')),
                    ('restriction', models.UUIDField(null=True)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='subject_requests.subjectrequest')),
                ],
                options={
                    'ordering': ('id',),
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('act', 'IDENTIFIED'), ('code__in', ('CARD', 'ORGANISATION', 'DOCUMENT', 'MITID', 'AUTHORITY'))), models.Q(('act', 'EXTENDED'), ('code__in', ('COMPLEX', 'MANY'))), models.Q(('act', 'PRODUCED'), ('code__in', ('NAMES', 'KINDS'))), models.Q(('act', 'ERASED'), ('code__in', ('',))), models.Q(('act', 'RESTRICTED'), ('code__in', ('ACCURACY', 'UNLAWFUL', 'CLAIMS', 'OBJECTION'))), models.Q(('act', 'INFORMED'), ('code__in', ('',))), models.Q(('act', 'LIFTED'), ('code__in', ('',))), models.Q(('act', 'ANSWERED'), ('code__in', ('PRODUCED', 'ERASED', 'RECTIFIED', 'RESTRICTED', 'NOTHING_HELD', 'REFUSED', 'WITHDRAWN', 'MISTAKE'))), _connector='OR'), name='requeststep_of_act_code'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'ANSWERED'), ('code', 'REFUSED'), ('ground__in', ('UNIDENTIFIED', 'UNFOUNDED', 'EXCESSIVE', 'OTHERS', 'LEGAL_DUTY', 'STATISTICS', 'CLAIMS', 'OVERRIDING', 'LAW'))), models.Q(models.Q(('act', 'ANSWERED'), ('code', 'REFUSED'), _negated=True), ('ground', '')), _connector='OR'), name='requeststep_ground_of_refusal'), models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['EXTENDED', 'INFORMED', 'ANSWERED']), ('day__isnull', False)), models.Q(models.Q(('act__in', ['EXTENDED', 'INFORMED', 'ANSWERED', 'RESTRICTED']), _negated=True), ('day__isnull', True)), ('act', 'RESTRICTED'), _connector='OR'), name='requeststep_day_of_act'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'ERASED'), ('tombstone__isnull', False)), models.Q(models.Q(('act', 'ERASED'), _negated=True), ('tombstone__isnull', True)), _connector='OR'), name='requeststep_tombstone_of_erasure'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'RESTRICTED'), ('restriction__isnull', False)), models.Q(models.Q(('act', 'RESTRICTED'), _negated=True), ('restriction__isnull', True)), _connector='OR'), name='requeststep_id_of_restriction'), models.UniqueConstraint(condition=models.Q(('act', 'EXTENDED')), fields=('request',), name='requeststep_extended_once'), models.UniqueConstraint(condition=models.Q(('act', 'RESTRICTED')), fields=('request',), name='requeststep_restricted_once'), models.UniqueConstraint(condition=models.Q(('act', 'LIFTED')), fields=('request',), name='requeststep_lifted_once'), models.UniqueConstraint(condition=models.Q(('act', 'ANSWERED')), fields=('request',), name='requeststep_answered_once')],
                },
            ),
        ),
        InstallSQL("oversight/subject_requests", "register.sql", digest="48cf99f79b8da0c8"),
        append_only("subject_requests_subjectrequest", "subject_requests_requeststep", but=["expire"]),
        check_insert("check_dates", "henvis_check_request_dates", "subject_requests_subjectrequest"),
        check_insert("check_step", "henvis_check_request_step", "subject_requests_requeststep"),
        date("subject_requests_subjectrequest", "recorded_at"),
        date("subject_requests_requeststep", "at"),
        grant("SELECT, INSERT", "subject_requests_subjectrequest", "subject_requests_requeststep"),
        keep_rows("subject_requests_subjectrequest", "There are requests in the register: empty the tables by hand first."),
    ]
