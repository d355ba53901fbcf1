"""What a partner's calendar is judged by outlives the records: before rows go, the first word of every month is kept.

Of every month that the partner ever spoke of, and not of those alone whose records go, so that the rows point at nobody.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

ROLE = "henvis_web"
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"

# Versions are never changed, so a kept moment is the least already; that is said here all the same, and not left to the clocks.
KEEP = f"""
CREATE FUNCTION henvis_keep_words(partners uuid[]) RETURNS void LANGUAGE sql {DEFINER} AS $$
    INSERT INTO public.cases_firstword AS kept (partner_id, month, first_at, stood)
    SELECT r.partner_id, r.referred_in, min(r.recorded_at), bool_or(r.superseded_at IS NULL AND r.status <> 'withdrawn')
    FROM public.cases_referral r WHERE r.partner_id = ANY (partners) GROUP BY r.partner_id, r.referred_in
    ON CONFLICT (partner_id, month) DO UPDATE
        SET first_at = least(kept.first_at, excluded.first_at), stood = kept.stood OR excluded.stood
        WHERE excluded.first_at < kept.first_at OR excluded.stood > kept.stood
$$;
REVOKE ALL ON FUNCTION henvis_keep_words FROM PUBLIC;
"""

ERASE_BACK = import_module("cases.migrations.0010_rights").ERASE.replace("CREATE", "CREATE OR REPLACE", 1)
BEGUN = "    PERFORM set_config('henvis.erase', 'on', true);\n"
ERASE = ERASE_BACK.replace(BEGUN, f"    PERFORM public.henvis_keep_words(partners);\n{BEGUN}", 1)

# Going back would make partners late, or missing, whose records are gone.
KEPT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM cases_firstword) THEN
        RAISE EXCEPTION 'There are first words of months whose records are gone: without them calendars would say that nothing came. '
            'Empty the table cases_firstword by hand first.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_reporting")]

    operations = [
        migrations.CreateModel(
            name="FirstWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "partner_id", "month", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                ("first_at", models.DateTimeField()),
                ("stood", models.BooleanField()),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="firstword_month_first_day")
                ],
            },
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION henvis_keep_words"),
        migrations.RunSQL(ERASE, ERASE_BACK),
        migrations.RunSQL(f"GRANT SELECT ON cases_firstword TO {ROLE}", f"REVOKE ALL ON cases_firstword FROM {ROLE}"),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
