"""The task of this room."""

from __future__ import annotations

from core.text import Text
from partners import jobs

EXPIRE = Text("Slette det, hvis opbevaringstid er gået", "Delete what is kept no longer")

jobs.task("retention.run", queue=jobs.UPKEEP, words=EXPIRE, every="47 1 * * *", priority=1)(
    "oversight.retention.nightly.each_night"
)
