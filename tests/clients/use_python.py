"""What a partner does first with the client that openapi-generator makes for Python: a token, a referral, a file, a table.

Takes JSON as its argument and prints what it was answered.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from uuid import uuid4

import henvis_generated as henvis  # type: ignore[import-not-found]


def shown(answer: Any) -> dict[str, Any]:
    """What is compared of a referral."""
    return {"version": answer.version, "means_of_control": answer.means_of_control}


def main(asked: dict[str, Any]) -> dict[str, Any]:
    """Fetch a token, submit, read, be refused, send a file, and read a table."""
    name, secret = asked["client"]
    access = henvis.AccessApi(
        henvis.ApiClient(henvis.Configuration(host=asked["address"], username=name, password=secret))
    )
    token = access.issue_token(grant_type="client_credentials").access_token
    client = henvis.ApiClient(henvis.Configuration(host=asked["address"], access_token=token))
    referrals = henvis.ReferralsApi(client)
    reference, body = str(uuid4()), henvis.ReferralInput.from_dict(asked["referral"])
    written = referrals.put_referral(reference, body)
    minimal = referrals.put_referral(reference, body, prefer="return=minimal")
    read = referrals.read_referral(reference)
    table = henvis.StatisticsApi(client).read_table("persons", by=["gender"], year="2023")
    codes = table.dimension["gender"].category.index
    return {
        "written": shown(written),
        "minimal": shown(minimal),
        "read": shown(read),
        "refused": refusal(referrals, asked["referral"]),
        "file": sent(henvis.DeliveriesApi(client), asked["file"]),
        "table": {code: table.value[place] for code, place in codes.items()},
    }


def refusal(referrals: Any, body: dict[str, Any]) -> list[Any]:
    """The status and the code of a referral that breaks a rule."""
    broken = henvis.ReferralInput.from_dict({**body, "exploitation": "LABOUR", "exploitation_detail": "SEXUAL_CLINIC"})
    try:
        referrals.put_referral(str(uuid4()), broken)
    except henvis.ApiException as refused:
        return [refused.status, json.loads(refused.body)["code"]]
    return []


def sent(deliveries: Any, content: str) -> dict[str, Any]:
    """What became of a file."""
    batch = deliveries.send_batch("true", str(uuid4()), ("rows.csv", content.encode()))
    return {"format": batch.format, "created": batch.counts.created}


print(json.dumps(main(json.loads(sys.argv[1]))))
