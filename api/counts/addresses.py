"""Addresses that name no form of counts: they are answered with the forms that there are, which everybody may know."""

from __future__ import annotations

import re

from api.http.parameters import WRONG
from api.http.problems import ProblemError, ProblemFinding
from cases.services.forms import FORMS

PLACE = ("parameter", "form_id")
# A form and perhaps a period, as the routes have them.
OF_FORM = re.compile(r"/api/v1/counts/([^/]+)(?:/[^/]+)?/?")


def unknown_form() -> ProblemError:
    """404 with the forms."""
    return ProblemError("not_found", [ProblemFinding(PLACE, "value_not_allowed", WRONG, (*FORMS,))])


def names_no_form(path: str) -> bool:
    """Whether an address without a route is that of a report but for its form."""
    match = OF_FORM.fullmatch(path)
    return match is not None and match[1] not in FORMS
