"""Confirmations of the agreement, names by date, mandates and successions, and who may write them."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import CreateModels, InstallSQL, append_only, check_insert, date, grant, trigger

TABLES = tuple(
    f"organisations_{name}"
    for name in (
        "agreementconfirmation",
        "partnername",
        "mandate",
        "mandateacceptance",
        "mandateend",
        "successionrequest",
        "successiondecision",
    )
)
CONFIRMATION, NAME, MANDATE, ACCEPTANCE, END, REQUEST, DECISION = TABLES


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Mandate',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('since', models.DateField()),
                    ('until', models.DateField(null=True)),
                    ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-given_at',),
                    'default_permissions': ('view',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='mandate_of_another'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='mandate_period')],
                },
            ),
            migrations.CreateModel(
                name='SuccessionRequest',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('since', models.DateField()),
                    ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ],
                options={
                    'ordering': ('-asked_at',),
                    'default_permissions': ('view', 'add'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='succession_of_another')],
                },
            ),
            migrations.CreateModel(
                name='PartnerName',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120)),
                    ('since', models.DateField()),
                    ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('partner', '-since', '-recorded_at'),
                    'default_permissions': ('view', 'add'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='partner_name_given')],
                },
            ),
            migrations.CreateModel(
                name='SuccessionDecision',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='organisations.successionrequest')),
                    ('approved', models.BooleanField()),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='AgreementConfirmation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=16)),
                    ('version', models.PositiveSmallIntegerField()),
                    ('digest', models.CharField(max_length=64)),
                    ('confirmed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-confirmed_at',),
                    'default_permissions': ('view',),
                    'constraints': [models.UniqueConstraint(fields=('partner', 'kind', 'version'), name='agreement_version'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='agreement_version_number'), models.CheckConstraint(condition=models.Q(('kind__in', ['CONTROLLERS', 'JOINT', 'PROCESSOR'])), name='agreement_version_kind')],
                },
            ),
            migrations.CreateModel(
                name='MandateAcceptance',
                fields=[
                    ('mandate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='acceptance', serialize=False, to='organisations.mandate')),
                    ('accepted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='MandateEnd',
                fields=[
                    ('mandate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='organisations.mandate')),
                    ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
        ),
        InstallSQL("partners/organisations", "organisations.sql", digest="67660ba2a5010e23"),
        append_only(*TABLES),
        date(CONFIRMATION, "confirmed_at", "now"),
        date(NAME, "recorded_at", "now"),
        date(MANDATE, "given_at", "now"),
        date(ACCEPTANCE, "accepted_at", "now"),
        date(END, "ended_at", "now"),
        date(REQUEST, "asked_at", "now"),
        date(DECISION, "decided_at", "now"),
        check_insert("with_reason", "henvis_check_confirmation", CONFIRMATION),
        check_insert("with_reason", "henvis_check_mandate", MANDATE),
        check_insert("with_reason", "henvis_check_acceptance", ACCEPTANCE),
        check_insert("with_reason", "henvis_check_mandate_end", END),
        check_insert("free_name", "henvis_check_planned_name", NAME),
        trigger("life", "BEFORE INSERT OR UPDATE", "henvis_check_partner()", "partners_partner"),
        grant("SELECT, INSERT", *TABLES[:-1]),
        grant("SELECT", DECISION),
    ]
