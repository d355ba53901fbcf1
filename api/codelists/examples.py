"""Examples of code lists."""

from __future__ import annotations

from datetime import date

from api.codelists.bodies import (
    CodeListBody,
    CodeListChangeBody,
    CodeListChangesBody,
    CodeListsBody,
    CodeListSummaryBody,
)
from api.openapi.parts import Example
from cases.codelists import CODELISTS
from cases.codelists.changes import changes_of
from cases.codelists.common import code, code_list, notice, retire

SPLIT = notice("1.1", date(2027, 1, 1), "Værestedet deles i dag og nat.", "Day and night are told apart.")
DROP_IN = retire(
    code("DROP_IN", "Drop-in-center", "Drop-in centre"), date(2027, 6, 30), SPLIT, "DROP_IN_DAY", "DROP_IN_NIGHT"
)
SETTING = code_list("setting", "Sted for kontakten", "Setting of the contact", (DROP_IN,), version="1.1")


def changes() -> CodeListChangesBody:
    """The split of a code."""
    return CodeListChangesBody([CodeListChangeBody.of(each) for each in changes_of(SETTING, SETTING.codes[0])])


CODE_LISTS = Example(
    "CodeLists",
    "Two of them",
    lambda: CodeListsBody([CodeListSummaryBody.of(CODELISTS[name]) for name in ("region", "gender")]),
)
CODE_LIST_CHANGES = Example("CodeListChanges", "A code is split", changes)
CODE_LIST = Example("CodeList", "Gender", lambda: CodeListBody.of(CODELISTS["gender"]))
