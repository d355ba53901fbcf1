"""The crises that last, as other pages tell of them: each with the languages in which there are notices of it.

Pages tell of a crisis once a notice of it was published. So its title, too, is read by two persons before everybody reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.months import today
from core.text import Text
from core.together import ListQuery

LASTING = """
SELECT c.title_da, c.title_en, ARRAY(
  SELECT DISTINCT p.language
  FROM notices_noticepublication p
  JOIN notices_notice n ON n.id = p.notice_id AND n.valid_to > %s
  WHERE n.crisis_id = c.id AND NOT EXISTS (SELECT FROM notices_noticewithdrawal w WHERE w.of_id = n.id)
) AS tags
FROM notices_crisis c
LEFT JOIN notices_crisisend e ON e.of_id = c.id
WHERE c.started_on <= %s AND coalesce(e.ended_on, 'infinity') >= %s AND EXISTS (
  SELECT FROM notices_noticepublication p JOIN notices_notice n ON n.id = p.notice_id WHERE n.crisis_id = c.id
)
ORDER BY c.started_on, c.id
"""


@dataclass(frozen=True, slots=True)
class LastingCrisis:
    """A crisis that lasts. `tags`: the languages in which somebody can read of it what holds."""

    title: Text
    tags: frozenset[str]


def crises(day: date | None = None) -> ListQuery[LastingCrisis]:
    """The crises that last on a day (None: today), the first one in front."""
    on = day or today()
    return ListQuery(LASTING, (timezone.now(), on, on), crisis_of)


def crisis_of(title_da: str, title_en: str, tags: list[str]) -> LastingCrisis:
    return LastingCrisis(Text(title_da, title_en), frozenset(tags))
