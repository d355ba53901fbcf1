"""`python -m benchmarks [--smallest] [NAME …]`: those that are named, or all of `NAMES`; `--smallest` as the tests run them."""

from __future__ import annotations

import importlib
import sys

from benchmarks.setting import setting

NAMES = (
    "put",
    "statistics",
    "reading",
    "pages",
    "releases",
    "suppression",
    "protection",
    "vintages",
    "duplicates",
    "retention",
    "deliveries",
    "files",
    "startup",
)
SMALLEST = "--smallest"


def main() -> None:
    """Run the benchmarks that are named, or all."""
    names = [word for word in sys.argv[1:] if word != SMALLEST] or NAMES
    with setting(smallest=SMALLEST in sys.argv) as place:
        for name in names:
            importlib.import_module(f"benchmarks.{name}").main(place)


if __name__ == "__main__":
    main()
