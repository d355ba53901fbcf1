"""What partners do while a code list changes, in a process of its own with the source tree that it is started in.

`python -m tests.journey.code_change_steps STEPS` does the steps of a JSON array, each as if its number of days had passed, and
prints what came of each.
"""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.contrib.auth.models import Permission, User  # noqa: E402 (needs Django)
from django.core.management import call_command  # noqa: E402 (needs Django)
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases import months  # noqa: E402
from core.text import Text  # noqa: E402
from partners.audit import Actor  # noqa: E402
from partners.kinds import Kind, Scope  # noqa: E402
from partners.models import Client, Partner  # noqa: E402
from stats.models import PUBLIC, Publication  # noqa: E402
from stats.publishing import build as building  # noqa: E402
from stats.publishing.choice import Choice  # noqa: E402
from stats.staff import approval  # noqa: E402
from tests.callers import Browser, Caller, issue_token, make_caller, referral  # noqa: E402

LIST = "/api/v1/referrals"
OLD, NEW = "BEGGING", "BEGGING_STREET"
REFERENCES = [f"5d1c7e20-84a1-4c39-b1f7-0e6a2b9d4c5{n}" for n in range(10)]
# Whoever waits longer than this for a lock is refused, and the writer says so.
PATIENCE = "2s"
Said = dict[str, Any]


def known(kind: Kind) -> Caller:
    """The one partner of a kind, with a new token; made at the first time."""
    partner = Partner.objects.filter(kind=kind).first()
    if partner is None:
        return make_caller(kind, scopes=sorted(map(str, Scope)) if kind == Kind.CENTRE else None)
    client = Client.objects.get(partner=partner)
    return Caller(partner, client, "", issue_token(client))


def form(code: str, **changes: object) -> Said:
    """A referral with this form of exploitation."""
    return referral(exploitation=code, exploitation_also=[], exploitation_detail="_U", **changes)


def put(n: int, body: Said, **headers: str) -> Said:
    """The n-th referral of the NGO."""
    return told(known(Kind.NGO).put(f"{LIST}/{REFERENCES[n]}", body, **headers))


def told(response: HttpResponse) -> Said:
    """An answer as JSON."""
    headers = {name: response.headers[name] for name in ("Deprecation", "Sunset", "Link") if name in response.headers}
    body = json.loads(response.content)
    return {"status": response.status_code, "headers": headers, "body": body, "errors": body.get("errors")}


def before() -> Said:
    """The old source: a referral with the old code, and the new one is unknown."""
    return {"old": put(0, form(OLD)), "new": put(1, form(NEW))}


def write(going: str, stop: str) -> Said:
    """The old source: write until told to stop."""
    ngo = known(Kind.NGO)
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
    statuses: Counter[int] = Counter()
    while not Path(stop).exists():
        statuses[ngo.post(LIST, form("SEXUAL", referred_in="2024-03"), Idempotency_Key=f'"{uuid4()}"').status_code] += 1
        Path(going).touch()
    return {"statuses": statuses}


def writes() -> Said:
    """The new source: both codes are sent, and the changes are read."""
    body = {"outcome": "IDENTIFIED", "decided_by": "CENTRE", "decided_in": "2025-04", "verified_exploitation": NEW}
    old, new = put(2, form(OLD)), put(3, form(NEW))
    token = put(0, form(OLD))["body"]["case_token"]
    return {
        "old": old,
        "new": new,
        "also": put(4, form("SEXUAL") | {"exploitation_also": [NEW]}),
        "assessed": told(known(Kind.CENTRE).put(f"/api/v1/cases/{token}/assessment", body)),
        "changes": changes(),
    }


def changes() -> list[Said]:
    """What is told to everybody."""
    found: list[Said] = Browser().get("/api/v1/codelists/changes").json()["items"]
    return found


def reads() -> Said:
    """The new source: the first referral is read, found and corrected."""
    ngo = known(Kind.NGO)
    found = told(ngo.get(f"{LIST}?exploitation={OLD}"))["body"]["items"]
    return {
        "read": told(ngo.get(f"{LIST}/{REFERENCES[0]}")),
        "found": sorted(each["reference"] for each in found),
        "corrected": put(0, form(OLD, gender="X"), If_Match='"1"'),
        "refused": put(5, form(OLD)),
    }


