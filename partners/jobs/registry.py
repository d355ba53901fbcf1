"""Which tasks there are, with which of two rights, and in which queue their jobs wait.

What is of `intake` is done with the web server's role, since it reads files of strangers. Its jobs wait in three queues, each with
a worker of its own, so that none waits for what takes longer or matters less. What is of `upkeep` is done with the owner's role and
the keys; so a job of it says nothing but which task, and the task looks up what is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.module_loading import import_string

from core.text import Text

INTAKE, LARGE, REHEARSAL, UPKEEP = "intake", "large", "rehearsal", "upkeep"
QUEUES: dict[str, Text] = {
    INTAKE: Text("modtagelse", "intake"),
    LARGE: Text("store leverancer", "large deliveries"),
    REHEARSAL: Text("testtilstand", "test mode"),
    UPKEEP: Text("drift", "upkeep"),
}
OF_INTAKE = (INTAKE, LARGE, REHEARSAL)
EVERY_MINUTE = "* * * * *"
NAME = re.compile(r"[a-z]+\.[a-z_]+", re.ASCII)
# A job is begun so often at most, whatever ended it before: an error, or the end of its worker.
ATTEMPTS = 5

type Work = Callable[..., object]


@dataclass(frozen=True, slots=True)
class JobTask:
    """A task. `work`: its function, or the path of it, for what no web process may import. `words`: what it does, for staff.

    `queue`: the one that names its right, and where its jobs wait unless they say otherwise. `every`: when it is due by itself, as
    cron writes it, in UTC. `priority`: of two jobs that wait in a queue the higher is begun first.
    `give_up`: what is done where a job of it will not be done: staff cancelled it, or its last attempt failed.
    """

    name: str
    queue: str
    words: Text
    every: str | None
    priority: int
    work: Work | str
    give_up: Work | str | None = None

    def function(self) -> Work:
        return function_of(self.work)


def function_of(work: Work | str) -> Work:
    """A function, or the one that a path leads to."""
    function: Work = import_string(work) if isinstance(work, str) else work
    return function


TASKS: dict[str, JobTask] = {}


def task[W: Work | str](
    name: str,
    *,
    queue: str,
    words: Text | None = None,
    every: str | None = None,
    priority: int = 0,
    give_up: Work | str | None = None,
) -> Callable[[W], W]:
    """Name a task: `jobs.task("intake.read", queue="intake", words=Text(…))(read)`. Raises `ValueError` for a name that may not be.

    Its function may be ended at any statement, and is then called again: it must be able to go on.
    """
    is_of_intake = name.startswith(f"{INTAKE}.")
    if not NAME.fullmatch(name) or queue != (INTAKE if is_of_intake else UPKEEP):
        raise ValueError(f"no task of the queue {queue} may have the name {name}")
    if is_of_intake and every:
        raise ValueError("what is due by itself is of the queue upkeep")

    def register(work: W) -> W:
        TASKS[name] = JobTask(name, queue, words or Text(name, name), every, priority, work, give_up)
        return work

    return register


def right_of(queue: str) -> str:
    """The right with which the jobs of a queue are done: that of `intake` or of `upkeep`."""
    return INTAKE if queue in OF_INTAKE else UPKEEP


def service_of(queue: str) -> str:
    """The unit of docs/deploying.md whose worker does the jobs of a queue."""
    return "henvis-upkeep" if right_of(queue) == UPKEEP else f"henvis-worker@{queue}"


def of_queues(*queues: str) -> list[JobTask]:
    """The tasks whose jobs may be in these queues."""
    rights = {right_of(queue) for queue in queues}
    return [each for each in TASKS.values() if each.queue in rights]


def words_of(name: str) -> Text:
    """What a task does, for staff. Of a name that no task has, the name."""
    return TASKS[name].words if name in TASKS else Text(name, name)


def name_of_subject(subject: str) -> str:
    """What the audit calls a job, in words: `releases.build 12` is `Build what was ordered, no. 12`."""
    task_name, _, number = subject.partition(" ")
    words = words_of(task_name)
    return str(Text(f"{words.da}, nr. {number}", f"{words.en}, no. {number}")) if number else str(words)


def let_go(name: str, subject: Mapping[str, str]) -> None:
    """Do what is to be done where a job of a task will not be done. Of a name that no task has, nothing."""
    entry = TASKS.get(name)
    if entry is not None and entry.give_up is not None:
        function_of(entry.give_up)(**subject)
