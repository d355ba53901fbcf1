"""Short addresses of tables: the query itself, packed. Nothing is stored, so that one holds for ever and knows nobody.

A code is a letter and, in base64url, the text `dataset?query` as raw DEFLATE (RFC 1951) with a preset dictionary. The letter names
the dictionary: another one needs another letter, and those that were used stay.
"""

from __future__ import annotations

import binascii
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

# What the queries of tables have in common, the most frequent last. Never changed: codes that people have would mean another table.
PHRASES = {
    "a": b"&show=every&asOf=&release=.e1&release=.p1&period=..2023&period=2019..2023&period=2019-2023&period=2023-Q&period=2022"
    b"&period=2023,decided_by,exploited_in,partner_kind,region.country,setting,age_band.age25,age_band.age18,citizenship.eu,"
    b"citizenship.continent,citizenship,region,exploitation.form,exploitation,genderpersons?by=gender,exploitation.form&period=2023",
}
LETTER = "a"
RAW = -15  # zlib's way to say: DEFLATE alone, without header and sum
LONGEST_CODE, MOST_BYTES = 400, 1000  # a code, and the bytes of what it says


def code_of(dataset: str, texts: Mapping[str, str]) -> str:
    """The code of a table's page: its dataset and the parameters of its address."""
    text = f"{dataset}?{urlencode(texts, safe=',')}".encode()
    packer = zlib.compressobj(
        zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, RAW, zlib.DEF_MEM_LEVEL, zlib.Z_FIXED, PHRASES[LETTER]
    )
    return LETTER + urlsafe_b64encode(packer.compress(text) + packer.flush()).rstrip(b"=").decode()


def table_of(code: str) -> tuple[str, dict[str, str]]:
    """The dataset and the parameters of a code. Raises `ValueError` for what is none."""
    letter, payload = code[:1], code[1:]
    if letter not in PHRASES or len(code) > LONGEST_CODE:
        raise ValueError("no code")
    unpacker = zlib.decompressobj(RAW, PHRASES[letter])
    try:
        text = unpacker.decompress(b64decode(payload + "=" * (-len(payload) % 4), b"-_", validate=True), MOST_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("no code") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("no code")
    dataset, _, query = text.decode().partition("?")
    return dataset, dict(parse_qsl(query, strict_parsing=bool(query)))
