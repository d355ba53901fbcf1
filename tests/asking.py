"""Which tests ask which day it is: read from their source, so that no list is kept.

A test asks where its function calls one of `CALLS`, or uses a function, a fixture or a constant of the tests that does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CALLS = {"today", "this_month", "localdate"}
# What starts programs of its own and waits for them, and walks over all rights, which no day changes.
ELSEWHERE = {"browser", "journey", "test_pairs", "test_role_walk", "test_schemathesis", "test_screens"}


class Name(NamedTuple):
    """What is defined at the top of a module of the tests."""

    module: str
    name: str


@cache
def that_ask() -> dict[str, bool]:
    """The tests that ask, as pytest names them, in order: whether it is their own function that does."""
    uses, themselves = graph()
    asking = set(themselves)
    while more := {name for name, used in uses.items() if name not in asking and used & asking}:
        asking |= more
    found = sorted(each for each in asking if each.name.startswith("test_") and ".test_" in each.module)
    return {
        f"{each.module.replace('.', '/')}.py::{each.name}": each in themselves
        for each in found
        if ELSEWHERE.isdisjoint(each.module.split("."))
    }


def graph() -> tuple[dict[Name, set[Name]], set[Name]]:
    """What each name uses, and the names that ask themselves."""
    trees = {".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text()) for path in sources()}
    defined = {Name(module, name): node for module, tree in trees.items() for name, node in definitions(tree)}
    imported = {module: dict(imports(tree)) for module, tree in trees.items()}

    def resolved(module: str, word: str, of: str | None) -> Iterator[Name]:
        """What a word of a module may mean: what is defined or imported there, or a fixture."""
        if word in imported[module]:
            where = imported[module][word]
            yield where
            yield Name(".".join(where), of or "")
        for each in (module, *conftests(module)):
            yield Name(each, word)

    uses = {
        name: {found for word in words(node) for found in resolved(name.module, *word) if found in defined}
        for name, node in defined.items()
    }
    return uses, {name for name, node in defined.items() if any(map(is_call, ast.walk(node)))}


def sources() -> Iterator[Path]:
    """The files of the tests."""
    return (path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts)


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """The functions, classes and constants of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    yield part.id, node


def imports(tree: ast.Module) -> Iterator[tuple[str, Name]]:
    """What a module takes from other tests."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "tests":
            for each in node.names:
                yield each.asname or each.name, Name(str(node.module), each.name)


def conftests(module: str) -> Iterator[str]:
    """What gives fixtures to a module, the nearest first."""
    while module := module.rpartition(".")[0]:
        yield f"{module}.conftest"


def words(node: ast.AST) -> Iterator[tuple[str, str | None]]:
    """The names in a definition, each with what is asked of it; an argument may be a fixture."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield part.value.id, part.attr
        elif isinstance(part, ast.Name):
            yield part.id, None
        elif isinstance(part, ast.arg):
            yield part.arg, None


def is_call(part: ast.AST) -> bool:
    """Whether the day is asked for here."""
    called = part.func if isinstance(part, ast.Call) else None
    return (isinstance(called, ast.Name) and called.id in CALLS) or (
        isinstance(called, ast.Attribute) and called.attr in CALLS
    )
