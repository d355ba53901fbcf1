"""Stored versions never change: the database refuses it, whoever asks.

`henvis_append_only(column, …)` lets an UPDATE through only where it touches the named columns alone, and sets each of them
from null, once. DELETE is refused; of referrals alone it is let through for a purge, which must name itself
(`SET LOCAL henvis.purge = 'on'`).
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION henvis_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := coalesce(TG_ARGV::text[], '{}');
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF TG_TABLE_NAME = 'cases_referral' AND current_setting('henvis.purge', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: DELETE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - allowed <> to_jsonb(OLD) - allowed THEN
        RAISE EXCEPTION '% is append-only: UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    FOREACH name IN ARRAY allowed LOOP
        IF to_jsonb(OLD) -> name <> 'null'::jsonb THEN
            RAISE EXCEPTION '% is append-only: UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION henvis_append_only({columns});
"""

TABLES = {
    "cases_referral": "'superseded_at'",
    "cases_assessment": "'superseded_at'",
    "cases_case": "",
    "partners_auditevent": "",
}


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("partners", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION henvis_append_only"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table, columns=columns), f"DROP TRIGGER append_only ON {table}")
            for table, columns in TABLES.items()
        ),
    ]
