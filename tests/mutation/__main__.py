"""`python -m tests.mutation [--seed 1] [--mutants 300] [--seconds 14400] [PATH …]`: mistakes by chance, in some files or in all."""

from __future__ import annotations

import argparse
import random
import signal
import sys

from tests.mutation.equivalent import noticeable
from tests.mutation.run import TreeRed, conclude, try_all, workshop
from tests.mutation.targets import every_mutation

RED = 2


def main(words: list[str]) -> int:
    """Try mistakes. 0: each was noticed. 1: some survived. 2: the tests are red without any."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=4 * 3600)
    parser.add_argument("--longest", type=float, default=300, help="seconds for one test")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="beginnings of paths; none: every file")
    given = parser.parse_args(words)
    possible = noticeable(every_mutation(*given.paths))
    if not possible:
        parser.error(f"{', '.join(given.paths)}: no file of ours begins so, or nothing in it can be mistaken")
    chosen = random.Random(given.seed).sample(possible, min(given.mutants, len(possible)))
    print(f"{len(possible)} mistakes are possible, {len(chosen)} are chosen by seed {given.seed}", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with workshop(given.longest) as shop:
        try:
            return conclude(try_all(shop, chosen, given.seconds, lambda line: print(line, flush=True)), print)
        except TreeRed as red:
            print(f"The tests are red without any mistake:\n{red}")
            return RED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
