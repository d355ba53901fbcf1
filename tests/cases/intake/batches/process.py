"""`python -m tests.cases.intake.batches.process`: a worker of deliveries with small chunks, in a process of its own."""

from __future__ import annotations

import asyncio

import django

if __name__ == "__main__":
    django.setup()
    from cases.intake.batches import staging
    from partners.jobs import worker
    from partners.jobs.registry import INTAKE

    staging.CHUNK = 50
    asyncio.run(worker.work([INTAKE], once=False))