def figures() -> Said:
    """The exact figures of 2025, by the submitted codes and by the three forms, and what the release says of its lists."""
    centre = known(Kind.CENTRE)

    def table(axis: str) -> dict[str, int]:
        address = f"/api/v1/statistics/referrals?by={axis}&period=2025&format=list"
        rows = told_list(centre.get(address, Henvis_Purpose="annual-report"))
        return {row[axis]: row["count"] for row in rows if row["count"]}

    listed = told(centre.get("/api/v1/releases"))["body"]
    return {"codes": table("exploitation"), "forms": table("exploitation.form"), "releases": listed}


def told_of(field: str, code: str) -> Said:
    """A partner of before, a partner that sends a new field, and one that sends a code which it does not have."""
    ngo = make_caller(Kind.NGO)
    paths = [f"{LIST}/{reference}" for reference in REFERENCES[:3]]
    bodies = (referral(**{field: ...}), referral(**{field: code}), referral(**{field: "NONE_SUCH"}))
    return {"answers": [told(ngo.put(path, body)) for path, body in zip(paths, bodies, strict=True)]}


def counted(axis: str, period: str) -> Said:
    """The exact figures of persons by an axis."""
    address = f"/api/v1/statistics/persons?by={axis}&period={period}&format=list"
    rows = told_list(make_caller(Kind.CENTRE).get(address, Henvis_Purpose="annual-report"))
    return {row[axis]: row["count"] for row in rows}


def identify(code: str, count: int) -> Said:
    """So many persons with this form of exploitation are referred, and identified in 2025."""
    ngo, centre = known(Kind.NGO), known(Kind.CENTRE)
    for n in range(count):
        sent = form(code, referred_in="2025-03")
        made = told(ngo.post(LIST, sent, Idempotency_Key=f'"{code}-{n}-0123456789abcdef"'))
        assert made["status"] == 201, made
        found = {"outcome": "IDENTIFIED", "decided_by": "CENTRE", "decided_in": "2025-04"}
        assert told(centre.put(f"/api/v1/cases/{made['body']['case_token']}/assessment", found))["status"] == 201
    return {}


def staff(name: str, *rights: str) -> Actor:
    """A member of staff."""
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return Actor.of(user)


def publish() -> Said:
    """The public vintage of 2025 is built by one and published by another."""
    notes = Text("Koden er delt.", "The code is split.") if Publication.objects.exists() else None
    choice = Choice.of(("exploitation", "exploitation.form"))
    built = building.build(by=staff("builder"), period="2025", audience=PUBLIC, choice=choice, change_notes=notes)
    approval.publish(by=staff("approver", "approve_release"), release_id=built.release.pk)
    return {"passed": built.passed, "release": built.release.pk}


def compared(newer: str) -> Said:
    """What everybody reads of the change, and of both vintages."""
    changes = Browser().get(f"/api/v1/releases/{newer}/changes").json()
    rows = {
        ",".join(table["axes"]): {
            "".join(row["codes"]) or "TOTAL": (row["before"], row["after"]) for row in table["rows"]
        }
        for table in changes["tables"]
    }

    def table(release: str) -> dict[str, int]:
        address = f"/api/v1/statistics/persons?by=exploitation&year=2025&format=list&release={release}"
        return {row["exploitation"]: row["count"] for row in Browser().get(address).json() if row["count"]}

    return {"changes": changes, "rows": rows, "then": table("2025.p1"), "now": table(newer)}


def told_list(response: HttpResponse) -> list[Said]:
    """Flat rows."""
    assert response.status_code == 200, response.content
    found: list[Said] = json.loads(response.content)
    return found


def manage(words: list[str]) -> Said:
    """A command of ours: what it writes, and its exit status."""
    out, status = io.StringIO(), 0
    try:
        call_command(*words, stdout=out)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return {"out": out.getvalue(), "status": status}


STEPS: dict[str, Callable[..., Said]] = {
    each.__name__: each
    for each in (before, write, writes, reads, figures, told_of, counted, identify, publish, compared, manage)
}


class Later:
    """A clock that is ahead."""

    days = 0

    @classmethod
    def now(cls) -> datetime:
        """The moment."""
        return timezone.now() + timedelta(days=cls.days)


def do(step: str, days: int = 0, **more: Any) -> Said:
    """One step."""
    Later.days = days
    return STEPS[step](**more)


if __name__ == "__main__":
    setup_test_environment()
    vars(months)["timezone"] = Later
    sys.stdout.write(json.dumps([do(**each) for each in json.loads(sys.argv[1])]))
