"""People of partners, invitations, sessions, the counters of the sign-in, and what the web server's role may do with them.

Two triggers see to it that nobody is of a partner and of the staff at once, whichever way the rows come. Roles (groups and their
permissions) become a matter for the owner's command: the web server's role gives people a role and changes none.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

NEVER_STAFF = """
CREATE FUNCTION henvis_member_is_no_staff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The lock makes who would become staff meanwhile wait, and find the membership then.
    PERFORM FROM public.auth_user WHERE id = NEW.user_id FOR SHARE;
    IF EXISTS (SELECT FROM public.auth_user WHERE id = NEW.user_id AND (is_staff OR is_superuser)) THEN
        RAISE EXCEPTION 'a person of a partner is no staff' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_staff BEFORE INSERT OR UPDATE ON partners_membership
FOR EACH ROW EXECUTE FUNCTION henvis_member_is_no_staff();
CREATE FUNCTION henvis_staff_is_no_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.is_staff OR NEW.is_superuser) AND EXISTS (SELECT FROM public.partners_membership WHERE user_id = NEW.id) THEN
        RAISE EXCEPTION 'a person of a partner is no staff' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_member BEFORE UPDATE ON auth_user
FOR EACH ROW EXECUTE FUNCTION henvis_staff_is_no_member();
"""
NO_TRIGGERS = """
DROP TRIGGER never_member ON auth_user;
DROP TRIGGER never_staff ON partners_membership;
DROP FUNCTION henvis_staff_is_no_member;
DROP FUNCTION henvis_member_is_no_staff;
"""

ROLE = "henvis_web"
GRANTS = {
    "partners_membership": "SELECT, INSERT, UPDATE",
    "partners_invitation": "SELECT, INSERT, UPDATE (used_at, revoked_at)",
    "partners_websession": "SELECT, INSERT, UPDATE, DELETE",
    "partners_cacheentry": "SELECT, INSERT, UPDATE, DELETE",
    "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
}
# Django's own table of sessions is not used any more.
WITHDRAWN = {
    "auth_group": "INSERT, UPDATE, DELETE",
    "auth_group_permissions": "INSERT, DELETE",
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
}
GRANT = "".join(f"GRANT {rights} ON {table} TO {ROLE};" for table, rights in GRANTS.items())
UNGRANT = "".join(f"REVOKE ALL ON {table} FROM {ROLE};" for table in GRANTS)
REVOKE = "".join(f"REVOKE {rights} ON {table} FROM {ROLE};" for table, rights in WITHDRAWN.items())
UNREVOKE = "".join(f"GRANT {rights} ON {table} TO {ROLE};" for table, rights in WITHDRAWN.items())


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0003_calendar"),
        ("cases", "0006_web_role"),
        ("mfa", "0003_authenticator_type_uniq"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebSession",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("role", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at",),
                "permissions": [("invite_people", "Can invite people of partners and bring their accounts back")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("partner", None),
                                (
                                    "role__in",
                                    [
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
                            ),
                            models.Q(("partner__isnull", False), ("role__in", ["MANAGER", "CASEWORKER", "READER"])),
                            _connector="OR",
                        ),
                        name="invitation_role_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[("MANAGER", "MANAGER"), ("CASEWORKER", "CASEWORKER"), ("READER", "READER")],
                        max_length=32,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="membership",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("user__username",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["MANAGER", "CASEWORKER", "READER"])),
                        name="membership_role_code",
                    )
                ],
            },
        ),
        migrations.RunSQL(NEVER_STAFF, NO_TRIGGERS),
        migrations.RunSQL(GRANT, UNGRANT),
        migrations.RunSQL(REVOKE, UNREVOKE),
    ]
