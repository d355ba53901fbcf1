"""The same with the client of openapi-python-client: a token, a referral, a file, a table.

Takes JSON as its argument and prints what it was answered.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
from henvis_generated import AuthenticatedClient, Client  # type: ignore[import-not-found]
from henvis_generated.api.access import issue_token  # type: ignore[import-not-found]
from henvis_generated.api.deliveries import send_batch  # type: ignore[import-not-found]
from henvis_generated.api.referrals import put_referral  # type: ignore[import-not-found]
from henvis_generated.api.statistics import read_table  # type: ignore[import-not-found]
from henvis_generated.models import (  # type: ignore[import-not-found]
    Axis,
    BatchFileInput,
    DatasetId,
    ReferralInput,
    SendBatchDryRun,
    TokenRequest,
)
from henvis_generated.types import File  # type: ignore[import-not-found]


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """Fetch a token, submit, send a file, and read a table."""
    address = asked["address"]
    basic = Client(address, httpx_args={"auth": httpx.BasicAuth(*asked["client"])})
    token = issue_token.sync(client=basic, body=TokenRequest.from_dict({"grant_type": "client_credentials"}))
    client = AuthenticatedClient(address, token=token.access_token)
    written = put_referral.sync(str(uuid4()), client=client, body=ReferralInput.from_dict(asked["referral"]))
    file = BatchFileInput(File(BytesIO(asked["file"].encode()), "rows.csv", "text/csv"))
    batch = send_batch.sync(client=client, body=file, dry_run=SendBatchDryRun.TRUE, idempotency_key=str(uuid4()))
    table = read_table.sync(DatasetId("persons"), client=client, by=[Axis("gender")], year="2023")
    codes = table.dimension["gender"].category.index.to_dict()
    return {
        "version": written.version,
        "file": {"format": batch.format_, "created": batch.counts.created},
        "table": {code: table.value[place] for code, place in codes.items()},
    }


print(json.dumps(main(json.loads(sys.argv[1]))))
