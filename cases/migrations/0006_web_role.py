"""The role of the web server, and all that it may do, table by table. What is not named here it may not.

The role belongs to the whole PostgreSQL, so whoever administers that makes it; a migration that may create roles makes it itself,
without a login. It owns nothing, cannot enter the schema `build`, and never deletes or truncates what is append-only.
"""

from django.conf import settings
from django.db import migrations

ROLE = "henvis_web"

PROVIDED = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        CREATE ROLE {ROLE} NOLOGIN;
        GRANT {ROLE} TO CURRENT_USER;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The role {ROLE}, with which the web server connects, is missing. Make it as a superuser, '
        'for instance by: createuser {ROLE} --pwprompt';
END $$;
"""

READ, ADD, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
# The figures of a release, and what is a digest of them, are behind a door: of a small release they could be guessed from it.
OF_RELEASE = (
    "id, period, first_month, last_month, vintage, audience, as_of, built_at, client_id, user_id, settings, codelists, commitment, "
    "notes, software"
)
GRANTS: dict[str, tuple[str, ...]] = {
    "django_migrations": (READ,),
    "django_content_type": (READ,),
    "django_session": (READ, ADD, CHANGE, DELETE),
    "django_admin_log": (READ, ADD),
    "auth_permission": (READ,),
    "auth_group": (READ, ADD, CHANGE, DELETE),
    "auth_group_permissions": (READ, ADD, DELETE),
    "auth_user": (READ, ADD, CHANGE),
    "auth_user_groups": (READ, ADD, DELETE),
    "auth_user_user_permissions": (READ, ADD, DELETE),
    "oauth2_provider_accesstoken": (READ, ADD, CHANGE, DELETE),
    "oauth2_provider_refreshtoken": (READ, ADD, CHANGE, DELETE),
    "oauth2_provider_idtoken": (READ, DELETE),
    "oauth2_provider_grant": (READ, DELETE),
    "partners_partner": (READ, ADD, CHANGE),
    "partners_client": (READ, ADD, CHANGE),
    "partners_secret": (READ, ADD, CHANGE),
    "partners_auditevent": (READ, ADD),
    "cases_case": (READ, ADD),
    "cases_referral": (READ, ADD, "UPDATE (superseded_at)"),
    "cases_assessment": (READ, ADD, "UPDATE (superseded_at)"),
    "cases_release": (f"SELECT ({OF_RELEASE})",),
    "cases_publishedtable": (READ,),
    "cases_certificate": (READ,),
    "cases_publication": (READ,),
    "cases_withdrawal": (READ,),
    "cases_factdecision": (READ, ADD),
    "cases_buildorder": (READ, ADD),
}
DOORS = ("henvis_exact", "henvis_exact_totals", "henvis_proof", "henvis_publish", "henvis_withdraw")

GRANT = f"""
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {ROLE};
{"".join(f"GRANT {', '.join(rights)} ON {table} TO {ROLE};" for table, rights in GRANTS.items())}
{"".join(f"GRANT EXECUTE ON FUNCTION {door} TO {ROLE};" for door in DOORS)}
"""
REVOKE = f"""
{"".join(f"REVOKE ALL ON {table} FROM {ROLE};" for table in GRANTS)}
{"".join(f"REVOKE ALL ON FUNCTION {door} FROM {ROLE};" for door in DOORS)}
REVOKE USAGE ON SCHEMA public FROM {ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_doors"),
        ("admin", "0001_initial"),
        ("contenttypes", "0001_initial"),
        ("oauth2_provider", "0005_auto_20211222_2352"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(PROVIDED, migrations.RunSQL.noop),
        migrations.RunSQL(GRANT, REVOKE),
    ]
