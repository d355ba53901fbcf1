"""The page on counts of services names every form as the table has it."""

from __future__ import annotations

import re

from django.conf import settings

from cases.services.forms import FORMS

PAGE = (settings.BASE_DIR / "docs/services.md").read_text()


def test_the_page_has_every_form_with_its_period_and_who_reports_it() -> None:
    rows = {
        cells[0]: (cells[2], cells[3])
        for cells in re.findall(r"^\| `([A-Z]+)` \|(.*?)\|(.*?)\|(.*?)\|$", PAGE, re.MULTILINE)
    }
    assert rows == {
        form.id: (
            f" {form.period} ",
            " whom staff name "
            if form.only_in_crisis or not form.reporters
            else f" {', '.join(sorted(form.reporters, reverse=True))} ",
        )
        for form in FORMS.values()
    }
