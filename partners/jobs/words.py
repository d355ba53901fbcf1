"""Names of jobs on the staff pages."""

from __future__ import annotations

from core.text import ModelNames, Text
from partners.jobs.models import ABORTED, CANCELLED, DOING, FAILED, SUCCEEDED, TODO

ROOM = Text("Baggrundsarbejde", "Background work")
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
AGAIN = Text("Udfør det igen, hvis det alligevel skal gøres.", "Do it again if it is to be done after all.")
NEXT_STEPS = {
    TODO: Text(
        "Intet: det udføres, når det bliver dets tur. Sker der intet i en halv time, så se, om serverens tjeneste "
        "henvis-worker (modtagelse) eller henvis-upkeep (drift) kører.",
        "Nothing: it is done when its turn comes. If nothing happens for half an hour, see whether the server's service "
        "henvis-worker (intake) or henvis-upkeep (upkeep) is running.",
    ),
    DOING: Text(
        "Intet: det er i gang. Annulleres det, standser det ved næste lejlighed. Sker der intet i en halv time, så bed den, der "
        "passer serveren, om at se, om tjenesten {service} kører: når den begyndes igen, tager den jobbet op.",
        "Nothing: it is running. If it is cancelled, it stops at the next occasion. If nothing happens for half an hour, ask "
        "whoever runs the server to see whether the service {service} is running: once it is started again, it takes the job up.",
    ),
    SUCCEEDED: Text("Intet: det er gjort.", "Nothing: it is done."),
    FAILED: Text(
        "Intet forsøg fik det gjort. Giv den seneste fejl herunder til den, der passer serveren. Forsøg, der gik galt, står i "
        "loggen (journalctl -u {service}) på linjerne »job not done« med job {number}. Udfør jobbet igen, når fejlen er rettet.",
        "No attempt got it done. Give the latest error below to whoever runs the server. Attempts that failed are in the log "
        "(journalctl -u {service}), in the lines “job not done” with job {number}. Do the job again once the error is mended.",
    ),
    CANCELLED: AGAIN,
    ABORTED: AGAIN,
}
# Of a job that failed and left no error.
WORKER_ENDED = Text(
    "Intet forsøg fik det gjort: tjenesten {service} holdt op, før det var færdigt. Bed den, der passer serveren, om at se hvorfor "
    "i loggen (journalctl -u {service}): det står før linjerne »interrupted jobs are taken up again«. Udfør så jobbet igen.",
    "No attempt got it done: the service {service} ended before it was finished. Ask whoever runs the server to look for the "
    "reason in the log (journalctl -u {service}): it stands before the lines “interrupted jobs are taken up again”. Then do the "
    "job again.",
)
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
NONE_OPEN = Text("Intet job venter, kører eller mislykkedes.", "No job waits, runs or failed.")
NOT_ALLOWED = Text("Job, hvis tilstand ikke tillader det: {numbers}.", "Jobs whose state does not allow it: {numbers}.")
ACTS_DONE = {
    "retry": Text("Job, der udføres igen: {numbers}.", "Jobs that are done again: {numbers}."),
    "cancel": Text(
        "Job, der er annulleret eller bedt om at standse: {numbers}.", "Jobs cancelled or asked to stop: {numbers}."
    ),
}
