"""Names in openapi.json, as programs that make clients read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

SCHEMAS: dict[str, Any] = json.loads((Path(settings.BASE_DIR) / "openapi.json").read_text())["components"]["schemas"]


def test_no_schema_has_the_name_that_generators_give_an_object_within_another() -> None:
    """openapi-python-client calls the object in the member `x` of `A` `AX`. Where a schema has that name it leaves `A` out."""
    names = {
        name + "".join(part[:1].upper() + part[1:] for part in member.split("_"))
        for name, schema in SCHEMAS.items()
        for member, one in schema.get("properties", {}).items()
        if one.get("type") == "object"
    }
    assert names & SCHEMAS.keys() == set()
