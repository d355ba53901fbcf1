"""Profiles: an address, a client and its secret, by name, in a file of mode 0600 in the system's folder for settings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from henvis_client.disk import hold_lock, make_folder, write_safely
from henvis_client.errors import UsageError
from henvis_client.own_keys import new_secret
from henvis_client.texts import Text

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
LIVE, TEST = "LIVE", "TEST"
BAD_NAME = Text(
    "Navnet på en profil er små bogstaver, tal, - og _.", "The name of a profile is small letters, digits, - and _."
)
NO_PROFILE = Text(
    "Der er ingen profil på denne maskine. Begynd med `henvis login`.",
    "There is no profile on this machine. Begin with `henvis login`.",
)
NO_SUCH_PROFILE = Text(
    "Der er ingen profil {name} på denne maskine. Her er: {names}. En ny laves med `henvis login`.",
    "There is no profile {name} on this machine. There is: {names}. Make a new one by `henvis login`.",
)
NO_SECRET = Text(
    "Profilen har ingen API-nøgle. Sæt HENVIS_CLIENT_SECRET, eller log ind igen med `henvis login`.",
    "The profile has no secret. Set HENVIS_CLIENT_SECRET, or log in again with `henvis login`.",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One login. `mode` is LIVE or TEST. `own_key` is the secret of own keys, in hex. Without `secret` the environment has it."""

    name: str
    address: str
    client_id: str
    mode: str
    partner: str
    secret: str | None = field(default=None, repr=False)
    own_key: str = field(default="", repr=False)

    @property
    def key_secret(self) -> bytes:
        """The secret of own keys."""
        return bytes.fromhex(self.own_key)


class Profiles:
    """The profiles of this machine's user. The first that was made is the one that commands use where none is named."""

    def __init__(self, folder: Path) -> None:
        self.folder = make_folder(folder)
        self.path = folder / "profiles.json"

    def read(self) -> dict[str, Profile]:
        """All profiles by name, the first that was made in front."""
        if not self.path.exists():
            return {}
        rows: list[Mapping[str, Any]] = json.loads(self.path.read_bytes())["profiles"]
        return {row["name"]: Profile(**row) for row in rows}

    def choose(self, name: str | None) -> Profile:
        """A profile by name, or the first. Raises `UsageError` where there is none."""
        profiles = self.read()
        if not profiles:
            raise UsageError("not_logged_in", NO_PROFILE)
        if name and name not in profiles:
            raise UsageError("no_such_profile", NO_SUCH_PROFILE, name=name, names=", ".join(profiles))
        return profiles[name] if name else next(iter(profiles.values()))

    def save(self, profile: Profile) -> Profile:
        """Keep a profile in place of an earlier one. A new one gets the key secret of another of the same address, or a new one."""
        if not NAME.fullmatch(profile.name):
            raise UsageError("profile_name", BAD_NAME)
        with hold_lock(self.folder / "profiles.lock"):
            profiles = self.read()
            others = [profiles.get(profile.name), *profiles.values()]
            keys = [each.own_key for each in others if each and each.address == profile.address]
            complete = replace(profile, own_key=profile.own_key or next(iter(keys), "") or new_secret().hex())
            rows = [asdict(each) for each in {**profiles, profile.name: complete}.values()]
            write_safely(self.path, [json.dumps({"profiles": rows}, indent=1).encode()])
        return complete

    def has_test(self, address: str) -> bool:
        """Whether there is a profile of test mode for an address."""
        return any(each.mode == TEST and each.address == address for each in self.read().values())


def secret_of(profile: Profile, from_environment: str | None) -> str:
    """The client's secret. That of the environment goes before. Raises `UsageError` where there is none."""
    secret = from_environment or profile.secret
    if not secret:
        raise UsageError("no_secret", NO_SECRET)
    return secret
