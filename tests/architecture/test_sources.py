"""What the source says of itself: nothing repeats the dictionary, and only `config` and `deploy` read the environment."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from cases import dictionary as d
from cases.codelists import CODELISTS, PARTNER_KIND
from cases.fields import Field
from core.apps import ROOMS
from partners.kinds import Kind
from tests.architecture.trees import tree_of

ROOT = Path(settings.BASE_DIR)
PACKAGES = (
    "deploy",
    "config",
    "api",
    "pages",
    "tools",
    *ROOMS,
)
SOURCES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if not {"migrations", "node_modules"} & set(path.relative_to(ROOT).parts)
)
# A package of its own, for the machines of partners. It knows nothing of the others.
CLIENT_SOURCES = sorted((ROOT / "clients/python/src").rglob("*.py"))
READS_ENVIRONMENT = ROOT / "clients/python/src/henvis_client/cli/surroundings.py"

RECORDS: dict[str, tuple[Field, ...]] = {"referral": d.REFERRAL, "assessment": d.ASSESSMENT}
FIELD_NAMES = {field.name for fields in RECORDS.values() for field in fields}
# From here on a list is no coincidence.
SEVERAL = 3

# Who may list field names or codes, and why. A directory stands for all that it holds.
ALLOWED = {
    "cases/codelists": "the lists themselves",
    "publications/annual/sentences.py": "how sentences name some codes; for every other one its label stands",
    "tools/codechange/write_countries.py": "what the list of countries is written from",
    "cases/models.py": "a column a line, so that mypy and makemigrations see it; a test holds the two together",
    "cases/intake/checks/combinations.py": "which codes are improbable beside each other: the checks' own knowledge",
    "cases/intake/checks/of_persons.py": "the same of who the person is",
    "cases/rules.py": "which codes are of a minor, a decision, a period: the rules' own knowledge",
    "cases/services/forms/__init__.py": "the names of forms, which some kinds of services have too",
    "sandbox": "invents records, so it names what they hold",
    "stats/published": "figures typed in from a publication, by its own headings",
    "pages/desk/records/words.py": "at which fields a section of the form begins",
    "partners/kinds.py": "the kinds themselves; a test holds them equal to the code list",
}


def allowed(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return any(name == each or name.startswith(f"{each}/") for each in ALLOWED)


def literals(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """The strings that stand together: in one tuple, list, set, dict, call's arguments, subscript, or as the names of a class."""
    for node in ast.walk(tree):
        match node:
            case ast.List() | ast.Tuple() | ast.Set():
                parts: list[ast.AST | None] = list(node.elts)
            case ast.Dict():
                parts = list(node.keys)
            case ast.Call():
                parts = [*node.args, *(ast.Constant(keyword.arg) for keyword in node.keywords)]
            case ast.ClassDef():
                parts = [target for each in node.body for target in targets(each)]
            case _:
                continue
        words = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if len(words) >= SEVERAL:
            yield getattr(node, "lineno", 0), words


def targets(node: ast.stmt) -> Iterator[ast.Constant]:
    """The names that a statement of a class body assigns."""
    if isinstance(node, ast.Assign):
        yield from (ast.Constant(each.id) for each in node.targets if isinstance(each, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield ast.Constant(node.target.id)


def faults[T](paths: Iterable[Path], scan: Callable[[ast.Module], list[T]]) -> dict[str, list[T]]:
    """What a scan finds, by the file."""
    return {path.relative_to(ROOT).as_posix(): wrong for path in paths if (wrong := scan(tree_of(path)))}


def repeats(tree: ast.Module) -> list[str]:
    """Where a source lists several field names, or several codes of one list."""
    repetitions = []
    for line, words in literals(tree):
        if len(words & FIELD_NAMES) >= SEVERAL:
            repetitions.append(f"{line}: {sorted(words & FIELD_NAMES)}")
        for codelist in CODELISTS.values():
            # Special codes belong to all lists.
            same = {word for word in words & set(codelist.names) if not word.startswith("_")}
            if len(same) >= SEVERAL:
                repetitions.append(f"{line}: {sorted(same)} of {codelist.id}")
    return repetitions


def test_no_module_repeats_the_dictionary() -> None:
    """A list of fields or codes beside the dictionary goes stale when a field is added. Derive it instead."""
    places = [path for path in (*SOURCES, *CLIENT_SOURCES) if not allowed(path)]
    assert faults(places, repeats) == {}


@pytest.mark.parametrize(
    "source",
    [
        'FIELDS = ("region", "setting", "gender")',
        'FILTERS = {"region": 1, "setting": 2, "gender": 3}',
        'rows.values("region", "setting", "gender")',
        'Referral(region=1, setting=2, gender="F")',
        "class Serializer:\n    region = 1\n    setting = 2\n    gender = 3",
        'code in {"SEXUAL", "LABOUR", "CRIMINAL"}',
        'Outcome = Literal["PENDING", "IDENTIFIED", "DECLINED"]',
    ],
)
def test_the_scan_sees_a_repetition(source: str) -> None:
    assert repeats(ast.parse(source))


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_needed(name: str) -> None:
    place = ROOT / name
    assert any(repeats(tree_of(path)) for path in ([place] if place.is_file() else place.rglob("*.py")))


ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv", "load_dotenv"}


def environment_reads(tree: ast.Module) -> list[int]:
    """The lines that touch the environment, however it was imported."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT)
        or (isinstance(node, ast.Name) and node.id in ENVIRONMENT)
        or (isinstance(node, ast.alias) and node.name in ENVIRONMENT)
    ]


def starts_servers(path: Path) -> bool:
    """Whether a file is of programs that start others, and tell whoever waits for them."""
    return path.is_relative_to(ROOT / "deploy") or path.is_relative_to(ROOT / "tools/embedded")


def test_only_config_reads_the_environment() -> None:
    service = [path for path in SOURCES if not path.is_relative_to(ROOT / "config") and not starts_servers(path)]
    client = [path for path in CLIENT_SOURCES if path != READS_ENVIRONMENT]
    assert faults([*service, *client], environment_reads) == {}


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['A']",
        "from os import environ",
        "from os import getenv as g",
        "import os as o\no.getenv('A')",
    ],
)
def test_the_scan_sees_a_read(source: str) -> None:
    assert environment_reads(ast.parse(source))


def test_the_code_list_of_partner_kinds_is_the_enumeration() -> None:
    assert PARTNER_KIND.names == tuple(str(kind) for kind in Kind)


PRINTING = {"print", "breakpoint"}


def prints(tree: ast.Module) -> list[int]:
    """The lines that print."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in PRINTING]


def test_the_service_prints_nothing() -> None:
    """What is printed passes the logs by. Commands write to their own `stdout`, those of the client by its desk."""
    service = [path for path in SOURCES if not path.is_relative_to(ROOT / "config") and not starts_servers(path)]
    assert faults([*service, *CLIENT_SOURCES], prints) == {}
