"""`python -m tests.jobs.process QUEUE`: a worker that knows the toys, in a process of its own."""

from __future__ import annotations

import asyncio
import sys

import django

if __name__ == "__main__":
    django.setup()
    from partners.jobs import worker
    from tests.jobs import toys

    toys.register()
    worker.GRACE = 0.2
    asyncio.run(worker.work(sys.argv[1:], once=False))
