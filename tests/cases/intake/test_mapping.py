"""What a partner tells of its own columns and words: checked before it is kept, and kept once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.errors import Stale
from cases.intake.batches import retention
from cases.intake.findings import FileRefused
from cases.intake.models import ColumnMapping
from cases.intake.understanding import mappings
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.mapping import (
    NOTHING,
    MappingContent,
    mapping_of,
    mapping_to_keep,
)
from cases.intake.understanding.questions import MAPPING_WORDS
from cases.intake.understanding.texts import DateOrder
from tests.callers import Caller, as_web_server

EXAMPLE = {
    "columns": {"Landsdel": "region"},
    "values": {"region": {"Øst": "DK02"}, "gender": {"1": "F"}},
    "dates": {"referred_in": "day_first"},
    "editions": {"exploitation_detail": "DB25"},
}


def refusals(data: object, read: Callable[[object], object] = mapping_of) -> tuple[str, list[str]]:
    """The problem and the rules for which a mapping is refused."""
    with pytest.raises(FileRefused) as refusal:
        read(data)
    assert all(line is None for _, line in refusal.value.findings)
    return refusal.value.code, [finding.rule for finding, _ in refusal.value.findings]


def test_a_mapping_is_read_and_written_alike() -> None:
    content = mapping_of(json.loads(json.dumps(EXAMPLE)))
    assert content.dates == {"referred_in": DateOrder.DAY_FIRST}
    assert content.as_json() == EXAMPLE
    assert mapping_of({}) == NOTHING


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ([], "mapping_malformed"),
        (None, "mapping_malformed"),
        ({"other": {}}, "mapping_malformed"),
        ({"columns": {"a": 1}}, "mapping_malformed"),
        ({"columns": {" ": "region"}}, "mapping_malformed"),
        ({"columns": {"a\0": "region"}}, "mapping_malformed"),
        ({"dates": {"referred_in": "either"}}, "mapping_malformed"),
        ({"columns": {"x" * 101: "region"}}, "mapping_too_large"),
        ({"values": {"region": {str(number): "DK01" for number in range(201)}}}, "mapping_too_large"),
        ({"columns": {"a": "place"}}, "mapping_column_unknown"),
        ({"values": {"place": {"a": "DK01"}}}, "mapping_field_unknown"),
        ({"values": {"referred_in": {"a": "2025-03"}}}, "mapping_field_unknown"),
        ({"dates": {"region": "day_first"}}, "mapping_field_unknown"),
        ({"values": {"region": {"a": "DK99"}}}, "mapping_code_unknown"),
        ({"columns": {"Køn": "region"}}, "mapping_contradicts"),
        ({"columns": {"a": "region", " A ": "gender"}}, "mapping_contradicts"),
        ({"values": {"region": {"Sjælland": "DK01"}}}, "mapping_contradicts"),
        ({"values": {"region": {"a": "DK01", "A": "DK02"}}}, "mapping_contradicts"),
    ],
)
def test_a_mapping_that_cannot_hold_is_refused(data: object, rule: str) -> None:
    assert refusals(data) == ("columns_wrong", [rule])
    assert rule in MAPPING_WORDS


@pytest.mark.parametrize(
    "data",
    [
        {"columns": {"010190-1234": "region"}},
        {"columns": {"CPR-nr.": "reference"}},
        {"values": {"region": {"hos Mette 010190-1234": "DK01"}}},
        {"values": {"detected_by": {"mette@example.org": "NGO"}}},
        {"columns": {"Sithebe Dlamini": "region"}, "names_nobody": True},
        {"values": {"region": {"Sithebe Dlamini": "DK01"}}, "names_nobody": True},
    ],
)
def test_an_identifier_is_not_kept_as_a_word(data: object) -> None:
    assert refusals(data) == ("identifier_in_file", ["mapping_identifier"])


@pytest.mark.parametrize("part", [{"columns": {"Sithebe": "region"}}, {"values": {"region": {"Sithebe": "DK01"}}}])
def test_a_word_that_nobody_knows_is_kept_on_somebodys_word_alone(part: dict[str, object]) -> None:
    for sent in (part, {**part, "names_nobody": False}):
        assert refusals(sent, mapping_to_keep) == ("columns_wrong", ["mapping_word_unknown"])
    assert refusals({**part, "names_nobody": "yes"}, mapping_to_keep) == ("columns_wrong", ["mapping_malformed"])
    kept = mapping_to_keep({**part, "names_nobody": True})
    assert kept.as_json() == {"columns": {}, "values": {}, "dates": {}, "editions": {}, **part}
    assert mapping_to_keep(part, kept) == kept
    assert mapping_to_keep(EXAMPLE).as_json() == EXAMPLE


@pytest.mark.parametrize(
    "word",
    [
        "D l a m i n i",
        "D.L.A.M.I.N.I",
        "d-l-a-m-i-n-i",
        "S1th3be",
        "hos S1th3be",
        "M4ry",
        "Ｄ ｌ ａ ｍ ｉ ｎ ｉ",
    ],
)
def test_letters_that_stand_apart_or_among_digits_may_be_a_name(word: str) -> None:
    for part in ({"columns": {word: "region"}}, {"values": {"region": {word: "DK01"}}}):
        assert refusals(part, mapping_to_keep) == ("columns_wrong", ["mapping_word_unknown"])
        assert mapping_to_keep({**part, "names_nobody": True}).as_json().items() >= part.items()


@pytest.mark.parametrize("word", ["K ø n", "R e g i o n", "M/K", "Y25T34", "DK02", "1", "A", "Uge 12", "region2b"])
def test_short_codes_and_words_of_ours_are_not_asked_about(word: str) -> None:
    assert mapping_to_keep({"values": {"setting": {word: "STREET"}}}).values == {"setting": {word: "STREET"}}


def test_what_is_sent_goes_before_what_is_stored() -> None:
    stored = mapping_of(EXAMPLE)
    sent = MappingContent(
        {"LANDSDEL": "setting"}, {"region": {"øst": "DK01", "Vest": "DK04"}}, {"referred_in": DateOrder.MONTH_FIRST}
    )
    assert stored.with_further(sent) == MappingContent(
        {"LANDSDEL": "setting"},
        {"region": {"øst": "DK01", "Vest": "DK04"}, "gender": {"1": "F"}},
        {"referred_in": DateOrder.MONTH_FIRST},
        {"exploitation_detail": NaceEdition.DB25},
    )
    assert stored.with_further(NOTHING) == stored == NOTHING.with_further(stored)


@pytest.mark.django_db
def test_a_mapping_is_kept_with_a_version_of_its_own(ngo: Caller, police: Caller) -> None:
    partner, first = ngo.partner.pk, mapping_of(EXAMPLE)
    assert mappings.read(partner) == (NOTHING, 0)
    with as_web_server():
        assert mappings.write(partner, first, 0) == 1
        assert mappings.write(partner, first, 0) == 1
        assert mappings.write(partner, NOTHING, 1) == 2
    assert mappings.read(partner) == (NOTHING, 2)
    assert mappings.read(police.partner.pk) == (NOTHING, 0)
    with pytest.raises(Stale) as stale:
        mappings.write(partner, first, 1)
    assert stale.value.version == 2
    with pytest.raises(Stale):
        mappings.write(partner, first, 0)


@pytest.mark.django_db
def test_what_comes_with_a_file_is_kept_beside_what_was_said_before(ngo: Caller) -> None:
    partner = ngo.partner.pk
    mappings.remember(partner, EXAMPLE)
    both = mappings.remember(partner, {"columns": {"LANDSDEL": "setting"}})
    assert mappings.read(partner) == (both, 2)
    assert (both.columns, both.values) == ({"LANDSDEL": "setting"}, mapping_of(EXAMPLE).values)
    assert mappings.remember(partner, {}) == both
    words: dict[str, object] = {"values": {"setting": {f"Sted {number}": "STREET" for number in range(199)}}}
    with pytest.raises(FileRefused):
        mappings.remember(partner, words)
    assert mappings.read(partner) == (both, 2)


@pytest.mark.django_db
def test_a_mapping_of_another_form_is_asked_again_and_can_be_replaced(ngo: Caller) -> None:
    ColumnMapping.objects.create(partner=ngo.partner, content={"headers": []}, version=4)
    assert mappings.read(ngo.partner.pk) == (NOTHING, 4)
    assert mappings.write(ngo.partner.pk, mapping_of(EXAMPLE), 4) == 5
    assert mappings.read(ngo.partner.pk)[0].as_json() == EXAMPLE


@pytest.mark.django_db
def test_a_mapping_that_comes_with_every_delivery_is_kept(ngo: Caller) -> None:
    mappings.remember(ngo.partner.pk, EXAMPLE)
    ColumnMapping.objects.update(used_at=timezone.now() - timedelta(days=401))
    with as_web_server():
        mappings.remember(ngo.partner.pk, EXAMPLE)
    assert retention.forget()["own columns and words"] == 0
    assert mappings.read(ngo.partner.pk) == (mapping_of(EXAMPLE), 1)


@pytest.mark.django_db
def test_a_mapping_that_nobody_uses_is_forgotten(ngo: Caller, police: Caller) -> None:
    long_ago = timezone.now() - timedelta(days=401)
    for caller in (ngo, police):
        mappings.write(caller.partner.pk, mapping_of(EXAMPLE), 0)
    ColumnMapping.objects.update(used_at=long_ago)
    with as_web_server():
        assert mappings.use(ngo.partner.pk).as_json() == EXAMPLE
    assert retention.forget()["own columns and words"] == 1
    assert mappings.read(police.partner.pk) == (NOTHING, 0)
    assert mappings.read(ngo.partner.pk)[0].as_json() == EXAMPLE
