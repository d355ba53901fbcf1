"""Nothing that was sent comes back in a refusal, goes into a log, or is stored: a property over mutations of the example."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import dictionary as d
from cases import tokens
from cases.models import Assessment, Case, Referral
from tests.api.asserts import LIST, new_path
from tests.callers import Caller, assessment, referral

MARKER = "Zz0101901234zZ"
SECRETS = (
    "010190-1234 {}",
    "{}",
    "{}" * 200,
    "{}@example.org",
    "+45 20 {}",
    "https://{}.example/~1?q=#",
    "<script>{}</script>",
    "2025-03-{}",
    "55.6{},12.5",
    '"{}" \\ / ~1 %0A \u2028',
    "Æ{}ø",
    "F{}",
)

text = st.sampled_from([template.format(*[MARKER] * template.count("{}")) for template in SECRETS])
scalar = text | st.integers(-(10**17), 10**17) | st.booleans() | st.none()
value = st.recursive(
    text,
    lambda inner: (
        st.lists(inner | scalar, min_size=1, max_size=3)
        | st.dictionaries(text | st.text(max_size=5), inner, min_size=1, max_size=2)
    ),
    max_leaves=5,
)
PROFILE = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def mutations(draw: st.DrawFn, names: list[str]) -> list[tuple[str, Any]]:
    """Members to set: known ones, or ones whose very name is the sender's text. One of them carries the marker."""
    name = st.sampled_from(names) | text
    return [(draw(name), draw(value)), *draw(st.lists(st.tuples(name, value | scalar), max_size=2))]


def mutated(example: dict[str, Any], changes: list[tuple[str, Any]]) -> Any:
    """The example with the changes, of which the first one stands whatever the others say."""
    return {**example, **dict(reversed(changes))}


def check(response: Any, log: str) -> None:
    """A 4xx that holds nothing of the marker, in its body, headers or log."""
    assert 400 <= response.status_code < 500, response.status_code
    assert response.headers["Content-Type"] == "application/problem+json"
    for place in (response.content.decode(), str(response.headers), log):
        assert "0101901234" not in place
        assert "Zz" not in place


def stored() -> tuple[int, int, int]:
    return Referral.objects.count(), Case.objects.count(), Assessment.objects.count()


@PROFILE
@given(changes=mutations([field.name for field in d.REFERRAL]))
def test_a_mutated_referral_is_refused_in_silence(
    ngo: Caller, logged: io.StringIO, changes: list[tuple[str, Any]]
) -> None:
    sent = mutated(referral(), changes)
    check(ngo.put(new_path(), sent), logged.getvalue())
    check(ngo.post(LIST, sent, Idempotency_Key=f"{MARKER}-0123456789"), logged.getvalue())
    assert stored() == (0, 0, 0)


@PROFILE
@given(changes=mutations([field.name for field in d.ASSESSMENT]))
def test_a_mutated_assessment_is_refused_in_silence(
    centre: Caller, logged: io.StringIO, changes: list[tuple[str, Any]]
) -> None:
    path = f"/api/v1/cases/{tokens.mint()}/assessment"
    check(centre.put(path, mutated(assessment(), changes)), logged.getvalue())
    assert stored() == (0, 0, 0)


@settings(PROFILE, max_examples=60)
@given(body=value | scalar, reason=value)
def test_any_other_value_is_refused_in_silence(ngo: Caller, logged: io.StringIO, body: Any, reason: Any) -> None:
    before = stored()
    check(ngo.put(new_path(), body), logged.getvalue())
    check(ngo.post(f"{new_path()}/withdrawal", {"reason_code": reason}), logged.getvalue())
    check(ngo.post(f"{new_path()}/withdrawal", {"reason_code": "DUPLICATE", MARKER: 1}), logged.getvalue())
    assert stored() == before


@settings(PROFILE, max_examples=100)
@given(raw=st.binary(max_size=40), cut=st.integers(0, 600))
def test_bytes_are_never_a_500(ngo: Caller, logged: io.StringIO, raw: bytes, cut: int) -> None:
    """The example with bytes set into it, the marker among them."""
    whole = json.dumps(referral()).encode()
    response = ngo.put(new_path(), whole[:cut] + MARKER.encode() + raw + whole[cut:])
    check(response, logged.getvalue())


@pytest.mark.parametrize(
    "place", ["path", "query", "name", "accept", "match", "key", "prefer", "language", "trace", "bearer"]
)
def test_what_stands_in_the_address_or_a_header_is_not_repeated(ngo: Caller, logged: io.StringIO, place: str) -> None:
    path = new_path()
    response = {
        "path": lambda: ngo.get(f"{LIST}/{MARKER}"),
        "query": lambda: ngo.get(f"{LIST}?gender={MARKER}"),
        "name": lambda: ngo.get(f"{LIST}?{MARKER}=1"),
        "accept": lambda: ngo.get(path, Accept=MARKER),
        "match": lambda: ngo.put(path, referral(), If_Match=MARKER),
        "key": lambda: ngo.post(LIST, referral(), Idempotency_Key=f"{MARKER} {MARKER}"),
        "prefer": lambda: ngo.get(path, Prefer=MARKER),
        "language": lambda: ngo.get(path, Accept_Language=MARKER),
        "trace": lambda: ngo.get(
            path, traceparent=MARKER, X_Request_Id=MARKER, User_Agent=MARKER, X_Forwarded_For=MARKER
        ),
        "bearer": lambda: ngo.get(path, Authorization=f"Bearer {MARKER}"),
    }[place]()
    check(response, logged.getvalue())
    assert stored() == (0, 0, 0)
