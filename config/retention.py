"""For how many months each class of data is kept, and the fewest that may be set.

`oversight.retention.rules` says what the classes are, and from which event on. The fewest: a year is corrected, signed and
published before anything of it goes, and no mail is sent twice because the first was forgotten.
"""

from __future__ import annotations

RETENTION = {
    "persons": (60, 36),
    "no_victims": (36, 36),
    "codes": (24, 12),
    "requests": (60, 12),
    "audit": (60, 12),
    "reads": (24, 12),
    "mails": (24, 24),
    "receipts": (36, 12),
}
