"""What a Host header may say: it makes addresses on pages, and pages that are kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.callers import Browser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/da/", "/api/v1/releases", "/account/login/"])
def test_a_port_that_is_not_ours_is_400(path: str, settings: Any) -> None:
    for ports, host, status in (
        ({"", "443"}, "testserver:44444", 400),
        ({"", "443"}, "testserver:443", 200),
        ({"", "443"}, "testserver", 200),
        ({"", "443", "8443"}, "testserver:8443", 200),
        ({"", "443"}, "testserver:80", 200),  # on which the test's server listens
        (None, "testserver:44444", 200),
    ):
        settings.HENVIS_PORTS = ports
        response = Browser().get(path, headers={"Host": host})
        assert response.status_code == status
        assert status == 200 or b"44444" not in response.content


def test_the_capitals_of_a_host_make_no_other_page() -> None:
    pages = [Browser().get("/da/", headers={"Host": host}) for host in ("testserver", "TestServer")]
    assert len({page["ETag"] for page in pages}) == len({page.content for page in pages}) == 1
