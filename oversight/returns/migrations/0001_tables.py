"""Referrals that the centre returns to their partners, how that ended, and what staff say of an answer.

The web server's role adds rows, which functions check. How a return stands follows from the versions of its referral.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.install import CreateModels, InstallSQL, append_only, check_insert, date, grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("partners", "0001_tables"),
        ("windows", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Return',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('reference', models.UUIDField()),
                    ('version', models.PositiveIntegerField()),
                    ('reason_code', models.CharField(max_length=32)),
                    ('field', models.CharField(default='_Z', max_length=32)),
                    ('due', models.DateField()),
                    ('asked_at', models.DateTimeField()),
                    ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'ordering': ('asked_at', 'id'),
                    'permissions': [('ask_return', 'Can return a referral to its partner')],
                    'indexes': [models.Index(models.F('partner'), models.F('reference'), name='return_of_referral')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason_code__in', ('UNLIKELY', 'WRONG_MONTH', 'SENT_TWICE', 'CONTRADICTS_OWN', 'OFTEN_NOT_KNOWN', 'TOO_GENERAL'))), name='return_reason_code'), models.CheckConstraint(condition=models.Q(('field__in', ('_Z', 'referred_in', 'region', 'setting', 'detected_by', 'gender', 'age_band', 'minor_when_exploited', 'citizenship', 'residence_basis', 'exploitation', 'exploitation_also', 'exploitation_detail', 'exploited_in', 'means_of_control', 'recruiter', 'duration', 'unaccompanied_minor', 'guardian_assigned', 'services_needed', 'services_given', 'previously_referred', 'consent'))), name='return_field_code'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='return_version_from_1')],
                },
            ),
            migrations.CreateModel(
                name='ReturnEnd',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='returns.return')),
                    ('code', models.CharField(max_length=32)),
                    ('ended_at', models.DateTimeField()),
                    ('client', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ('RIGHT_AS_IT_IS', 'NOTHING_MORE_KNOWN', 'ANOTHER_PERSON', 'TAKEN_BACK'))), name='returnend_code'), models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', True), ('code', 'TAKEN_BACK'), ('user__isnull', False)), models.Q(models.Q(('code', 'TAKEN_BACK'), _negated=True), ('client__isnull', False)), _connector='OR'), name='returnend_by_whom')],
                },
            ),
            migrations.CreateModel(
                name='ReturnReview',
                fields=[
                    ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='review', serialize=False, to='returns.return')),
                    ('code', models.CharField(max_length=32)),
                    ('reviewed_at', models.DateTimeField()),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ['SETTLED', 'ASKED_AGAIN'])), name='returnreview_code')],
                },
            ),
        ),
        InstallSQL("oversight/returns", "returns.sql", digest="f5b1181680615651"),
        append_only("returns_return", but=["erase", "erase:version", "purge"]),
        append_only("returns_returnend", "returns_returnreview", but=["erase", "purge"]),
        check_insert("check_return", "henvis_check_return", "returns_return"),
        check_insert("check_end", "henvis_check_return_end", "returns_returnend"),
        check_insert("check_review", "henvis_check_return_review", "returns_returnreview"),
        date("returns_return", "asked_at"),
        date("returns_returnend", "ended_at"),
        date("returns_returnreview", "reviewed_at"),
        grant("SELECT, INSERT", "returns_return", "returns_returnend", "returns_returnreview"),
    ]
