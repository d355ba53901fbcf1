"""Pages against the JSON of the same figures: what a request costs in seconds of CPU, web server and database together.

Each is asked for again and again, as readers do. The first answer after a publication is made anew in either.
"""

from __future__ import annotations

from http import HTTPStatus
from math import nan
from typing import Any

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


def size(answer: Any) -> int:
    """The bytes of an answer. Ends the program where it is no success."""
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{answer.request['PATH_INFO']} was answered {answer.status_code}")
    return len(answer.content)


def main(setting: Setting) -> None:
    """Each page beside the JSON, in turn."""
    from stats.models import PUBLIC
    from tests.callers import Browser
    from tests.stats.published import publish

    empty()
    publish(PUBLIC, "2023", {",".join(axes): cells(axes, PERSONS) for axes in ((), *zip(AXES), AXES)})
    print(f"\nPages beside JSON of {PATH}\n{'':60}{'bytes':>8}{'req/s':>8}{'web µs/req':>12}{'db µs/req':>11}")
    ratios: dict[str, list[float]] = {page: [] for page in PAGES}
    sizes = {path: size(Browser().get(path)) for path in (PATH, *PAGES)}
    # Each page is a server of its own, so at the smallest one stands for all: each has answered above.
    pages = setting.size(PAGES, PAGES[:1])
    for _ in range(setting.size(ROUNDS, 1)):
        costs = {}
        for path in (PATH, *pages):
            one = measure(setting, CONTENDERS[OURS], get(path))
            print(f"{path:60}{sizes[path]:8}{one.run.rate:8.0f}{one.web_cpu:12.0f}{one.database_cpu:11.0f}", flush=True)
            costs[path] = cpu(one)
        for page in pages:
            ratios[page].append(costs[page] / (costs[PATH] or nan))
    for page in pages:
        print_ratio(f"{page}: CPU of JSON's", ratios[page])
