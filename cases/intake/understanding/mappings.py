"""The mapping that is kept of a partner: one, with a version, so that two people do not overwrite each other's.

It goes once no delivery has used it for long, and when a person is erased of whom the partner has sent something.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from msgspec import ValidationError, convert

from cases.errors import Stale
from cases.intake.models import ColumnMapping
from cases.intake.understanding.mapping import NOTHING, MappingContent, mapping_of, mapping_to_keep

# How often somebody else may be quicker.
ATTEMPTS = 5
# How long a mapping is kept that nobody uses; and how old its last use is when it is written anew.
KEPT, FRESH = timedelta(days=400), timedelta(days=1)


def read(partner_id: UUID) -> tuple[MappingContent, int]:
    """The mapping of a partner and its version; nothing, and 0, where none is kept."""
    row = ColumnMapping.objects.filter(partner_id=partner_id).values_list("content", "version").first()
    if row is None:
        return NOTHING, 0
    try:
        return convert(row[0], MappingContent), row[1]
    except ValidationError:
        # It was written under another form. What is asked again does less harm than what is misread.
        return NOTHING, row[1]


def use(partner_id: UUID) -> MappingContent:
    """The mapping of a partner for a delivery, which is a use of it."""
    note_use(partner_id)
    return read(partner_id)[0]


def note_use(partner_id: UUID) -> None:
    """Note that the mapping of a partner is used, once a day."""
    ColumnMapping.objects.filter(partner_id=partner_id, used_at__lt=timezone.now() - FRESH).update(used_at=Now())


def forget() -> int:
    """Forget the mappings that nobody has used or changed for long. Returns how many."""
    return ColumnMapping.objects.filter(used_at__lt=timezone.now() - KEPT).delete()[0]


def write(partner_id: UUID, content: MappingContent, version: int) -> int:
    """Keep a mapping in place of the version that it was made from (0: none). Returns its version. Raises `Stale`.

    Only what `mapping_to_keep` has looked at may be kept. The same content again changes nothing.
    """
    mapping_stored, current = read(partner_id)
    if current and mapping_stored == content:
        return current
    if version == 0:
        row, is_new = ColumnMapping.objects.get_or_create(
            partner_id=partner_id, defaults={"content": content.as_json()}
        )
        if not is_new:
            raise Stale(row.version)
        return row.version
    rows = ColumnMapping.objects.filter(partner_id=partner_id, version=version)
    if not rows.update(content=content.as_json(), version=F("version") + 1, used_at=Now()):
        raise Stale(current)
    return version + 1


def remember(partner_id: UUID, data: object) -> MappingContent:
    """Add what a delivery says of its columns to what is kept, and return both. What it says goes before what was kept.

    That is a use of it, though nothing may be new.

    Raises `FileRefused` where it may not be kept, and `Stale` where others change the mapping again and again.
    """
    for _ in range(ATTEMPTS):
        mapping_stored, version = read(partner_id)
        further = mapping_to_keep(data, mapping_stored)
        together = mapping_of(mapping_stored.with_further(further).as_json())
        with suppress(Stale):
            write(partner_id, together, version)
            note_use(partner_id)
            return together
    raise Stale(version)
