"""What two members of staff want together, who made a secret, and who has read records.

The web server's role keeps the right to add clients, invitations, secrets and people of partners, each under a trigger that asks for the
reason, and loses the right to change them but for the columns that pages change. Secrets of clients are shown to staff no longer, so
the permission to issue them becomes one to end them.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import partners.choices
from partners.install import InstallSQL

ROLE = "henvis_web"
APPEND_ONLY = "accessrequest", "accessdecision", "recordread"
REASONS = {
    "client": "henvis_client_of_two",
    "invitation": "henvis_invitation_of_two",
    "secret": "henvis_secret_of_manager",
    "membership": "henvis_member_by_invitation",
}
FUNCTIONS = (*REASONS.values(), "henvis_manages", "henvis_decide", "henvis_staff_may", "henvis_owns")
TRIGGERS = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON partners_{table} FOR EACH ROW EXECUTE FUNCTION henvis_append_only();"
    for table in APPEND_ONLY
) + "".join(
    f"CREATE TRIGGER with_reason BEFORE INSERT ON partners_{table} FOR EACH ROW EXECUTE FUNCTION {function}();"
    for table, function in REASONS.items()
)
NO_TRIGGERS = "".join(f"DROP TRIGGER with_reason ON partners_{table};" for table in REASONS) + "".join(
    f"DROP TRIGGER append_only ON partners_{table};" for table in APPEND_ONLY
)
# What pages change. Which client, partner or digest a row is of, they never do.
CHANGED = {
    "partner": "name, active, reporting, report_due_days, reporting_since",
    "client": "name, updated, seen_at",
    "secret": "expires_at, revoked_at, last_used_at",
}
GRANT = f"""
GRANT SELECT, INSERT ON partners_accessrequest, partners_recordread TO {ROLE};
GRANT SELECT ON partners_accessdecision TO {ROLE};
REVOKE UPDATE ON partners_membership FROM {ROLE};
{"".join(f"REVOKE UPDATE ON partners_{table} FROM {ROLE};" for table in CHANGED)}
{"".join(f"GRANT UPDATE ({columns}) ON partners_{table} TO {ROLE};" for table, columns in CHANGED.items())}
"""
UNGRANT = f"""
{"".join(f"GRANT UPDATE ON partners_{table} TO {ROLE};" for table in (*CHANGED, "membership"))}
REVOKE ALL ON partners_accessrequest, partners_accessdecision, partners_recordread FROM {ROLE};
"""
RENAME = """
UPDATE auth_permission SET codename = '{}', name = '{}'
WHERE codename = '{}' AND content_type_id IN (SELECT id FROM django_content_type WHERE app_label = 'partners' AND model = 'secret')
"""
END, ISSUE = (
    ("end_secret", "Can revoke secrets and let them expire"),
    ("issue_secret", "Can issue, rotate, expire and revoke secrets"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_words"),
        ("cases", "0017_splits_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("act", models.CharField(choices=partners.choices.acts, max_length=16)),
                ("role", models.CharField(blank=True, choices=partners.choices.roles, max_length=32)),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at",),
            },
        ),
        migrations.AlterModelOptions(
            name="secret",
            options={
                "ordering": ("client", "-created_at"),
                "permissions": [("end_secret", "Can revoke secrets and let them expire")],
            },
        ),
        migrations.AddField(
            model_name="client",
            name="seen_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="invitation",
            field=models.OneToOneField(
                editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="partners.invitation"
            ),
        ),
        migrations.AddField(
            model_name="secret",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="request",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.accessrequest",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="request",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.accessrequest",
            ),
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
            ],
            options={
                "ordering": ("-id",),
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
        migrations.AddConstraint(
            model_name="accessrequest",
            constraint=models.CheckConstraint(
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
            ),
        ),
        migrations.AddIndex(
            model_name="recordread",
            index=models.Index(fields=["client", "id"], name="record_read_of_client"),
        ),
        InstallSQL(
            "partners",
            "access.sql",
            digest="044642079234316e",
            reverse_sql="".join(f"DROP FUNCTION {name};" for name in FUNCTIONS),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(GRANT, UNGRANT),
        migrations.RunSQL(RENAME.format(*END, ISSUE[0]), RENAME.format(*ISSUE, END[0])),
    ]
