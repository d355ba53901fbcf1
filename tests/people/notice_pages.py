"""The pages of notices that are no list, form or row."""

from __future__ import annotations

from partners.models import Partner
from tests.notices.world import create, make_public, say_open

CRISES, NOTICES = "/admin/notices/crisis/", "/admin/notices/notice/"


def notice_pages(partner: Partner) -> dict[str, str]:
    """Those of a notice that is public, of a text of it, and of its crisis. A service of the partner is open."""
    say_open(partner)
    text = make_public(create())
    return {
        "notices_crisis_end": f"{CRISES}{text.notice.crisis_id}/end/",
        "notices_notice_text": f"{NOTICES}text/{text.pk}/",
        "notices_notice_write": f"{NOTICES}{text.notice_id}/write/da/",
        "notices_notice_withdraw": f"{NOTICES}{text.notice_id}/withdraw/",
    }
