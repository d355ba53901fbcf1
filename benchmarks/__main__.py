"""`python -m benchmarks [NAME …]`: those that are named, or all of `NAMES`."""

from __future__ import annotations

import importlib
import sys

from benchmarks.setting import setting

NAMES = ("put", "statistics", "reading", "releases", "suppression", "protection", "duplicates", "startup")


def main() -> None:
    """Run the benchmarks that are named, or all."""
    names = sys.argv[1:] or NAMES
    with setting() as made:
        for name in names:
            importlib.import_module(f"benchmarks.{name}").main(made)


if __name__ == "__main__":
    main()
