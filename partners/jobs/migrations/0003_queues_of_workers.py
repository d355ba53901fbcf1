"""Which queues a worker does, and whether it was stopped in order: one that died is told from one that was stopped."""

from django.db import migrations

from partners.install import grant, steps

WORKERS = "procrastinate_workers"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_turns")]

    operations = [
        steps(
            f"ALTER TABLE {WORKERS} ADD COLUMN henvis_queues text[] NOT NULL DEFAULT '{{}}'",
            f"ALTER TABLE {WORKERS} ADD COLUMN henvis_ended boolean NOT NULL DEFAULT false",
            back=[f"ALTER TABLE {WORKERS} DROP COLUMN {each}" for each in ("henvis_ended", "henvis_queues")],
        ),
        grant("INSERT (henvis_queues), UPDATE (henvis_ended)", WORKERS),
    ]
