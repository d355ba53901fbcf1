"""Jobs of `intake` wait in three queues, and are begun in turn."""

from django.db import migrations

from partners.install import InstallSQL, steps

JOBS, EVENTS = "procrastinate_jobs", "procrastinate_events"
ONE, THREE = "queue_name = 'intake'", "queue_name IN ('intake', 'large', 'rehearsal')"
BELL = """queue_name = 'upkeep' AND task_name NOT LIKE 'intake.%' AND args = '{}' AND scheduled_at IS NULL
    AND lock = task_name AND queueing_lock = task_name AND priority BETWEEN -10 AND 10"""


def policies(queues: str) -> list[str]:
    """What the web server's role may do with jobs, where those of `intake` are in these queues."""
    of_intake = f"""{queues} AND task_name LIKE 'intake.%'
        AND coalesce(lock, 'intake.') LIKE 'intake.%' AND coalesce(queueing_lock, 'intake.') LIKE 'intake.%'
        AND octet_length(args::text) <= 400"""
    told = f"EXISTS (SELECT FROM {JOBS} j WHERE j.id = job_id AND (j.{queues} OR j.status = 'todo'))"
    return [
        f"ALTER POLICY henvis_asked ON {JOBS} WITH CHECK (({of_intake}) OR ({BELL}))",
        f"ALTER POLICY henvis_worked ON {JOBS} USING ({queues}) WITH CHECK ({of_intake})",
        f"ALTER POLICY henvis_told ON {EVENTS} WITH CHECK ({told})",
    ]


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs")]

    operations = [
        # The version before knows `intake` alone: what waits must not be left in a queue that nobody works.
        steps(
            *policies(THREE),
            back=[f"UPDATE {JOBS} SET queue_name = 'intake' WHERE {THREE}", *policies(ONE)],
        ),
        # When a job was begun: of whom one was latest is asked for each that waits, which must not read all that have ended.
        steps(
            f"ALTER TABLE {JOBS} ADD COLUMN henvis_turn timestamptz",
            f"CREATE INDEX henvis_jobs_turn ON {JOBS} (lock, henvis_turn)",
            f"GRANT UPDATE (henvis_turn) ON {JOBS} TO henvis_web",
            back=[f"ALTER TABLE {JOBS} DROP COLUMN henvis_turn"],
        ),
        InstallSQL("partners/jobs", "jobs.sql", digest="513752a1597f829b", after="f54225ea035741cd"),
    ]
