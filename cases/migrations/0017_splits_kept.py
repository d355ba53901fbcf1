"""What earlier splits said of a record that an erasure keeps is kept as well: undone, the later one gives way to it as ever.

Only the link that is current followed the record to its new case; those before it led to the case that went, and went with it.
"""

from importlib import import_module

from django.db import migrations

KEEP_BACK = import_module("cases.migrations.0015_kept_for_others").KEEP
CURRENT = """        UPDATE public.cases_recordlink SET from_case_id = fresh
        WHERE from_case_id = people[place] AND superseded_at IS NULL AND case_id <> ALL (people);
"""
# Whose versions are there is another person's. What a split said of her own records goes with them, undone or not.
EVERY = """        UPDATE public.cases_recordlink x SET from_case_id = fresh
        WHERE x.from_case_id = people[place] AND x.case_id <> ALL (people) AND (
            EXISTS (
                SELECT FROM public.cases_referral r
                WHERE r.case_id = fresh AND r.partner_id = x.partner_id AND r.reference = x.reference
            ) OR x.reference IS NULL AND EXISTS (
                SELECT FROM public.cases_assessment a WHERE a.case_id = fresh AND a.partner_id = x.partner_id
            )
        );
"""
KEEP = KEEP_BACK.replace(CURRENT, EVERY, 1)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_words")]

    operations = [migrations.RunSQL(KEEP, KEEP_BACK)]
