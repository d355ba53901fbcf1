"""Names of jobs on the staff pages."""

from __future__ import annotations

from partners.jobs.states import ABORTED, CANCELLED, DOING, FAILED, SUCCEEDED, TODO
from partners.text import ModelNames, Text

JOBS = Text("Baggrundsarbejde", "Background work")
MODELS = {
    "job": ModelNames(
        Text("job", "job"),
        Text("job", "jobs"),
        {
            "id": Text("nummer", "number"),
            "queue_name": Text("kø", "queue"),
            "task_name": Text("opgave", "task"),
            "status": Text("tilstand", "state"),
            "attempts": Text("mislykkede forsøg", "failed attempts"),
            "scheduled_at": Text("tidligst", "not before"),
        },
    ),
}
STATES = {
    TODO: Text("venter", "waits"),
    DOING: Text("i gang", "running"),
    SUCCEEDED: Text("udført", "done"),
    FAILED: Text("mislykket", "failed"),
    CANCELLED: Text("annulleret", "cancelled"),
    ABORTED: Text("afbrudt", "stopped"),
}
STOPPING = Text("skal standse", "is to stop")
WARNINGS = {
    "retry": Text(
        "Jobbet udføres igen fra begyndelsen eller dér, hvor det slap. Det, der allerede er gjort, gøres ikke to gange.",
        "The job is done again, from its beginning or from where it ended. What it has done already is not done twice.",
    ),
    "cancel": Text(
        "Et job, der venter, bliver ikke udført. Et job, der er i gang, bedes standse og gør det ved næste lejlighed.",
        "A job that waits will not be done. A job that is running is asked to stop, and does so at the next occasion.",
    ),
}
NOT_DONE = Text("Job, hvis tilstand ikke tillader det: {numbers}.", "Jobs whose state does not allow it: {numbers}.")
ACTS_DONE = {
    "retry": Text("Job, der udføres igen: {numbers}.", "Jobs that are done again: {numbers}."),
    "cancel": Text(
        "Job, der er annulleret eller bedt om at standse: {numbers}.", "Jobs cancelled or asked to stop: {numbers}."
    ),
}
