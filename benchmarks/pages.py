"""Pages against the JSON of the same figures: what a request costs in seconds of CPU, web server and database together.

Each is asked for again and again, as readers do. The first answer after a publication is made anew in either.
"""

from __future__ import annotations

from math import nan

from benchmarks.reading import AXES, cells
from benchmarks.releases import empty
from benchmarks.setting import Setting
from benchmarks.statistics import CONTENDERS, OURS, PATH, ROUNDS, cpu, get, measure, print_ratio

PERSONS = 64
PAGES = (
    "/da/",
    "/da/statistik/",
    "/da/statistik/persons/?by=gender,exploitation&year=2023",
    "/da/udgivelser/",
    "/da/udgivelser/2023.p1/",
)


def main(setting: Setting) -> None:
    """Each page beside the JSON, in turn."""
    from cases.statistics.models import PUBLIC
    from tests.callers import Browser
    from tests.cases.statistics.published import publish

    empty()
    publish(PUBLIC, "2023", {",".join(axes): cells(axes, PERSONS) for axes in ((), *zip(AXES), AXES)})
    print(f"\nPages beside JSON of {PATH}\n{'':60}{'bytes':>8}{'req/s':>8}{'web µs/req':>12}{'db µs/req':>11}")
    ratios: dict[str, list[float]] = {page: [] for page in PAGES}
    sizes = {path: len(Browser().get(path).content) for path in (PATH, *PAGES)}
    for _ in range(setting.size(ROUNDS, 1)):
        costs = {}
        for path in (PATH, *PAGES):
            one = measure(setting, CONTENDERS[OURS], get(path))
            print(f"{path:60}{sizes[path]:8}{one.run.rate:8.0f}{one.web_cpu:12.0f}{one.database_cpu:11.0f}", flush=True)
            costs[path] = cpu(one)
        for page in PAGES:
            ratios[page].append(costs[page] / (costs[PATH] or nan))
    for page in PAGES:
        print_ratio(f"{page}: CPU of JSON's", ratios[page])
