"""What staff write of a release for everybody has no character that nobody sees."""

from __future__ import annotations

import pytest

from core.text import Text
from partners.audit import Actor
from stats.counting import notes
from stats.errors import ReleaseRefused
from stats.models import PUBLIC, Erratum
from stats.revisions.errata import add_erratum
from tests.stats.published import publish, staff
from tests.stats.test_admin import said, signed_in

pytestmark = pytest.mark.django_db
ODD = "\u202e\u200b\u2028\u2066\u00ad"


def test_an_erratum_has_no_character_that_nobody_sees() -> None:
    published = publish(PUBLIC, "2023", {"": {"": 7}})
    _, browser = signed_in("editor", "view_erratum", "add_erratum")
    for odd in ODD:
        form = {"release": published.pk, "text_da": f"Fejl{odd}.", "text_en": "Error."}
        answer = browser.sure("/admin/statistics/erratum/add/", form, follow=True, headers={"Accept-Language": "en"})
        assert f"Nobody sees this character: U+{ord(odd):04X}." in said(answer)
        with pytest.raises(ReleaseRefused, match=f"U\\+{ord(odd):04X}"):
            add_erratum(by=Actor.of(staff("editor")), release_id=published.pk, text=Text(form["text_da"], "Error."))
    assert not Erratum.objects.exists()


@pytest.mark.parametrize("odd", ODD)
def test_nor_has_a_change_note(odd: str) -> None:
    with pytest.raises(ReleaseRefused, match=f"U\\+{ord(odd):04X}"):
        notes.check_notes(Text("Rettet.", f"3{odd}4"), needed=True)
    said_so = Text("Én linje\nmere: 1\u00a0000", "≥ 5 → 4")
    assert notes.check_notes(said_so, needed=True) == said_so
