"""People of partners, invitations, sessions, the counters of the sign-in, and what the web server's role may do with accounts.

Two triggers see to it that nobody is of a partner and of the staff at once, whichever way the rows come. Roles (groups and their
permissions) are a matter for the owner's command: the web server's role gives people a role and changes none. It neither writes nor
reads Django's log of the admin: the audit says what was done.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import CreateModels, InstallSQL, check_insert, grant, trigger


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("oauth2_provider", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='CacheEntry',
                fields=[
                    ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('value', models.JSONField()),
                    ('expires_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                    ('role', models.CharField(max_length=32)),
                    ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('request', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.accessrequest')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recipient', models.CharField(blank=True, default='', max_length=80)),
                ],
                options={
                    'ordering': ('-made_at',),
                    'permissions': [('invite_people', 'Can invite people of partners and bring their accounts back')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('partner', None), ('role__in', ['statistician', 'approver', 'case_manager', 'data_protection', 'partner_manager', 'auditor', 'superuser', 'none'])), models.Q(('partner__isnull', False), ('role__in', ['MANAGER', 'CASEWORKER', 'READER'])), _connector='OR'), name='invitation_role_code')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(max_length=32)),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('invitation', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.invitation')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='membership', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('user__username',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['MANAGER', 'CASEWORKER', 'READER'])), name='membership_role_code')],
                },
            ),
            migrations.CreateModel(
                name='WebSession',
                fields=[
                    ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                    ('session_data', models.TextField(verbose_name='session data')),
                    ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ('began_at', models.DateTimeField()),
                    ('seen_at', models.DateTimeField()),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                    'abstract': False,
                    'default_permissions': (),
                },
            ),
        ),
        InstallSQL("partners/people", "never_staff.sql", digest="df8fe2b4eb0c6de4"),
        trigger("never_staff", "BEFORE INSERT OR UPDATE", "henvis_member_is_no_staff()", "people_membership"),
        trigger("never_member", "BEFORE UPDATE", "henvis_staff_is_no_member()", "auth_user"),
        check_insert("with_reason", "henvis_check_invitation", "people_invitation"),
        check_insert("with_reason", "henvis_check_member", "people_membership"),
        grant("SELECT, INSERT", "people_membership", "people_invitation"),
        grant("UPDATE (used_at, revoked_at)", "people_invitation"),
        grant("SELECT, INSERT, UPDATE, DELETE", "people_websession", "people_cacheentry", "mfa_authenticator"),
        grant("SELECT", "django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"),
        grant("SELECT, INSERT, UPDATE", "auth_user"),
        grant("SELECT, INSERT, DELETE", "auth_user_groups", "auth_user_user_permissions"),
        grant("SELECT, INSERT, UPDATE, DELETE", "oauth2_provider_accesstoken", "oauth2_provider_refreshtoken"),
        grant("SELECT, DELETE", "oauth2_provider_idtoken", "oauth2_provider_grant"),
    ]
