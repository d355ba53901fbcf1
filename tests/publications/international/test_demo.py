"""The demo has a file of the newest year for each body. One is sent, and the others wait with their days."""

from __future__ import annotations

import pytest

from deploy.demo.publications import SENT, make_files
from publications.international import dispatches
from publications.international.bodies import BODIES
from publications.international.models import FileDispatch, InternationalFile
from tests.people.visitors import staff
from tests.publications.international.world import YEAR, publish_year

pytestmark = pytest.mark.django_db


def test_a_file_for_each_body_is_made_once_and_one_is_sent() -> None:
    publish_year()
    maker, sender, said = staff("maker", "statistician"), staff("sender", "approver"), list[str]()
    for _ in range(2):
        make_files(said.append, maker, sender, YEAR)
    assert [*InternationalFile.objects.order_by("id").values_list("body", "year")] == [(body, YEAR) for body in BODIES]
    assert FileDispatch.objects.get().file.body == SENT
    waits = dispatches.calendar()
    assert "30 September 2024" in waits.en and "31 December 2024" in waits.en and BODIES[SENT].name.en not in waits.en
    assert len(said) == len(BODIES)
