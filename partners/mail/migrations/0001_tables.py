"""Addresses of people, what they want, and every mail that was sent to them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import CreateModels, InstallSQL, append_only, date, grant, keep_rows, move_to_build, trigger


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Mailing',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=16)),
                    ('key', models.CharField(max_length=40)),
                    ('language', models.CharField(max_length=2)),
                    ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('begun_at', models.DateTimeField(editable=False, null=True)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-asked_at', '-id'),
                    'permissions': [('remind_partners', 'Can send partners a reminder of a report')],
                    'default_permissions': ('view',),
                    'indexes': [models.Index(condition=models.Q(('begun_at', None)), fields=['asked_at'], name='mailing_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'key'), name='mailing_once'), models.CheckConstraint(condition=models.Q(('language__in', ('da', 'en'))), name='mailing_language_code'), models.CheckConstraint(condition=models.Q(('kind__in', ['confirm', 'due_soon', 'due_now', 'overdue', 'reminder', 'digest', 'delivery', 'notice', 'secret_soon', 'secret_now', 'invitation', 'codes', 'restore', 'idle', 'staff'])), name='mailing_kind_code')],
                },
            ),
            migrations.CreateModel(
                name='AddressCode',
                fields=[
                    ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('about', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='Mailbox',
                fields=[
                    ('user', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='mailbox', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('address', models.EmailField(blank=True, max_length=254)),
                    ('language', models.CharField(choices=[('da', 'Dansk'), ('en', 'English')], max_length=2)),
                    ('opt_outs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list)),
                    ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                    ('bounced_at', models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    'ordering': ('-bounced_at', 'user__username'),
                    'default_permissions': ('view',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ('da', 'en'))), name='mailbox_language_code'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), models.Q(('bounced_at', None), ('confirmed_at', None)), _connector='OR'), name='mailbox_of_an_address'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('bounced_at', None), _connector='OR'), name='mailbox_confirmed_or_bounced')],
                },
            ),
            migrations.CreateModel(
                name='MailOutcome',
                fields=[
                    ('mailing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='outcome', serialize=False, to='mail.mailing')),
                    ('code', models.CharField(max_length=16)),
                    ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ['SENT', 'SKIPPED', 'REFUSED', 'FAILED'])), name='mailoutcome_code')],
                },
            ),
        ),
        move_to_build("mail_addresscode"),
        InstallSQL("partners/mail", "mail.sql", digest="c0f87f92bae0950f"),
        trigger("keep_true", "BEFORE INSERT OR UPDATE", "henvis_keep_mailbox()", "mail_mailbox"),
        append_only("mail_mailing", but=["begun_at", "expire"]),
        append_only("mail_mailoutcome", but=["expire"]),
        trigger("set_moment", "BEFORE INSERT OR UPDATE", "henvis_keep_mailing('asked_at', 'begun_at')", "mail_mailing"),
        date("mail_mailoutcome", "at", "now"),
        grant("SELECT, INSERT, UPDATE (address, language, opt_outs)", "mail_mailbox"),
        grant("SELECT, INSERT", "mail_mailing"),
        grant("SELECT", "mail_mailoutcome"),
        keep_rows(
            "mail_mailing",
            "There is a history of mails: without it people would be told again what they were told. Empty the table mail_mailing by hand first.",
        ),
    ]
