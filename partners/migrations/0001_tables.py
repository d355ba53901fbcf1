"""Organisations, clients, secrets, access of two, the audit, and the ground that all rooms stand on.

The web server's role belongs to the whole PostgreSQL, so whoever administers that makes it; a migration that may create roles makes
it itself, without a login.
"""

import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
import oauth2_provider.generators
import oauth2_provider.models
from django.conf import settings
from django.db import migrations, models

import partners.kinds
from core.install import (
    HISTORY,
    WEB,
    CreateModels,
    InstallSQL,
    append_only,
    check_insert,
    date,
    grant,
    never_emptied,
    steps,
)
from core.keys import fingerprint

PEPPER = "partners_pepperfingerprint"
PROVIDED = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB}') THEN
        CREATE ROLE {WEB} NOLOGIN;
        GRANT {WEB} TO CURRENT_USER;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The role {WEB}, with which the web server connects, is missing. Make it as a superuser, '
        'for instance by: createuser {WEB} --pwprompt';
END $$;
"""
# Whoever took over the web server could put a temporary table before a table of ours. A dump does not carry this.
TEMPORARY = """
DO $$ BEGIN
    EXECUTE format('{} TEMPORARY ON DATABASE %I {} PUBLIC', current_database());
END $$;
"""
CLOSED = f"""
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {WEB};
{TEMPORARY.format("REVOKE", "FROM")}
"""
OPENED = f"""
{TEMPORARY.format("GRANT", "TO")}
REVOKE USAGE ON SCHEMA public FROM {WEB};
"""
# Made here, so that no command of Django's empties it. One row: which pepper the database was made with.
ONE_PEPPER = f"""
CREATE TABLE {PEPPER} (
    fingerprint varchar(64) PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT statement_timestamp()
);
CREATE UNIQUE INDEX pepperfingerprint_one ON {PEPPER} ((true));
"""
# An erasure finds what staff did to a case by what looks like an id in rows that have one. An id stands between characters that are no
# part of one, as in JSON.
NAMED = """
CREATE INDEX auditevent_named ON partners_auditevent
USING gin (regexp_split_to_array(subject || ' ' || detail::text, '[^0-9a-f-]+'))
WHERE (subject || ' ' || detail::text) ~ '[0-9a-f]{8}-[0-9a-f]{4}-'
"""


def record(apps, schema_editor):
    """Keep the fingerprint of the pepper that the migration runs with."""
    schema_editor.execute(f"INSERT INTO {PEPPER} (fingerprint) VALUES (%s)", [fingerprint(settings.HENVIS_PEPPER)])


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(PROVIDED, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSED, OPENED),
        migrations.RunSQL("CREATE SCHEMA build", "DROP SCHEMA build"),
        InstallSQL("partners", "refuse.sql", digest="7edfa8c607afbdb5"),
        InstallSQL("partners", "staff.sql", digest="66283f2fef7eeb18"),
        InstallSQL("partners", "append_only.sql", digest="f51eb9be5e4691df"),
        InstallSQL("partners", "moments.sql", digest="b6a1031351d84293"),
        CreateModels(
            migrations.CreateModel(
                name="PepperFingerprint",
                fields=[
                    ("fingerprint", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "managed": False,
                },
            ),
            migrations.CreateModel(
                name="AccessRequest",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("act", models.CharField(max_length=16)),
                    ("role", models.CharField(blank=True, max_length=32)),
                    ("name", models.CharField(blank=True, max_length=255)),
                    (
                        "scopes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=32), blank=True, default=list
                        ),
                    ),
                    ("second_code", models.CharField(blank=True, editable=False, max_length=64)),
                    (
                        "asked_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "partner",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.partner",
                        ),
                    ),
                    ("recipient", models.CharField(blank=True, default="", max_length=80)),
                ],
                options={
                    "ordering": ("-asked_at",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("account", None),
                                    ("act", "CLIENT"),
                                    ("partner__isnull", False),
                                    ("role", ""),
                                    ("second_code", ""),
                                    (
                                        "scopes__contained_by",
                                        [
                                            "referrals:write",
                                            "referrals:read",
                                            "assessments:write",
                                            "statistics:authority",
                                            "statistics:exact",
                                        ],
                                    ),
                                ),
                                models.Q(
                                    ("act", "INVITATION"),
                                    ("name", ""),
                                    (
                                        "role__in",
                                        [
                                            "MANAGER",
                                            "CASEWORKER",
                                            "READER",
                                            "statistician",
                                            "approver",
                                            "case_manager",
                                            "data_protection",
                                            "partner_manager",
                                            "auditor",
                                            "superuser",
                                            "none",
                                        ],
                                    ),
                                    ("scopes", []),
                                    models.Q(("second_code", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="access_request_whole",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Client",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    (
                        "client_id",
                        models.CharField(
                            db_index=True,
                            default=oauth2_provider.generators.generate_client_id,
                            max_length=255,
                            unique=True,
                            verbose_name="client ID",
                        ),
                    ),
                    (
                        "redirect_uris",
                        models.TextField(
                            blank=True, help_text="Allowed URIs list, space separated", verbose_name="redirect URIs"
                        ),
                    ),
                    (
                        "post_logout_redirect_uris",
                        models.TextField(
                            blank=True,
                            default="",
                            help_text="Allowed Post Logout URIs list, space separated",
                            verbose_name="post logout redirect URIs",
                        ),
                    ),
                    (
                        "client_type",
                        models.CharField(
                            choices=[("confidential", "Confidential"), ("public", "Public")],
                            max_length=32,
                            verbose_name="client type",
                        ),
                    ),
                    (
                        "authorization_grant_type",
                        models.CharField(
                            choices=[
                                ("authorization-code", "Authorization code"),
                                ("urn:ietf:params:oauth:grant-type:device_code", "Device Code"),
                                ("implicit", "Implicit"),
                                ("password", "Resource owner password-based"),
                                ("client-credentials", "Client credentials"),
                                ("openid-hybrid", "OpenID connect hybrid"),
                            ],
                            max_length=44,
                            verbose_name="authorization grant type",
                        ),
                    ),
                    (
                        "client_secret",
                        oauth2_provider.models.ClientSecretField(
                            blank=True,
                            db_index=True,
                            default=oauth2_provider.generators.generate_client_secret,
                            help_text="Client secret for authentication",
                            max_length=255,
                            verbose_name="client secret",
                        ),
                    ),
                    ("hash_client_secret", models.BooleanField(default=True, verbose_name="hash client secret")),
                    ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                    ("skip_authorization", models.BooleanField(default=False, verbose_name="skip authorization")),
                    ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                    ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                    (
                        "algorithm",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "No OIDC support"),
                                ("RS256", "RSA with SHA-2 256"),
                                ("HS256", "HMAC with SHA-2 256"),
                            ],
                            default="",
                            max_length=5,
                            verbose_name="algorithm",
                        ),
                    ),
                    (
                        "allowed_origins",
                        models.TextField(
                            blank=True,
                            default="",
                            help_text="Allowed origins list to enable CORS, space separated",
                            verbose_name="allowed origins",
                        ),
                    ),
                    (
                        "registration_source",
                        models.CharField(
                            choices=[
                                ("manual", "Manual"),
                                ("dcr", "Dynamic Client Registration"),
                                ("cimd", "Client ID Metadata Document"),
                            ],
                            default="manual",
                            help_text="How this application was registered (manual, DCR per RFC 7591, or CIMD)",
                            max_length=32,
                            verbose_name="registration source",
                        ),
                    ),
                    (
                        "cimd_expires_at",
                        models.DateTimeField(
                            blank=True,
                            default=None,
                            help_text="When the cached Client ID Metadata Document should be re-fetched",
                            null=True,
                            verbose_name="CIMD expires at",
                        ),
                    ),
                    ("scopes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32))),
                    ("seen_at", models.DateTimeField(editable=False, null=True)),
                    (
                        "request",
                        models.OneToOneField(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="partners.accessrequest",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(app_label)s_%(class)s",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="user",
                        ),
                    ),
                    (
                        "partner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                        ),
                    ),
                    ("is_desk", models.BooleanField(default=False, editable=False)),
                ],
                options={
                    "ordering": ("client_id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "scopes__contained_by",
                                    [
                                        "referrals:write",
                                        "referrals:read",
                                        "assessments:write",
                                        "statistics:authority",
                                        "statistics:exact",
                                    ],
                                )
                            ),
                            name="client_scope_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("client_secret", "")), name="client_secret_elsewhere"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("is_desk", True)), fields=("partner",), name="client_one_desk"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AuditEvent",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True)),
                    ("action", models.CharField(max_length=64)),
                    ("subject", models.CharField(max_length=120)),
                    ("detail", models.JSONField(default=dict)),
                    (
                        "user",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "client",
                        models.ForeignKey(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("-at",),
                    "indexes": [
                        models.Index(
                            models.F("subject"), models.F("action"), models.F("at"), name="auditevent_of_subject"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Partner",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("name", models.CharField(max_length=120)),
                    ("kind", models.CharField(max_length=32)),
                    ("mode", models.CharField(default="LIVE", max_length=8)),
                    ("active", models.BooleanField(default=True)),
                    (
                        "created_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    ("reporting", models.CharField(blank=True, default="NONE", max_length=16)),
                    ("report_due_days", models.PositiveSmallIntegerField(blank=True, default=14)),
                    ("reporting_since", models.DateField(blank=True, null=True)),
                    ("umbrella", models.CharField(blank=True, default="", max_length=120)),
                    (
                        "agreement_kind",
                        models.CharField(blank=True, default=partners.kinds.operators_agreement, max_length=16),
                    ),
                    (
                        "twin_of",
                        models.OneToOneField(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="twin",
                            to="partners.partner",
                        ),
                    ),
                ],
                options={
                    "ordering": ("name", "mode"),
                    "constraints": [
                        models.UniqueConstraint(fields=("name", "mode"), name="partner_name_mode"),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "kind__in",
                                    [
                                        "NGO",
                                        "POLICE",
                                        "IMMIGRATION",
                                        "CENTRE",
                                        "MUNICIPALITY",
                                        "GOVERNMENT_AGENCY",
                                        "HEALTH",
                                        "PRISON_PROBATION",
                                        "TAX",
                                        "LABOUR_INSPECTION",
                                        "EMBASSY",
                                        "UNION",
                                        "_O",
                                    ],
                                )
                            ),
                            name="partner_kind_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("mode__in", ["LIVE", "TEST"])), name="partner_mode_code"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reporting__in", ["NONE", "MONTHLY", "QUARTERLY"])),
                            name="partner_reporting_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("report_due_days__lte", 180)), name="partner_report_due_days"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("agreement_kind__in", ["CONTROLLERS", "JOINT", "PROCESSOR"])),
                            name="partner_agreement_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.datetime.ExtractDay(
                                        django.db.models.functions.comparison.Cast(
                                            "reporting_since", models.DateField()
                                        )
                                    ),
                                    1,
                                ),
                                ("reporting_since__gte", datetime.date(2000, 1, 1)),
                            ),
                            name="partner_reporting_since_month",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("reporting", "NONE"), ("reporting_since__isnull", False), _connector="OR"
                            ),
                            name="partner_reporting_since",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "CENTRE"), _negated=True), ("umbrella", ""), _connector="OR"
                            ),
                            name="partner_umbrella_of_centre",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("twin_of", None), ("mode", "TEST"), _connector="OR"),
                            name="partner_twin_in_test_mode",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RecordRead",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("operation", models.CharField(max_length=64)),
                    ("rows", models.IntegerField()),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    (
                        "client",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["client", "id"], name="record_read_of_client"),
                        models.Index(
                            condition=models.Q(("user__isnull", False)),
                            fields=["user", "id"],
                            name="record_read_of_user",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Secret",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                    ("hint", models.CharField(editable=False, max_length=4)),
                    (
                        "created_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    ("expires_at", models.DateTimeField()),
                    ("revoked_at", models.DateTimeField(editable=False, null=True)),
                    ("last_used_at", models.DateTimeField(editable=False, null=True)),
                    (
                        "client",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="secrets",
                            to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("client", "-created_at"),
                    "permissions": [("end_secret", "Can revoke secrets and let them expire")],
                },
            ),
            migrations.CreateModel(
                name="AccessDecision",
                fields=[
                    (
                        "request",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="decision",
                            serialize=False,
                            to="partners.accessrequest",
                        ),
                    ),
                    ("approved", models.BooleanField()),
                    (
                        "decided_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "default_permissions": (),
                },
            ),
        ),
        InstallSQL("partners", "access.sql", digest="c947f23c6acf1f28"),
        migrations.RunSQL(ONE_PEPPER, f"DROP TABLE {PEPPER}"),
        migrations.RunPython(record, migrations.RunPython.noop),
        append_only("partners_accessdecision", PEPPER),
        append_only("partners_recordread", but=["expire"]),
        append_only("partners_auditevent", but=["expire", "erase:subject", "erase:detail"]),
        append_only("partners_accessrequest", but=["erase:recipient"]),
        never_emptied(PEPPER),
        date("partners_partner", "created_at", "now", HISTORY),
        date("partners_auditevent", "at", "now", HISTORY),
        date("partners_accessrequest", "asked_at", "now", HISTORY),
        date("partners_accessdecision", "decided_at", "now", HISTORY),
        date("partners_recordread", "at", "now", HISTORY),
        date(PEPPER, "recorded_at", "now", HISTORY),
        check_insert("with_reason", "henvis_check_client", "partners_client"),
        check_insert("with_reason", "henvis_check_secret", "partners_secret"),
        steps(NAMED),
        grant("SELECT, INSERT", "partners_partner", "partners_client", "partners_secret", "partners_auditevent"),
        grant("SELECT, INSERT", "partners_accessrequest", "partners_recordread"),
        grant("SELECT", "partners_accessdecision", PEPPER),
        # What pages change. Which client, partner or digest a row is of, they never do.
        grant("UPDATE (name, active, reporting, report_due_days, reporting_since, umbrella, agreement_kind)", "partners_partner"),
        grant("UPDATE (name, updated, seen_at)", "partners_client"),
        grant("UPDATE (expires_at, revoked_at, last_used_at)", "partners_secret"),
    ]
