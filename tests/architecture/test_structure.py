"""The house as a whole: no circle of imports, one meaning for the name of a class, and files that can be read in one go.

Which room may know which is the import contracts' matter (`pyproject.toml`, checked by `make imports`).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping, Set
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from tests.architecture.test_sources import CLIENT_SOURCES, PACKAGES, ROOT, SOURCES
from tests.architecture.trees import tree_of

LONGEST_FILE = 300
# Django finds these by their names.
OF_DJANGO = {"Command", "Meta"}
# Tables are looked things up in, not read: the one that drives everything, and the words of others for what its codes mean.
TABLES = {"cases/dictionary.py", "tests/reference/uk_aliases.py"}


GRAPH = grimp.build_graph(*PACKAGES, cache_dir=None)


def circle(knows: Mapping[str, Set[str]]) -> list[str]:
    """The first circle, beginning and ending with the same name."""
    try:
        TopologicalSorter(knows).prepare()
    except CycleError as error:
        return [str(each) for each in error.args[1]]
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions count: they only hide a circle."""
    assert circle({module: GRAPH.find_modules_directly_imported_by(module) for module in GRAPH.modules}) == []


def acquaintances(folder: str) -> dict[str, set[str]]:
    """Which of a folder's own folders and modules know which others of them."""
    of = {each: child for child in GRAPH.find_children(folder) for each in {child, *GRAPH.find_descendants(child)}}
    knows: dict[str, set[str]] = {child: set() for child in of.values()}
    for module, child in of.items():
        others = {of[each] for each in GRAPH.find_modules_directly_imported_by(module) if each in of}
        knows[child] |= others - {child}
    return knows


@pytest.mark.parametrize("folder", sorted(each for each in GRAPH.modules if GRAPH.find_children(each)))
def test_no_folders_beside_each_other_know_each_other_in_a_circle(folder: str) -> None:
    """Through different modules two rooms can need each other although no two modules do. Then neither can be read by itself."""
    assert circle(acquaintances(folder)) == []


def test_a_circle_of_folders_would_be_found() -> None:
    assert acquaintances("partners")["partners.access"] >= {"partners.people", "partners.credentials"}
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})


def test_the_name_of_a_class_stands_for_one_thing() -> None:
    """Whoever reads `Period` in two rooms should read of one thing. Django's own names and the client's are apart."""
    places = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and node.name not in OF_DJANGO:
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: homonyms for name, homonyms in places.items() if len(homonyms) > 1} == {}


def test_every_file_can_be_read_in_one_go() -> None:
    """Tests too: whoever changes something reads what is asked of it first."""
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts]
    paths = (*SOURCES, *CLIENT_SOURCES, *tests)
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in paths}
    assert {name for name, length in lengths.items() if length > LONGEST_FILE} == TABLES


def test_no_page_has_two_versions_of_one_line() -> None:
    """What git writes where two changes meet is found in code by the interpreter, and in texts by nobody."""
    folders = ("docs", *PACKAGES, "clients", "deploy")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.*") if "node_modules" not in path.parts]
    texts = [path for path in (*paths, *ROOT.glob("*.md")) if path.suffix in {".css", ".html", ".js", ".md", ".typ"}]
    assert len(texts) > 100
    assert [path for path in texts if "\n<<<<<<< " in path.read_text() or "\n>>>>>>> " in path.read_text()] == []
