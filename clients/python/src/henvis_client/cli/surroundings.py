"""Where a command runs: folders, variables of the environment, the clock, and whether a person is there to be asked."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import httpx
import typer

from henvis_client.key_map import KeyMap
from henvis_client.outbox import Outbox
from henvis_client.profiles import Profile, Profiles
from henvis_client.texts import language_of
from henvis_client.timing import Patience, Timing
from henvis_client.vault import SCRYPT_WORK, Vault


@dataclass(frozen=True)
class Surroundings:
    """What a command is given by the system; tests give their own. `variables` are those of the environment."""

    home: Path
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_interactive: bool = False
    transport: httpx.BaseTransport | None = None
    timing: Timing = field(default_factory=Timing)
    patience: Patience = field(default_factory=Patience)
    passphrase_work: int = SCRYPT_WORK

    @classmethod
    def of_system(cls) -> Surroundings:
        """Those of this process. Nothing else in the package reads the environment."""
        variables = {name: value for name, value in os.environ.items() if name.startswith(("HENVIS_", "LANG", "LC_"))}
        home = variables.get("HENVIS_CLIENT_HOME") or typer.get_app_dir("henvis", roaming=False)
        return cls(Path(home), variables, sys.stdin.isatty() and sys.stderr.isatty())

    def language(self, option: str | None) -> str:
        """The language of a command."""
        names = [self.variables.get(name) for name in ("HENVIS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
        return language_of(option, *names, locale.getlocale()[0] if not any(names) else None)

    @cached_property
    def profiles(self) -> Profiles:
        """The profiles."""
        return Profiles(self.home)

    @cached_property
    def vault(self) -> Vault:
        """What encrypts the outbox."""
        return Vault.of_folder(self.home, self.variables.get("HENVIS_OUTBOX_PASSPHRASE"), work=self.passphrase_work)

    def outbox(self, profile: Profile) -> Outbox:
        """The outbox of a profile."""
        return Outbox(self.home / "outbox" / profile.name, self.vault, wall=self.timing.wall)

    def key_map(self, profile: Profile) -> KeyMap:
        """The own keys of a profile."""
        return KeyMap(self.home / "own-keys" / profile.name, self.vault)
