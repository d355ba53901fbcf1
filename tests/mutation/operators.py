"""The mistakes: what a file says in one place, and what it says there instead. In Python by its syntax, in SQL by its text."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, count, pairwise

Replacement = tuple[int, int, str]
SWAPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
WORDS = {"in": "not in", "not in": "in", "is": "is not", "is not": "is", "and": "or", "or": "and"}
SIGNS = {"+": "-", "-": "+"}
OPERATOR = re.compile(r"<=|>=|==|!=|<|>|\bnot\s+in\b|\bis\s+not\b|\bin\b|\bis\b|\band\b|\bor\b|\+|-")
# What a reader of the code, a type checker or a log reads, and no record or figure depends on.
UNTOUCHED = {"annotation", "returns", "decorator_list", "type_params"}
SPOKEN = {"say", "tell"}


@dataclass(frozen=True, slots=True)
class Mutation:
    """A mistake: in the file at `path`, from `start` to `end`, stands `new`. `text` is the line, and `change` says it in short.

    `nth`: how many of the same text and change are before it in the file.
    """

    path: str
    line: int
    text: str
    change: str
    start: int
    end: int
    new: str
    nth: int = 0

    def applied(self, source: str) -> str:
        """The file with the mistake. The lines after it keep their numbers."""
        lines = source.count("\n", self.start, self.end) - self.new.count("\n")
        return source[: self.start] + self.new + "\n" * lines + source[self.end :]

    @property
    def name(self) -> str:
        """Its own, as long as nothing changes but what stands on other lines."""
        return sha256("\0".join((self.path, self.text, self.change, str(self.nth))).encode()).hexdigest()[:16]


def mutations(path: str, source: str) -> list[Mutation]:
    """Every mistake that can be made in a file, in their order."""
    found = python_replacements(source) if path.endswith(".py") else sql_replacements(source)
    ordered = sorted(
        {mutation(path, source, *each) for each in found}, key=lambda each: (each.start, each.end, each.new)
    )
    alike = defaultdict[tuple[str, str], Iterator[int]](count)
    return [replace(each, nth=next(alike[each.text, each.change])) for each in ordered]


def mutation(path: str, source: str, start: int, end: int, new: str) -> Mutation:
    """One mistake with its line. A long text is told by its beginning."""
    line = source.count("\n", 0, start)
    old = " ".join(source[start:end].split())
    change = f"{old if len(old) <= 40 else old[:39] + '…'} → {new or 'nothing'}"
    return Mutation(path, line + 1, source.splitlines()[line].strip(), change, start, end, new)


@dataclass(frozen=True)
class PythonText:
    """A file with its lines, so that places in its syntax are found in its text."""

    source: str

    def start(self, node: ast.expr | ast.stmt) -> int:
        """Where a node begins."""
        return self.place(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> int:
        """Where a node ends."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self.place(node.end_lineno, node.end_col_offset)

    def place(self, line: int, column: int) -> int:
        """Where a column of a line is. Python counts columns in bytes."""
        begin, text = self.lines[line - 1]
        return begin + len(text.encode()[:column].decode())

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Where each line begins, and the line."""
        lines = self.source.splitlines(keepends=True)
        return list(zip(accumulate(map(len, lines), initial=0), lines, strict=False))

    def between(self, left: ast.expr, right: ast.expr) -> Iterator[Replacement]:
        """The operator between two nodes, and what it is mistaken for."""
        begin, end = self.end(left), self.start(right)
        if "#" in self.source[begin:end] or not (found := OPERATOR.search(self.source, begin, end)):
            return
        word = " ".join(found.group().split())
        yield found.start(), found.end(), (SWAPPED | WORDS | SIGNS)[word]

    def whole(self, node: ast.expr | ast.stmt, new: str) -> Replacement:
        """Something else in place of a node."""
        return self.start(node), self.end(node), new


def python_replacements(source: str) -> Iterator[Replacement]:
    """The mistakes of a Python file."""
    text = PythonText(source)
    for node in nodes(ast.parse(source)):
        for operator in OPERATORS:
            yield from operator(text, node)


def nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that nobody would notice: annotations, decorators, assertions, and what people are told."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in untouched(node):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not is_spoken(child) and not isinstance(child, ast.Assert):
                yield from nodes(child)


def is_spoken(node: ast.AST) -> bool:
    """Whether a node is text alone, or a call that tells somebody something."""
    if isinstance(node, ast.Expr):
        node = node.value
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in SPOKEN
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def untouched(node: ast.AST) -> set[str]:
    """The fields of a node that no mistake is made in: of `zip` the keyword `strict`, which holds as an assertion does."""
    is_zip = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "zip"
    return UNTOUCHED | {"keywords"} if is_zip else UNTOUCHED


def compare(text: PythonText, node: ast.AST) -> Iterator[Replacement]:
    """A comparison is another one."""
    if isinstance(node, ast.Compare):
        for left, right in pairwise([node.left, *node.comparators]):
            yield from text.between(left, right)


def boolean(text: PythonText, node: ast.AST) -> Iterator[Replacement]:
    """`and` is `or`, a negation is none, and true is false."""
    if isinstance(node, ast.BoolOp):
        for left, right in pairwise(node.values):
            yield from text.between(left, right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield text.start(node), text.start(node) + len("not "), ""
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield text.whole(node, str(not node.value))


def constant(text: PythonText, node: ast.AST) -> Iterator[Replacement]:
    """A whole number is one more or one less."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield text.whole(node, str(node.value + 1))
        if node.value:
            yield text.whole(node, str(node.value - 1))


