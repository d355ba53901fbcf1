"""The client's wheel in the oldest Python that it says it takes: its command, and a file that is checked and sent."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cases.models import Referral
from tests.api.batches.sending import as_csv, row
from tests.callers import make_caller
from tests.clients.conftest import run

pytestmark = pytest.mark.clients
HOME = Path(settings.BASE_DIR) / "clients/python"
OLDEST = re.findall(r"[\d.]+", tomllib.loads((HOME / "pyproject.toml").read_text())["project"]["requires-python"])[0]
SEND = """
import json, sys
from henvis_client import Client
address, name, secret, path = sys.argv[1:]
with Client(address, name, secret) as client:
    client.check(path)
    batch = client.send(path)
    print(json.dumps([list(sys.version_info[:2]), batch.state, batch.counts.created]))
"""


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That Python with the wheel installed, as a colleague would install it."""
    python = shutil.which(f"python{OLDEST}", path="/usr/bin:/usr/local/bin") or shutil.which(f"python{OLDEST}")
    uv = shutil.which("uv") or shutil.which("uv", path=Path(settings.BASE_DIR) / ".henvis-tools/bin")
    if python is None or uv is None:
        pytest.skip(f"no Python {OLDEST} on this machine, so the client was not run in it")
    home = tmp_path_factory.mktemp("oldest")
    run(uv, "build", "--wheel", "-q", "-o", home, HOME)
    (wheel,) = home.glob("*.whl")
    run(uv, "venv", "-q", "--python", python, home / "venv")
    run(uv, "pip", "install", "-q", "--python", home / "venv/bin/python", f"{wheel}[xlsx]")
    return home / "venv/bin/python"


def test_a_file_is_checked_and_sent(interpreter: Path, live_server: Any, tmp_path: Path) -> None:
    caller, path = make_caller("NGO"), tmp_path / "referrals.csv"
    path.write_bytes(as_csv([row(), row()]))
    said = run(interpreter, "-c", SEND, live_server.url, caller.client.client_id, caller.secret, path)
    assert json.loads(said) == [[*map(int, OLDEST.split("."))], "done", 2]
    assert Referral.objects.count() == 2


def test_the_command_runs(interpreter: Path, tmp_path: Path) -> None:
    henvis = interpreter.with_name("henvis")
    said = run(henvis, "--help", HENVIS_CLIENT_HOME=str(tmp_path), HENVIS_LANG="da")
    assert "Brug: henvis" in said
    run(interpreter, "-m", "compileall", "-q", *interpreter.parents[1].glob("lib/*/site-packages/henvis_client"))
