"""The house as a whole: no circle of imports, one meaning for the name of a class, and files that can be read in one go.

Which room may know which is the import contracts' matter (`pyproject.toml`, checked by `make imports`).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import grimp

from tests.architecture.test_sources import PACKAGES, ROOT, SOURCES

LONGEST_FILE = 300
# Django finds these by their names.
OF_DJANGO = {"Command", "Meta"}
# One table that drives everything; it is looked things up in, not read.
TABLES = {"cases/dictionary.py"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions count: they only hide a circle."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    order = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    try:
        order.prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_the_name_of_a_class_stands_for_one_thing() -> None:
    """Whoever reads `Period` in two rooms should read of one thing. Django's own names are apart."""
    places = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name not in OF_DJANGO:
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: homonyms for name, homonyms in places.items() if len(homonyms) > 1} == {}


def test_every_file_can_be_read_in_one_go() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE and name not in TABLES} == {}
