"""What the demo prints once it is complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deploy.demo import files
from deploy.demo.people import ADMIN, FOR, MEMBERS, PEOPLE
from partners.kinds import Mode, Scope


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
  {home / files.CREDENTIALS}   credentials of {len(partners)} partners, by `mode` LIVE or TEST

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
