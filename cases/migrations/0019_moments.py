"""The database says when something was recorded, decided or ended; no statement does.

A database that holds nothing but a sandbox says so of itself, as new sandboxes do before they write: there alone history is made up.
"""

from django.db import migrations, models
from django.db.models.functions import Now

from partners.install import InstallSQL

VERSIONS = ("cases_referral", "cases_assessment", "cases_caselink", "cases_recordlink", "cases_attributedecision")
# Of a transaction's moment, which was taken under its locks.
OF_MOMENT = {
    "cases_case": "opened_at",
    "cases_linkdecision": "decided_at",
    "cases_nilreport": "recorded_at",
    "cases_linkagecode": "recorded_at",
    "cases_tombstone": "erased_at",
}
# Of its beginning, as their defaults are: what was decided or published since a build began is news to it.
OF_BEGINNING = {
    "cases_duplicate": "found_at",
    "cases_duplicatedecision": "decided_at",
    "cases_release": "built_at",
    "cases_publication": "published_at",
    "cases_withdrawal": "withdrawn_at",
    "cases_erratum": "published_at",
    "cases_factdecision": "decided_at",
    "cases_buildorder": "ordered_at",
}
OF_CLOCK = {"partners_auditevent": "at"}
CREATE = "CREATE TRIGGER set_moment BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function};"
# Linkage codes and candidates are replaced in place, and are of when that was.
EVENTS = {
    **dict.fromkeys((*VERSIONS, "cases_linkagecode"), "INSERT OR UPDATE"),
    "cases_buildorder": "INSERT OR UPDATE OF ordered_at",
}


def created(table: str, function: str) -> str:
    """The trigger of a table."""
    return CREATE.format(events=EVENTS.get(table, "INSERT"), table=table, function=function)


TRIGGERS = "".join(
    (
        *(created(table, "henvis_set_moments()") for table in VERSIONS),
        *(created(table, f"henvis_set_moment('{column}')") for table, column in OF_MOMENT.items()),
        *(created(table, f"henvis_set_moment('{column}', 'begun')") for table, column in OF_BEGINNING.items()),
        *(created(table, f"henvis_set_moment('{column}', 'now')") for table, column in OF_CLOCK.items()),
    )
)
TRIGGERS_BACK = "".join(f"DROP TRIGGER set_moment ON {table};" for table in (*VERSIONS, *OF_MOMENT, *OF_BEGINNING, *OF_CLOCK))

FUNCTIONS = (
    "henvis_set_moments",
    "henvis_set_moment",
    "henvis_invented_from_the_first",
    "henvis_says_when",
    "henvis_moment",
    "henvis_take_moment",
)
BACK = "".join(f"DROP FUNCTION {name};" for name in FUNCTIONS)

# A sandbox of before: somebody loaded one, and every partner was made by it.
INVENTED = """
INSERT INTO cases_inventeddata (id, since)
SELECT 1, min(at) FROM partners_auditevent WHERE action = 'sandbox.load' AND NOT EXISTS (
    SELECT FROM partners_partner p WHERE NOT EXISTS (
        SELECT FROM partners_auditevent e WHERE e.action = 'sandbox.partner' AND e.subject = p.id::text
    )
) HAVING count(*) > 0;
"""
GUARDS = """
CREATE TRIGGER from_the_first BEFORE INSERT ON cases_inventeddata
FOR EACH ROW EXECUTE FUNCTION henvis_invented_from_the_first();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cases_inventeddata
FOR EACH ROW EXECUTE FUNCTION henvis_append_only();
GRANT SELECT ON cases_inventeddata TO henvis_web;
"""
GUARDS_BACK = """
DROP TRIGGER append_only ON cases_inventeddata;
DROP TRIGGER from_the_first ON cases_inventeddata;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_kept_counts"), ("partners", "0005_words")]

    operations = [
        migrations.CreateModel(
            name="InventedData",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("since", models.DateTimeField(db_default=Now(), editable=False)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="inventeddata_once")],
            },
        ),
        InstallSQL("cases", "moments.sql", digest="a2ed7d0cfd6d222d", reverse_sql=BACK),
        migrations.RunSQL(INVENTED, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
    ]
