"""What every process knows of tasks as it starts, and not only once something was imported."""

from __future__ import annotations

import subprocess
import sys

from partners.jobs.registry import TASKS, words_of

KNOWN = dict(TASKS)
SAY = "import django; django.setup(); from partners.jobs.registry import TASKS; print(*sorted(TASKS))"


def test_a_worker_that_has_just_started_knows_every_task() -> None:
    done = subprocess.run([sys.executable, "-c", SAY], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "accounts.review",
        "charts.paint",
        "deliveries.forget",
        "intake.work_batch",
        "mail.send",
        "notices.work",
        "organisations.rename",
        "receipts.make_files",
        "releases.build",
        "reminders.plan",
        "reports.work",
        "retention.run",
        "service.tidy",
    ]


def test_each_task_has_a_function_and_words_in_both_languages() -> None:
    assert len(KNOWN) >= 5
    for name, task in KNOWN.items():
        assert callable(task.function())
        assert task.words.da != task.words.en
        assert name not in task.words
    assert str(words_of("gone.task")) == "gone.task"
