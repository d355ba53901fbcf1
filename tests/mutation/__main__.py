"""`python -m tests.mutation [--seed 1] [--mutants 300] [--kept FOLDER] [PATH …]`: mistakes by chance, in some files or in all."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.mutation.asking import TreeRed
from tests.mutation.run import workshop
from tests.mutation.targets import every_mutation
from tests.mutation.trying import Kept, Limits, chosen, conclude, try_all

RED = 2


def main(words: list[str]) -> int:
    """Try mistakes. 0: each was noticed. 1: some survived. 2: the tests are red without any."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=4 * 3600)
    parser.add_argument("--longest", type=float, default=300, help="seconds for one test")
    parser.add_argument("--patience", type=float, default=600, help="seconds for the tests of one mistake")
    parser.add_argument("--kept", type=Path, help="a folder for what was measured and tried, to go on with")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="beginnings of paths; none: every file")
    given = parser.parse_args(words)
    possible = list(every_mutation(*given.paths))
    if not possible:
        parser.error(f"{', '.join(given.paths)}: no file of ours begins so, or nothing in it can be mistaken")
    mutations = chosen(possible, given.seed, given.mutants)
    print(f"{len(possible)} mistakes are possible, {len(mutations)} are chosen by seed {given.seed}", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        folder = given.kept or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="henvis-mutation-")))
        folder.mkdir(parents=True, exist_ok=True)
        shop = stack.enter_context(workshop(given.longest))
        try:
            limits = Limits(given.seconds, given.patience)
            return conclude(try_all(shop, mutations, Kept(folder), limits, lambda line: print(line, flush=True)), print)
        except TreeRed as red:
            print(f"The tests are red without any mistake:\n{red}")
            return RED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
