"""The program as it is served, for the clients of one organisation; and what it has stored of what they sent."""

from __future__ import annotations

from collections import Counter

import httpx

from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch, BatchState
from cases.models import Referral
from partners.kinds import Mode
from tests.callers import Caller, make_caller
from tests.clients.python.transports import InProcess

WAITING = (BatchState.QUEUED, BatchState.RUNNING)


class Register(httpx.BaseTransport):
    """A service in this process. `mode`: which of the two clients logs in. `is_busy`: every file is left to a job.

    `bodies`: what came as files. A worker works on jobs just before somebody looks at a batch again.
    """

    def __init__(self) -> None:
        self.inner = InProcess()
        self.mode = "TEST"
        self.is_busy = False
        self.bodies: list[bytes] = []
        self.callers: dict[str, Caller] = {}

    @property
    def caller(self) -> Caller:
        """The organisation in the present mode."""
        if self.mode not in self.callers:
            self.callers[self.mode] = make_caller("NGO", mode=Mode(self.mode))
        return self.callers[self.mode]

    @property
    def id(self) -> str:
        """The id of the client that logs in."""
        return str(self.caller.client.client_id)

    @property
    def secret(self) -> str:
        """Its secret."""
        return self.caller.secret

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.caller.partner.name

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        if request.method == "POST" and request.url.path == "/api/v1/batches":
            self.bodies.append(request.read())
            if self.is_busy:
                request.headers["Prefer"] = f"{request.headers['Prefer']}, respond-async"
        if request.method == "GET" and "/batches/" in request.url.path:
            self.work()
        return self.inner.handle_request(request)

    def work(self) -> None:
        """Do the jobs that wait."""
        for batch in Batch.objects.filter(state__in=WAITING):
            work_batch(str(batch.pk))

    @property
    def writes(self) -> Counter[str]:
        """How many versions of each reference there are."""
        return Counter(map(str, Referral.objects.values_list("reference", flat=True)))

    @property
    def stored(self) -> set[str]:
        """The references that are stored."""
        return set(self.writes)

    @property
    def batch_count(self) -> int:
        """How many deliveries were taken."""
        return Batch.objects.count()
