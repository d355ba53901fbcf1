"""Digests under the pepper: tombstones, keys and confirmations that are stored must match those of today."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import override_settings

from api.http import idempotency
from cases.duplicates import linkage
from cases.erased import digests
from cases.intake.checks import content
from core import keys
from partners.kinds import Mode

REFERENCE = UUID("7f0c6a86-5f0e-4b7e-9a3e-2d1c4b5a6978")
DIGESTS = {
    "text": "fc1e67fdd46fbe54e2854cae67bae04c539971df32f2f922415335094b99355c",
    "key": "8518818942536863de0b54b4805c3ee3e71cb3801a16a398a03462064e0826d9",
    "token": "5c23c2a052de110a71c72335721bc4a40a4122171a731cb6a469f320e892a871",
    "test token": "45dc17cfe49f7d550335cd28ba7862d0ff857b0005e39429dd4655806b55ec9d",
    "reference": "e3869a53906f0c2a9c6f16aee9878db299b65c67ae30038c6ce6e3627dabbc19",
    "row": "246ac7cf65e6cbaae7885c54213b0b5ede053079fbcad5e618f292807c250b22",
    "linkage code": "5c0d3825b507d02eaf07f771a7128af427f7ffcb0364d714988d2959735e2b67",
}


@pytest.fixture(autouse=True)
def one_pepper() -> object:
    """The pepper with which the digests below were made."""
    with override_settings(HENVIS_PEPPER="a-pepper-of-which-nothing-changes"):
        yield


def test_every_label_is_as_it_was() -> None:
    assert {
        "text": keys.seal("text"),
        "key": idempotency.seal("key", "text"),
        "token": digests.of_token("text", test=False),
        "test token": digests.of_token("text", test=True),
        "reference": digests.of_reference(REFERENCE),
        "row": content.seal("row", "a", "b"),
        "linkage code": linkage.digest("0" * 64, mode=Mode.LIVE),
    } == DIGESTS
