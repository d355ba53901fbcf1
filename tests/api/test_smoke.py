"""One referral through HTTP."""

from __future__ import annotations

from tests.callers import Caller


def test_put_stores_and_the_same_again_changes_nothing(ngo: Caller) -> None:
    path, body = ngo.referral()
    again = ngo.put(path, {name: value for name, value in body.items() if name in {"gender"}})
    assert again.status_code == 400
    assert ngo.get(path).headers["ETag"] == '"1"'
