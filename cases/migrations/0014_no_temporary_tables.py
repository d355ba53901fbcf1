"""The web server's role makes no temporary tables: it needs none, and whoever takes it over puts none before a table of ours.

PostgreSQL grants that to everybody for each database. It is taken back for this one, and stays the owner's, whose builds need it. A
dump does not carry it, so the README says it again of a restore.
"""

from django.db import migrations

STATEMENT = """
DO $$ BEGIN
    EXECUTE format('{} TEMPORARY ON DATABASE %I {} PUBLIC', current_database());
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_erasing_by_index")]

    operations = [migrations.RunSQL(STATEMENT.format("REVOKE", "FROM"), STATEMENT.format("GRANT", "TO"))]
