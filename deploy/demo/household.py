"""A demo's home: its files, the people who live there, and what is printed once it is complete.

The files are what a start leaves for the next one, and for commands beside it.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from core.text import Text
from partners.kinds import Mode, Scope

# Where a demo that runs keeps the address of its database and its port; the secrets; the credentials of partners; and how
# far it is built, which is there until it is complete (`HENVIS_LINE`).
DATABASE, SECRETS, CREDENTIALS, LINE = "database.json", "secrets.json", "demo.json", "line.json"
# Said at last, in place of a step, where the demo will not be complete.
FAILED = "the building has stopped; upkeep.log may say why"


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that only its owner may read; whole or not at all."""
    new_path = path.with_suffix(".new")
    new_path.unlink(missing_ok=True)
    with os.fdopen(os.open(new_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
    new_path.replace(path)


def write_progress(path: Path, words: Text, step: str) -> None:
    """Say how far a demo is: to readers, on every page (`pages.base.frame`), and what is done now to whoever started it."""
    write_private(path, {**words._asdict(), "step": step})


def read_step(path: Path) -> str | None:
    """What is done now. None: the demo is complete."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["step"])
    except FileNotFoundError:
        return None


def say(what: str, began: float) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"[{time.monotonic() - began:5.1f} s] {what}", flush=True)


ADMIN, BUILDER, APPROVER, MANAGER = "demo", "demo-statistician", "demo-approver", "demo-manager"
OFFICER, PARTNER_MANAGER = "demo-data-protection", "demo-partner-manager"
# The people of one partner, by name: what each is there. The manager first.
MEMBERS = {MANAGER: "MANAGER", "demo-caseworker": "CASEWORKER", "demo-reader": "READER"}
# Who has which role. What one has built the other may publish.
STAFF = {
    BUILDER: "statistician",
    APPROVER: "approver",
    "demo-case-manager": "case_manager",
    OFFICER: "data_protection",
    PARTNER_MANAGER: "partner_manager",
    "demo-auditor": "auditor",
}
PEOPLE = (ADMIN, *STAFF, *MEMBERS)
# What each is there for; the partner of the last ones is named beside it.
FOR = (
    "everything",
    "orders releases",
    "publishes what another has ordered",
    "decides on duplicates and conflicts",
    "answers persons' requests: produces and erases what is held",
    "asks for clients and invitations; demo approves",
    "sees what was done and who may do what",
    "reports, secrets and people of",
    "reports of",
    "reads what is sent by",
)


def guide(base: str, home: Path, partners: list[dict[str, Any]]) -> str:
    """What to open, and lines to paste; the first fetches a token."""
    partner, test = partners[0], next(each for each in partners if each["mode"] == Mode.TEST)
    where = "" if home == Path(".henvis").absolute() else f"HENVIS_HOME={home} "
    of_partner = dict.fromkeys(MEMBERS, f" {partner['name']}")
    people = "\n".join(f"    {name:22}{why}{of_partner.get(name, '')}" for name, why in zip(PEOPLE, FOR, strict=True))
    authority = next(each for each in partners if Scope.STATISTICS_AUTHORITY in each["scopes"])
    return f"""
  {base}/             the figures, as everybody reads them
  {base}/docs/        five minutes to a first referral, and the reference
  {base}/account/     sign in; the last three then open {base}/send/, all others {base}/admin/
{people}
    password and code of one:  {where}.venv/bin/python -m deploy.demo.credentials {ADMIN}
  {home / CREDENTIALS}   credentials of {len(partners)} partners, by `mode` LIVE or TEST

# To write with, {test["name"]} in test mode: whatever it sends is never counted.
TOKEN=$(curl -s -u '{test["client_id"]}:{test["client_secret"]}' -d grant_type=client_credentials \\
  {base}/oauth/token | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')
curl -s -H "Authorization: Bearer $TOKEN" {base}/api/v1/me
curl -s -H "Authorization: Bearer $TOKEN" '{base}/api/v1/referrals?limit=2'

# Statistics need no token. Of 2021 two genders are hidden, the small one and another one, or it could be computed (status Q):
curl -s '{base}/api/v1/statistics/persons?by=gender&year=2021&format=csv'
curl -s '{base}/api/v1/statistics/persons?by=gender,exploitation.form&period=2019-2023&format=csv'
curl -s '{base}/api/v1/releases/2021.p1/certificate' > certificate.json
.venv/bin/python manage.py release verify-public certificate.json; rm certificate.json

# Authorities read quarters, with noise; {authority["name"]}, live:
TOKEN=$(curl -s -u '{authority["client_id"]}:{authority["client_secret"]}' -d grant_type=client_credentials \\
  {base}/oauth/token | sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/')
curl -s -H "Authorization: Bearer $TOKEN" '{base}/api/v1/statistics/persons?by=gender&period=2023-Q4&format=csv'

Ctrl-C ends it."""