def sign(text: PythonText, node: ast.AST) -> Iterator[Replacement]:
    """A sum is a difference, and a negative is none."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield from text.between(node.left, node.right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield text.start(node), text.start(node) + len("-"), ""


def result(text: PythonText, node: ast.AST) -> Iterator[Replacement]:
    """A function returns nothing."""
    if isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield text.whole(node.value, "None")


def statement(text: PythonText, node: ast.AST) -> Iterator[Replacement]:
    """A statement is left out."""
    if isinstance(node, ast.Raise | ast.AugAssign | ast.Continue | ast.Break) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom)
    ):
        yield text.whole(node, "pass")


OPERATORS: tuple[Callable[[PythonText, ast.AST], Iterator[Replacement]], ...] = (
    compare,
    boolean,
    constant,
    sign,
    result,
    statement,
)

# In text without comments, quotations, headers and what SET assigns: there `=` compares, and `>` is no arrow.
SQL_OPERATORS = (
    (r"\bIS NOT NULL\b", "IS NULL"),
    (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bIS DISTINCT FROM\b", "IS NOT DISTINCT FROM"),
    (r"\bIS NOT DISTINCT FROM\b", "IS DISTINCT FROM"),
    (r"(?<!IS )\bNOT (?!NULL\b|DISTINCT\b)", ""),
    (r"(?<!NOT )\bEXISTS\b", "NOT EXISTS"),
    (r"\bAND\b", "OR"),
    (r"\bOR\b", "AND"),
    (r"<>", "="),
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<![:<>=!@-])=(?!>)", "<>"),
    (r"(?<![<>=@-])<(?![<>=@])", "<="),
    (r"(?<![<>=@-])>(?![>=])", ">="),
    (r"\b(?:PERFORM|RAISE)\b[^;]*", "NULL"),
)
SQL_APART = re.compile(
    r"--[^\n]*|'(?:[^']|'')*'|^(?:CREATE|RETURNS|LANGUAGE|REVOKE|GRANT)\b[^\n]*|\bERRCODE ="
    r"|\bSET\b.*?(?=\bWHERE\b|\bRETURNING\b|;)",
    re.MULTILINE | re.DOTALL,
)


def sql_replacements(source: str) -> Iterator[Replacement]:
    """The mistakes of a file of SQL."""
    bare = SQL_APART.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    for pattern, new in SQL_OPERATORS:
        for found in re.finditer(pattern, bare):
            yield found.start(), found.end(), new
