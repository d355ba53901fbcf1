"""Which own key a reference stands for, so that people read their own keys. It is encrypted and stays on the machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from henvis_client.disk import hold_lock, make_folder
from henvis_client.vault import Vault


class KeyMap:
    """The own keys of one profile."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder, self.vault = make_folder(folder), vault
        self.path = folder / "own-keys.henvis"

    def read(self) -> dict[str, str]:
        """Own keys by reference."""
        if not self.path.exists():
            return {}
        return {str(name): str(key) for name, key in json.loads(b"".join(self.vault.pieces(self.path))).items()}

    def add(self, keys: Mapping[str, str], column: str) -> None:
        """Keep more own keys by their references, and the name of the column that they came from."""
        with hold_lock(self.folder / "own-keys.lock"):
            complete = {**self.read(), **keys}
            self.vault.write(self.path, {"column": column}, [json.dumps(complete).encode()])

    @property
    def column(self) -> str | None:
        """The name of the column that keys last came from."""
        return str(self.vault.header(self.path)["column"]) if self.path.exists() else None
