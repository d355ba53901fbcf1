"""Signing in, by a real browser."""

from __future__ import annotations

import pytest

from deploy.demo import household as demo_people
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("behind_proxy", [False, True], ids=["loopback", "behind nginx with TLS"])
def test_everybody_signs_in_sees_the_own_home_and_signs_out(stage: Stage, behind_proxy: bool) -> None:
    seen = stage.walk("sign_in", stage.secure if behind_proxy else stage.loopback)
    assert seen == {
        name: {
            "at": "/send/" if name in demo_people.MEMBERS else "/account/",
            "greets": name,
            "after": "/account/login/",
        }
        for name in demo_people.PEOPLE
    }
