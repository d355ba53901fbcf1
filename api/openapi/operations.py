"""THE table of operations: what the description says of each route. A test fails where a route has no row, or a row no route.

Scopes are not repeated here: they are the views'. Schemas, parameters, headers and examples are named; `api.openapi` has them.
"""

from __future__ import annotations

from api.openapi.rows import (
    MINE,
    OPEN,
    OPENLY,
    READ,
    TAGGED,
    Answer,
    Operation,
)
from api.statistics.formats.formats import LIST
from api.statistics.operations import RELEASES
from api.statistics.parameters import QUERY

STATISTICS: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/statistics"): Operation(
        "listDatasets",
        "Statistics",
        "What can be asked for",
        "Datasets with their dimensions, axes and codes; measures, formats, audiences and purposes; and the releases. No figures.",
        (
            Answer(200, "The grammar of a query.", "StatisticsIndex", ("StatisticsIndex",), TAGGED),
            Answer(304, "You have it.", headers=TAGGED),
        ),
        ("If-None-Match-read", "Accept-Language"),
        OPENLY,
        access=OPEN,
    ),
    ("GET", "/api/v1/statistics/{dataset_id}"): Operation(
        "readTable",
        "Statistics",
        "Read a table",
        "Cells of an immutable release, never a count of records. `by` names the axes; a parameter with a dimension's name keeps "
        "one of its codes; together they are a table, which the release must offer. Without a period: every year that is "
        "released.\n\n"
        "Years without a release of our own are answered from what is published elsewhere, from 2007 (`2012.e1`): only where a "
        "figure is published, with a status of its own where it is preliminary, computed or contradicted, and `O` where none is. "
        "They are in no series of exact figures.\n\n"
        "Without a token the figures are the public ones: exact, but small ones are hidden (status `Q`), and so are others from "
        "which they could be computed. The scope `statistics:authority` adds tables made for authorities, whose figures are "
        "changed at random by a few; what is published goes before them. The scope `statistics:exact` reads exact figures, not for "
        "publication: each query needs a purpose and is logged. `audience` asks for less than the token opens.",
        (
            Answer(
                200,
                "The table: JSON-stat 2.0, a list of flat rows (`format=list`), or CSV.",
                "JsonStat",
                ("JsonStat",),
                (*TAGGED, "Content-Language"),
                texts=(("text/csv", "Csv"),),
                more=((LIST.media_type, "FlatRows", "FlatRows"),),
            ),
            Answer(304, "You have it.", headers=(*TAGGED, "Content-Language")),
        ),
        ("dataset_id", "Henvis-Purpose", *QUERY, "If-None-Match-read", "Accept-Language"),
        (*MINE, *READ, "invalid_header", "forbidden", "not_found"),
        access=OPEN,
    ),
}

OPERATIONS: dict[tuple[str, str], Operation] = {
    **STATISTICS,
    **RELEASES,
}
