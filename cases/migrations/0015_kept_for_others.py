"""A referral that an erasure keeps for another person has a new token, so it has a new version: with it the ETag changes.

The content and the client are those of the version before. Assessments need none: the token is in their address, and under the new
one nothing was read before. Theirs would not be harmless either, since the outcome is that of the latest.
"""

from importlib import import_module

from django.db import migrations

KEEP_BACK = import_module("cases.migrations.0010_rights").KEEP.replace("CREATE", "CREATE OR REPLACE", 1)
DECLARED = "    other record;\n"
MOVED = "        UPDATE public.cases_referral SET case_id = fresh WHERE case_id = people[place];\n"
# Under the lock that every writer shares, so this moment is later than theirs before it and earlier than theirs after it.
NEXT = """
        FOR kept IN SELECT * FROM public.cases_referral WHERE case_id = fresh AND superseded_at IS NULL LOOP
            UPDATE public.cases_referral SET superseded_at = since WHERE id = kept.id;
            kept.id := gen_random_uuid();
            kept.version := kept.version + 1;
            kept.recorded_at := since;
            INSERT INTO public.cases_referral SELECT kept.*;
        END LOOP;
"""
KEEP = KEEP_BACK.replace(
    DECLARED, f"{DECLARED}    kept public.cases_referral;\n    since CONSTANT timestamptz := clock_timestamp();\n", 1
).replace(MOVED, MOVED + NEXT.removeprefix("\n"), 1)


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_no_temporary_tables")]

    operations = [migrations.RunSQL(KEEP, KEEP_BACK)]
