"""Which queues a worker does, and how it ended: one that died is told from one that was stopped in order, and from one that gave up."""

from django.db import migrations

from partners.install import grant, steps

WORKERS = "procrastinate_workers"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_turns")]

    operations = [
        steps(
            f"ALTER TABLE {WORKERS} ADD COLUMN henvis_queues text[] NOT NULL DEFAULT '{{}}'",
            f"ALTER TABLE {WORKERS} ADD COLUMN henvis_ended boolean NOT NULL DEFAULT false",
            f"ALTER TABLE {WORKERS} ADD COLUMN henvis_gave_up boolean NOT NULL DEFAULT false",
            back=[
                f"ALTER TABLE {WORKERS} DROP COLUMN {each}"
                for each in ("henvis_gave_up", "henvis_ended", "henvis_queues")
            ],
        ),
        grant("INSERT (henvis_queues), UPDATE (henvis_ended, henvis_gave_up)", WORKERS),
    ]
