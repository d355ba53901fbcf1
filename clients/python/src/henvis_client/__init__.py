"""Client and command line of Henvis: check, send and follow referrals.

    from henvis_client import Client

    with Client("https://henvis.example", client_id, client_secret) as client:
        batch = client.check("referrals.xlsx")

Nothing here logs, and no exception repeats what was sent. What every method raises is a `HenvisError`.
"""

from __future__ import annotations

from henvis_client.bodies import Batch, Counts, Finding, RowResult
from henvis_client.client import Client
from henvis_client.documents import Document
from henvis_client.errors import (
    CredentialProblem,
    HenvisError,
    NetworkError,
    Problem,
    ServiceProblem,
    UsageError,
    Violation,
)
from henvis_client.linkage import linkage_code
from henvis_client.own_keys import reference_of
from henvis_client.timing import Patience, Timing
from henvis_client.version import VERSION

__version__ = VERSION
__all__ = [
    "Batch",
    "Client",
    "Counts",
    "CredentialProblem",
    "Document",
    "Finding",
    "HenvisError",
    "NetworkError",
    "Patience",
    "Problem",
    "RowResult",
    "ServiceProblem",
    "Timing",
    "UsageError",
    "Violation",
    "linkage_code",
    "reference_of",
]
