"""What is read here, for the page of reads."""

from __future__ import annotations

from pages.desk.reads import READS, operation_of
from partners.staff import audit_words

audit_words.add_operation({operation_of(page): words for page, words in READS.items()})
