"""`key`: the secret of own row keys, which colleagues share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from henvis_client import own_keys
from henvis_client.cli import words as w
from henvis_client.cli.account import Yes
from henvis_client.cli.app import command, key
from henvis_client.cli.desk import Desk
from henvis_client.cli.files import Force, write_new
from henvis_client.documents import UNREADABLE
from henvis_client.errors import UsageError


@command(key, "export", "Skriv nøglen til en fil.", "Write the secret to a file.")
def export_key(desk: Desk, path: Path, force: Force = False) -> None:
    """Write the secret to a file that only its owner reads."""
    secret = desk.profile.key_secret
    write_new(path, f"{own_keys.export_text(secret)}\n".encode(), force)
    desk.say(w.KEY_EXPORTED, path=path)
    desk.finish({"path": str(path), "own_key": own_keys.fingerprint(secret)})


@command(key, "import", "Brug en kollegas nøgle.", "Use a colleague's secret.")
def import_key(desk: Desk, path: Path, yes: Yes = False) -> None:
    """Take the secret of a file in place of the one that login made."""
    try:
        secret = own_keys.secret_of_text(path.read_text())
    except (OSError, UnicodeDecodeError):
        raise UsageError("file_missing", UNREADABLE) from None
    old, new = own_keys.fingerprint(desk.profile.key_secret), own_keys.fingerprint(secret)
    if old != new and desk.around.key_map(desk.profile).column is not None and not yes:
        desk.confirm(w.KEY_REPLACES, old=old, new=new)
    desk.around.profiles.save(replace(desk.profile, own_key=secret.hex()))
    desk.say(w.KEY_IMPORTED, fingerprint=new)
    desk.finish({"own_key": new})


@command(key, "fingerprint", "Mærket, som kolleger sammenligner.", "The mark that colleagues compare.")
def show_fingerprint(desk: Desk) -> None:
    """Show the mark of the secret."""
    mark = own_keys.fingerprint(desk.profile.key_secret)
    desk.say(w.KEY_IMPORTED, fingerprint=mark)
    desk.finish({"own_key": mark})
