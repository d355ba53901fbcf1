"""The syntax trees of the sources. Each file is read and parsed once for all rules."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    """The tree of a file."""
    return ast.parse(path.read_text())
