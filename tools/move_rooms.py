"""Moves files to the rooms of ``rooms.json``, and every path that names them. It runs on any branch."""

import json
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
OWN = {"tools/rooms.json", "tools/move_rooms.py"}
ROOMS = {"core", "notices", "oversight", "publications", "sandbox", "stats", "tests", "tools"}
# Bytes, and files of SQL, whose digests stand in migrations.
KEPT = {".sql", ".ttf", ".woff2", ".png", ".xlsx", ".ods", ".ico", ".gz", ".zip", ".pdf", ".lock"}
DOTTED = re.compile(r"(?<![\w./-])(?:cases|partners|deploy|tests)(?:\.[a-z_]\w*)+")
SLASHED = re.compile(r"(?<![\w/-])(?<!\w\.)(?:cases|partners|deploy|tests)(?:/[\w-]+)+(?:\.\w+)?")
NAMED = re.compile(r'^( +)name = "((?:cases|partners)\.[a-z_.]+)"$', re.M)
FROM = re.compile(r"^([ \t]*(?:>>> )?)from ([\w.]+) import (\([^)]*\)|[^\n(]+)$", re.M)


def git(*words: str) -> str:
    """Run git at the root of the repository and return what it prints."""
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True, text=True).stdout


def table() -> dict[str, str]:
    """Read the moves, of the tests also."""
    moves: dict[str, str] = json.loads((HERE / "rooms.json").read_text(encoding="utf-8"))
    tests = {f"tests/{old}": f"tests/{new}" for old, new in moves.items() if (ROOT / "tests" / old).exists()}
    return moves | tests


class House:
    """Where each file and each module goes."""

    def __init__(self, moves: dict[str, str]) -> None:
        """Take the moves by path, and know them by module too."""
        self.paths = moves
        self.modules = {_module(old): _module(new) for old, new in moves.items()}

    def path(self, old: str) -> str:
        """Return the new path of a file or folder."""
        return _longest(old, self.paths, "/")

    def module(self, old: str) -> str:
        """Return the new name of a module, or of what stands in one."""
        return _longest(old, self.modules, ".")

    def imports(self, line: re.Match[str]) -> str:
        """Return an import, as several where its names go to several rooms."""
        indent, package, names = line.groups()
        if not any(old.startswith(f"{package}.") for old in self.modules):
            return line[0]
        rooms: dict[str, list[str]] = {}
        words, mark, comment = names.partition("  #")
        for name in re.findall(r"\w+(?: as \w+)?", words.strip("()")):
            word, _, alias = name.partition(" as ")
            room, _, new = self.module(f"{package}.{word}").rpartition(".")
            room, new = (room, new) if room else (new, "")
            rooms.setdefault(room, []).append(f"{new} as {alias}" if alias else new)
        return "\n".join(_import(indent, room, sorted(each)) for room, each in rooms.items()) + mark + comment

    def text(self, text: str) -> str:
        """Return a text that names the new paths and modules."""
        text = FROM.sub(self.imports, text)
        text = SLASHED.sub(lambda match: self.path(match[0]), text)
        text = NAMED.sub(self.label, text)
        return DOTTED.sub(lambda match: self.module(match[0]), text)

    def label(self, line: re.Match[str]) -> str:
        """Return the name of an app, with its label where the name's last word would change it: tables are named by it."""
        old, new = line[2].rpartition(".")[2], self.module(line[2]).rpartition(".")[2]
        return line[0] if old == new else f'{line[0]}\n{line[1]}label = "{old}"'


def _import(indent: str, room: str, names: list[str]) -> str:
    return f"{indent}from {room} import {', '.join(names)}" if all(names) else f"{indent}import {room}"


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _longest(old: str, moves: dict[str, str], mark: str) -> str:
    parts = old.split(mark)
    for length in range(len(parts), 0, -1):
        if new := moves.get(mark.join(parts[:length])):
            return mark.join([new, *parts[length:]])
    return old


def move(house: House, files: list[str]) -> None:
    """Move the files, and give each new room an ``__init__.py``."""
    for old in files:
        if (new := house.path(old)) != old:
            (ROOT / new).parent.mkdir(parents=True, exist_ok=True)
            git("mv", old, new)
    for new in git("ls-files", "*.py").split("\n")[:-1]:
        if new.split("/")[0] in ROOMS:
            _open_rooms(Path(new).parent)


def _open_rooms(folder: Path) -> None:
    for room in [folder, *folder.parents]:
        init = ROOT / room / "__init__.py"
        if room != Path() and not init.exists():
            init.touch()
            git("add", str(init))


def main() -> None:
    """Move all, then rewrite all texts."""
    house = House(table())
    move(house, git("ls-files").split("\n")[:-1])
    for name in git("ls-files").split("\n")[:-1]:
        path = ROOT / name
        if name in OWN or path.suffix in KEPT or path.is_symlink():
            continue
        try:
            old = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        if (new := house.text(old)) != old:
            path.write_bytes(new.encode())


if __name__ == "__main__":
    main()
