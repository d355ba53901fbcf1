"""`python -m deploy.demo.credentials [NAME]`: with what a person of the demo signs in, the code of this half minute with it.

Reads what a demo keeps in its home and nothing else; no deployment has that file.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sys
import time
from pathlib import Path

from config import env
from tools.embedded import day

STEP, DIGITS = 30, 6
# A code that ends sooner than it can be typed is not shown.
ENOUGH = 8


def main() -> int:
    """Print password and code; wait for the next code where this one is about to end. 0, or a sentence."""
    name = sys.argv[1] if len(sys.argv) > 1 else "demo"
    home = env.path("HENVIS_HOME", Path(".henvis"))
    path, running = home / "secrets.json", home / "database.json"
    if running.exists():
        day.follow(json.loads(running.read_text()).get("clock", {}))
    content = json.loads(path.read_text()) if path.exists() else {}
    if name not in content.get("factors", {}):
        raise SystemExit(f"{path} knows no {name}. Start the demo; the names are those that it prints.")
    seconds_left = STEP - time.time() % STEP
    if seconds_left < ENOUGH:
        print("waiting for the next code", file=sys.stderr)
        time.sleep(seconds_left)
    print(
        f"user name  {name}\npassword   {content['admin_password']}\ncode       {code(content['factors'][name], time.time())}"
    )
    return 0


def code(secret: str, now: float) -> str:
    """The code of a secret (base32) at a moment in seconds (RFC 6238: SHA-1, 30 seconds, six digits)."""
    counter = int(now // STEP).to_bytes(8, "big")
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


if __name__ == "__main__":
    sys.exit(main())
