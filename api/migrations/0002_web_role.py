"""What the web server's role may do with the tables of this app: remember answers, and forget one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial"), ("cases", "0006_web_role")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, INSERT, DELETE ON api_idempotencyrecord TO henvis_web",
            "REVOKE ALL ON api_idempotencyrecord FROM henvis_web",
        )
    ]
